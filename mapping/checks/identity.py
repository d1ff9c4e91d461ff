"""Head count and founding year of the organisation, told alike everywhere (C43)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.checks.prose import passages_of, place, squash
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord, Where
from models.criteria import Criteria

_TOTAL = re.compile(
    r"(?P<what>员工|职工|从业人员|在册人员|在岗人员|用工)(?:总数|总人数|总量|人数|总计)?(?:已?达到?|为|约|近|超过?|有|共计?|合计|总计|:|,)*(?P<count>\d[\d,]*)\s*(?P<more>余|多)?(?:名|人)(?!次|均)"
)
_TOTAL_FIRST = re.compile(
    r"(?:现有|共有|拥有|总计|共计|在册|在职)(?:在册|在职|在岗|正式)?(?:约|近)?(?P<count>\d[\d,]*)\s*(?P<more>余|多)?(?:名|人)?(?:在册|在职|在岗|正式)?(?P<what>员工|职工|从业人员)"
)
_OF_A_PART = re.compile(
    r"(?:研发|技术|科研|生产|管理|销售|营销|一线|女|男|党员|驻场|外协|外包|外籍|残疾|新|本部|总部|事业部|基地|车间|部门|工厂|分公司|子公司|"
    r"青年|退休|离退休|困难|骨干|核心|关键|专职|兼职|其中|参与|参加|覆盖|培训|组织|招聘|引进|新增|涉及|惠及|名|发放|资助|选派|派出|安排|录用|奖励|表彰|增发|为|对|向|让)(?:的)?(?:在册|在职|在岗|正式|全体)?$"
)
_OF_A_UNIT = re.compile(r"[子分]公司|事业部|基地|工厂|车间|本部|总部|分厂|[^体]部门")
_WORDS_BETWEEN = re.compile(r"[,。;:、(]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?(?:度|末|底|\d{1,2}月)?")
_ABOUT = re.compile(r"约|近|余|多|超")

_FOUNDED = re.compile(
    r"(?P<verb>成立|注册成立|组建|创立|创建|始建|创办|建厂)于(?P<year>(?:19|20)\d{2})年"
    r"|(?P<year2>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:\d{1,2}日)?,?[^,。;]{0,14}?(?P<verb2>注册成立|正式成立|成立(?!了)|创立|创建|创办|建厂)(?=[,。;(]|以来|之初|$)"
)
_FOUNDING = re.compile(r"成立|组建|创[立建办]|始建|建厂")
_NOT_THE_FOUNDING = re.compile(
    r"委员会|小组|研究院|研究所|研究中心|实验室|中心|子公司|分公司|事业部|部门|基金会?|工会|党委|党支部|学院|协会|联盟|基地|工作室|团队|前身|工厂|车间|站|办公室|部成立|队|股份公司|变更|改制|平台|公司成立\d+周年"
)
_ITSELF = re.compile(
    r"(?:^|[,:、“(年月日自])(?:本|我|我们|集团)?(?:公司|企业|集团|医院|学校|单位)(?![\u4e00-\u9fff]*公司)|简称"
)
_MANY = 3
"""Values from which several bodies are likely to be told of."""
_BIRTH = frozenset({"始建", "创建", "创办", "建厂", "创立"})


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a passage gives, and the year it is of (empty: none is said)."""

    value: int
    year: str
    passage: PassageRecord
    loose: bool = False
    """Whether the passage says 约 or 余."""


@check("headcount-differs")
def headcount_differs(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Totals of the same year. A total without a year is that of the last reporting year."""
    last = max(draft.years.reporting, default="")
    said = [one for p in passages_of(draft, "overview", "report") for one in head_counts(p)]
    for year in sorted({one.year or last for one in said}):
        of_year = [one for one in said if (one.year or last) == year]
        apart = _apart(of_year, rule.numbers["rounding"])
        if apart:
            yield _differs(rule, apart, f"{year}年" if year else "", "人")


def head_counts(passage: PassageRecord) -> Iterator[Said]:
    """Head counts of the whole organisation that a passage of prose gives."""
    if passage.kind in ("table", "chart", "caption"):
        return
    text = squash(passage.text)
    for pattern in (_TOTAL, _TOTAL_FIRST):
        for found in pattern.finditer(text):
            clause = _WORDS_BETWEEN.split(text[: found.start()])[-1]
            whole = pattern is _TOTAL_FIRST or _is_total(found.group(0), clause)
            part = _OF_A_PART.search(clause) or _OF_A_UNIT.search(clause)
            if whole and not part and not _in_brackets(text, found.start()):
                years = _YEAR.findall(text[max(0, found.start() - 24) : found.start()])
                count = int(found.group("count").replace(",", ""))
                loose = bool(found.group("more")) or _ABOUT.search(found.group(0)) is not None
                yield Said(count, years[-1] if years else "", passage, loose)


def _is_total(said: str, before: str) -> bool:
    """员工总数1,186人, or 现有员工1,186人; 员工412人 alone may be of anything."""
    return re.search(r"总|人数|从业|在册", said) is not None or re.search(
        r"(?:现有|共有|拥有|在册|在职|全体|公司)(?:正式|在册|在职)?$", before
    ) is not None  # fmt: skip


def _in_brackets(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


@check("founding-year-differs")
def founding_year_differs(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A works may be founded before the company is registered: the two are held apart."""
    said = [one for p in passages_of(draft, "overview", "report", "annual") for one in founding_years(p)]
    for kind in ("birth", "company"):
        apart = _apart([one for k, one in said if k == kind], 0.0)
        if apart:
            yield _differs(rule, apart, "", "年")


def founding_years(passage: PassageRecord) -> Iterator[tuple[str, Said]]:
    """(birth or company, year) that a passage of prose gives for the organisation."""
    if passage.kind in ("table", "chart", "caption") or not _FOUNDING.search(passage.text):
        return
    text = squash(passage.text)
    for found in _FOUNDED.finditer(text):
        clause = re.split(r"[。;]", text[: found.start()])[-1] + found.group(0)
        verb = found.group("verb") or found.group("verb2")
        year = found.group("year") or found.group("year2")
        about = re.split(r"[,]", clause)[-1] if "公司" in re.split(r"[,]", clause)[-1] else clause
        if _NOT_THE_FOUNDING.search(about) or not _of_the_organisation(clause):
            continue
        yield ("birth" if verb in _BIRTH else "company"), Said(int(year), "", passage)


def _of_the_organisation(clause: str) -> bool:
    return _ITSELF.search(clause) is not None or re.match(r"(?:成立|始建|创建|创立)于", clause) is not None


def _apart(said: Sequence[Said], rounding: float) -> list[Said]:
    """One of each value, where two cannot be the same number, loosely told or not."""
    values: list[Said] = []
    for one in said:
        if not any(_agree(one, other, rounding) for other in values):
            values.append(one)
    return values if len(values) > 1 else []


def _agree(one: Said, other: Said, rounding: float) -> bool:
    room = rounding * max(one.value, other.value) if one.loose or other.loose else 0
    return abs(one.value - other.value) <= room


def _differs(rule: Rule, apart: Sequence[Said], when: str, unit: str) -> Finding:
    where: list[Where] = [place(one.passage) for one in apart]
    return rule.finding(
        apart[0].passage.document,
        " / ".join(str(one.value) for one in apart),
        where=where,
        severity="note" if len(apart) > _MANY else None,
        when=when,
        values="、".join(f"{one.value}{unit}" if unit == "年" else f"{one.value:,}{unit}" for one in apart),
    )
