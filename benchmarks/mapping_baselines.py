"""What the mapping is held against: words alone, and headings alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mapping.exemplars import read_exemplars
from mapping.fusion import indicators_under
from mapping.match import SILENT
from models.assessment import IndicatorScore
from models.criteria import Criteria
from models.judgement import Outline
from models.passage import Passage
from nlp.words import words

Ranked = tuple[IndicatorScore, ...]
_RANKS = 3


class WordsOnly:
    """TF-IDF of character 1–3-grams and jieba's words, and a logistic regression, fitted on the shipped
    passages. Left unmapped from the same probability as by the program; the overview is not asked for."""

    def __init__(self, criteria: Criteria) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_union

        exemplars = read_exemplars(criteria)
        self._features: Any = make_union(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True),
            TfidfVectorizer(analyzer=words, min_df=2, sublinear_tf=True),
        )
        rows = self._features.fit_transform([one.text for one in exemplars])
        self._head: Any = LogisticRegression(C=10).fit(rows, [one.indicator or "" for one in exemplars])
        self._asked = [n for n, name in enumerate(self._head.classes_) if not name.startswith("0.")]

    def ranked(self, texts: Sequence[str]) -> list[Ranked]:
        shares = self._head.predict_proba(self._features.transform(texts))[:, self._asked]
        names = self._head.classes_[self._asked]
        return [self._answer(names, row) for row in shares]

    def _answer(self, names: Any, shares: Any) -> Ranked:
        if shares[names == ""].sum() > SILENT:
            return ()
        best = [n for n in np.argsort(-shares, kind="stable") if names[n]][:_RANKS]
        return tuple(IndicatorScore(str(names[n]), float(shares[n])) for n in best)


def headings_only(passages: Sequence[Passage], outline: Outline, criteria: Criteria) -> list[Ranked]:
    """The indicators, in the order of the criteria, under the innermost heading that names a node."""
    named = {target.block: target.node for target in outline.targets if target.node}
    answers: list[Ranked] = []
    for passage in passages:
        node = next((named[block] for block in reversed(passage.headings) if block in named), None)
        under = indicators_under(node, criteria) if node else frozenset()
        ordered = [one.id for one in criteria.indicators if one.id in under]
        answers.append(tuple(IndicatorScore(name, 1 / len(ordered)) for name in ordered[:_RANKS]))
    return answers
