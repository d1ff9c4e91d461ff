"""The text and figures of one organisation's yearly reports, and the truth about them. All invented."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import make_report
from benchmarks.annual.covers import Organisation
from benchmarks.annual.incidents import HAPPENED, PASSED_OVER

_LEFT_OUT = ("1.1.5", "2.2.2", "4.1.2", "4.3.3", "4.6.2", "5.1.2", "6.2.2")  # 10,000 字 do not hold all
_SECTIONS = [(n, t, v) for n, t, v in make_report.SECTIONS if v and n[0] not in "07" and n not in _LEFT_OUT]
_CHAPTERS = {n: t for n, t, v in make_report.SECTIONS if n.count(".") == 0 and n not in "07"}
_RESULTS = ("7.1.1", "7.2.1", "7.3.1", "7.4.1", "7.5.1", "7.6.4")
_SAME, _NEAR, _UPDATED = 0.10, 0.08, 0.06
"""Shares of paragraphs taken over from the year before: word for word, with a few words changed, with new
figures (which is not the same text)."""
_INSERTS = ("进一步", "同时", "按照年初安排，", "在此基础上", "结合实际")

PROMISES: tuple[tuple[str, str], ...] = (
    (
        "下一步，公司将建设供应商协同平台，实现订单和质量数据互通",
        "供应商协同平台已于本年上线，订单、质量数据与主要供方互通",
    ),
    ("今后拟引入数字孪生技术优化喷涂工序", "喷涂工序已应用数字孪生模型，工艺参数由模型推荐"),
    (
        "下一年度重点完善售后备件预测机制，缩短备件等待时间",
        "售后备件预测模型投入使用，备件等待时间由9天缩短到5天",
    ),
    ("计划推进班组长胜任力认证，覆盖全部车间", "班组长胜任力认证在各车间全部开展，通过率为92%"),
    ("将开展老旧配电设施更新改造，提升供电可靠性", "完成老旧配电设施更新改造11处，供电可靠性明显改善"),
    ("下一步优化客户投诉升级流程，实现投诉处理全程可视", "客户投诉升级流程重新设计，处理进度对客户全程可视"),
    ("今后将扩大质量功能展开方法在新产品策划中的应用", "质量功能展开方法已用于全部7个新产品的策划"),
    ("拟建立碳足迹核算体系，完善绿色产品标识", "建成碳足迹核算体系，18个型号取得绿色产品标识"),
    ("下一年将修订知识积分办法，提高专家社区活跃度", "知识积分办法修订后，专家社区月活跃人数增加四成"),
    ("计划启动海外服务网点布局，提升备机响应速度", "海外服务网点设立3处，备机响应速度明显加快"),
    ("将完善风险预警模型，增加汇率和大宗材料价格因子", "风险预警模型增加了汇率、大宗材料价格两类因子"),
    ("下一步推广精益改善周，覆盖仓储和物流环节", "仓储、物流环节举办精益改善周6期，改善提案落地率87%"),
)
"""What a report announces, and how the next one speaks of it."""


@dataclass(slots=True)
class YearText:
    """What one report says. ``leaves``: section number and paragraphs; ``tables``: section, head and rows."""

    leaves: list[tuple[str, list[str]]] = field(default_factory=list)
    tables: list[tuple[str, list[list[str]]]] = field(default_factory=list)
    promises: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    """Paragraphs taken over word for word or nearly so."""
    updated: list[str] = field(default_factory=list)
    restated: list[tuple[str, str]] = field(default_factory=list)
    """Name of the series and the year whose value was changed."""
    lost: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    """Announcements of the year before that this report speaks of."""
    happened: list[tuple[str, str, str]] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def texts(org: Organisation, years: Sequence[int]) -> dict[int, YearText]:
    """The organisation's reports, each built on the one before."""
    rng = random.Random(1000 + org.number)
    figures = _Figures(rng, years)
    made: dict[int, YearText] = {}
    for year in years:
        made[year] = _year(org, year, made.get(year - 1), figures, rng)
    return made


def _year(
    org: Organisation, year: int, last: YearText | None, figures: _Figures, rng: random.Random
) -> YearText:
    text = YearText()
    make_report.YEARS3 = [str(year - 2), str(year - 1), str(year)]
    before = dict(last.leaves) if last else {}
    for number, title, terms in _SECTIONS:
        words = terms.split("、")
        paragraphs = [_paragraph(rng, number, title, words) for _ in range(2)]
        for place, old in enumerate(before.get(number, ())[:2]):
            paragraphs[place] = _taken_over(old, paragraphs[place], text, rng)
        text.leaves.append((number, paragraphs))
    figures.tables(year, text, rng)
    _promises(text, last, rng)
    _incidents(org, text, rng)
    return text


def _paragraph(rng: random.Random, number: str, title: str, words: list[str]) -> str:
    return str(make_report.paragraph(rng, number, title, words, 2))


def _taken_over(old: str, new: str, text: YearText, rng: random.Random) -> str:
    chance = rng.random()
    if chance < _SAME:
        text.same.append(old)
        return old
    if chance < _SAME + _NEAR:
        near = _edited(old, rng)
        text.same.append(near)
        return near
    if chance < _SAME + _NEAR + _UPDATED and len(re.findall(r"\d+", old)) >= 3:
        updated = re.sub(r"\d+", lambda found: str(int(found[0]) + rng.randint(1, 9)), old)
        text.updated.append(updated)
        return updated
    return new


def _edited(old: str, rng: random.Random) -> str:
    """The paragraph with a word put in and a character changed."""
    cuts = [found.end() for found in re.finditer("[，。]", old)][:-1] or [len(old) // 2]
    cut = rng.choice(cuts)
    return (old[:cut] + rng.choice(_INSERTS) + old[cut:]).replace("公司", "我们", 1)


class _Figures:
    """Series that go on from year to year."""

    def __init__(self, rng: random.Random, years: Sequence[int]) -> None:
        first, last = years[0] - 2, years[-1]
        self._series: dict[str, list[tuple[str, str, dict[int, str]]]] = {}
        for section in _RESULTS:
            chosen = rng.sample(make_report.KPI[section], 3)
            self._series[section] = [
                (name, unit, self._values(rng, base, step, places, range(first, last + 1)))
                for name, unit, base, step, places, _ in chosen
            ]

    @staticmethod
    def _values(rng: random.Random, base: float, step: float, places: int, years: range) -> dict[int, str]:
        value, told = base - 2 * step, {}
        for year in years:
            value += step * rng.uniform(0.4, 1.2)
            told[year] = f"{max(value, 0.0):.{places}f}"
        return told

    def tables(self, year: int, text: YearText, rng: random.Random) -> None:
        changed = rng.sample(_RESULTS, 2)
        gone = rng.choice([section for section in _RESULTS if section not in changed])
        for section in _RESULTS:
            rows = [["指标", "单位", *(f"{one}年" for one in range(year - 2, year + 1))]]
            for place, (name, unit, values) in enumerate(self._series[section]):
                if section == gone and place == 2:
                    text.lost.append(name)
                    continue
                if section in changed and place == 0:
                    self._restate(name, values, year - 1, text)
                rows.append([name, unit, *(values[one] for one in range(year - 2, year + 1))])
            text.tables.append((section, rows))

    @staticmethod
    def _restate(name: str, values: dict[int, str], year: int, text: YearText) -> None:
        places = len(values[year].partition(".")[2])
        other = f"{float(values[year]) * 0.96:.{places}f}"
        if other != values[year]:
            values[year] = other
            text.restated.append((name, str(year)))


def _promises(text: YearText, last: YearText | None, rng: random.Random) -> None:
    chosen = rng.sample(PROMISES, 4)
    text.promises = [announced for announced, _ in chosen]
    for announced in rng.sample(last.promises, 2) if last else ():
        text.answered.append(announced)
        done = dict(PROMISES)[announced]
        _, paragraphs = rng.choice(text.leaves)
        paragraphs.append(f"{done}。{rng.choice(('相关做法已写入作业文件', '各部门反映良好'))}。")


def _incidents(org: Organisation, text: YearText, rng: random.Random) -> None:
    half = "held" if org.held else "tune"
    text.passed_over = rng.sample(PASSED_OVER[half], 4)
    text.happened = rng.sample(HAPPENED[half], rng.choice((0, 1, 2)))
    for sentence in (*text.passed_over, *(one[2] for one in text.happened)):
        _, paragraphs = rng.choice(text.leaves)
        paragraphs.append(f"{sentence}。")
