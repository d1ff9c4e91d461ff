"""The pages: what people see in a browser. Each module in ``routes`` exports ``router``."""

from __future__ import annotations

from fastapi import APIRouter

from api.store.tables import Person


def routers() -> tuple[APIRouter, ...]:
    """What ``api.service.app`` includes."""
    from api.pages.routes import (
        account,
        annual,
        annual_report,
        annual_winners,
        corrections,
        drafts,
        incidents,
        items,
        kpis,
        life,
        office,
        office_audit,
        office_groups,
        office_intake,
        office_organisations,
        office_rounds,
        parts,
        people,
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
        life,
        office_audit,
        office_groups,
        office_intake,
        office_organisations,
        office_rounds,
        office,
        people,
        annual,
        annual_report,
        annual_winners,
        incidents,
    )
    return tuple(module.router for module in modules)


_OFFICE = (
    ("/office", "届次与材料", ("/rounds", "/intakes")),
    ("/duties", "年度报告", ()),
    ("/people", "人员", ()),
    ("/organisations", "组织", ()),
    ("/audit", "审计", ()),
)
_ADMIN = (
    ("/people", "人员", ()),
    ("/organisations", "组织", ()),
    ("/rounds", "届次", ()),
    ("/audit", "审计", ()),
)
_APPLICANT = (("/", "首页", ("/submissions",)), ("/duties", "年度报告", ()))
_MENUS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "office": _OFFICE,
    "admin": _ADMIN,
    "applicant": _APPLICANT,
}


def menu(person: Person | None, path: str) -> tuple[dict[str, object], ...]:
    """Entries at the head of every page, by role: href, title, here."""
    if person is None:
        return ()
    entries = _MENUS.get(person.role, (("/", "首页", ()),))
    return tuple(
        {"href": href, "title": title, "here": path == href or path.startswith(_below(href, others))}
        for href, title, others in entries
    )


def _below(href: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Beginnings of the addresses that belong to an entry."""
    return others if href == "/" else (f"{href}/", *others)
