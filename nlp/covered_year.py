"""Which year a yearly report is about, and the words that say so.

Title, cover, running head, the sentence on the reporting period, tables, the date of writing and the file's
name each speak for a year with a weight. What only one weak place says, and what places disagree on, is
not sure: a person is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.annual import CoveredYear, Origin
from models.document import Block, Part
from nlp.years import arabic, last_table_year

_FRONT_BLOCKS = 40
_FRONT_CHARACTERS = 3_000
_COVER_LINE = 60
_WEIGHTS: dict[Origin, int] = {
    "title": 3,
    "text": 3,
    "head": 2,
    "filename": 2,
    "tables": 2,
    "date": 1,
}
_ENOUGH = 3
_Y = r"(?<!\d)((?:19|20)\d\d)(?!\d)"
_REPORT = r"(?:卓越绩效|自我评价|自评|自我评估|年度)[^，。；]{0,14}报告|报告书"
_TITLED = re.compile(rf"{_Y}\s*[)）]?\s*(?:年度?)?[^，。；\d]{{0,16}}(?:{_REPORT})")
_TITLED_AFTER = re.compile(rf"(?:{_REPORT})\s*[（(\[【]?\s*{_Y}\s*(?:年度?)?\s*[)）\]】]?\s*$")
_YEAR_LINE = re.compile(rf"^[（(\[【—-]*\s*{_Y}\s*年?度?\s*[)）\]】—-]*$")
_TITLE_LINE = re.compile(rf"^[^，。；]{{0,24}}(?:{_REPORT})[）)]?$")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_PERIOD = re.compile(
    r"报告期(?!内|末)|统计期|评价期|报告期间|时间范围|时间跨度|起止时间|覆盖期|数据期间|评价周期|评价年度|报告年度"
    r"|(?:本报告|本次自评|此次自评|本次自我评价|自我评价)[^，。；]{0,10}(?:涵盖|覆盖|反映|总结|针对|对象|为|是|对)"
    r"|现(?:将|就)|(?:涵盖|覆盖|反映|总结)了?(?:19|20)\d\d年|(?:情况|工作)[^，。]{0,4}报告如下|汇报如下"
)
_SPAN = re.compile(
    rf"{_Y}\s*[年./-]\s*0?1\s*(?:[月./-]\s*0?1?\s*日?)?\s*(?:至|到|—|–|-|~|～)+\s*(?:\1\s*[年./-]\s*)?12\s*(?:[月./-]\s*(?:31)?\s*日?)?"
)
_OF_YEAR = re.compile(rf"{_Y}\s*(?:年度|全年|年(?!\s*\d{{1,2}}\s*月|版|获|荣获|以来|起|第))")
_WRITTEN = re.compile(
    rf"^[^，。；]{{0,12}}{_Y}\s*[年./-]\s*(\d{{1,2}})\s*(?:月|[./-])?\s*(?:\d{{1,2}}\s*日?)?$"
)
_FILE_YEAR = re.compile(rf"{_Y}\s*(年度|年)?(?!\s*\d*\s*年?\s*(?:提交|报送|上报|版|\d{{1,2}}\s*月))")
_FILE_DATE = re.compile(
    r"(?<!\d)(20\d\d)[-._年]?(0\d|1[0-2]|\d(?=月))[-._月]?(?:[0-3]\d日?)?(?!\d)|(20\d\d)年?(?:提交|报送|上报)"
)


@dataclass(frozen=True, slots=True)
class _Voice:
    year: str
    origin: Origin
    sentence: str
    page: int | None
    weight: int


def find_covered_year(part: Part) -> CoveredYear:
    """The year that the places of the part agree on most; year None where no place names one."""
    voices = list(_voices(part))
    if not voices:
        return CoveredYear(None, "none", "", None, sure=False)
    totals: defaultdict[str, int] = defaultdict(int)
    for year, origin in {(voice.year, voice.origin) for voice in voices}:
        totals[year] += max(v.weight for v in voices if (v.year, v.origin) == (year, origin))
    year, *others = sorted(totals, key=lambda one: (-totals[one], one))
    best = max((v for v in voices if v.year == year), key=lambda v: v.weight)
    said = any(v.year == year and v.origin in ("title", "text", "head") for v in voices)
    against = totals[others[0]] if others else 0
    sure = said and totals[year] >= _ENOUGH and against * 2 <= totals[year] - 1
    return CoveredYear(year, best.origin, best.sentence, best.page, sure, tuple(others))


def _voices(part: Part) -> Iterator[_Voice]:
    front = _front(part.blocks)
    yield from _titles(front)
    yield from _heads(part.blocks)
    yield from _sentences(front)
    yield from _dates(front)
    yield from _file_name(part.document.filename)
    if year := last_table_year([part]):
        yield _voice(year, "tables", "", None)


def _voice(year: str, origin: Origin, sentence: str, page: int | None, weight: int | None = None) -> _Voice:
    return _Voice(year, origin, sentence.strip(), page, weight or _WEIGHTS[origin])


def _front(blocks: Sequence[Block]) -> list[Block]:
    """Cover, title and opening, without contents and running heads."""
    front: list[Block] = []
    size = 0
    for block in blocks:
        if block.kind in ("contents", "margin", "invisible", "table", "chart", "picture"):
            continue
        if len(front) >= _FRONT_BLOCKS or size > _FRONT_CHARACTERS:
            break
        front.append(block)
        size += len(block.text)
    return front


def _titles(front: Sequence[Block]) -> Iterator[_Voice]:
    """Titles that name the year, and a year alone on the line before or after a title."""
    lines = [
        (line, b.place.page) for b in front for line in b.text.splitlines() if 0 < len(line) <= _COVER_LINE
    ]
    plain = [(_tight(line), line, page) for line, page in lines]
    for text, line, page in plain:
        if (found := _TITLED.search(text) or _TITLED_AFTER.search(text)) and not _mid_sentence(text):
            yield _voice(found[1], "title", line, page)
    for (one, line, page), (other, next_line, _) in pairwise(plain):
        for year, title in ((one, other), (other, one)):
            if (found := _YEAR_LINE.match(year)) and _TITLE_LINE.match(title):
                yield _voice(found[1], "title", f"{line} {next_line}", page)


def _mid_sentence(text: str) -> bool:
    return bool(re.search("[，。；]", text))


def _tight(line: str) -> str:
    """A line of a cover, which is often spaced out, without its spaces."""
    return re.sub(r"\s+", "", arabic(re.sub(r"\s+", "", line)))


def _heads(blocks: Sequence[Block]) -> Iterator[_Voice]:
    for text in dict.fromkeys(block.text for block in blocks if block.kind == "margin"):
        if found := _TITLED.search(_tight(text)) or _TITLED_AFTER.search(_tight(text)):
            yield _voice(found[1], "head", text, None)


def _sentences(front: Sequence[Block]) -> Iterator[_Voice]:
    """Sentences that say which period the report is about."""
    for block in front:
        for sentence in _SENTENCE.findall(block.text):
            plain = arabic(sentence)
            if found := _SPAN.search(plain):
                yield _voice(found[1], "text", sentence, block.place.page)
            elif _PERIOD.search(plain) and (named := _OF_YEAR.findall(plain)):
                yield _voice(named[-1], "text", sentence, block.place.page)


def _dates(front: Sequence[Block]) -> Iterator[_Voice]:
    """The date of writing: a report written in the first months is about the year before."""
    for block in front:
        for line in block.text.splitlines():
            found = _WRITTEN.match(_tight(line)) if len(line) <= _COVER_LINE else None
            if found:
                yield _voice(str(int(found[1]) - 1), "date", line, block.place.page)


def _file_name(name: str) -> Iterator[_Voice]:
    stem = arabic(name.rpartition(".")[0] or name)
    if found := _FILE_DATE.search(stem):
        yield _voice(str(int(found[1] or found[3]) - 1), "date", name, None)
        stem = stem[: found.start()] + " " + stem[found.end() :]
    for year, said in _FILE_YEAR.findall(stem):
        yield _voice(year, "filename", name, None, 2 if said else 1)
