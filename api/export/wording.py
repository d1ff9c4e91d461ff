"""The words of all outputs, and the thresholds behind them.

Never 缺失 or 符合: a program says what it found. Scores are shown in words; the number stands only
where the reader asks why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.assessment import (
    AspectLabel,
    CoverageStatus,
    LengthStatus,
    Numbering,
    PassageRecord,
    RequirementStatus,
    Severity,
)
from models.criteria import AspectName
from models.document import PartKind
from models.kpi import ComparisonKind, Direction, KpiSeries, SourceKind, Trend
from models.passage import PassageKind

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
CERTAIN = 0.80
LIKELY = 0.55

PART_KINDS: dict[PartKind, str] = {
    "overview": "组织概述",
    "report": "自评报告",
    "annual": "年度自我评价报告",
    "evidence": "证实性材料",
    "other": "其他内容",
}
ASPECTS: dict[AspectName, str] = {"approach": "采用方法", "deployment": "工作展开", "result": "实施结果"}
ASPECT_LABELS: dict[AspectLabel, str] = {
    "approach": "采用方法",
    "deployment": "工作展开",
    "result": "实施结果",
    "none": "未分方面",
}
ASPECT_INITIALS: dict[AspectName, str] = {"approach": "方法", "deployment": "展开", "result": "结果"}
STATUSES: dict[CoverageStatus, str] = {
    "covered": "已找到相关内容",
    "partial": "找到一部分",
    "missing": "未找到",
    "unknown": "无法判断",
    "referred": "只找到引见",
    "not_applicable": "另有说明",
}
SHORT_STATUSES: dict[CoverageStatus, str] = {
    "covered": "已找到",
    "partial": "一部分",
    "missing": "未找到",
    "unknown": "无法判断",
    "referred": "引见",
    "not_applicable": "另有说明",
}
STATUS_MARKS: dict[CoverageStatus, str] = {
    "covered": "●",
    "partial": "◐",
    "missing": "○",
    "unknown": "?",
    "referred": "→",
    "not_applicable": "—",
}
POINT_STATUSES: dict[RequirementStatus, str] = {
    "covered": "有对应段落",
    "weak": "同一指标下有内容，未见直接对应",
    "missing": "未找到",
    "not_applicable": "另有说明",
}
POINT_MARKS: dict[RequirementStatus, str] = {
    "covered": "●",
    "weak": "◐",
    "missing": "○",
    "not_applicable": "—",
}
SEVERITIES: dict[Severity, str] = {"error": "违反规定", "warning": "建议补充", "note": "请核对"}
SEVERITY_MEANINGS: dict[Severity, str] = {
    "error": "规则本身写明的上限或要求，且读取确定。",
    "warning": "评审时可能因此被看作不足，建议在提交前补上。",
    "note": "值得再看一眼，不一定是问题。",
}
CRITERIA_STATUS = {"draft": "征求意见稿，各届以主办方公布的为准", "final": "正式稿"}
NUMBERINGS: dict[Numbering, str] = {
    "criteria": "标题按本准则编号",
    "national": "标题按国家标准 GB/T 19580 编号",
    "own": "标题自行编号",
}
LENGTH_PARTS = {
    "body": "正文（含标题、题注）",
    "tables": "表格",
    "text_boxes": "文本框",
    "footnotes": "脚注、尾注",
    "charts": "图表（可读出文字的）",
}
LENGTH_EXCLUDED = {"contents": "目录", "headers_footers": "页眉、页脚、页码", "invisible": "不可见文字"}
LENGTH_STATUSES: dict[LengthStatus, str] = {
    "within": "在限额内",
    "near": "接近上限",
    "over": "超过上限",
    "depends": "取决于计数口径",
    "none": "未设上限",
}
PASSAGE_KINDS: dict[PassageKind, str] = {
    "paragraph": "段落",
    "list": "列表",
    "table": "表格",
    "chart": "图表",
    "caption": "题注",
    "footnote": "脚注",
    "text_box": "文本框",
}
TRENDS: dict[Trend, str] = {
    "improving": "向好",
    "worsening": "变差",
    "mixed": "有升有降",
    "flat": "持平",
    "unknown": "无法判断",
}
TREND_MARKS: dict[Trend, str] = {
    "improving": "↗",
    "worsening": "↘",
    "mixed": "↕",
    "flat": "→",
    "unknown": "·",
}
DIRECTIONS: dict[Direction, str] = {
    "up": "越高越好",
    "down": "越低越好",
    "band": "适度为好",
    "unknown": "好坏方向未知",
}


def direction(series: KpiSeries) -> str:
    """Which way is good, and that it is a guess where nothing but the kind of quantity says so."""
    guess = not series.direction_sure and series.direction in ("up", "down")
    return DIRECTIONS[series.direction] + ("（推测）" if guess else "")


COMPARISONS: dict[ComparisonKind, str] = {
    "competitor": "竞争对手",
    "benchmark": "标杆",
    "industry": "行业",
    "other": "其他对比",
}
SOURCES: dict[SourceKind, str] = {"table": "表格", "chart": "图表", "prose": "正文"}


def printable(text: str) -> str:
    """The text without control characters and halves of characters, which no format here can hold."""
    return _CONTROL.sub("", text)


def certainty(score: float) -> str:
    """A probability in words."""
    return "确定" if score >= CERTAIN else "较可能" if score >= LIKELY else "待确认"


def page(number: int | None, label: str | None = None, *, exact: bool = True) -> str:
    """``第88页（文件第96页）``: the printed number first, for a reader looks for it. Empty without a page."""
    if number is None:
        return f"第{label}页" if label else ""
    about = "" if exact else "约"
    if label and label != str(number):
        return f"{about}第{label}页（文件第{number}页）"
    return f"{about}第{number}页"


def place(passage: PassageRecord) -> str:
    """Page of a passage, or its paragraph where the file has no pages."""
    named = page(passage.page, passage.page_label, exact=passage.page_exact)
    return named or f"第{passage.paragraph}段"


def page_list(pages: tuple[int, ...]) -> str:
    """Page numbers with runs drawn together: ``3-5、9``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(pages)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return "、".join(f"{a}-{b}" if b > a else str(a) for a, b in runs)


def opening(text: str, characters: int = 36) -> str:
    """The start of a text on one line, with … where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= characters else line[:characters].rstrip("，、；： ") + "…"


def decimals(values: Iterable[float]) -> int:
    """Places behind the point that the most exact of the values needs."""
    written = [figure(value).partition(".")[2] for value in values]
    return max((len(places) for places in written), default=0)


def figure(value: float) -> str:
    """A number as a person writes it: thousands apart, no zeros behind, no rounding that shows."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
