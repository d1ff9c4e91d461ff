"""Tags each passage: does it tell the approach, its deployment, or a result?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.encoder import FloatArray
from models.judgement import Aspect
from models.passage import Passage
from nlp.aspect_features import cues, normal
from nlp.aspect_head import CLASSES, judge
from nlp.aspect_tables import label, table_shares

_RESULTS = re.compile(r"(结果|成果|业绩|绩效表现)$|结果[(（]|^4[.．]7[.．\d\s]|实施(成效|效果)$")
_APPROACH = re.compile(r"(采用|主要|管理)?方法$|^方法|做法$|思路$")
_DEPLOYMENT = re.compile(r"(工作|方法)?展开$|部署情况$|实施过程$|开展情况$|落实情况$")
_QUESTION = re.compile(r"^.{0,60}(如何|怎样).{0,60}[?？]$")
_IN_RESULTS = 2.0
"""Natural log of how many times likelier a result is under a heading of results. Soft: a note on
where the data come from stays what it is."""
_UNDER_NAME = 1.2
"""The same for a heading that names the aspect itself, 采用方法, 工作展开."""
_AHEAD = re.compile(
    r"力争|力求|目标(?:值)?(?:为|是|[:：])|(?:将|拟|计划|预计|规划|争取)[^，。；]{0,12}(?:达到|实现|提升|降)"
)
_DONE = re.compile(r"实际|实现了|达到了|已(?:达|实现|完成)|完成率|同比|超额|优于目标|三年来|连续")
_ONLY_AHEAD = 2.0
"""Natural log of how many times less likely a passage tells a result that speaks of targets and of nothing
that was reached: a plan has numbers too."""
_OF_SENTENCES = 0.3
"""Weight of the sentences taken one by one against the passage as a whole."""


def tag_aspects(passages: Sequence[Passage]) -> tuple[Aspect, ...]:
    """One aspect per passage, in their order. The head brings its own encoder,
    so that an aspect does not depend on the encoder that the mapping was given."""
    if not passages:
        return ()
    texts = [passage.full_text for passage in passages]
    found = _placed(_probabilities(texts), passages)
    return tuple(_aspect(*row) for row in zip(passages, texts, found, strict=True))


def _probabilities(texts: Sequence[str]) -> FloatArray:
    """(n, 4) in the order of ``CLASSES``: the whole passage and, by length, its sentences."""
    import numpy as np

    judged = judge(texts)
    weight = judged.length + 1.0
    sums = np.zeros_like(judged.passages)
    np.add.at(sums, judged.owner, judged.sentences * weight[:, None])
    single = sums / np.bincount(judged.owner, weights=weight, minlength=len(texts))[:, None]
    return (1 - _OF_SENTENCES) * judged.passages + _OF_SENTENCES * single


def _placed(found: FloatArray, passages: Sequence[Passage]) -> FloatArray:
    """Probabilities after a look at the headings above each passage, and at whether it only looks ahead."""
    import numpy as np

    odds = np.exp(np.array([_prior(passage) for passage in passages]))
    weighted = found * odds
    return weighted / weighted.sum(axis=1, keepdims=True)


def _prior(passage: Passage) -> list[float]:
    prior = [0.0, 0.0, 0.0, 0.0]
    titles = [normal(title) for title in passage.heading_path]
    if _AHEAD.search(passage.text) and not _DONE.search(passage.text):
        prior[2] -= _ONLY_AHEAD
    if any(_RESULTS.search(title) for title in titles):
        prior[2] += _IN_RESULTS
    if titles and _APPROACH.search(titles[-1]):
        prior[0] += _UNDER_NAME
    if titles and _DEPLOYMENT.search(titles[-1]):
        prior[1] += _UNDER_NAME
    return prior


def _aspect(passage: Passage, text: str, found: FloatArray) -> Aspect:
    plain = normal(text)
    learning = cues().learning.search(plain) is not None
    integration = cues().integration.search(plain) is not None
    shares = table_shares(passage) if passage.kind in ("table", "chart") else None
    if shares is not None:
        return Aspect(label(shares), *shares, learning=learning, integration=integration)
    if _QUESTION.match(plain):
        return Aspect("none", 0.0, 0.0, 0.0)
    approach, deployment, result = (round(float(share), 4) for share in found[:3])
    best = CLASSES[int(found.argmax())]
    return Aspect(best, approach, deployment, result, learning=learning, integration=integration)
