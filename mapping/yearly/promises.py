"""Improvements that the earlier report announced, and where this one speaks of them.

A sentence announces an improvement if it looks ahead and names something to do. It comes back where a
passage of this report holds most of its rare pairs of characters: those of names, not of phrases.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mapping.yearly.same_text import RUNNING, plain
from models.annual import Promise
from models.assessment import PassageRecord

ANSWERED = 0.45
"""Weighted share of an announcement's pairs of characters that a passage which takes it up holds."""
_NAMED = 3
_SENTENCE = re.compile(r"[^。！？；!?;\n]+")
_SHORTEST, _LONGEST = 10, 160
_DOES = (
    r"(?:进一步|继续|重点|着力|全面|持续|加快|加大|加强|深化|深入|积极|逐步|在|通过|以|围绕|按|对|建设|建立|建成|搭建|打造|开展|推进|推广|推动|实施"
    r"|启动|引入|引进|完善|优化|提升|提高|改进|改善|修订|编制|扩大|探索|组织|增加|补齐|健全|强化|降低|缩短|解决|部署|上线|试点|投入|更新|升级)"
)
"""What follows 将 where it looks ahead; before a noun (将指标纳入考核) it only moves the object forward."""
_AHEAD = re.compile(
    rf"下一步|下一年|下年度|明年|今后|未来|后续|(?:^|[，：、）]|公司|我们|本院|医院|集团|学校|中心)(?:拟|计划|力争|争取|将{_DOES})"
    rf"|(?:19|20)\d\d年(?:度)?(?:，|,)?[^，。]{{0,6}}(?:将{_DOES}|拟|计划|力争)"
    r"|改进(?:措施|方向|计划|打算)(?:是|为|：|:)|有待|亟待|需要?进一步|尚需"
)
_ACTION = re.compile(
    r"改进|提升|提高|完善|优化|加强|推进|建设|建立|建成|上线|实施|开展|推广|降低|缩短|扩大|引入|引进|修订|补齐|解决|健全|强化|启动|整改|编制|搭建|覆盖|部署|投用|改造|更新|升级|改善|增设|制定|开发|研发|培养|探索|深化"
)
_NOT_A_PROMISE = re.compile(
    r"^(?:如果?|若|一旦|当)|将[^，。]{0,12}(?:纳入|作为|分为|列为|与[^，。]{1,10}(?:结合|挂钩))"
)
_PHRASES = re.compile(
    r"下一步|下一年|下年度|明年|今后|未来|后续|进一步|计划|力争|争取|我们|公司|重点|工作|继续|持续|不断|积极|全面|深入|通过|以及|同时"
    r"|(?:19|20)\d\d年度?|改进措施|改进方向|将|拟"
)


def follow_promises(this: Sequence[PassageRecord], last: Sequence[PassageRecord]) -> tuple[Promise, ...]:
    """Announcements of the earlier report in its order, each with the passages that take it up, best first.

    No passage: it was not found again, which is a question and no fault."""
    passages = [one for one in this if one.kind in RUNNING]
    held = [_pairs(passage.text) for passage in passages]
    spread = Counter(pair for pairs in held for pair in pairs)
    promises = []
    for passage, sentence in _announced(last):
        wanted = {p: math.log(1 + len(held) / (1 + spread[p])) for p in _pairs(_PHRASES.sub("\n", sentence))}
        total = sum(wanted.values())
        if not total:
            continue
        shares = [sum(wanted[pair] for pair in wanted.keys() & pairs) / total for pairs in held]
        best = sorted(
            (n for n, share in enumerate(shares) if share >= ANSWERED), key=lambda n: (-shares[n], n)
        )
        answers = tuple(passages[n].id for n in best[:_NAMED])
        promises.append(Promise(sentence, passage.id, passage.page, answers))
    return tuple(promises)


def _announced(last: Sequence[PassageRecord]) -> Iterator[tuple[PassageRecord, str]]:
    told: set[str] = set()
    for passage in (one for one in last if one.kind in RUNNING):
        for sentence in _SENTENCE.findall(passage.text):
            text = sentence.strip()
            if _announces(text) and text not in told:
                told.add(text)
                yield passage, text


def _announces(text: str) -> bool:
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and bool(_AHEAD.search(text))
        and bool(_ACTION.search(text))
        and not _NOT_A_PROMISE.search(text)
    )


def _pairs(text: str) -> frozenset[str]:
    return frozenset(
        piece[n : n + 2] for piece in map(plain, text.split("\n")) for n in range(len(piece) - 1)
    )
