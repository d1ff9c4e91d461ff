"""Faults of method and claims: the texts, ten of each fault, stand in ``process.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from models.document import Block, PartKind
from tests.faults.plant import Planted, Submission, planter, table_block

_INSTEAD = (
    "example-for-process",
    "criteria-parroted",
    "how-unanswered",
    "process-without-evidence",
    "no-learning-cycle",
    "no-owner",
    "no-frequency",
    "awards-instead-of-method",
    "thin-indicator",
)
"""Their texts stand for what the section has; those of the others are put in."""
_BESIDE = ("claim-without-number", "superlative-without-source")
_POINTED = 12
_AIMS = (
    "公司坚持安全第一，杜绝各类安全事故。",
    "公司编制生产安全事故应急预案，防止事故发生。",
    "安全目标是重伤事故为零。",
    "公司制定《质量事故处理办法》，明确追责规定。",
    "力争全年不发生环境污染事故。",
    "一旦发生事故，由安委会组织调查处理。",
    "公司为员工缴纳工伤保险，落实工伤预防措施。",
    "加强事故警示教育，做到警钟长鸣。",
    "如发生质量事故，按规定召回产品。",
    "",
)
_ACCIDENTS = re.compile(
    "事故|工伤|伤亡|死亡|[轻重]伤|负伤|伤害|处罚|泄[密露漏]|污染|损工|召回|火灾|环境影响|职业病"
)
_SEARCHED: tuple[PartKind, ...] = ("overview", "report")
_AHEAD = ("2021年", "2022年")


@cache
def _texts() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _plant_texts(check: str, *, instead: bool) -> None:
    @planter(check)
    def plant(clean: Submission, variant: int) -> Planted:
        one = _texts()[check][variant]
        made = (
            clean.with_section("report", one["under"], one["texts"])
            if instead
            else clean.insert("report", one["under"], *one["texts"])
        )
        return Planted(made, one.get("points_to", one["texts"][0][:_POINTED]))


for _check in _INSTEAD:
    _plant_texts(_check, instead=True)
for _check in _BESIDE:
    _plant_texts(_check, instead=False)


@planter("forecast-as-actual")
def forecast_as_actual(clean: Submission, variant: int) -> Planted:
    """Eight sentences, then two tables with a column of a year to come."""
    told = _texts()["forecast-as-actual"]
    if variant < len(told):
        one = told[variant]
        return Planted(clean.insert("report", one["under"], *one["texts"]), one["points_to"])
    last = _AHEAD[variant - len(told)]
    rows = [
        ["指标", "单位", "2018年", "2019年", last],
        ["顾客保持率", "%", "93.1", "94.0", "95.2"],
        ["续约率", "%", "90.2", "91.5", "92.8"],
    ]
    return Planted(clean.insert("report", "7.2 顾客与市场结果", table_block(rows)), last[:4])


@planter("accidents-silent")
def accidents_silent(clean: Submission, variant: int) -> Planted:
    """Every block and row that tells of accidents goes; what is put in only tells of aims and rules."""
    made = clean
    for kind in _SEARCHED:
        draft = made.draft(kind)
        kept = tuple(block for block in map(_without_accidents, draft.blocks) if block)
        made = made.with_draft(replace(draft, blocks=kept))
    if _AIMS[variant]:
        made = made.insert("report", "1.1 高层领导的作用", _AIMS[variant])
    return Planted(made, "事故")


def _without_accidents(block: Block) -> Block | None:
    if block.kind == "heading" or not _ACCIDENTS.search(block.text):
        return block
    if block.table is None:
        return None
    rows = block.table.grid()
    return table_block([row for row in rows if not any(map(_ACCIDENTS.search, row))])
