"""Units as reports write them: recognising one, cutting it off a name, bringing two to one scale."""

from __future__ import annotations

import re
import unicodedata

from nlp.kpi.words import any_of

_BASE = any_of("units", "count", "time", "money", "measure", "rate", "index")
_TIMES = "(?:十万|百万|千万|十亿|百亿|[千百万亿])"
# what a unit can be divided by: another unit, or a word or two (元/股东, 次/百万工时)
_PER = rf"(?:[/／每·*]\s?(?:{_TIMES}?(?:{_BASE})|[\u4e00-\u9fff]{{1,5}}))"
UNIT = rf"(?:{_TIMES}?(?:{_BASE}){_PER}{{0,2}}|[万亿])"
_WHOLE_UNIT = re.compile(rf"{UNIT}", re.IGNORECASE)
_NO_UNIT = {"", "-", "--", "—", "——", "–", "/", "无", "无量纲", "无单位", "N/A"}
_BRACKETED = re.compile(r"[（(\[【]([^（()）\[\]【】]*)[)）\]】]\s*$")
_SAID = re.compile(r"^(?:计量)?单位\s*[:：]?\s*")
_AFTER = re.compile(rf"^(.{{2,}}?)[/／,，、\s]\s*({UNIT})$", re.IGNORECASE)
_CAPTION = re.compile(r"(?:计量)?单位\s*[:：]\s*([^）)】\]；;。\s]+)")

# factor to a common base, so that 0.5亿元 and 5000万元 can be told to be the same
_SCALES: dict[str, tuple[float, str]] = {
    "%": (1e-2, "1"),
    "‰": (1e-3, "1"),
    "ppm": (1e-6, "1"),
    "百分点": (1e-2, "点"),
    "个百分点": (1e-2, "点"),
    "pct": (1e-2, "点"),
    "小时": (60.0, "分钟"),
    "h": (60.0, "分钟"),
    "min": (1.0, "分钟"),
    "天": (1440.0, "分钟"),
    "日": (1440.0, "分钟"),
    "d": (1440.0, "分钟"),
    "秒": (1 / 60, "分钟"),
    "s": (1 / 60, "分钟"),
    "t": (1000.0, "kg"),
    "吨": (1000.0, "kg"),
    "千克": (1.0, "kg"),
    "公斤": (1.0, "kg"),
    "度": (1.0, "kwh"),
    "千瓦时": (1.0, "kwh"),
    "吨标准煤": (1000.0, "kgce"),
    "吨标煤": (1000.0, "kgce"),
    "tce": (1000.0, "kgce"),
    "千克标准煤": (1.0, "kgce"),
    "千克标煤": (1.0, "kgce"),
    "名": (1.0, "人"),
    "位": (1.0, "人"),
}
_FACTORS = {
    "百亿": 1e10,
    "十亿": 1e9,
    "千万": 1e7,
    "百万": 1e6,
    "十万": 1e5,
    "亿": 1e8,
    "万": 1e4,
    "千": 1e3,
    "百": 1e2,
}


def clean_unit(text: str) -> str:
    """A unit as written, without blanks and brackets; empty where the cell says there is none."""
    squeezed = re.sub(r"\s+", "", text.replace("％", "%").replace("／", "/"))
    squeezed = _SAID.sub("", squeezed.strip("（）()[]【】"))
    return "" if squeezed in _NO_UNIT else squeezed


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit."""
    return bool(_WHOLE_UNIT.fullmatch(clean_unit(text)))


def split_unit(name: str) -> tuple[str, str | None]:
    """A name and its unit: ``营业收入（万元）``, ``营业收入/万元``. None where it names none; an empty
    unit where it says that there is none (``流动比率（—）``)."""
    name = name.strip()
    if found := _BRACKETED.search(name):
        inner, front = found[1], name[: found.start()].strip()
        if front and (clean_unit(inner) == "" or is_unit(inner) or _SAID.match(inner)):
            return front, clean_unit(inner)
    if found := _AFTER.match(name):
        return found[1].strip(), clean_unit(found[2])
    return name, None


def unit_in_caption(text: str) -> str | None:
    """The unit that a caption or a note line gives for a whole table (``单位：万元``)."""
    found = _CAPTION.search(unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）"))
    if not found:
        return None
    return clean_unit(found[1].rstrip("，,"))


def pick_unit(units: str, name: str) -> str:
    """The one of several units of a caption (``万元、%``) that fits a name: a rate has %."""
    choices = [clean_unit(unit) for unit in re.split(r"[、,，;；]|和|或", units) if unit.strip()]
    if len(choices) < 2:
        return choices[0] if choices else ""
    share = bool(re.search(r"(率|占比|比重|比例|强度)$", name))
    fits = [unit for unit in choices if (unit in {"%", "‰"}) == share]
    return (fits or choices)[0]


def scaled(value: float, unit: str) -> tuple[float, str]:
    """Value and unit in a common scale: (0.5, 亿元) and (5000, 万元) give the same pair.

    The unit is a key for comparison, not for show."""
    unit = clean_unit(unit)
    factor = 1.0
    for word, times in _FACTORS.items():
        if unit.startswith(word) and unit not in _SCALES and unit != word + "分点":
            unit, factor = unit[len(word) :], times
            break
    more, base = _SCALES.get(unit, _SCALES.get(unit.lower(), (1.0, unit.lower())))
    return value * factor * more, base
