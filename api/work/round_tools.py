"""The tools as a round has them: its criteria, limits, counting rule and checks; and what engine that is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.codec import to_json
from models.criteria import Criteria, Limit
from models.errors import UsageError

if TYPE_CHECKING:
    from api.bootstrap import Tools

_UNKNOWN_CRITERIA = "本轮次使用的评价准则“{}”不在这台服务器上；请把准则文件放到 {} 后再试。"
_OTHER_ENGINE = (
    "本轮次已固定用当初的程序、编码模型、准则和检查设置评审，现在的与之不同（{}），没有检查；"
    "请恢复原来的版本和设置，或另建轮次。"
)
_CALLED = {"version": "程序版本", "encoder": "编码模型", "criteria": "评价准则", "settings": "准则或检查设置"}
_NO_LIMIT = "本轮次的字数上限写了“{}”，而评价准则中没有这一种材料；请核对轮次的设置。"

Engine = dict[str, Any]
"""What Round.engine holds: version, encoder, criteria, and a digest of criteria and rules in full."""


@dataclass(frozen=True, slots=True)
class RoundSettings:
    """What a round lays down, as its row has it."""

    criteria: str
    reporting_years: tuple[str, ...] = ()
    limits: Mapping[str, Any] = field(default_factory=dict)
    counting: Mapping[str, Any] = field(default_factory=dict)
    checks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Toolbox:
    """Tools, built at first need and kept for as long as the process lives."""

    criteria: Path | None
    model: str | None
    checks: Path | None
    criteria_folder: Path
    _built: dict[Path | None, Tools] = field(default_factory=dict)

    def tools(self, settings: RoundSettings) -> Tools:
        """Raises UsageError if the round lays down what there is not."""
        from mapping.checks.rulebook import load_rules

        tools = self.usual()
        if settings.criteria != tools.criteria.id:
            tools = self._of(self._criteria_file(settings.criteria))
        return replace(
            tools,
            criteria=replace(tools.criteria, limits=_limits(tools.criteria, settings)),
            rules=load_rules(self.checks, settings.checks),
        )

    def usual(self) -> Tools:
        return self._of(self.criteria)

    def _of(self, criteria: Path | None) -> Tools:
        if criteria not in self._built:
            from api.bootstrap import build_tools

            self._built[criteria] = build_tools(criteria, self.model, self.checks)
        return self._built[criteria]

    def _criteria_file(self, identity: str) -> Path | None:
        from mapping.criteria import load_criteria

        if load_criteria().id == identity:
            return None
        path = self.criteria_folder / f"{identity}.json"
        if path.parent != self.criteria_folder or not path.is_file():
            raise UsageError(_UNKNOWN_CRITERIA.format(identity, f"criteria/{identity}.json"))
        return path


def _limits(criteria: Criteria, settings: RoundSettings) -> tuple[Limit, ...]:
    unknown = set(settings.limits) - {limit.kind for limit in criteria.limits}
    if unknown:
        raise UsageError(_NO_LIMIT.format(min(unknown)))
    return tuple(_limit(limit, settings) for limit in criteria.limits)


def _limit(limit: Limit, settings: RoundSettings) -> Limit:
    own = settings.limits.get(limit.kind)
    if own is not None:
        limit = replace(limit, words=int(own["limit"]), source=str(own.get("source") or limit.source))
    if isinstance(charts := settings.counting.get("charts"), bool):
        limit = replace(limit, charts=charts)
    return limit


def engine_of(tools: Tools) -> Engine:
    """What the assessments of a round are all made with."""
    encoder = tools.encoder
    full = json.dumps([to_json(tools.criteria), to_json(dict(tools.rules))], ensure_ascii=False)
    return {
        "version": _version(),
        "encoder": {"name": encoder.name, "dimensions": encoder.dimensions, "sha256": encoder.sha256},
        "criteria": tools.criteria.id,
        "settings": hashlib.sha256(full.encode()).hexdigest(),
    }


@cache
def _version() -> str:
    return version("ziping")


def refuse_other(fixed: Engine, present: Engine) -> None:
    """Raises UsageError if a round began with another engine; an empty one is any."""
    other = [name for key, name in _CALLED.items() if key in fixed and fixed[key] != present[key]]
    if other:
        raise UsageError(_OTHER_ENGINE.format("、".join(other)))
