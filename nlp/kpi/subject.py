"""The name of what a sentence gives figures of: what stands before them, cut to the KPI."""

from __future__ import annotations

import re

from nlp.kpi.labels import BARE_NAME

_LOOK_BACK = 160
VERB_END = re.compile(
    r"(?:实际|总体)?(?:为|是|达到?了?|实现|完成|约|共|仅|累计|合计|(?:提?升|提高|增加?|增长|下?降|降低|缩短|减少)[至到为])*$"
)
CLAUSE = re.compile(r"[，。；：、！？\n:;,]")
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|并且?|且|而|以及|三年来?|近三年来?|三年间|全年|当年|目前|截[至止]|至|到|在|上述|以上|使得?|由此|因此|从而|并使得?|"
    r"[和及与的]|分别|我司|我公司|本公司)+"
)
_CAUSED = re.compile(r"^.*(?:使得|促使|推动了?|带动了?|使(?!用))(?=.{3})")
TREND_END = re.compile(
    r"(?:由|从|自|的|已|也|均|都|则|更|又|分别|依次|(?:近|过去)?[三3]年[来间]?|逐年|逐步|持续|稳步|不断|一路|连续|连年|明显|显著|大幅|快速|总体|"
    r"增加|上升|走高|走低|提升|提高|下降|降低|减少|增长|改善|攀升|向好|好转|回升|缩短|延长|上涨|升高|较小|较大|较低|较高|呈|趋势|态势)+$"
)
_QUOTED = re.compile(r"[“「][^”」]*[”」]|[（(][^（()）]*[)）]")


def name_before(before: str) -> str:
    """The name at the end of what stands before the figures; empty if there is none."""
    bare = TREND_END.sub("", before[-_LOOK_BACK:].rstrip(" ，,：:、（("))
    hidden = _QUOTED.sub(lambda found: "\ufffc" * len(found[0]), bare)
    cuts = [found.end() for found in CLAUSE.finditer(hidden)]
    name = bare[cuts[-1] :] if cuts else bare
    if (
        cuts
        and hidden[cuts[-1] - 1] == "、"
        and (enumerated := re.match(r"^[\u4e00-\u9fff]{1,6}等(?=.{3})", name))
    ):
        name = name[enumerated.end() :]
    name = TREND_END.sub("", _LEAD.sub("", _CAUSED.sub("", name.strip())))
    if not 2 <= len(name) <= 30 or BARE_NAME.fullmatch(name) or re.search(r"(?:19|20)\d{2}年", name):
        return ""
    return name
