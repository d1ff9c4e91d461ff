"""Cookies: never readable by scripts, never sent from other sites, by TLS only where there is TLS."""

from __future__ import annotations

import secrets

from fastapi import Request, Response

from api.service.context import Context


def is_secure(request: Request, context: Context) -> bool:
    return context.settings.secure_cookies or request.url.scheme == "https"


def keep_sign_in(request: Request, answer: Response, token: str) -> None:
    """The cookie ends with the browser; the session on the server ends by itself."""
    context: Context = request.app.state.context
    answer.set_cookie(
        context.cookie, token, httponly=True, samesite="lax", secure=is_secure(request, context), path="/"
    )
    answer.delete_cookie(context.form_cookie)


def keep_form_token(request: Request, answer: Response, token: str) -> None:
    """For forms of visitors who are not signed in."""
    context: Context = request.app.state.context
    answer.set_cookie(
        context.form_cookie,
        token,
        httponly=True,
        samesite="strict",
        secure=is_secure(request, context),
        path="/",
    )


def new_form_token() -> str:
    return secrets.token_urlsafe(32)


def forget_sign_in(request: Request, answer: Response) -> None:
    answer.delete_cookie(request.app.state.context.cookie)
