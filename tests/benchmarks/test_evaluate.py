"""The harness around the scorers: measuring, samples, real passages, and the tables it writes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import evaluate, real_passages, samples
from benchmarks.gold import validate
from benchmarks.gold.score import score
from benchmarks.measure import Run, repeat, run
from benchmarks.report import to_markdown
from benchmarks.samples import GOLD, HERE, Sample
from benchmarks.startup import heavy_imports
from mapping.training.labelled import Labelled

BURN = "import time\nwhile time.process_time() < 0.2: pass"


def test_cpu_of_children_is_counted(tmp_path: Path) -> None:
    spawn = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])"
    done = run([sys.executable, "-c", spawn], tmp_path)
    assert done.code == 0
    assert done.cpu >= 0.2


def test_memory_is_that_of_the_command_not_of_who_measures_it(tmp_path: Path) -> None:
    ballast = bytearray(b"x") * (200 * 2**20)
    small = run([sys.executable, "-c", "pass"], tmp_path).rss
    large = run([sys.executable, "-c", "x = bytearray(b'x') * (100 * 2**20)"], tmp_path).rss
    assert len(ballast) > small * 2**20
    assert large > small + 90


def test_exit_code_and_last_words_are_kept(tmp_path: Path) -> None:
    done = run(
        [sys.executable, "-c", "import sys; print('x\\n'*9 + '坏了', file=sys.stderr); sys.exit(3)"], tmp_path
    )
    assert (done.code, done.errors) == (3, "x\nx\n坏了")


def test_repeat_gives_the_median_run() -> None:
    runs = [Run(0, cpu, 9.0, 9.0, "") for cpu in (3.0, 1.0, 2.0)]
    assert repeat(3, runs.pop).cpu == 2.0


def test_imports_are_those_of_a_command_that_did_its_work(tmp_path: Path) -> None:
    assert heavy_imports(tmp_path, "--help") == []
    with pytest.raises(RuntimeError, match="exit code 2"):
        heavy_imports(tmp_path, "check", str(tmp_path / "none.docx"))


def test_samples_are_made_anew_when_a_source_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "BUILD", tmp_path)
    source = tmp_path / "source"
    source.write_text("a")
    first = samples._folder(("--x",), (source,))
    assert samples._folder(("--x",), (source,)) == first
    assert samples._folder(("--y",), (source,)) != first
    source.write_text("b")
    assert samples._folder(("--x",), (source,)) != first


def test_a_sample_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text("raise SystemExit('no font')")
    with pytest.raises(RuntimeError, match="no font"):
        samples._run(script)


def test_gold_report_is_consistent_with_itself() -> None:
    assert run([sys.executable, validate.__file__], HERE).code == 0


def _perfect_gold() -> dict[str, Any]:
    """Passages of the report part with the labels of the gold report."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    paragraphs = [block for block in gold["report"] if block["type"] == "para"]
    passages = [
        {
            "id": block["id"],
            "document": "d1",
            "text": block["text"],
            "indicators": [{"id": block["indicator"], "score": 1.0}] if block["indicator"] else [],
            "aspect": block.get("aspect") or "none",
        }
        for block in paragraphs
    ]
    return {
        "documents": [{"id": "d1", "kind": "report"}],
        "years": {"reporting": ["2017", "2018", "2019"]},
        "passages": passages,
        "kpis": [],
        "coverage": [],
        "findings": [],
    }


def test_gold_scorer_gives_full_marks_to_the_labels() -> None:
    scores = score(json.loads(GOLD.read_text(encoding="utf-8")), _perfect_gold(), "report", 0)
    assert scores["text_recovered"] == 1.0
    assert scores["indicator"]["accuracy_at_1"] == 1.0
    assert scores["aspect"]["macro_f1"] == 1.0
    assert scores["kpi"]["values"]["recall"] == 0.0


def test_gold_entry_and_failure_become_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers = [(Run(1, 2.5, 3.0, 90.0, ""), _perfect_gold()), (Run(3, 0.4, 0.5, 20.0, "读不了"), None)]
    monkeypatch.setattr(evaluate, "_check", lambda sample, scratch: answers.pop(0))
    sample = Sample("styled", "docx", (), GOLD)
    entries = [evaluate._gold(sample, tmp_path), evaluate._gold(sample, tmp_path)]
    assert entries[0]["kinds"] == ["report"]
    text = to_markdown({"machine": evaluate.description(), "gold": entries})
    assert "| styled | docx | 1 | 1 |" in text  # text recovered, accuracy
    assert "| styled | docx | 3 | 读不了 |" in text


def test_what_is_not_labelled_has_no_score() -> None:
    entry = {"rendering": "styled", "format": "pdf", "parts": {}}
    entry["parts"] = {
        part: {"aspect": {"n": 0, "macro_f1": 0.0}, "text_recovered": 1.0} for part in samples.PARTS
    }
    text = to_markdown({"machine": evaluate.description(), "gold": [entry]})
    assert "aspect" not in text
    assert "| styled | pdf | 1 |" in text


def test_every_section_becomes_markdown() -> None:
    cost = {
        "rendering": "x",
        "format": "pdf",
        "cpu_s": 1.0,
        "wall_s": 1.0,
        "rss_mib": 5,
        "exit_code": 0,
        "runs": 3,
    }
    text = to_markdown(
        {
            "machine": evaluate.description(),
            "pdf": "skipped: soffice not here",
            "full": [{**cost, "reading": {"char": 0.99, "notes": None}, "assessment": {"kpi_f1": 0.5}}],
            "speed": [cost],
            "start": {"cpu": {"--help": {"cpu_s": 0.1, "exit_code": 0}}, "imports": {"check": ["numpy"]}},
            "real": {
                "passages": {"web, held out": {"accuracy_at_1": 0.5}},
                "documents": [{**cost, "passages": 77, "complete": True}],
            },
        }
    )
    for words in (
        "| char | 0.99 |",
        "| notes | – |",
        "| kpi_f1 | 0.5 |",
        "numpy",
        "| web, held out | 0.5 |",
        "soffice",
    ):
        assert words in text


def test_real_passages_are_skipped_where_they_are_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(real_passages, "SHARED", tmp_path)
    result = evaluate._real(tmp_path)
    assert isinstance(result, str) and "skipped: not here" in result
    assert result.strip() in to_markdown({"machine": evaluate.description(), "real": result})


def test_a_section_that_fails_is_told_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(scratch: Path) -> None:
        raise RuntimeError("no weights")

    monkeypatch.setattr(evaluate, "_real", broken)
    monkeypatch.setattr(evaluate, "_start", lambda scratch: {"cpu": {}, "imports": {"check": []}})
    monkeypatch.setattr("sys.argv", ["evaluate", "--only", "real", "start", "--out", str(tmp_path)])
    assert evaluate.main() == 1
    text = (tmp_path / "results.md").read_text(encoding="utf-8")
    assert "failed: RuntimeError: no weights" in text
    assert "imported by `ziping check`: none" in text
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["start"]["cpu"] == {}


def test_real_scores() -> None:
    def passage(indicator: str | None, *also: str) -> Labelled:
        return Labelled("", indicator, also, "none", "web", "a")

    passages = [passage("1.1.1", "1.1.2"), passage("7.1.1"), passage(None)]
    perfect = real_passages.score_real(passages, [("1.1.1",), ("7.1.1",), ()])
    assert perfect.pop("passages") == 3
    assert set(perfect.values()) == {1.0}
    scores = real_passages.score_real(passages, [("1.1.2", "1.1.1"), ("7.1.1",), ("1.1.1",)])
    assert (scores["accuracy_at_1"], scores["accuracy_at_1_lenient"], scores["accuracy_at_3"]) == (
        0.5,
        1.0,
        1.0,
    )
    assert (scores["item_accuracy"], scores["answered"], scores["left_unmapped"]) == (1.0, 1.0, 0.0)
    assert real_passages.score_real(passages, [(), (), ()])["answered"] == 0.0


def test_passages_are_judged_alone() -> None:
    """The labelled files are in the order of the indicators: neighbours would tell the answer."""
    from api.bootstrap import build_tools

    texts = [
        "公司每年开展顾客满意度调查，委托第三方对各细分顾客群进行测量。",
        "公司建立品牌发展规划，提高品牌知名度和美誉度。",
        "公司设立审计委员会，保证内外部审计的独立性。",
    ]
    tools = build_tools()
    together = real_passages.judge(texts, tools)
    assert [answer[0] for answer in together] == ["3.2.2", "1.1.2", "1.2.1"]
    assert real_passages.judge(texts[::-1], tools) == together[::-1]
    assert real_passages.judge(texts[:1], tools) == together[:1]
