"""Length against the limits of the rules (实施细则 二（二）4（3）, 四（二）; C01)."""

from __future__ import annotations

from collections.abc import Iterator

from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, DocumentRecord, Finding, LengthStatus, Severity
from models.criteria import Criteria


@check("length-over")
def over(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in _with_status(draft, "over"):
        length = document.length
        surplus = length.range[0] - (length.limit or 0)
        yield _finding(
            document,
            "error",
            f"{_title(document, criteria)}计入限额 {length.count:,} 字，超过上限 {length.limit:,} 字。",
            f"按最宽松的口径也超出 {surplus:,} 字，请压缩后再提交。",
        )


@check("length-depends")
def depends(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in _with_status(draft, "depends"):
        low, high = document.length.range
        yield _finding(
            document,
            "warning",
            f"{_title(document, criteria)}按不同计数口径为 {low:,}-{high:,} 字，上限 {document.length.limit:,} 字落在其间。",
            "请向评审办确认计数口径，或压缩到任何口径都不超限。",
        )


@check("length-near")
def near(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in _with_status(draft, "near"):
        high, limit = document.length.range[1], document.length.limit or 0
        yield _finding(
            document,
            "note",
            f"{_title(document, criteria)}计入限额 {document.length.count:,} 字，距上限 {limit:,} 字不足 5%。",
            f"按最严的口径尚余 {limit - high:,} 字；改稿后请再核对一次。",
        )


@check("length-pictures")
def pictures(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in draft.documents:
        length = document.length
        if length.limit is None or not length.uncounted_pictures or length.status == "over":
            continue
        left = max(0, length.limit - length.range[1])
        yield _finding(
            document,
            "note",
            f"{_title(document, criteria)}有 {length.uncounted_pictures} 张图片，图中文字无法计数，字数是下限。",
            f"除图片外尚余 {left:,} 字，请自行估计图中文字是否在此之内。",
        )


def _with_status(draft: Assessment, status: LengthStatus) -> Iterator[DocumentRecord]:
    return (document for document in draft.documents if document.length.status == status)


def _title(document: DocumentRecord, criteria: Criteria) -> str:
    limit = criteria.limit(document.kind)
    return limit.title if limit else document.filename


def _finding(document: DocumentRecord, severity: Severity, message: str, advice: str) -> Finding:
    return Finding("", severity, document.id, None, document.filename, message, advice)
