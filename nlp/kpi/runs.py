"""A KPI told over several sentences, a year in each: 2017年，流失率为6.1%。2018年为5.2%。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.glossary import kpi_key
from nlp.kpi.drafts import Draft, told_draft
from nlp.kpi.subject import VERB_END, name_before
from nlp.numbers import DIGITS, Reading, read_number
from nlp.units import UNIT

_STATEMENT = re.compile(r"[^。；;！!\n]+")
_YEAR = r"(?P<year>(?:19|20)\d{2})年(?:度|末|底)?"
_NAME = r"[\u4e00-\u9fffA-Za-z（）()/“”]"
_VERB = (
    r"(?:进一步|继续|再|又)?(?:为|是|达到?了?|实现了?|完成|仅为|约为"
    r"|(?:提?升|提高|增加?|增长|下?降|降低|减少|缩短)[至到为])?"
)
_FIGURE = rf"(?P<value>(?:{DIGITS})\s*(?:{UNIT})?)"
_FORMS = (
    re.compile(rf"\s*{_YEAR}[，,]?(?:公司|我司|全年)?(?P<name>{_NAME}{{0,24}}?){_VERB}{_FIGURE}\s*"),
    re.compile(rf"\s*(?P<name>{_NAME}{{2,24}}?)[，,：:]?{_YEAR}{_VERB}{_FIGURE}\s*"),
)
_PLANNED = re.compile("目标|计划|力争|预计|规划|争取")
_Told = tuple[int, int, str, str, Reading]


def runs(text: str) -> Iterator[tuple[int, int, Draft]]:
    """Start, end and series of each run of two and more sentences that say one year's value of one KPI."""
    run: list[_Told] = []
    for found in _STATEMENT.finditer(text):
        told = _told(found)
        if told is None or (run and not _goes_on(run, told)):
            yield from _series(run)
            run = []
        if told is not None and (run or told[3]):
            run.append(told)
    yield from _series(run)


def _told(statement: re.Match[str]) -> _Told | None:
    """Bounds, year, name (empty where it is that of the sentence before) and value of one sentence."""
    found = next((m for form in _FORMS if (m := form.fullmatch(statement[0]))), None)
    if found is None or _PLANNED.search(statement[0]):
        return None
    reading = read_number(found["value"])
    written = VERB_END.sub("", found["name"])
    name = name_before(written) if written else ""
    if reading.value is None or not reading.unit or (written and not name):
        return None
    return statement.start(), statement.end(), found["year"], name, reading


def _goes_on(run: list[_Told], told: _Told) -> bool:
    *_, year, name, reading = told
    same = not name or kpi_key(name) == kpi_key(run[0][3])
    return same and reading.unit == run[0][4].unit and all(year != other[2] for other in run)


def _series(run: list[_Told]) -> Iterator[tuple[int, int, Draft]]:
    if len(run) > 1:
        readings = {year: reading for _, _, year, _, reading in run}
        yield run[0][0], run[-1][1], told_draft(run[0][3], readings)
