"""Answers and drafts from files to outputs, as a person uses them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from api.cli import main
from api.export.html import to_html
from api.export.json import to_json
from api.export.text import to_text
from api.stored import stored_assessment
from mapping.correction_passages import recover
from mapping.criteria import load_criteria
from models.answers_file import read_answers, write_answers
from models.assessment import Assessment
from models.codec import from_json
from tests.conftest import ROOT

REPORT = ROOT / "examples" / "自评报告.docx"
CRITERIA = load_criteria()


def documented() -> str:
    """The example in docs/answers.md."""
    text = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    return str(block)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example report as JSON, nothing answered."""
    output = tmp_path_factory.mktemp("read") / "旧稿.json"
    assert main(["check", str(REPORT), "--format", "json", "--output", str(output)]) in (0, 1)
    return output


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every output of the example report with the documented answers."""
    folder = tmp_path_factory.mktemp("answered")
    (folder / "答复.toml").write_text(documented(), encoding="utf-8")
    formats = [word for kind in ("json", "html", "xlsx", "docx") for word in ("--format", kind)]
    answers = ["--answers", str(folder / "答复.toml")]
    assert main(["check", str(REPORT), *answers, *formats, "--output", f"{folder}/"]) in (0, 1)
    return folder


def loaded(path: Path) -> Assessment:
    return from_json(Assessment, json.loads(path.read_text(encoding="utf-8")))


def test_the_documented_answers_all_apply(answered: Path, read: Path) -> None:
    before, after = loaded(read), loaded(answered / "ziping.json")
    assert [(reply.applied, reply.message) for reply in after.answers if not reply.applied] == []
    assert len(after.answers) == len(read_answers(tomllib.loads(documented())))
    rows = {row.indicator: row for row in after.coverage}
    assert rows["4.2.1"].status == "not_applicable"
    gone = {finding.id for finding in before.findings} - {finding.id for finding in after.findings}
    assert "f-594bc9ad49" in gone
    assert not [f for f in after.findings if f.check == "indicator-missing" and f.subject == "4.2.1"]
    assert "k-26ea937bb3" not in {series.id for series in after.kpis}


def test_the_sentence_is_printed_in_every_output(answered: Path) -> None:
    sentence = "资金运作情况见证实性材料附件三的审计报告。"
    assert sentence in (answered / "ziping.html").read_text(encoding="utf-8")
    assert sentence in to_text(loaded(answered / "ziping.json"), CRITERIA).replace("\n     ", "")
    book = openpyxl.load_workbook(answered / "ziping.xlsx")
    for sheet in ("覆盖", "已作的说明与更正"):
        assert any(sentence in str(cell.value) for row in book[sheet].iter_rows() for cell in row)


def test_without_answers_the_outputs_name_none(read: Path) -> None:
    assessment = loaded(read)
    assert "已作的说明与更正" not in to_html(assessment, CRITERIA) + to_text(assessment, CRITERIA)
    assert to_json(assessment) == read.read_text(encoding="utf-8")


def test_rows_made_anew_from_the_stored_passages_are_those_of_the_reading(read: Path) -> None:
    assessment = loaded(read)
    flipped = tuple(replace(passage, learning=not passage.learning) for passage in assessment.passages)
    assert recover(assessment, replace(assessment, passages=flipped), CRITERIA) == assessment.coverage


def test_the_template_lists_every_finding_and_answers_with_a_mark_taken_away(
    read: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answers", str(read)]) == 0
    template = capsys.readouterr().out
    assert tomllib.loads(template) == {}
    entries = "\n".join(
        line.removeprefix("# ")
        for line in template.splitlines()
        if re.match(r"# (\[\[finding|id = \"f-|answer = \"已处理)", line)
    )
    answers = read_answers(tomllib.loads(entries))
    assert [a.id for a in answers] == [f.id for s in ("error", "warning", "note")
                                       for f in loaded(read).findings if f.severity == s]  # fmt: skip


def test_answers_given_stand_in_the_template_of_an_answered_result(
    answered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answers", str(answered / "ziping.json")]) == 0
    again = read_answers(tomllib.loads(capsys.readouterr().out))
    assert again == read_answers(tomllib.loads(documented()))


def test_an_answer_that_no_longer_applies_is_said_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = '[[passage]]\nid = "p-gone"\nanswer = "无关"\n'
    strange = '[[node]]\nid = "9.9"\nanswer = "不适用"\nsentence = "无。"\n'
    (tmp_path / "答复.toml").write_text(gone + strange, encoding="utf-8")
    overview = ROOT / "examples" / "组织概述.docx"
    assert main(["check", str(overview), "--answers", str(tmp_path / "答复.toml")]) in (0, 1)
    told = capsys.readouterr()
    assert "p-gone" in told.err and "评价准则中没有“9.9”" in told.err
    assert "［未采用］" in told.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[node]\n", "不是合法的 TOML"),
        ('[[node]]\nid = "1.1"\n', "第 1 条条目答复"),
        (None, "找不到答复文件"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(
    text: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "答复.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert main(["check", str(REPORT), "--answers", str(file)]) == 2
    assert said in capsys.readouterr().err


def test_two_drafts_from_stored_results(
    read: Path, answered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = loaded(read)
    kept = tuple(p for p in old.passages if p.id != old.passages[1].id)
    new = tmp_path / "新稿.json"
    new.write_text(to_json(replace(old, passages=kept)), encoding="utf-8")
    assert main(["diff", str(read), str(new), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (row,) = told["indicators"]
    assert [change["kind"] for change in row["passages"]] == ["removed"]
    carry = tmp_path / "新答复.toml"
    page = tmp_path / "两稿.html"
    stored = str(answered / "ziping.json")
    asked = ["diff", stored, str(new), "--format", "html", "--output", str(page), "--carry", str(carry)]
    assert main(asked) == 0
    carried = read_answers(tomllib.loads(carry.read_text(encoding="utf-8")))
    given = read_answers(tomllib.loads(documented()))
    assert carried == tuple(answer for answer in given if answer.verdict != "done")
    assert "对旧稿的答复中有 6 条" in page.read_text(encoding="utf-8")
    assert write_answers(carried) == carry.read_text(encoding="utf-8")


def test_results_written_before_findings_had_ids_get_them(read: Path, tmp_path: Path) -> None:
    data = json.loads(read.read_text(encoding="utf-8"))
    older = tmp_path / "旧.json"
    plain = [{key: value for key, value in f.items() if key != "id"} for f in data["findings"]]
    older.write_text(json.dumps({**data, "findings": plain}), encoding="utf-8")
    assert stored_assessment(older) == loaded(read)


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.write_text("[1, 2]")])
def test_what_is_no_stored_result_is_refused(
    make: Callable[[Path], object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "稿.json"
    make(path)
    assert main(["diff", str(path), str(path)]) == 2
    assert "稿.json" in capsys.readouterr().err
