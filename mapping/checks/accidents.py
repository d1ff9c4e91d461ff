"""Silence on accidents (C50): that there were none has to be said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, DocumentRecord, Finding
from models.criteria import Criteria

_SPOKEN_OF = ("report", "overview")
_CLAUSE = re.compile(r"[^。！？!?；;\n]+")
_ACCIDENT = re.compile(
    r"事故|伤亡|工伤|死亡|[轻重]伤|负伤|职业病|职业伤害|损工|泄漏|火灾|爆炸|召回|污染"
    r"|环境[^，。；]{0,4}(?:事件|投诉|处罚|影响)|(?<!信息)(?<!网络)(?<!数据)(?:质量|安全|环保"
    r"|突发)[^，。；]{0,4}事件|环保[^，。；]{0,4}(?:处罚|违法|投诉)|零处罚|行政处罚"
    r"|质量[^，。；]{0,4}纠纷"
)
_HAPPENED = re.compile(
    r"未[^，。；]{0,10}受到|未(?:曾)?(?:有|出现)?(?:发生|出现|造成|受到)|没有?(?:发生|出现|一起"
    r"|受到)|无(?![缝人线形法须需纺菌偿故])|零|为0|0起|\d+(?:\.\d+)?(?:起|次|例|件|人次|人|‰|%)"
    r"|发生(?:了|过)|[一二两三]起|率"
)
_AIM = re.compile(
    r"杜绝|防止|避免|预防|防范|力争|目标|确保|争取|应急|预案|演练|如发生|一旦|若|如果|制定|建立"
    r"|落实|报告制度|追究|问责|调查处理|严防|零容忍|理念|做到|倡导|追求|管理办法|规定|追责|倒查"
    r"|警示|提级"
)


@check("accidents-silent")
def accidents_silent(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line, where neither report nor overview says anything; a note where it may stand in what could
    not be read."""
    read = {passage.document for passage in draft.passages}
    reports = [one for one in draft.documents if one.kind == "report" and one.id in read]
    if reports and not _told(draft):
        yield rule.finding(
            reports[0].id, "事故情况", indicator=_home(criteria),
            severity="note" if any(_unread(document) for document in reports) else None,
        )  # fmt: skip


def says_of_accidents(text: str) -> bool:
    """Whether a sentence says how many accidents there were, or that there were none. An aim, a plan for
    the case and a rule say nothing of it."""
    for clause in _CLAUSE.findall(text):
        for part in re.split("[，,]", clause):
            if _ACCIDENT.search(part) and _HAPPENED.search(part) and not _AIM.search(part):
                return True
    return False


def _told(draft: Assessment) -> bool:
    wanted = {document.id for document in draft.documents if document.kind in _SPOKEN_OF}
    named = (one.name for one in draft.kpis if one.document in wanted)
    rows = (cell for t in draft.tables if t.document in wanted for row in t.cells for cell in row[:2])
    if any(_ACCIDENT.search(name) for name in (*named, *rows)):
        return True
    return any(says_of_accidents(p.text) for p in draft.passages if p.document in wanted)


def _unread(document: DocumentRecord) -> bool:
    return bool(
        document.length.uncounted_pictures or document.ledger.unread_pages or not document.ledger.complete
    )


def _home(criteria: Criteria) -> str | None:
    """The result indicator of which the criteria say that it is about responsibility."""
    about = (i.id for i in criteria.indicators if any("公共责任" in r.text for r in i.requirements))
    return next((node for node in about if criteria.is_result(node)), None)
