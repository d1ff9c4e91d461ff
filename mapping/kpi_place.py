"""Where a KPI series belongs: the place of its table, its name and its meaning together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from models.criteria import Criteria, Indicator
from models.glossary import Glossary, GlossaryMatch
from models.judgement import Match
from models.kpi import KpiSeries

# How sure a known name makes an indicator. A name may sit under another indicator than usual (energy as
# efficiency in 7.5, as responsibility in 7.6), so the place weighs more.
_NAME_WEIGHT = {"name": 0.35, "variant": 0.3, "opposite": 0.25, "tail": 0.2}
_SAME_ITEM = 0.25


def place_kpis(
    series: Sequence[KpiSeries],
    matches: Mapping[str, Match],
    criteria: Criteria,
    glossary: Glossary,
    headings: Mapping[str, str] | None = None,
) -> tuple[KpiSeries, ...]:
    """The series with ``indicator`` and ``canonical``; ``matches`` are those of the passages by id, and
    ``headings`` the nodes of the criteria under whose heading they stand.

    All series of one table stand under one indicator: the passage's own match decides, and the usual
    indicators of its KPIs by the glossary turn the scale between near ones.
    """
    together: defaultdict[tuple[str, int, str], list[KpiSeries]] = defaultdict(list)
    for one in series:
        together[one.document, one.source.block, one.source.passage or ""].append(one)
    headings = headings or {}
    places = {
        key: _under_process(key[2], matches, criteria, headings.get(key[2]))
        or _place(group, matches, criteria, glossary)
        for key, group in together.items()
    }
    return tuple(
        replace(
            one,
            indicator=places[one.document, one.source.block, one.source.passage or ""],
            canonical=_canonical(one.name, glossary),
        )
        for one in series
    )


def _under_process(
    passage: str, matches: Mapping[str, Match], criteria: Criteria, heading: str | None
) -> str | None:
    """Figures told under a heading of a process belong there, though they look like results."""
    node = criteria.by_id.get(heading or "")
    indicator = node if isinstance(node, Indicator) else None
    item = indicator.item if indicator else heading
    own = [i for i in criteria.indicators if i.item == item and not criteria.is_result(i.id)]
    if not own:
        return None
    match = matches.get(passage)
    told = sorted(match.indicators, key=lambda score: -score.score) if match else []
    if told and not criteria.is_result(told[0].id):
        return told[0].id
    if indicator:
        return indicator.id
    return next((score.id for score in told if not criteria.is_result(score.id)), None)


def _place(
    group: Sequence[KpiSeries], matches: Mapping[str, Match], criteria: Criteria, glossary: Glossary
) -> str | None:
    match = matches.get(group[0].source.passage or "")
    told = {score.id: score.score for score in match.indicators} if match else {}
    if not told and match and match.best:
        told = {match.best.id: match.best.score}
    if told and not criteria.is_result(max(told, key=lambda node: told[node])):
        return max(told, key=lambda node: told[node])
    usual = _usual(group, criteria, glossary)
    if not (told or usual):
        return None
    top = max(told, key=lambda node: told[node], default=None)
    item = criteria.indicator(top).item if top else None
    scores = {
        node: told.get(node, 0.0)
        + usual.get(node, 0.0)
        + (_SAME_ITEM if node not in told and criteria.indicator(node).item == item else 0.0)
        for node in (*told, *usual)
    }
    return max(scores, key=lambda node: scores[node])


def _usual(group: Iterable[KpiSeries], criteria: Criteria, glossary: Glossary) -> dict[str, float]:
    """Mean weight of each indicator that the glossary names for the KPIs of a table."""
    known = [glossary.find(one.name) for one in group]
    weights: defaultdict[str, float] = defaultdict(float)
    for found in known:
        if found and found.kpi.indicator in criteria.by_id:
            weights[found.kpi.indicator] += _NAME_WEIGHT[found.how] / len(known)
    return dict(weights)


def _canonical(name: str, glossary: Glossary) -> str:
    found: GlossaryMatch | None = glossary.find(name)
    return found.kpi.name if found and found.how in ("name", "variant") else name
