"""KPI series: by result item, one by one with its cells set right, and side by side."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.export import wording
from api.export.kpis import kpi_table
from api.pages.frame import report_page
from api.pages.opening import Shown
from api.pages.views.chart import chart
from api.pages.views.kpis import kpis
from api.refusals import Invalid, NotFound
from api.service.context import Me, Visiting, Writing, record
from api.service.needs import needs
from api.service.templates import redirect
from api.store import corrections
from models.answers import Answer
from models.kpi import KpiSeries

router = APIRouter(include_in_schema=False)
_MOST = 24


@router.get("/submissions/{submission_id}/kpis", dependencies=[needs("view", "submission")])
def show(
    request: Request, shown: Shown, item: str | None = None, k: str | None = None, part: str | None = None
) -> Response:
    """The series of an item; ``k``: of the item that a series stands under."""
    report = shown.read
    series = report.lookup.kpi.get(k or "")
    if series is not None:
        part = series.document
        item = report.criteria.indicator(series.indicator).item if series.indicator else ""
    document = report.document(part)
    if document is None:
        raise NotFound("这份材料里没有可以对照的部分。")
    return report_page(request, shown, "kpis.html", "/kpis", view=kpis(report, document, item))


@router.get("/submissions/{submission_id}/kpis/compare", dependencies=[needs("view", "submission")])
def compare(request: Request, shown: Shown, k: Annotated[list[str], Query()] = []) -> Response:  # noqa: B006
    report = shown.read
    chosen = [report.lookup.kpi[i] for i in dict.fromkeys(k[:_MOST]) if i in report.lookup.kpi]
    table = kpi_table(chosen, report.lookup)
    return report_page(request, shown, "kpi_compare.html", "/kpis", table=table, chart=chart(chosen))


@router.get("/submissions/{submission_id}/kpis/{kpi_id}", dependencies=[needs("view", "submission")])
def show_series(request: Request, shown: Shown, kpi_id: str) -> Response:
    series = _series(shown, kpi_id)
    years = sorted({*series.values, *series.raw, *series.target})
    return report_page(
        request,
        shown,
        "kpi_series.html",
        "/kpis",
        series=series,
        years=years,
        table=kpi_table([series], shown.read.lookup),
        direction=wording.direction(series),
    )


@router.post("/submissions/{submission_id}/kpis/{kpi_id}", dependencies=[needs("correct", "submission")])
async def set_right(
    request: Request, shown: Shown, kpi_id: str, me: Me, visit: Visiting, session: Writing
) -> Response:
    """Fields ``v-2019`` and ``t-2019``: a value or target; an emptied one is none. ``no-kpi``: no KPI."""
    series = _series(shown, kpi_id)
    fields = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    said = [Answer("kpi", series.id, "wrong")] if fields.get("no-kpi") else list(_changes(series, fields))
    for answer in said:
        corrections.say(session, shown.submission, me, answer)
    record(session, visit, "correct", f"submission:{shown.submission.id}", target=kpi_id)
    address = f"{shown.base}/kpis" if fields.get("no-kpi") else f"{shown.base}/kpis?k={kpi_id}#{kpi_id}"
    return redirect(address, f"已更正 {len(said)} 处。" if said else "没有改动。")


def _changes(series: KpiSeries, fields: dict[str, str]) -> list[Answer]:
    changes = []
    for key, text in fields.items():
        sign, _, year = key.partition("-")
        if sign not in ("v", "t") or not year.isdecimal():
            continue
        told = series.target if sign == "t" else series.values
        value = _number(text)
        if value != told.get(year):
            changes.append(Answer("kpi", series.id, "wrong", year=year, target=sign == "t", value=value))
    return changes


def _number(text: str) -> float | None:
    plain = text.strip().replace(",", "").replace("，", "")
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        raise Invalid(f"“{text[:20]}”不是数。请只写数字，单位与原表相同。") from None
    if not math.isfinite(value):
        raise Invalid("请写一个普通的数。")
    return value


def _series(shown: Shown, identity: str) -> KpiSeries:
    series = shown.read.lookup.kpi.get(identity)
    if series is None:
        raise NotFound("这一稿中没有这个指标，可能已在新的一稿中改变。")
    return series
