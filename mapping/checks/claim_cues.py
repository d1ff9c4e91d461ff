"""What is claimed in a sentence, and whether anything stands beside it (own listing, domain notes 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mapping.checks.method_cues import SENTENCE

_CLAIM = re.compile(
    r"全[员体](?:员工|干部|职工)?(?:均|都|积极|广泛|自觉|主动|已|共同)?(?:参与|覆盖|培训|知晓"
    r"|签[订署]|考核|行动|动员|投入|掌握|通过|达标)"
    r"|(?:全面|全部|全方位)(?:得到|实现|完成)?(?:覆盖|推广|普及|落实|落地|铺开|实施|应用|贯彻"
    r"|推行|上线|展开|完成|达标)"
    r"|覆盖了?(?:全体|全部|所有|各个?|全公司)[^，。；]{0,8}(?:员工|部门|岗位|单位|层级|项目|客户"
    r"|供方|过程|环节|业务)?"
    r"|(?:所有|各)(?:部门|员工|岗位|单位|子公司|项目|供方)(?:均|都|全部)已?(?:完成|达标|通过"
    r"|实现|签|建立|开展|参加|接受|取得)|人人[参知懂会]\S"
    r"|(?:显著|大幅度?|明显|极大地?|成倍|大大)地?(?:提[升高]|改善|增强|增[长加]|下降|降低|减少"
    r"|缩短|优化|好转|上升|节约|压缩)"
    r"|(?:提[升高]|改善|增[强长]|下降|降低|减少|缩短|上升)(?:非常|十分|较为|都|很|均)?(?:显著"
    r"|明显|幅度较?大)"
    r"|(?:成效|效果|成绩|效益|进步|变化|成果)(?:十分|非常|较为|尤为)?(?:显著|明显|突出|卓越|可喜"
    r"|丰硕|斐然|喜人)"
    r"|(?:取得|收到|收获)了?(?:显著|良好|丰硕|突出|优异|可喜|积极|明显|很好|较好|长足)的?(?:成效"
    r"|效果|成绩|成果|进展|进步)"
    r"|(?:广泛|一致|高度|普遍)(?:的)?(?:好评|认可|赞誉|称赞|肯定|欢迎)"
)
_INTENT = re.compile(
    r"将|拟|为了?|以便|以期|旨在|力争|目标|确保|争取|要求$|应当?|须|需|计划|希望|期待|可以?|能够"
    r"|有[助利]于|如|若|当|是否|以[^，。；]{0,6}(?:全面|大幅|显著)$|从而|使|让|待|不|未|逐步"
    r"|鼓励|倡导|号召|引导|推动|促进|职责|负责"
)
_IDEA = re.compile(r"理念|氛围|原则|意识|方针|任务|要求|责任|文化|格局|模式")
_COUNTED = re.compile(
    r"\d|[一二两三四五六七八九十百千]+(?:成|倍|半|分之|[个家项次场人名条件台套年季月天](?!方面))"
    r"|近一半|过半|翻番|翻一番|《[^》]{2,}》|[A-Z]{2,}|[上下]表|如[上下]?[图表]|见[图表]"
    r"|[图表]\d"
)

_SCOPE = (
    r"(?:国内外|国内|国际|全国|全球|世界|亚洲|亚太|行业|业内|业界|同行业?|全行业|本?行业内?|本市"
    r"|北京市?|全市|京津冀|华北|我国|中国|国家|首都|市场)"
)
_HIGHEST = (
    r"(?:最[大高强好优早先]|规模最大|最为?先进|最具"
    r"|第一(?![线步时次阶季责届批期课个版部章节条款代书手性、，是]|责任)|首[位家个创]|唯一(?!不变)"
    r"|领军|(?<!重点)龙头|冠军|领导者|榜首|前列|领先|一流|顶[尖级])"
)
_SUPERLATIVE = re.compile(
    rf"{_SCOPE}[^，。；、“”]{{0,8}}?{_HIGHEST}|填补了?[^，。；]{{0,10}}空白"
    rf"|[国全业]内?外?(?:首[家个创]|唯一)|唯一一?[家个款项]|遥遥领先|独占鳌头|首屈一指|无出其右"
    rf"|绝对领先|独一无二"
)
_STRONG = re.compile(r"第一|唯一|最|空白|榜首|首屈一指|独|首[位家个创]")
_AIM = re.compile(
    r"目标|愿景|使命|力争|致力|打造|(?<![已经展])成为|争[创做当取]|努力|迈向|追求|瞄准|对标"
    r"|建[设成]|力求|争取|培育|跻身|向[^，。；]{0,12}(?:看齐|学习|迈进)|为[^，。；]{0,12}(?:目标"
    r"|标杆|导向)|以[^，。；]{0,16}为"
    r"|冲刺|创[建办]|规划|计划|将|拟|要|标杆|竞争对手|同行[^，。；]{0,4}(?:的|对|与)"
    r"|先进水平(?:的)?差距|差距|落后|引进|采用|引入|选用|购置|学习|借鉴|参照|如何|应|是否|保持"
    r"|方向|定位|巩固|奋斗|做(?!到)|相比|可比"
)
_SOURCE = re.compile(
    r"(?:19|20)\d\d|(?<![数依证占票])据(?![此说点库])|根据|按照?[^，。；]{0,16}(?:统计|排名|口径"
    r"|数据)|统计|排名|排行|榜|鉴定|查新|认定|评定|评价为|评为|评选|授予|发布|公布|来源|协会"
    r"|学会|研究院|咨询|委员会|年鉴|报告|《|认证|奖|检索|专家|第三方|调查"
)
_QUOTED = re.compile(r"[“\"'‘《][^”\"'’》]{0,30}[”\"'’》]")

_AWARD = re.compile(
    r"荣获|获[评授颁得]|获(?=[“《北国全市省区部中行])|被?(?:评|认定|授予|命名|列|选)[为入]|授予"
    r"|入选|荣膺|蝉联|斩获|摘得|上榜|当选|[一二三特金银铜]等?奖"
    r"|(?:奖|称号|荣誉|先进单位|先进集体|示范单位|示范企业|标杆企业|优秀企业|文明单位|奖项|百强"
    r"|品牌)”?(?:\d项)?(?:等)?$"
)
_PIECE = re.compile(r"[，,。；;、\n！!]")


@dataclass(frozen=True, slots=True)
class Superlative:
    words: str
    strong: bool


def unbacked_claim(text: str) -> str | None:
    """The first claim of much or all that has nothing countable in its sentence or in the ones beside it."""
    return next((words for words, beside in _claims(text) if not _COUNTED.search(beside)), None)


def _claims(text: str) -> Iterator[tuple[str, str]]:
    sentences = SENTENCE.findall(text)
    for number, sentence in enumerate(sentences):
        for found in _CLAIM.finditer(sentence):
            before = sentence[sentence.rfind("，", 0, found.start()) + 1 : found.start()]
            after = sentence[found.end() : found.end() + 12].split("，")[0]
            if not _INTENT.search(before) and not _IDEA.search(after):
                yield found[0], "".join(sentences[max(0, number - 1) : number + 2])


def unsourced_superlative(text: str) -> Superlative | None:
    """The first claim of a leading place that names no source, year or body that ranks; the strongest first."""
    return min(_superlatives(text), key=lambda claim: not claim.strong, default=None)


def _superlatives(text: str) -> Iterator[Superlative]:
    for sentence in SENTENCE.findall(text):
        plain = _QUOTED.sub("", sentence)
        for found in _SUPERLATIVE.finditer(plain):
            clause = _clause(plain, found)
            if not _AIM.search(clause) and not _SOURCE.search(sentence):
                yield Superlative(found[0], bool(_STRONG.search(found[0])))


def _clause(sentence: str, found: re.Match[str]) -> str:
    end = sentence.find("，", found.end())
    return sentence[sentence.rfind("，", 0, found.start()) + 1 : end if end >= 0 else None]


def is_award_list(text: str, fewest: float) -> bool:
    """Whether more than half of a text's pieces name awards, and at least ``fewest`` of them do."""
    pieces = [piece.strip() for piece in _PIECE.split(text) if piece.strip()]
    awards = sum(1 for piece in pieces if _AWARD.search(piece))
    return awards >= fewest and awards * 2 > len(pieces)
