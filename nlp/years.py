"""Years as headers, cells and sentences write them, and the years that a report is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.document import Block, Part

_YEARS_OF_A_REPORT = 3
_WIDE = str.maketrans("０１２３４５６７８９（）　", "0123456789() ")
_HAN = {han: str(digit) for digit, han in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_HAN_YEAR = re.compile("[二][〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_PART_OF_YEAR = re.compile(
    r"上半年|下半年|半年度|[一二三四1-4]季度|第[一二三四]季|Q[1-4]|H[12]|\d{1,2}\s*[-—–~至到]\s*\d{1,2}\s*月|\d{1,2}\s*月|前[一二三]季"
)
_WHOLE_YEAR = re.compile(r"(?<!\d)(?:0?1)\s*[-—–~至到]\s*12\s*月|12\s*月\s*(?:31\s*日)?")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*12\s*[-/.月]\s*31\s*日?")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?度?\s*[-—–~～至到]+\s*((?:19|20)?\d{2})(?!\d)\s*(?:年度?)?")
_YEAR = re.compile(
    r"(?:FY)?(?<![\d.,])(?<![\dA-Z][-—–:：])((?:19|20)\d{2})\s*(?:年度|年末|年底|年终|财年|年|A(?![A-Za-z]))?(?![\d.,%])"
)
_SHORT_YEAR = re.compile(r"(?<![\d.,第近前满])(\d{2})\s*(?:年度|年末|年底|年)(?![\d以来内限期])")
_FORECAST = re.compile(r"(?<=\d)\s*年?\s*E(?![A-Za-z])|预计|预测|预期|展望|（E）|\(E\)|滚动")
_PLANNED = re.compile(r"到|至|规划|目标|计划|预计|力争|展望|[—–-]$")
# months since the year began
_TO_DATE = re.compile(r"(?P<before>上)?[年期]初至(?:上年|本)?(?:报告)?期?[末间]?")
_RELATIVE = (
    (re.compile(r"上上年度?|前年度?"), -2),
    (
        re.compile(
            r"上年同期|上一?年度?末?|去年度?|上期(?:数|末|金额|发生额)?|(?:报告)?[期年]初(?:余额|数|金额|账面价值)?"
        ),
        -1,
    ),
    (
        re.compile(
            r"本年度?末?|当年度?|今年度?|本期(?:数|末|金额|发生额)?|[期年]末(?:余额|数|金额|账面价值)?|本?报告期[末内]?|报告年度"
        ),
        0,
    ),
)


@dataclass(frozen=True, slots=True)
class YearLabel:
    """A year and what else the label says. ``partial``: less than a year, or several years together;
    ``forecast``: not a year that has been."""

    year: str
    rest: str
    partial: bool = False
    forecast: bool = False


def read_year(text: str, years: Sequence[str] = ()) -> YearLabel | None:
    """The year that a header or stub cell names; None if it names none.

    ``years`` are the reporting years, oldest first: without them 本年 and 上年 name no year."""
    plain = arabic(text)
    if span := _SPAN.search(plain):
        return YearLabel(_last_of(span), _rest(plain, span), partial=True)
    found = _DATE.search(plain) or _YEAR.search(plain)
    if found:
        return _label(found[1], plain, found)
    if found := _SHORT_YEAR.search(plain):
        return _label(f"20{found[1]}", plain, found)
    return _relative(plain, years)


def arabic(text: str) -> str:
    """The text with years in Arabic digits (二〇二〇年: 2020年), narrow digits and single spaces."""
    plain = re.sub(r"\s+", " ", text.translate(_WIDE)).strip()
    return _HAN_YEAR.sub(
        lambda found: "".join(_HAN.get(han, han) for han in found[0]).replace("二", "2"), plain
    )


def _label(year: str, text: str, found: re.Match[str]) -> YearLabel:
    forecast = bool(_FORECAST.search(text))
    rest = re.sub(r"^年(?!均)", "", _WHOLE_YEAR.sub("", _rest(text, found)))
    partial = bool(_PART_OF_YEAR.search(rest))
    if rest == "初":
        return YearLabel(str(int(year) - 1), "")
    bare = re.sub(r"^E$", "", _FORECAST.sub("", rest)).strip(" ()（）") if forecast else rest
    return YearLabel(year, bare, partial, forecast)


def _rest(text: str, found: re.Match[str]) -> str:
    rest = re.sub(r"[(（]\s*[)）]|截[至止]", "", text[: found.start()] + text[found.end() :])
    return rest.strip(" 的:：/-—、,，")


def _last_of(span: re.Match[str]) -> str:
    last = span[2]
    return last if len(last) == 4 else span[1][:2] + last


def _relative(text: str, years: Sequence[str]) -> YearLabel | None:
    if not years:
        return None
    if found := _TO_DATE.match(text):
        year = str(int(years[-1]) - 1 if found["before"] else int(years[-1]))
        return YearLabel(year, _rest(text, found), partial=True)
    for pattern, offset in _RELATIVE:
        # 上年 in 较上年增长 is what is compared with, not the year of the figure
        if (found := pattern.match(text)) and not re.search("[较比与]|同比|增|减|升|降", text):
            return YearLabel(str(int(years[-1]) + offset), _rest(text, found))
    return None


def infer_reporting_years(parts: Sequence[Part]) -> tuple[str, ...]:
    """The three years that the submission reports on, oldest first; empty if it names no year.

    The last year is the one in which most tables end (targets and forecasts aside), in the report before the
    annual report, which is one or more years later; where no table has years, the last year that the text
    speaks of often.
    """
    for kinds in (("report",), ("annual",), ("overview", "evidence", "other")):
        chosen = [part for part in parts if part.kind in kinds]
        last = last_table_year(chosen) or _last_of_text(chosen)
        if last:
            return tuple(str(year) for year in range(int(last) - _YEARS_OF_A_REPORT + 1, int(last) + 1))
    return ()


def last_table_year(parts: Sequence[Part]) -> str | None:
    """The year in which most tables and charts of several years end; None where there are none."""
    ends = Counter(
        max(years) for part in parts for block in part.blocks if len(years := _table_years(block)) > 1
    )
    return max(ends, key=lambda year: (ends[year], year)) if ends else None


def _table_years(block: Block) -> set[str]:
    """Years that head the columns or rows of a table, or the categories of a chart, as actual years."""
    labels = (read_year(text) for text in _headings(block))
    return {
        label.year
        for label in labels
        if label
        and not (label.partial or label.forecast)
        and not re.search("目标|计划|预算|规划", label.rest)
    }


def _headings(block: Block) -> Iterator[str]:
    if block.chart:
        yield from block.chart.categories
    if block.table:
        for row, cells in enumerate(block.table.grid(filled=True)):
            yield from cells if row < 2 else cells[:2]


def _last_of_text(parts: Sequence[Part]) -> str | None:
    """The last year named more than half as often as the one named most: a report speaks of the year after,
    in which it is written, too."""
    named: Counter[str] = Counter()
    for part in parts:
        for block in part.blocks:
            if block.kind not in ("contents", "margin", "invisible"):
                named.update(_spoken_years(arabic(block.text)))
    often = max(named.values(), default=0)
    return max((year for year, times in named.items() if times * 2 > often), default=None)


def _spoken_years(text: str) -> Iterator[str]:
    """Years that a text names, those that it plans for aside."""
    for found in _YEAR.finditer(text):
        if not _PLANNED.search(text[max(0, found.start() - 8) : found.start()]):
            yield found[1]
