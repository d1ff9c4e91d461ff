"""The pages: what people see in a browser. Each module in ``routes`` exports ``router``."""

from __future__ import annotations

from fastapi import APIRouter

from api.store.tables import Person


def routers() -> tuple[APIRouter, ...]:
    """What ``api.service.app`` includes."""
    from api.pages.routes import (
        account,
        corrections,
        drafts,
        items,
        kpis,
        parts,
        reading,
        receipts,
        reviewing,
        sheets,
        start,
        submissions,
    )

    modules = (
        start,
        submissions,
        items,
        kpis,
        reading,
        parts,
        corrections,
        sheets,
        reviewing,
        receipts,
        account,
        drafts,
    )
    return tuple(module.router for module in modules)


def menu(person: Person | None, path: str) -> tuple[dict[str, object], ...]:
    """Entries at the head of every page, by role: href, title, here."""
    entries = () if person is None else (("/", "首页"),)
    return tuple({"href": href, "title": title, "here": path == href} for href, title in entries)
