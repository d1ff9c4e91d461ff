"""The planting interface itself: a change is one change, and the runner is the program."""

from __future__ import annotations

import pytest

from tests.faults.plant import Planted, assessed, clean, hits, raised_on_clean


def test_a_change_touches_one_place_and_leaves_the_clean_submission() -> None:
    whole = clean()
    changed = whole.insert("report", "4.4 技术资源", "新的一段。")
    blocks = changed.draft("report").blocks
    at = next(n for n, block in enumerate(blocks) if block.text == "新的一段。")
    assert "4.4 技术资源" in blocks[at - 1].text
    assert len(blocks) == len(whole.draft("report").blocks) + 1
    assert changed.remove("report", "新的一段。").draft("report").blocks == whole.draft("report").blocks


def test_cells_are_reworded_with_the_text_of_their_table() -> None:
    changed = clean().replace("report", "应收账款周转天数", "回款天数")
    block = next(b for b in changed.draft("report").blocks if b.table and "回款天数" in b.text)
    assert block.table is not None
    assert any(cell.text == "回款天数" for cell in block.table.cells)


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(LookupError):
        clean().insert("report", "没有这句话", "新的一段。")


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    emptied = clean().with_section("report", "7.3 财务结果", ())
    assert emptied.section("report", "7.3 财务结果") == ()
    assert emptied.section("report", "7.4 资源结果") == clean().section("report", "7.4 资源结果")


def test_only_a_new_finding_that_points_to_the_needle_counts() -> None:
    slip = clean().replace("report", "88,632", "188,632")
    assert assessed(clean()).findings == raised_on_clean()
    assert not any(hits(finding.check, Planted(clean(), "")) for finding in raised_on_clean())
    messages = {finding.message for finding in raised_on_clean()}
    new = next(finding for finding in assessed(slip).findings if finding.message not in messages)
    assert hits(new.check, Planted(slip, new.subject))
    assert not hits(new.check, Planted(slip, "没有这句话"))
