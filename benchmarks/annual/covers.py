"""How covers, titles and file names say whose a yearly report is and about which year. All invented."""

from __future__ import annotations

import random
from dataclasses import dataclass

_HAN = "〇一二三四五六七八九"
_PLACES = (
    "云麓", "泽川", "启衡", "朔远", "临岳", "恒澜", "景湖", "澄源", "博砚", "远筑",
    "瑞程", "汇禾", "明堂", "北屿", "云杉", "天枢", "融畅", "坤泰", "盛原", "雅集",
)  # fmt: skip
_TRADES = (
    "精密制造股份有限公司", "轨道装备有限公司", "食品（集团）有限公司", "建设工程有限责任公司",
    "软件技术有限公司", "医院", "物业服务有限公司", "新材料科技股份有限公司",
    "环境科技集团有限公司", "设计研究院",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organisation:
    number: int
    name: str
    short: str

    @property
    def held(self) -> bool:
        """Whether the organisation is of the half that is only measured."""
        return self.number % 2 == 1


@dataclass(frozen=True, slots=True)
class Front:
    """Lines of the cover, the title in front of the text, its first sentence and the running head."""

    cover: tuple[str, ...]
    title: str
    opening: str
    head: str
    file_name: str


def organisations(count: int) -> tuple[Organisation, ...]:
    made = []
    for number in range(count):
        short = _PLACES[number % len(_PLACES)]
        trade = _TRADES[(number // 2) % len(_TRADES)]
        town = "北京" if number % 3 else ""
        suffix = "" if number < len(_PLACES) else "兴"
        made.append(Organisation(number, f"{town}{short}{suffix}{trade}", f"{short}{suffix}"))
    return tuple(made)


def han(year: int) -> str:
    return "".join(_HAN[int(digit)] for digit in str(year))


def front(org: Organisation, year: int, rng: random.Random) -> Front:
    """Styles 0 to 6 are met in both halves, 7 to 11 in the held half alone."""
    style = rng.choice(range(3, 12)) if org.held else rng.choice(range(7))
    cover, title, opening, head = _STYLES[style](org, year)
    names = _NAMES[3:] if org.held else _NAMES[:6]
    usable = [name for name in names if style not in _BARE or "{year}" in name or "{next}" in name]
    name = rng.choice(usable).format(org=org.name, short=org.short, year=year, next=year + 1)
    return Front(cover, title, opening, head, name)


_BARE = (6, 11)
"""Styles of which the name is helped by a year in the file's name, as officers ask for."""
_NAMES = (
    "{org}{year}年度自评报告",
    "{short}-卓越绩效自我评价报告（{year}年度）",
    "{next}0325 {short}年度报告",
    "{org}年度自我评价报告终稿",
    "{year}年度卓越绩效自我评价报告-{short}",
    "附件2：{short}自评报告_v3",
    "{short}{year}",
    "{next}年提交_{org}",
    "自我评价报告（盖章扫描）{year}",
    "{org}（{year}年）",
)


def _plain(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    return (org.name, f"{year}年度卓越绩效自我评价报告", f"{year + 1}年3月"), "", _first(org), ""


def _bracket(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    return ("卓越绩效自我评价报告", f"（{year}年度）", org.name), "", _first(org), ""


def _label(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    cover = (
        "卓越绩效自我评价报告",
        f"报告单位：{org.name}（盖章）",
        f"报告期：{year}年1月1日至{year}年12月31日",
        f"{year + 1}年3月20日",
    )
    return cover, "", _first(org), ""


def _numerals(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    cover = (
        "北京市人民政府质量管理奖获奖组织",
        f"{han(year)}年度自我评价报告",
        org.name,
        f"{han(year + 1)}年三月",
    )
    return cover, "", _first(org), ""


def _no_cover(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    return (), f"{org.name}{year}年度卓越绩效自我评价报告", f"现将{year}年度自我评价情况报告如下。", ""


def _sentence(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    opening = f"{_first(org)}按照获奖组织管理要求，现将{year}年度自我评价情况报告如下。"
    return ("卓越绩效自我评价报告", org.name, f"{year + 1}年3月25日"), "", opening, ""


def _running_head(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    opening = f"{org.name}（以下简称“{org.short}”）依据评价准则（2020年版）开展了自我评价。"
    return (), "自我评价报告", opening, f"{org.name} {year}年度自我评价报告"


def _spaced(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    cover = (
        " ".join(f"{year}年度"),
        "卓 越 绩 效 自 我 评 价 报 告",
        " ".join(org.name),
        "编制单位：京华启智管理咨询有限公司",
        "报送：北京市人民政府质量管理奖评审委员会办公室",
    )
    return cover, "", "", ""


def _all_year(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    opening = f"{org.name}成立于1998年，2017年获得市政府质量管理奖。本报告涵盖{year}年全年的经营与改进情况。"
    return (), "卓越绩效自我评价报告", opening, ""


def _statistics(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    opening = f"本次自我评价的时间范围为{year}年1月至12月，数据截至{year}年末。"
    return (
        (f"组织名称：{org.name}", "获奖组织年度自我评价报告", f"编写日期：{year + 1}.03.18"),
        "",
        opening,
        "",
    )


def _slash(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    return (f"{org.name}", f"卓越绩效自我评价报告（{year}）", f"{year + 1}/3/9"), "", "", ""


def _head_only(org: Organisation, year: int) -> tuple[tuple[str, ...], str, str, str]:
    return (org.name, "自我评价报告"), "", f"统计期间为{year}.1.1-{year}.12.31，口径与申报时一致。", ""


def _first(org: Organisation) -> str:
    return f"{org.name}（简称{org.short}）于2017年获得北京市人民政府质量管理奖。"


_STYLES = (
    _plain, _bracket, _label, _numerals, _no_cover, _sentence, _running_head,
    _spaced, _all_year, _statistics, _slash, _head_only,
)  # fmt: skip
