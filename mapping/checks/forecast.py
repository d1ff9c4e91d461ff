"""Figures of a year that the report cannot report on yet, told as facts (C53)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping.checks.kpi_scope import own_series
from mapping.checks.method_cues import SENTENCE
from mapping.checks.process_answer import SPOKEN, places
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord, Where
from models.criteria import Criteria

_YEAR = re.compile(r"(?<![\d—–\-~至到])(20\d\d)年(?![前底内]?前|[初春夏秋冬]|以[前内]|[底末]前|[—–\-~至到])")
_MARK = re.compile(
    r"预计|预测|预期|计划|规划|目标|力争|争取|将|拟|展望|打算|希望|愿景|远景|届时|路标|有效期"
    r"|到期|期限|为止|之前|底前|(?<![接等期对优])待(?!遇)|未来|今后|推算|估计"
    r"|(?<![主重需])要(?![素客闻])|(?<![供相适反响效])应(?![用收付急对届])|必?须|完成时限|分解"
    r"|五年|三年行动|预算|承诺|滚动|启动|开始|[年月]起|任期"
)
_PART = re.compile(
    r"季度|上半年|下半年|\d+月|[一二三四五六七八九十]月|年[初春夏秋冬]|春节|截[至止]|疫情|目前|至今"
)
_FACT = re.compile(
    r"达到?了?|实现了?|完成了?|增长|提高|提升|下降|降低|降至|升至|为|突破|建成|获|投产|通过|超过"
    r"|缩短|减少|同比|上升|累计|共"
)
_NUMBER = re.compile(
    r"\d+(?:\.\d+)?\s*(?:%|‰|万|亿|元|分|件|项|个|家|台|套|人|次|起|天|小时|吨|倍|百分点|名|条)"
)
_PATH_AHEAD = re.compile(r"目标|规划|计划|展望|预测|下一步|打算|路标|愿景")


@check("forecast-as-actual")
def forecast_as_actual(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line for each year and document: its sentences and its series. The year after the last one
    reported on is that in which the report is written: what it tells of months of it is left alone."""
    if not draft.years.reporting:
        return
    last = int(draft.years.reporting[-1])
    documents = [document.id for document in draft.documents if document.kind in ("report", "overview")]
    for document in documents:
        found: dict[int, list[tuple[str, Where]]] = {}
        for year, words, where in (*_in_sentences(draft, document, last), *_in_series(draft, document, last)):
            found.setdefault(year, []).append((words, where))
        for year, told in sorted(found.items()):
            sure = year > last + 1
            yield rule.finding(
                document, f"{year}年", where=list(dict.fromkeys(where for _, where in told)),
                severity=None if sure else "note", year=year, last=last, words=told[0][0],
            )  # fmt: skip


def _in_sentences(draft: Assessment, document: str, last: int) -> Iterator[tuple[int, str, Where]]:
    for passage in draft.passages:
        if passage.document != document or passage.kind not in SPOKEN or _looks_ahead(passage):
            continue
        for sentence in SENTENCE.findall(passage.text):
            for found in _YEAR.finditer(sentence):
                if int(found[1]) > last and _is_fact(sentence, found):
                    yield int(found[1]), sentence.strip()[:20], places([passage])[0]
                    break


def _is_fact(sentence: str, year: re.Match[str]) -> bool:
    """Whether what follows the year, up to the end of the clause with its number, is told as done."""
    if _MARK.search(sentence) or _PART.search(sentence):
        return False
    rest = sentence[year.end() :]
    return bool(_FACT.search(rest) and _NUMBER.search(rest))


def _looks_ahead(passage: PassageRecord) -> bool:
    return any(_PATH_AHEAD.search(title) for title in passage.heading_path)


def _in_series(draft: Assessment, document: str, last: int) -> Iterator[tuple[int, str, Where]]:
    for one in own_series(draft):
        if one.document != document or one.source.kind == "prose" or _MARK.search(one.source.caption):
            continue
        for year in one.values:
            if int(year) > last:
                yield int(year), one.name, Where(one.source.page, one.source.passage, one.id)
