"""What the cells around the numbers say: a year, the own figures, a target, a party, or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.glossary import Glossary
from models.kpi import ComparisonKind
from nlp.kpi.words import any_of
from nlp.units import is_unit, split_unit
from nlp.years import read_year

Role = Literal["own", "target", "comparison", "growth", "skip"]
ColumnKind = Literal["index", "name", "group", "unit", "year", "role", "value", "skip"]


@dataclass(frozen=True, slots=True)
class Label:
    """One header or stub cell. ``name`` is what is left when year, role and unit are taken off."""

    year: str | None = None
    role: Role | None = None
    party: str = ""
    name: str = ""
    unit: str | None = None


_LONGEST_LABEL = 30
_SAID = 0.4
_REMARK = re.compile(r"[（(]([^（()）]*)[)）]")
_LONGEST_NAME = 90
# says nothing without what stands before it
BARE_NAME = re.compile(
    r"得分|评分|分数|比例|占比|比重|比率|数量|总数|总量|数值|金额|均值|平均值|人数|次数|增长率|增速|增幅|同比|同比变动|变动|变化|增减|其|率|值|"
    r"排名|合计|余额|账面余额|账面价值|发生额"
)
# repetitions are bounded: a cell of words that can be read in many ways must not take long
_OWN = re.compile(
    rf"(?:{any_of('labels', 'own_subject')})?(?:自身|历年|年度|近[三五]年|三年|[三五]年来)?(?:的)?"
    rf"(?:{any_of('labels', 'own_word')})?(?:情况|数据|水平)?"
)
_TARGET = re.compile(
    rf"(?:{any_of('labels', 'target_before')}){{0,4}}(?:{any_of('labels', 'target_word')})"
    r"(?:值|数|指标|要求|标准|水平|任务)?"
)
_PARTY = re.compile(any_of("labels", "party"))
# the whole of a cell in the name column: nothing but a party, so that 行业标准数 stays a KPI
_PARTY_ALONE = re.compile(
    rf"(?:{any_of('labels', 'party_before')}){{0,4}}(?:{any_of('labels', 'party')})"
    rf"(?:{any_of('labels', 'party_after')}){{0,5}}(?:公司|企业|集团)?"
)
_AGAINST = re.compile(r"[比较](?:上|去|前|年初|期初|同期|基期|20\d\d).{0,8}[增减升降变]")
_TOTAL = re.compile(r"合\s*计|小\s*计|总\s*计|累\s*计|共\s*计|总体|全部")
_STANDARD = re.compile(r"(?:国家|行业|地方|排放|国际)?(?:标准|限值|国标|地标)(?:值|要求|限值)?")
_COMPARED = re.compile(
    r"(?:与?(?:主要)?(?:对比|比较|对标|竞争)(?:情况|对象|数据|值|分析|组织|企业|单位)?|水平对比|横向对比|行业对比|外部对比)"
)
_GROWTH = re.compile(
    r"(?:较|比|与)?(?:上年度?|去年|前年|上期|同期|上年同期|基期|20\d\d年?|期初|年初)?(?:相?比)?"
    r"(?:同比|环比|年均|均|三年|两年|累计|复合|总|平均){0,4}(?:增长|增幅|增减|增速|增加|下降|变化|变动|提升|升降|改善|降幅)"
    r"(?:率|额|量|数|幅度?|值|金额|情况|比例|比率|百分比|百分点|速度)?|(?:占比|比重)增减|调整数|同比|环比|CAGR|复合年?均?增长率|年均复合增长率?",
    re.IGNORECASE,
)
# figures of others, whoever they are: 兄弟院校均值, 三省平均水平; not 满意度平均值, 三年平均
_OTHERS = re.compile(r"(?P<whose>.{2,}?)(?:平均|均|先进|最好|最优|领先|中位)(?:水平|值|数)?")
_PERIOD = re.compile(r"[年月季期日周]度?$|历[年史]|总|累计")
_SKIP = re.compile(any_of("labels", "skip"))
_INDEX_HEAD = re.compile(r"序号|编号|序|No\.?|#", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"(?:计量)?单位(?:[/／]?量纲)?|量纲")
_YEAR_HEAD = re.compile(r"年份|年度|时间|年|期间|统计年度|报告期|时期")
_NAME_HEAD = re.compile(r"指标|KPI|项目|名称|内容|参数|测量项|要素", re.IGNORECASE)
_GROUP_HEAD = re.compile(any_of("labels", "group_head"))
_NUMBERING = re.compile(
    r"^(?:[（(]?\d{1,2}[)）.、．]\s*(?!\d)|[①-⑳]\s*|[（(][一二三四五六七八九十]+[)）]\s*|[一二三四五六七八九十]+、\s*|[-·•●]\s*)"
)
_OF_WHICH = re.compile(r"^其中\s*[:：]?\s*|^(?:加|减)[:：]\s*")
_KPI_TAIL = re.compile(rf"(?:{any_of('labels', 'kpi_end')})$", re.IGNORECASE)


def is_part(text: str) -> bool:
    """Whether a name says that it is part of the one above it (其中：生产废水)."""
    return bool(_OF_WHICH.match(_NUMBERING.sub("", text.strip())))


def is_total(name: str) -> bool:
    return bool(_TOTAL.fullmatch(name))


def clean_name(text: str) -> str:
    """A name without its numbering and without 其中."""
    squeezed = re.sub(r"\s+", " ", text).strip()
    squeezed = re.sub(r"(?<=[\u4e00-\u9fff）)]) (?=[\u4e00-\u9fff（(])", "", squeezed)
    return _OF_WHICH.sub("", _NUMBERING.sub("", squeezed)).strip(" ：:")


def read_header(text: str, years: Sequence[str]) -> Label:
    """A cell above the numbers. A party is one as soon as it is named."""
    return _read(text, years, loose=True)


def read_stub(text: str, years: Sequence[str]) -> Label:
    """A cell left of the numbers, where most cells are names: a party only if it is all there is."""
    return _read(text, years, loose=False)


def _read(text: str, years: Sequence[str], *, loose: bool) -> Label:
    found = read_year(text, years)
    rest, unit = split_unit(clean_name(found.rest if found else text))
    if is_unit(rest) and found:
        rest, unit = "", rest.strip("（）()")
    year = found.year if found else None
    if found and (found.partial or found.forecast):
        return Label(year, "target" if found.forecast and _TARGET.fullmatch(rest) else "growth", unit=unit)
    if year and (remark := _REMARK.fullmatch(rest)) and not _PARTY.search(rest):
        rest = remark[1] if _role(remark[1], loose=loose)[0] else ""
    role, party = _role(rest, loose=loose)
    if loose and role is None and unit is None and _STANDARD.fullmatch(rest):
        role, party = "comparison", rest
    if year and _KPI_TAIL.search(text) and not loose and role is None and not _bare(rest):
        return Label(None, None, "", clean_name(text), unit)
    return Label(year, role, party, "" if role else rest, unit)


def _bare(rest: str) -> bool:
    return rest == ""


def _role(rest: str, *, loose: bool) -> tuple[Role | None, str]:
    bare = re.sub(r"[（(][^（()）]*[)）]", "", rest).strip(" ≥≤<>")
    if not bare or len(bare) > _LONGEST_LABEL:
        return None, ""
    if _TARGET.fullmatch(bare):
        return "target", ""
    if _GROWTH.fullmatch(bare) or _AGAINST.search(bare):
        return "growth", ""
    if _OWN.fullmatch(bare):
        return "own", ""
    if _COMPARED.fullmatch(bare):
        return "comparison", ""
    if (
        _of_others(bare)
        or _PARTY_ALONE.fullmatch(bare)
        or (loose and _PARTY.search(bare) and not _KPI_TAIL.search(bare))
    ):
        return "comparison", rest
    return ("skip", "") if loose and _skips(bare) and not _KPI_TAIL.search(bare) else (None, "")


def _of_others(bare: str) -> bool:
    found = _OTHERS.fullmatch(bare)
    return found is not None and not _PERIOD.search(found["whose"]) and not ends_as_kpi(found["whose"])


def _skips(bare: str) -> bool:
    """Whether words of columns without figures make up a good part of a head: in 营业厅服务评价 the last word
    alone says nothing of the kind."""
    said = sum(found.end() - found.start() for found in _SKIP.finditer(bare))
    return said >= _SAID * len(bare)


def party_kind(label: str) -> ComparisonKind:
    """Kind of a comparison by its label; a company's bare name says nothing of its kind."""
    if re.search(r"标杆|[Bb]enchmark|标兵|先进|最好|最优|领先|一流|基准|对标", label):
        return "benchmark"
    if re.search(r"对手|[Cc]ompetitor|竞争|竞品|友商", label):
        return "competitor"
    if re.search(r"行业|同行|同业|业界|均|平均|可比", label):
        return "industry"
    return "other"


def head_kind(text: str) -> ColumnKind | None:
    """What the head of a stub column says is in it; None where it says nothing."""
    bare = re.sub(r"[（(].*?[)）]|\s", "", text)
    if _INDEX_HEAD.fullmatch(bare):
        return "index"
    if _UNIT_HEAD.fullmatch(bare):
        return "unit"
    if _YEAR_HEAD.fullmatch(bare):
        return "year"
    if _NAME_HEAD.search(bare):
        return "name"
    if _GROUP_HEAD.search(bare) and not _SKIP.search(bare):
        return "group"
    return "skip" if _SKIP.search(bare) else None


def ends_as_kpi(name: str) -> bool:
    """Whether a name ends in a word for a quantity."""
    return bool(_KPI_TAIL.search(re.sub(r"[（(][^（()）]*[)）]", "", name)))


def is_sentence(name: str) -> bool:
    """Whether what stands in the place of a name is a rule or a remark."""
    return len(name) > _LONGEST_NAME or bool(re.search(r"[。；;！？]", name))


def looks_like_kpi(name: str, glossary: Glossary) -> bool:
    """Whether a name can stand for a quantity by itself (满意度), unlike a group's (政务客户)."""
    bare = re.sub(r"[（(][^（()）]*[)）]", "", name)
    return ends_as_kpi(name) or glossary.find(bare) is not None
