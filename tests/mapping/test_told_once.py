"""Two checks that tell of the same fault of an indicator: the more telling line stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapping.checks import all_checks, load_rules, run_checks, shipped_rules
from models.errors import UsageError
from tests.mapping.process_drafts import CRITERIA, report, told

EMPTY = "公司高度重视品牌建设，始终坚持以人为本，不断加强和完善，取得良好成效。"
DRAFT = report(told("1.1.2", EMPTY), told("1.2.1", "治理办公室按《治理制度》每季度检查一次。"))


def lines(tmp_path: Path, changes: str = "") -> list[tuple[str, str | None]]:
    path = tmp_path / "检查.toml"
    path.write_text(changes, encoding="utf-8")
    found = run_checks(DRAFT, CRITERIA, load_rules(path))
    return [(f.check, f.indicator) for f in found if f.check in ("how-unanswered", "aspect-missing")]


def test_the_more_telling_line_of_an_indicator_stays(tmp_path: Path) -> None:
    assert lines(tmp_path) == [("how-unanswered", "1.1.2"), ("aspect-missing", "1.2.1")]


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ("[how-unanswered]\noff = true", [("aspect-missing", "1.1.2"), ("aspect-missing", "1.2.1")]),
        (
            '[how-unanswered]\nseverity = "note"',
            [("aspect-missing", "1.1.2"), ("aspect-missing", "1.2.1"), ("how-unanswered", "1.1.2")],
        ),
        (
            "[how-unanswered]\ninstead_of = []",
            [("aspect-missing", "1.1.2"), ("how-unanswered", "1.1.2"), ("aspect-missing", "1.2.1")],
        ),
    ],
)
def test_nothing_is_left_out_beside_what_is_off_or_less_severe(
    tmp_path: Path, changes: str, kept: list[tuple[str, str]]
) -> None:
    assert lines(tmp_path, changes) == kept


def test_only_checks_that_there_are_can_be_left_out(tmp_path: Path) -> None:
    for wrong in ('"aspect-missing"', '["no-such-check"]', "[1]"):
        with pytest.raises(UsageError, match="instead_of"):
            lines(tmp_path, f"[how-unanswered]\ninstead_of = {wrong}")


def test_the_shipped_file_names_checks_that_there_are() -> None:
    known = {check.id for check in all_checks()}
    assert all(known.issuperset(rule.instead_of) for rule in shipped_rules().values())
    assert any(rule.instead_of for rule in shipped_rules().values())
