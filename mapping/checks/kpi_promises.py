"""KPIs that planning tables of the process chapters name without giving results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mapping.glossary import load_glossary
from models.assessment import Assessment, PassageRecord
from models.criteria import Criteria
from models.glossary import Glossary, kpi_key

_NAME_HEAD = re.compile(r"指标|KPI", re.IGNORECASE)
_NOT_A_NAME_HEAD = re.compile(r"值|类别|类型|维度|分类|序号|编号|单位$|定义|说明|来源|权重|等级")
_RESULT_HEAD = re.compile(r"实际|实绩|完成值|完成情况|结果|达成值|(?:19|20)\d{2}\s*年?度?$|上年|本年")
_PLAN_HEAD = re.compile(r"目标|计划|监测|测量|频[次率度]|考核|责任|要求|控制|周期|标准")
_NOT_NAME = re.compile(r"[（(][^（()）]*[)）]|(?:[≥≤≧≦<>＞＜=＝]|不低于|不高于|不少于|不超过|达到).*$")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Promise:
    name: str
    source: str
    document: str
    indicator: str | None
    page: int | None
    passage: str | None
    familiar: bool = True
    """Whether the glossary knows the name; 首件检验达成率 is a measure of a step, and no result to report."""


def promises(draft: Assessment, criteria: Criteria) -> Iterator[Promise]:
    """Promised KPIs of the report that no series of the submission reports, each name once."""
    reported = {_key(name) for one in draft.kpis if one.values for name in (one.name, one.canonical)}
    passages = {passage.id: passage for passage in draft.passages}
    reports = {document.id for document in draft.documents if document.kind == "report"}
    said: set[str] = set()
    for table in draft.tables:
        passage = passages.get(table.passage or "")
        if table.document not in reports or passage is None or _of_results(passage, criteria):
            continue
        for name in planned_names(table.cells):
            key = _key(name)
            if key not in said and not _is_reported(key, reported):
                said.add(key)
                indicator = passage.indicators[0].id if passage.indicators else None
                source = f"“{table.caption}”" if table.caption else "前述表格"
                known = _glossary().find(name) is not None
                yield Promise(name, source, table.document, indicator, table.page, table.passage, known)


@cache
def _glossary() -> Glossary:
    return load_glossary()


def _of_results(passage: PassageRecord, criteria: Criteria) -> bool:
    top = passage.indicators[0].id if passage.indicators else None
    return top in criteria.by_id and criteria.is_result(top or "")


def planned_names(cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Names in the KPI column of a table that plans: it has targets, owners or frequencies, and no results."""
    if len(cells) < 2:
        return ()
    head = [re.sub(r"\s+", "", cell) for cell in cells[0]]
    column = next(
        (n for n, text in enumerate(head) if _NAME_HEAD.search(text) and not _NOT_A_NAME_HEAD.search(text)),
        None,
    )
    others = [text for n, text in enumerate(head) if n != column]
    planned = any(_PLAN_HEAD.search(text) for text in others)
    if column is None or not planned or any(_RESULT_HEAD.search(text) for text in others):
        return ()
    names = (_NOT_NAME.sub("", " ".join(row[column].split())).strip() for row in cells[1:])
    return tuple(name for name in names if len(name) >= 2 and name != cells[0][column])


def _key(name: str) -> str:
    return kpi_key(name).replace("客户", "顾客")


def _is_reported(key: str, reported: set[str]) -> bool:
    """By its name, or by a longer or shorter one that ends alike (顾客满意度, 总体顾客满意度)."""
    return any(
        key == other
        or (len(key) >= _SHORTEST and other.endswith(key))
        or (len(other) >= _SHORTEST and key.endswith(other))
        for other in reported
    )
