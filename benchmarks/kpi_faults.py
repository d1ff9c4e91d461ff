"""Faults planted into clean KPI reports, one at a time, each in ten ways of writing.

A fault is a function from a clean report to one that has it, and the finding that is wanted: check and, where
it speaks of one KPI, the KPI's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.kpi_reports import Kpi, Report, Sheet


@dataclass(frozen=True, slots=True)
class Planted:
    report: Report
    check: str
    subject: str = ""
    """Empty where the finding speaks of a table or of the document."""


Fault = Callable[[Report], Planted]
_BLANKS = ("—", "/", "无", "暂无", "-")
_BARE_PARTIES = ("竞争对手", "标杆", "主要竞争对手", "行业标杆", "标杆企业")


def _change(report: Report, at: int, sheet: Sheet) -> Report:
    return replace(report, sheets=(*report.sheets[:at], sheet, *report.sheets[at + 1 :]))


def _pick(report: Report, *nodes: str) -> tuple[int, Sheet]:
    """One of the sheets of the given indicators (any but the parting one), another in every style."""
    fits = [(n, s) for n, s in enumerate(report.sheets[:-1]) if not nodes or s.indicator in nodes]
    return fits[report.style % len(fits)]


def _with(sheet: Sheet, number: int, kpi: Kpi) -> Sheet:
    return replace(sheet, kpis=(*sheet.kpis[:number], kpi, *sheet.kpis[number + 1 :]))


def _in_kpi(report: Report, check: str, change: Callable[[Kpi], Kpi], *nodes: str) -> Planted:
    """A fault in one KPI of one sheet; what the text says of the sheet is left out."""
    at, sheet = _pick(report, *nodes)
    number = (report.style // 3) % len(sheet.kpis)
    kpi = sheet.kpis[number]
    faulty = replace(_with(sheet, number, change(kpi)), says=())
    return Planted(_change(report, at, faulty), check, kpi.name)


def two_years(report: Report) -> Planted:
    mark = _BLANKS[report.style % len(_BLANKS)]
    return _in_kpi(report, "kpi-under-three-years", lambda k: replace(k, values=(mark, *k.values[1:])))


def gap(report: Report) -> Planted:
    """Years with one left out, or ending before the report does."""
    at, sheet = _pick(report)
    years = ("2015", "2017", "2019") if report.style % 2 else ("2016", "2017", "2018")
    return Planted(
        _change(report, at, replace(sheet, years=years, says=())), "kpi-year-gap", sheet.kpis[0].name
    )


def blank(report: Report) -> Planted:
    """A fourth year, one cell of it without a number."""
    at, sheet = _pick(report)
    kpis = [replace(k, values=(k.values[0], *k.values), rival=(k.rival[0], *k.rival)) for k in sheet.kpis]
    kpis[0] = replace(kpis[0], values=(_BLANKS[report.style % len(_BLANKS)], *kpis[0].values[1:]))
    faulty = replace(sheet, kpis=tuple(kpis), years=("2016", *sheet.years), says=())
    return Planted(_change(report, at, faulty), "kpi-empty-cell", kpis[0].name)


def no_rival(report: Report) -> Planted:
    return _in_kpi(report, "kpi-no-comparison", lambda k: replace(k, rival=()))


def unnamed(report: Report) -> Planted:
    at, sheet = _pick(report)
    party = _BARE_PARTIES[report.style % len(_BARE_PARTIES)]
    return Planted(_change(report, at, replace(sheet, party=party)), "kpi-comparison-unnamed")


def rival_once(report: Report) -> Planted:
    at, sheet = _pick(report)
    kpis = tuple(replace(k, rival=("—", "—", k.rival[-1])) for k in sheet.kpis)
    return Planted(_change(report, at, replace(sheet, kpis=kpis)), "kpi-comparison-one-year")


def worse(report: Report) -> Planted:
    return _in_kpi(
        report,
        "kpi-worsening",
        lambda k: replace(k, values=k.values[::-1]),
        "7.1.1",
        "7.2.1",
        "7.4.1",
        "7.6.4",
    )


_ALWAYS = (
    "{}逐年提高。",
    "三年来，{}持续上升。",
    "{}稳步提升，成效显著。",
    "公司的{}连续三年增长，优于同行。",
    "从表中可以看出，公司{}不断提高。",
    "{}由低到高，呈逐年上升趋势。",
    "近三年{}保持持续增长态势。",
    "通过持续改进，{}连年提升。",
    "{}逐年攀升，达到行业先进水平。",
    "各项措施落实到位，{}一年比一年高。",
)


def trend_word(report: Report) -> Planted:
    """A claim of steady growth over figures that dip."""
    at, sheet = _pick(report)
    kpi = sheet.kpis[0]
    dipped = replace(kpi, values=(kpi.values[1], kpi.values[0], kpi.values[2]))
    says = (_ALWAYS[report.style % len(_ALWAYS)].format(kpi.name),)
    return Planted(
        _change(report, at, replace(_with(sheet, 0, dipped), says=says)), "kpi-trend-word", kpi.name
    )


_GROWN = (
    "2019年，{}同比增长{}。",
    "{}较上年增长{}，增速居行业前列。",
    "2019年{}较2018年增加{}。",
    "受益于新市场的开拓，{}同比增长了{}。",
    "{}2019年比上年提高{}。",
    "公司{}实现快速增长，同比增幅达{}。",
    "2019年实现{}稳步增长，比去年增长{}。",
    "与2018年相比，{}增长了{}。",
    "{}的年增长率为{}。",
    "2019年度公司{}再创新高，同比上升{}。",
)


def growth(report: Report) -> Planted:
    at, sheet = _pick(report, "7.3.1")
    kpi = sheet.kpis[report.style % 2]
    says = (_GROWN[report.style % len(_GROWN)].format(kpi.name, f"{31 + report.style}.4%"),)
    return Planted(_change(report, at, replace(sheet, says=says)), "kpi-growth-wrong", kpi.name)


def conflict(report: Report) -> Planted:
    """The KPI again in a table of another indicator, with another last value."""
    at, sheet = _pick(report)
    kpi = sheet.kpis[report.style % len(sheet.kpis)]
    other = replace(kpi, values=(*kpi.values[:-1], _other(kpi.values[-1])))
    target = (at + 1) % (len(report.sheets) - 1)
    into = report.sheets[target]
    return Planted(_change(report, target, replace(into, kpis=(*into.kpis, other))), "kpi-conflict", kpi.name)


def _other(value: str) -> str:
    """The value with its first digit but one moved by one."""
    digits = [n for n, character in enumerate(value) if character.isdigit()]
    place = digits[1] if len(digits) > 1 else digits[0]
    return (
        value[:place] + str((int(value[place]) + 9) % 10 if value[place] != "0" else 1) + value[place + 1 :]
    )


def no_unit(report: Report) -> Planted:
    return _in_kpi(report, "kpi-no-unit", lambda k: replace(k, unit=""))


def jump(report: Report) -> Planted:
    def in_yuan(kpi: Kpi) -> Kpi:
        last = float(kpi.values[-1].replace(",", "")) * (10_000 if report.style % 2 else 0.0001)
        return replace(kpi, values=(*kpi.values[:-1], f"{last:,.4f}".rstrip("0").rstrip(".")))

    at, sheet = _pick(report, "7.3.1")
    number = report.style % 2
    faulty = replace(_with(sheet, number, in_yuan(sheet.kpis[number])), says=())
    return Planted(_change(report, at, faulty), "kpi-unit-jump", sheet.kpis[number].name)


_BOUNDED = ("出厂检验合格率", "投诉处理及时率", "顾客满意度", "隐患整改率")


def impossible(report: Report) -> Planted:
    name = _BOUNDED[report.style % len(_BOUNDED)]
    at = next(n for n, s in enumerate(report.sheets) if any(k.name == name for k in s.kpis))
    sheet = report.sheets[at]
    number = next(n for n, k in enumerate(sheet.kpis) if k.name == name)
    kpi = sheet.kpis[number]
    faulty = replace(_with(sheet, number, replace(kpi, values=(*kpi.values[:-1], "102.4"))), says=())
    return Planted(_change(report, at, faulty), "kpi-impossible", name)


def wrong_total(report: Report) -> Planted:
    """A part that is changed after its total was written: the total row keeps the old sum."""
    sheet = report.sheets[-1]
    return Planted(
        _change(report, len(report.sheets) - 1, replace(sheet, slip=(report.style % 3, 117))), "kpi-sum-wrong"
    )


_PROMISED = (
    "供方准时交付率", "设备综合效率", "研发项目按期完成率", "品牌知名度", "关键人才保留率",
    "信息系统可用率", "新产品销售收入占比", "单位产品能耗", "知识库条目数", "顾客忠诚度",
)  # fmt: skip


def promised(report: Report) -> Planted:
    name = _PROMISED[report.style % len(_PROMISED)]
    return Planted(replace(report, planned=(*report.planned, name)), "kpi-promised-not-reported", name)


def not_introduced(report: Report) -> Planted:
    name = _pick(report)[1].kpis[-1].name
    told, planned = (tuple(n for n in names if n != name) for names in (report.told, report.planned))
    return Planted(replace(report, told=told, planned=planned), "kpi-not-introduced")


def no_process(report: Report) -> Planted:
    item = ("4.1", "1.3")[report.style % 2]
    return Planted(replace(report, without_approach=frozenset({item})), "result-without-process")


def _without(report: Report, node: str, *names: str) -> Report:
    at = next(n for n, s in enumerate(report.sheets) if s.indicator == node)
    sheet = report.sheets[at]
    kept = tuple(kpi for kpi in sheet.kpis if kpi.name not in names)
    planned = tuple(name for name in report.planned if name not in names)
    return replace(_change(report, at, replace(sheet, kpis=kept, says=())), planned=planned)


def one_kind(report: Report) -> Planted:
    name = ("隐患整改率", "合同履约率", "公益捐赠额")[report.style % 3]
    return Planted(_without(report, "7.6.4", name), "kpi-responsibility-kinds")


def economic(report: Report) -> Planted:
    kept = ("营业收入", "利润总额")[report.style % 2]
    every = ("营业收入", "利润总额", "净资产收益率", "资产负债率", "经营活动现金流量净额")
    return Planted(_without(report, "7.3.1", *(n for n in every if n != kept)), "kpi-economic-missing")


def no_target(report: Report) -> Planted:
    at, sheet = _pick(report)
    kpis = tuple(replace(k, target="—") for k in sheet.kpis)
    return Planted(_change(report, at, replace(sheet, kpis=kpis)), "kpi-no-target")


def picture(report: Report) -> Planted:
    node = _pick(report)[1].indicator
    return Planted(replace(report, pictures=((node, "图7.2-9 市场占有率变化"),)), "chart-without-data")


FAULTS: tuple[Fault, ...] = (
    two_years, gap, blank, no_rival, unnamed, rival_once, worse, trend_word, growth, conflict, no_unit, jump,
    impossible, wrong_total, promised, not_introduced, no_process, one_kind, economic, no_target, picture,
)  # fmt: skip
