"""The figures of the mapping: counted right, drawn, and written down."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks import mapping, mapping_baselines, real_passages
from benchmarks.calibration_plot import calibration_svg
from benchmarks.mapping_answers import (
    Answer,
    accuracy,
    answer,
    by_chapter,
    calibration,
    confusions,
    gold_answers,
)
from benchmarks.mapping_baselines import WordsOnly, headings_only
from mapping.criteria import load_criteria
from mapping.exemplars import Exemplar
from mapping.outline import read_outline
from models.assessment import IndicatorScore
from nlp.split import split_passages
from tests.documents import heading, paragraph, part

CRITERIA = load_criteria()
ANSWERS = [
    Answer("1.1.1", ("1.1.1", "1.1.2"), 0.95),
    Answer("1.1.2", ("1.1.1", "1.1.2"), 0.55),
    Answer("2.1.1", (), 0.0),
    Answer(None, (), 0.0),
    Answer(None, ("1.1.1",), 0.35),
]


def test_accuracy_counts_the_unmapped_as_wrong() -> None:
    found = accuracy(ANSWERS)
    assert found["passages"] == 3
    assert found["accuracy_at_1"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["accuracy_at_3"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["left_unmapped"] == 0.5
    assert accuracy([])["accuracy_at_1"] is None


def test_chapters_and_confusions() -> None:
    assert {name: f["passages"] for name, f in by_chapter(ANSWERS).items()} == {"1": 2, "2": 1}
    assert confusions([*ANSWERS, ANSWERS[1]]) == [
        ("1.1.2", "1.1.1", 2),
        ("2.1.1", "none", 1),
        ("none", "1.1.1", 1),
    ]


def test_calibration_error_is_the_gap_between_score_and_share_right() -> None:
    error, points = calibration(ANSWERS)
    assert points == [(0.35, 0.0, 1), (0.55, 0.0, 1), (0.95, 1.0, 1)]
    assert error == pytest.approx((0.35 + 0.55 + 0.05) / 3, abs=1e-4)
    assert calibration([Answer("1.1.1", ("1.1.1",), 1.0)])[0] == 0.0
    assert calibration([Answer("1.1.1", ())]) == (None, [])


def test_an_answer_is_that_of_the_passage_that_holds_the_paragraph() -> None:
    texts = ["公司建立质量管理体系并持续改进运行效果。", "员工满意度调查每年开展两次。"]
    gold = {"report": [{"type": "para", "text": text, "indicator": "4.6.2"} for text in reversed(texts)]}
    found = [(IndicatorScore("4.6.1", 0.9),), ()]
    assert gold_answers(gold, texts, found) == [Answer("4.6.1", ()), Answer("4.6.1", ("4.6.1",), 0.9)]
    assert answer(None, ()) == Answer(None, ())


def test_the_plot_is_a_drawing_with_a_dot_per_bin() -> None:
    points = calibration(ANSWERS)[1]
    root = ET.fromstring(calibration_svg({"A & B": points, "none": []}))
    names = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"A & B", "none"} <= set(names)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == len(points) + 2


def test_headings_only_takes_the_innermost_that_names_a_node() -> None:
    made = part(
        [heading("4 资源"), heading("4.3 信息和知识资源", 2), heading("我们的家底", 3), paragraph("甲" * 30)]
    )
    passages = split_passages(made)
    (found,) = headings_only(passages, read_outline(made, CRITERIA), CRITERIA)
    assert [one.id for one in found] == ["4.3.1", "4.3.2", "4.3.3"]
    (nothing,) = headings_only(passages, read_outline(part([paragraph("甲")]), CRITERIA), CRITERIA)
    assert nothing == ()


def test_words_only_learns_from_the_shipped_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn", reason="not here: pip install ziping[train]")
    taught = {
        "4.1.3": "员工培训计划和课程",
        "3.2.2": "顾客满意度调查和忠诚",
        None: "本章共分三节",
        "0.1.1": "公司成立于",
    }
    lessons = tuple(Exemplar(text, name, False) for name, text in taught.items() for _ in range(4))
    monkeypatch.setattr(mapping_baselines, "read_exemplars", lambda criteria: lessons)
    found = WordsOnly(CRITERIA).ranked(["员工培训课程", "顾客满意度", "公司成立于"])
    assert [one[0].id for one in found[:2]] == ["4.1.3", "3.2.2"]
    assert not any(one.id.startswith("0.") for ranked in found for one in ranked)


def test_a_whole_run_is_written_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One rendering of one report; without what is beside the repository."""
    whole = mapping.gold_samples
    monkeypatch.setattr(mapping, "WordsOnly", lambda criteria: _Mute())
    monkeypatch.setattr(mapping, "gold_samples", lambda formats, gold: whole(("docx",), gold)[:1])
    monkeypatch.setattr(mapping, "REPORTS", {"C": mapping.GOLD})
    monkeypatch.setattr(real_passages, "SHARED", tmp_path)
    record = mapping.measure(say=lambda text: None)
    text = mapping.write(record, tmp_path / "out")
    assert (tmp_path / "out" / "mapping.svg").exists()
    assert (tmp_path / "out" / "mapping.md").read_text(encoding="utf-8") == text
    assert "skipped: not here" in text
    first = record["ablation"][0]
    scores = record["documents"][0]["scores"]["indicator"]
    assert (first["of"], first["accuracy_at_1"]) == ("all signals", scores["accuracy_at_1"])
    assert {row["of"] for row in record["ablation"]} >= {"without words", "without neighbours"}
    assert record["baselines"][0]["accuracy_at_1"] == 0.0


class _Mute:
    def ranked(self, texts: list[str]) -> list[tuple[IndicatorScore, ...]]:
        return [() for _ in texts]
