"""KPI series told in sentences.

Two grammars: years first and values in their order (“2017—2019年，流失率分别为6.1%、5.2%和4.4%”), and
years each with its value (“由2017年的84.6分升至2018年的87.9分”, “2017年34天→2018年25天”). A single year
counts only for a name that is known, and plans, changes (个百分点) and ranks never count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.glossary import Glossary, kpi_key
from nlp.kpi.drafts import Draft, told_draft
from nlp.kpi.runs import runs
from nlp.kpi.subject import CLAUSE, TREND_END, VERB_END, name_before
from nlp.numbers import DIGITS, Reading, read_number
from nlp.units import UNIT

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_SEGMENT = re.compile(r"[^；;]+")
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d{2})\s*年(?:度|末|底)?(?![—–~至-])")
_BARE_YEAR = r"(?:19|20)\d{2}"
_YEAR_LIST = re.compile(
    rf"(?<![\d.,])(?P<first>{_BARE_YEAR})\s*年?度?\s*[-—–~～至到]+\s*(?P<last>{_BARE_YEAR})\s*年?度?(?:[三两四五]年)?(?:间|来)?"
    rf"|(?<![\d.,])(?P<all>{_BARE_YEAR}\s*年?度?(?:\s*[、，,和及]\s*{_BARE_YEAR}\s*年?度?)+)(?:[三两四五]年)?(?:间|来)?"
    r"|(?P<near>(?:近|过去|最近|连续)[三3]年来?|[三3]年[来间])"
)
_VALUE = re.compile(rf"(?<![\d.第A-Za-z/])-?(?:{DIGITS})\s*(?:{UNIT})?(?![\d/])", re.IGNORECASE)
_RESPECTIVELY = re.compile(
    r"(?P<said>分别|依次|逐年|各年)(?:为|是|达到?了?|实现|完成|提升至|增至|降至|约为|：|:)*\s*|(?:为|是|达到?了?|：|:)\s*"
)
# 93.0%（2018年）
_DATED_VALUE = re.compile(rf"(?P<value>(?:{DIGITS})\s*(?:{UNIT})?)\s*[（(](?P<year>{_BARE_YEAR})年?[）)]")
# 较2018年的93.0%提高2.1个百分点: what is compared with is a value of that year
_COMPARED = re.compile(
    rf"[较比](?P<kept>{_BARE_YEAR}年(?:度|末|底)?的?(?:{DIGITS})\s*(?:{UNIT})?)"
    rf"(?:提高|提升|上升|增长|增加|下降|降低|减少|缩短)了?约?(?:{DIGITS})\s*(?:{UNIT})?"
)
_NEXT_VALUE = re.compile(r"\s*[、，,和及与→]+\s*|\s*(?:升至|增至|降至|提升至|提高到|下降到)\s*")
_HELD = re.compile(
    r"(?:连续[三3]年(?:来)?(?:始终|一直|均|都|持续|稳定)*(?:保持|稳定|维持|达到|为)?"
    r"|(?<!\d)(?:近|过去)?[三3]年来?(?:始终|一直|均|都|持续|稳定)*(?:保持|稳定|维持))(?:在|为|到)?"
    rf"(?P<value>(?:{DIGITS})\s*(?:{UNIT})?)(?!\s*(?:以上|以下|以内|左右|及以上))"
)
# 近三年培训覆盖率均为100%
_ALL_ALONG = re.compile(
    r"(?:近|过去|最近|连续)?[三3]年[来间]?[，,]?(?P<name>[^，,。；、\d]{2,24}?)(?:均|都|始终|一直)(?:为|达到?了?|保持在?|稳定在|维持在)?"
    rf"(?P<value>(?:{DIGITS})\s*(?:{UNIT})?)(?!\s*(?:以上|以下|以内|左右|及以上))"
)
_FROM_TO = re.compile(
    rf"(?:由|从)(?P<first>(?:{DIGITS})\s*(?:{UNIT})?)[\u4e00-\u9fff]{{0,4}}?(?:至|到|为)(?P<last>(?:{DIGITS})\s*(?:{UNIT})?)"
)
_LINK = re.compile(
    r"[末底度的为是达到至了仅约只有进一步升降提高长增减少加压缩短延下实现完成分别：:，,\s→—\-超过逾近升至均]*"
)
_GAP = re.compile(
    r"(?:其中|[、，,→—\-至到\s（）()和及与而又再并且逐年稳步进一大幅快速上升提高下降低减少压缩短延长增加到为达了从由续后在跃攀回落改善优化])*"
)
_PLANNED = re.compile(r"目标|计划|力争|预计|将达|将实现|规划到|拟|争取|预期|预算|确保(?:到|在)?20")
_VERB_START = re.compile(
    r"^(?:末|底|度|全年|当年|年末)?[，,]?(?:公司|本公司|我司|全公司)?(?:实现|完成|累计|共|的)?"
)
_STATED = re.compile(
    rf"\s*(?:公司|全年|其中|并|且)?(?:实现|完成|取得)?(?P<name>[^\d，,、；。]{{2,20}}?)(?:为|是|达到?了?|共计?|约)?(?P<value>(?:{DIGITS})\s*(?:{UNIT}))\s*",
    re.IGNORECASE,
)
# a change, or the month of a date
_NO_QUANTITY = re.compile(r"百分点|^[月日]$")
_COMPANY = re.compile(
    r"[\u4e00-\u9fff）)]{2,24}(?:有限(?:责任)?公司|股份公司|集团公司|子公司|分公司|控股公司)"
)


@dataclass(frozen=True, slots=True)
class _Pair:
    year: str
    start: int
    end: int
    reading: Reading
    link: str


def prose_series(
    text: str, glossary: Glossary, years: Sequence[str], known: set[str]
) -> Iterator[tuple[int, Draft]]:
    """The series of a text with the offset of the sentence they stand in. ``known`` holds keys of the names
    that tables report; of a name that is neither there nor in the glossary, one year alone is not taken."""
    told = list(runs(text))
    yield from ((start, draft) for start, _, draft in told)
    for start, end, _ in reversed(told):
        text = text[:start] + "\n" * (end - start) + text[end:]
    for sentence in _SENTENCE.finditer(text):
        if not re.search(r"\d", sentence[0]):
            continue
        listed = _year_list(sentence[0], years)
        for segment in _SEGMENT.finditer(sentence[0]):
            for draft in _segment_series(segment[0], listed, glossary, years, known):
                yield sentence.start() + segment.start(), draft


def _segment_series(
    text: str, listed: Sequence[str], glossary: Glossary, years: Sequence[str], known: set[str]
) -> Iterator[Draft]:
    text = _COMPARED.sub(lambda found: found["kept"], text)
    told = [*_respectively(text, _year_list(text, years) or listed), *_chains(text), *_held(text, years)]
    told += [*_from_to(text, _year_list(text, ())), *_dated(text)]
    yield from (draft for draft in told if draft.name)
    if not told:
        yield from _single(text, glossary, known)


def _year_list(text: str, years: Sequence[str]) -> tuple[str, ...]:
    """The years that a span or list in a text stands for; 近三年 stands for the reporting years."""
    found = _YEAR_LIST.search(text)
    if not found:
        return ()
    if found["first"]:
        first, last = int(found["first"]), int(found["last"])
        return tuple(map(str, range(first, last + 1))) if first < last < first + 10 else ()
    if found["all"]:
        return tuple(re.findall(_BARE_YEAR, found["all"]))
    return tuple(years)


def _respectively(text: str, listed: Sequence[str]) -> Iterator[Draft]:
    """One value for each of the years, in their order."""
    subject = ""
    for found in _RESPECTIVELY.finditer(text):
        readings = list(_values_from(text, found.end()))
        fewest = 2 if found["said"] else 3
        if len(listed) < fewest or len(readings) != len(listed) or _PLANNED.search(text[: found.start()]):
            continue
        before = text[: found.start()]
        span = _YEAR_LIST.search(before)
        after = before[span.end() :] if span else before
        named_first = span is not None and not after.strip(" ，,的")
        name = name_before(before[: span.start()] if span and named_first else VERB_END.sub("", after))
        subject, name = _share(name, subject)
        yield told_draft(name, dict(zip(listed, readings, strict=True)))


def _share(name: str, subject: str) -> tuple[str, str]:
    """The subject for what follows, and the whole name: 占营业收入的比例 is that of the KPI before it."""
    if name.startswith("占"):
        return subject, f"{subject}{name}" if subject else ""
    return name, name


def _values_from(text: str, position: int) -> Iterator[Reading]:
    while found := _VALUE.match(text, position):
        yield read_number(found[0])
        following = _NEXT_VALUE.match(text, found.end())
        if not following:
            return
        position = following.end()


def _chains(text: str) -> Iterator[Draft]:
    """Runs of years each with its value, in any order."""
    run: list[_Pair] = []
    for pair in _pairs(text):
        between = text[run[-1].end : pair.start] if run else ""
        goes_on = len(between) <= 16 and _GAP.fullmatch(between) and _LINK.fullmatch(pair.link)
        if run and (not goes_on or pair.year in {p.year for p in run}):
            yield from _told(text, run)
            run = []
        run.append(pair)
    yield from _told(text, run)


def _pairs(text: str) -> Iterator[_Pair]:
    lists = [found.span() for found in _YEAR_LIST.finditer(text) if not found["near"]]
    marks = [m for m in _YEAR.finditer(text) if not any(a <= m.start() < b for a, b in lists)]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        value = _VALUE.search(text, mark.end(), end)
        reading = read_number(value[0]) if value else None
        if value and reading and reading.value is not None and not _NO_QUANTITY.search(reading.unit):
            yield _Pair(mark[1], mark.start(), value.end(), reading, text[mark.end() : value.start()])


def _told(text: str, run: Sequence[_Pair]) -> Iterator[Draft]:
    """A run is one series if only its first link may hold a name, and the name is before or in that link."""
    while run and not _LINK.fullmatch(run[0].link) and not _named_link(run[0].link):
        run = run[1:]
    if len(run) < 2:
        return
    before = text[: run[0].start]
    if _PLANNED.search(before) or _PLANNED.search(run[0].link):
        return
    name = name_before(before) if _LINK.fullmatch(run[0].link) else name_before(VERB_END.sub("", run[0].link))
    yield told_draft(name, {pair.year: pair.reading for pair in run})


def _named_link(link: str) -> bool:
    """Whether a name may stand between a year and its value: nothing that compares, no other sentence."""
    return 2 <= len(link) <= 30 and not re.search(r"[；。]|[比较]$", link)


def _dated(text: str) -> Iterator[Draft]:
    """Values each with its year in brackets."""
    found = list(_DATED_VALUE.finditer(text))
    if len(found) > 1 and not _PLANNED.search(text[: found[0].start()]):
        readings = {one["year"]: read_number(one["value"]) for one in found}
        before = text[: found[0].start()]
        yield told_draft(name_before(VERB_END.sub("", TREND_END.sub("", VERB_END.sub("", before)))), readings)


def _held(text: str, years: Sequence[str]) -> Iterator[Draft]:
    """A value that was held in each of the three years."""
    if len(years) != 3 or _PLANNED.search(text):
        return
    held = [(found, text[: found.start()]) for found in _HELD.finditer(text)]
    held += [(found, found["name"]) for found in _ALL_ALONG.finditer(text)]
    for found, before in held:
        reading = read_number(found["value"])
        if reading.unit and reading.value is not None and not _NO_QUANTITY.search(reading.unit):
            yield told_draft(name_before(before), dict.fromkeys(years, reading))


def _from_to(text: str, listed: Sequence[str]) -> Iterator[Draft]:
    """First and last value of a span of years."""
    if len(listed) < 2 or _PLANNED.search(text):
        return
    for found in _FROM_TO.finditer(text):
        first, last = read_number(found["first"]), read_number(found["last"])
        if first.value is not None and last.value is not None:
            yield told_draft(name_before(text[: found.start()]), {listed[0]: first, listed[-1]: last})


def _single(text: str, glossary: Glossary, known: set[str]) -> Iterator[Draft]:
    """The values of one year, for names that are known; what is said of another company is not taken."""
    if _PLANNED.search(text) or _COMPANY.search(text):
        return
    taken = set()
    for name, year, reading in (*_after_year(text), *_in_clauses(text)):
        if (
            reading.unit
            and not CLAUSE.search(name)
            and name not in taken
            and _is_known(name, glossary, known)
        ):
            taken.add(name)
            yield told_draft(name, {year: reading})


def _after_year(text: str) -> Iterator[tuple[str, str, Reading]]:
    """2019年实现营业收入8.86亿元: the name between year and value."""
    for pair in _pairs(text):
        yield VERB_END.sub("", _VERB_START.sub("", pair.link)), pair.year, pair.reading


def _in_clauses(text: str) -> Iterator[tuple[str, str, Reading]]:
    """2019年市场向好，实现营业收入8.86亿元，净利润0.82亿元: one year leads all clauses of a sentence."""
    years = set(_YEAR.findall(text))
    if len(years) != 1 or _YEAR_LIST.search(text):
        return
    for clause in re.split("[，,、](?!\\d{3})", text):
        if (found := _STATED.fullmatch(clause)) and (
            reading := read_number(found["value"])
        ).value is not None:
            yield found["name"], min(years), reading


def _is_known(name: str, glossary: Glossary, known: set[str]) -> bool:
    entry = glossary.find(name)
    return kpi_key(name) in known or (entry is not None and entry.how in ("name", "variant"))
