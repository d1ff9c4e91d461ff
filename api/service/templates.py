"""Pages from templates: what every page knows, and the answer made of it."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.service.visit import visit_of
from api.store.people import ROLE_NAMES

if TYPE_CHECKING:
    from jinja2 import Environment

_API = Path(__file__).parents[1]
STATIC = (_API / "pages" / "static", _API / "static")
"""Folders of what ``/static/`` gives, the first that has a file wins."""
FLASH = "ziping-flash"


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of ``api/pages/templates``. Every template also knows:

    ``person`` (or None), ``csrf``, ``local``, ``path``, ``menu``, ``flash``, ``role_names``, ``asset(name)``.
    """
    answer = HTMLResponse(page_text(request, template, status=status, **values), status)
    if FLASH in request.cookies:
        answer.delete_cookie(FLASH)
    return answer


def page_text(request: Request, template: str, **values: Any) -> str:
    from api.pages import menu

    visit = visit_of(request)
    known = {
        "person": visit.person,
        "csrf": visit.csrf,
        "local": request.app.state.context.local,
        "path": request.url.path,
        "menu": menu(visit.person, request.url.path),
        "flash": unquote(request.cookies.get(FLASH, "")),
        "role_names": ROLE_NAMES,
    }
    return environment().get_template(template).render(known | values)


def redirect(address: str, flash: str = "") -> RedirectResponse:
    """After a form: the page to show next, and a sentence to show on it once."""
    answer = RedirectResponse(address, 303)
    if flash:
        answer.set_cookie(FLASH, quote(flash), max_age=60, httponly=True, samesite="strict")
    return answer


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates of the pages first, then those of the self-contained page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([_API / "pages" / "templates", _API / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.filters["number"] = lambda value: f"{value:,}"
    made.filters["local_time"] = lambda value: value.astimezone().strftime("%Y-%m-%d %H:%M")
    return made


@cache
def asset(name: str) -> str:
    """Address of a static file, with its content's hash, so that browsers may keep it for ever."""
    path = next((folder / name for folder in STATIC if (folder / name).is_file()), None)
    if path is None:
        return f"/static/{name}"
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
