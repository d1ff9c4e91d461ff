"""Small fictional reports of KPI tables and sentences in ten ways of writing, clean as they are made.

A report is a list of sheets (tables of results), a planning table, and what the process chapters say of them.
``blocks`` renders it; ``kpi_faults`` plants faults into it before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from models.document import Block, Cell, Table

STYLES = 10
YEARS = ("2017", "2018", "2019")
Row = list[str]


@dataclass(frozen=True, slots=True)
class Kpi:
    """Figures as printed, one per year of the sheet; no rival figures: none are printed."""

    name: str
    unit: str
    values: tuple[str, ...]
    rival: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Sheet:
    indicator: str
    title: str
    kpis: tuple[Kpi, ...]
    party: str
    years: tuple[str, ...] = YEARS
    says: tuple[str, ...] = ()
    """Sentences below the table."""
    total: str = ""
    """Total row of a table that parts an amount; empty where it does not."""
    slip: tuple[int, int] = (0, 0)
    """Year by number whose printed total is wrong, and by how much."""


@dataclass(frozen=True, slots=True)
class Report:
    style: int
    sheets: tuple[Sheet, ...]
    planned: tuple[str, ...]
    """KPIs of the planning table."""
    told: tuple[str, ...]
    """KPIs that the process chapters name."""
    without_approach: frozenset[str] = frozenset()
    """Items in which no approach was found."""
    pictures: tuple[tuple[str, str], ...] = ()
    """Indicator and title of charts whose data cannot be read."""


_PARTIES = ("竞争对手A", "华测仪表", "标杆企业甲公司", "行业平均", "同行B公司")
_KPIS: dict[str, tuple[str, tuple[Kpi, ...]]] = {
    "7.1.1": (
        "产品质量",
        (
            Kpi("出厂检验合格率", "%", ("98.2", "98.9", "99.4"), ("97.5", "98.0", "98.6"), "99.2"),
            Kpi(
                "平均无故障工作时间",
                "小时",
                ("8,100", "8,650", "9,240"),
                ("7,900", "8,200", "8,500"),
                "9,000",
            ),
            Kpi("开箱不良率", "‰", ("3.1", "2.4", "1.8"), ("3.5", "3.0", "2.6"), "2.0"),
        ),
    ),
    "7.2.1": (
        "顾客满意",
        (
            Kpi("顾客满意度", "%", ("91.2", "93.0", "95.1"), ("89.5", "90.4", "91.7"), "94.5"),
            Kpi("投诉处理及时率", "%", ("95.5", "97.0", "98.8"), ("94.0", "95.1", "96.0"), "98.0"),
            Kpi("万元产值投诉率", "‰", ("0.42", "0.35", "0.28"), ("0.50", "0.46", "0.44"), "0.30"),
        ),
    ),
    "7.3.1": (
        "财务绩效",
        (
            Kpi("营业收入", "万元", ("61,240", "73,518", "88,632"), ("58,000", "64,300", "70,150"), "86,000"),
            Kpi("利润总额", "万元", ("6,120", "7,495", "9,310"), ("5,400", "5,900", "6,380"), "9,000"),
            Kpi("净资产收益率", "%", ("14.2", "15.1", "16.3"), ("11.8", "12.0", "12.4"), "16.0"),
            Kpi("资产负债率", "%", ("48.5", "47.2", "46.0"), ("52.0", "51.5", "51.0"), "47.0"),
            Kpi(
                "经营活动现金流量净额",
                "万元",
                ("5,020", "6,310", "7,880"),
                ("4,000", "4,350", "4,600"),
                "7,500",
            ),
        ),
    ),
    "7.4.1": (
        "人力资源",
        (
            Kpi("员工满意度", "分", ("84.6", "87.9", "91.3"), ("82.0", "83.5", "85.0"), "90"),
            Kpi("员工流失率", "%", ("6.1", "5.2", "4.4"), ("8.0", "7.8", "7.1"), "5.0"),
            Kpi("人均培训学时", "学时", ("42", "48", "56"), ("38", "40", "43"), "52"),
        ),
    ),
    "7.6.4": (
        "社会责任",
        (
            Kpi("隐患整改率", "%", ("95.2", "97.8", "99.6"), ("93.0", "94.5", "96.0"), "99.0"),
            Kpi("合同履约率", "%", ("98.6", "99.2", "99.7"), ("97.0", "97.5", "98.1"), "99.5"),
            Kpi("公益捐赠额", "万元", ("86", "112", "158"), ("60", "66", "75"), "150"),
        ),
    ),
}
_PARTS = (
    ("产品收入构成", "万元", (("软件产品", 21_400, 26_300, 33_150), ("运维服务", 39_840, 47_218, 55_482))),
    ("客户收入构成", "万元", (("政务客户", 30_120, 35_418, 41_930), ("金融客户", 31_120, 38_100, 46_702))),
    ("培训人次分布", "人次", (("管理人员", 420, 466, 512), ("技术人员", 1_350, 1_488, 1_702))),
)


def clean(style: int) -> Report:
    """A report in the given way of writing, in which nothing is wrong or missing."""
    sheets = [_sheet(node, n, style) for n, node in enumerate(_KPIS)]
    sheets.append(_parting(style))
    names = tuple(kpi.name for sheet in sheets for kpi in sheet.kpis)
    return Report(style, tuple(sheets), names[:: 2 + style % 3], names)


def _sheet(node: str, number: int, style: int) -> Sheet:
    title, kpis = _KPIS[node]
    party = _PARTIES[(style + number) % len(_PARTIES)]
    says = (_true_sentence(kpis[0], style), *(_TRAPS[style] if node == "7.3.1" else ()))
    return Sheet(node, title, kpis, party, says=says)


_TRUE = (
    "{name}{last}年达到{value}{unit}，较{before}年{change}。",
    "三年来，公司持续改进，{name}逐年提高，{last}年为{value}{unit}。",
    "{last}年{name}为{value}{unit}，保持行业领先。",
    "从上表可以看出，{name}连续三年上升。",
    "公司{name}稳步提升，{last}年实现{value}{unit}。",
)


# True sentences that are easily taken for wrong ones: another year or subject, a plan, a part of the year.
_TRAPS = (
    ("2018年营业收入同比增长20.0%，2019年同比增长20.6%。", "竞争对手的资产负债率逐年上升，公司保持稳健。"),
    ("营业收入三年年均增长20.3%，利润总额年均增长23.3%。", "公司计划2020年营业收入同比增长25%。"),
    ("2019年营业收入较2017年增长44.7%。", "2019年营业收入88,632万元，利润总额同比增长24.2%。"),
    ("软件产品营业收入同比增长26.0%，高于公司平均水平。", "应收账款较上年增长35%，高于营业收入增幅。"),
    ("研发投入占营业收入的比重同比提高0.3个百分点。", "利润总额同比增长24.2%，快于营业收入。"),
    ("行业营业收入同比增长8.4%，公司营业收入同比增长20.6%。", "同行的净资产收益率逐年下降。"),
    ("一季度营业收入同比增长31.0%，全年营业收入同比增长20.6%。", "净资产收益率较上年提高1.2个百分点。"),
    ("营业收入与上年相比增长20.6%，其中运维服务同比增长17.5%。", "资产负债率连续三年下降。"),
    ("公司力争利润总额同比增长30%，营业收入持续增长。", "为防止资产负债率持续上升，公司加强了资金管理。"),
    ("预计营业收入较上年增长15%，利润总额较上年增长10%。", "营业收入和利润总额分别同比增长20.6%和24.2%。"),
)


def _true_sentence(kpi: Kpi, style: int) -> str:
    first, last = (float(value.replace(",", "")) for value in kpi.values[-2:])
    points = kpi.unit == "%"
    change = f"提高{last - first:.1f}个百分点" if points else f"增长{(last / first - 1) * 100:.1f}%"
    told = {"last": YEARS[-1], "before": YEARS[-2], "value": kpi.values[-1], "change": change}
    return _TRUE[style % len(_TRUE)].format(name=kpi.name, unit=kpi.unit, **told)


def _parting(style: int) -> Sheet:
    """A table that parts an amount, with its total."""
    title, unit, parts = _PARTS[style % len(_PARTS)]
    kpis = tuple(_part(name, unit, values) for name, *values in parts)
    return Sheet("7.2.2", title, kpis, _PARTIES[style % 2], total=("合计", "总计", "合 计")[style % 3])


def _part(name: str, unit: str, values: Sequence[int]) -> Kpi:
    own, rival = ([f"{value * share // 4:,}" for value in values] for share in (4, 3))
    return Kpi(name, unit, tuple(own), tuple(rival), f"{values[-1] - 7:,}")


@dataclass
class _Pages:
    """Blocks as they are made, each with the indicator it stands under."""

    blocks: list[Block] = field(default_factory=list)
    nodes: dict[int, str] = field(default_factory=dict)

    def add(self, node: str, block: Block) -> None:
        self.nodes[len(self.blocks)] = node
        self.blocks.append(replace(block, index=len(self.blocks)))


def blocks(report: Report) -> tuple[tuple[Block, ...], dict[int, str]]:
    """The report's blocks, and the indicator of each by number."""
    pages = _Pages()
    for node, block in _process(report):
        pages.add(node, block)
    for number, sheet in enumerate(report.sheets, 1):
        pages.add(sheet.indicator, Block(0, "heading", f"{sheet.indicator} {sheet.title}", level=3))
        for block in _table(sheet, number, report.style):
            pages.add(sheet.indicator, block)
        for sentence in sheet.says:
            pages.add(sheet.indicator, Block(0, "paragraph", sentence))
    for node, title in report.pictures:
        for block in _picture(title, report.style):
            pages.add(node, block)
    return tuple(pages.blocks), pages.nodes


def _picture(title: str, style: int) -> Iterator[Block]:
    """A chart without data, or a picture with its caption."""
    if style % 2:
        yield Block(0, "picture", "")
        yield Block(0, "caption", title)
    else:
        yield Block(0, "chart", title)


_PLAN_HEADS = (
    ("关键绩效指标", "目标值", "责任部门"),
    ("绩效指标", "监测频次", "责任部门"),
    ("指标名称", "目标", "测量周期"),
    ("KPI", "2020年目标", "考核部门"),
)


def _process(report: Report) -> Iterator[tuple[str, Block]]:
    yield (
        "6.1.1",
        Block(0, "paragraph", f"公司围绕战略设定绩效指标，包括{'、'.join(report.told)}，按月测量。"),
    )
    head = _PLAN_HEADS[report.style % len(_PLAN_HEADS)]
    rows = [
        list(head),
        *([name, "≥90" if "目标" in head[1] else "每月", "质量部"] for name in report.planned),
    ]
    yield "2.2.2", Block(0, "caption", "表2.2-1 绩效指标的设定")
    yield "2.2.2", _grid(rows)


def _table(sheet: Sheet, number: int, style: int) -> Iterator[Block]:
    unit_at = ("column", "name", "column", "name")[style % 4]
    units = {kpi.unit for kpi in sheet.kpis}
    in_caption = sheet.total != "" and len(units) == 1
    tail = f"（单位：{sheet.kpis[0].unit}）" if in_caption and sheet.kpis[0].unit else ""
    yield Block(0, "caption", f"表{sheet.indicator[:3]}-{number} {sheet.title}{tail}")
    layout = (_flat, _two_level, _by_role)[style % 3]
    yield layout(sheet, style, "" if in_caption else unit_at)


_YEAR = ("{}年", "{}", "{}年度", "{}年", "{}年实绩")


def _year(year: str, style: int) -> str:
    return _YEAR[style % len(_YEAR)].format(year)


def _named(kpi: Kpi, unit_at: str) -> list[str]:
    if unit_at == "column":
        return [kpi.name, kpi.unit]
    return [f"{kpi.name}（{kpi.unit}）" if unit_at == "name" and kpi.unit else kpi.name]


def _flat(sheet: Sheet, style: int, unit_at: str) -> Block:
    """One head row: years, the last year's target, the party by year."""
    last = sheet.years[-1]
    head = ["指标", *(["单位"] if unit_at == "column" else []), *(_year(y, style) for y in sheet.years)]
    head += [f"{last}年目标", *(f"{y}年{sheet.party}" for y in sheet.years)]
    return _grid([head, *_rows(sheet, unit_at)])


def _two_level(sheet: Sheet, style: int, unit_at: str) -> Block:
    """Own figures and the party's under a head of two rows."""
    front = ["指标", *(["单位"] if unit_at == "column" else [])]
    years = [_year(y, style) for y in sheet.years]
    upper = [*front, "本公司", *["<"] * (len(years) - 1), "目标值", sheet.party, *["<"] * (len(years) - 1)]
    return _grid([upper, [*["^"] * len(front), *years, "^", *years], *_rows(sheet, unit_at)])


def _rows(sheet: Sheet, unit_at: str) -> Iterator[Row]:
    for kpi in sheet.kpis:
        yield [*_named(kpi, unit_at), *kpi.values, kpi.target, *_rival(sheet, kpi)]
    if sheet.total:
        yield [
            sheet.total,
            *([""] if unit_at == "column" else []),
            *_sums(sheet),
            "",
            *[""] * len(sheet.years),
        ]


def _rival(sheet: Sheet, kpi: Kpi) -> tuple[str, ...]:
    return kpi.rival or ("—",) * len(sheet.years)


def _sums(sheet: Sheet) -> list[str]:
    columns = zip(*(kpi.values for kpi in sheet.kpis), strict=True)
    sums = [sum(int(value.replace(",", "")) for value in column) for column in columns]
    sums[sheet.slip[0]] += sheet.slip[1]
    return [f"{one:,}" for one in sums]


def _by_role(sheet: Sheet, style: int, unit_at: str) -> Block:
    """Three rows to a KPI: actual, target, party."""
    head = [
        "指标",
        *(["单位"] if unit_at == "column" else []),
        "类别",
        *(_year(y, style) for y in sheet.years),
    ]
    rows: list[Row] = [head]
    blank = ["—"] * (len(sheet.years) - 1)
    for kpi in sheet.kpis:
        front = _named(kpi, unit_at)
        rows.append([*front, "实际值", *kpi.values])
        rows.append([*["^"] * len(front), "目标值", *blank, kpi.target])
        rows.append([*["^"] * len(front), sheet.party, *_rival(sheet, kpi)])
    if sheet.total:
        rows.append([sheet.total, *([""] if unit_at == "column" else []), "实际值", *_sums(sheet)])
    return _grid(rows)


def _grid(rows: list[Row]) -> Block:
    cells = tuple(
        Cell(text, r, c, _down(rows, r, c), _right(rows, r, c))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text not in ("<", "^")
    )
    return Block(0, "table", "", table=Table(cells, len(rows), max(map(len, rows))))


def _down(rows: list[Row], row: int, column: int) -> int:
    below = [line[column] == "^" for line in rows[row + 1 :]]
    return 1 + (below.index(False) if False in below else len(below))


def _right(rows: list[Row], row: int, column: int) -> int:
    beside = [text == "<" for text in rows[row][column + 1 :]]
    return 1 + (beside.index(False) if False in beside else len(beside))
