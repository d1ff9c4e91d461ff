"""`ziping check` from files to findings, as a user runs it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from lxml import etree

from api.cli import main
from models.assessment import Assessment
from models.codec import from_json, schema
from tests.conftest import ROOT

FILES = ("组织概述.docx", "自评报告.docx", "年度自我评价报告.docx")
GOLDEN = ROOT / "tests" / "data" / "年度自我评价报告.expected.json"
HEAVY = ("torch", "sentence_transformers", "transformers", "sklearn", "scipy", "pandas")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The example submission as JSON."""
    return check(tmp_path_factory.mktemp("checked"), *(ROOT / "examples" / name for name in FILES))


def check(folder: Path, *files: Path, expect: tuple[int, ...] = (0, 1)) -> dict[str, Any]:
    output = folder / "out.json"
    code = main(["check", *map(str, files), "--format", "json", "--output", str(output)])
    assert code in expect
    result: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return result


def test_parts_and_years_are_found_from_the_content(checked: dict[str, Any]) -> None:
    documents = checked["documents"]
    assert [(d["id"], d["kind"]) for d in documents] == [
        ("d1", "overview"),
        ("d2", "report"),
        ("d3", "annual"),
    ]
    assert checked["years"] == {"reporting": ["2017", "2018", "2019"], "from": "inferred"}


def test_result_fits_the_schema_and_reads_back(checked: dict[str, Any]) -> None:
    jsonschema.validate(checked, schema(Assessment))
    assert len(from_json(Assessment, checked).coverage) == 5 + 57 + 57


def test_all_text_of_the_passages_is_where_it_says(checked: dict[str, Any]) -> None:
    assert len({p["id"] for p in checked["passages"]}) == len(checked["passages"])
    known = {d["id"] for d in checked["documents"]}
    assert {p["document"] for p in checked["passages"]} == known


def test_lengths_add_up(checked: dict[str, Any]) -> None:
    for document in checked["documents"]:
        length = document["length"]
        assert length["count"] == sum(length["by_part"].values()) > 0
        assert length["range"][0] <= length["count"] <= length["range"][1]
        assert document["ledger"]["complete"]


def test_planted_gaps_are_found(checked: dict[str, Any]) -> None:
    """The report leaves out 1.2.2, 2.2.2, 4.2.1 and 7.4.5, and a third year of four KPIs."""
    found = [(f["check"], f["subject"]) for f in checked["findings"]]
    missing = {subject for check, subject in found if check == "indicator-missing"}
    assert len(missing & {"1.2.2", "2.2.2", "4.2.1", "7.4.5"}) >= 3
    short = {subject for check, subject in found if check == "kpi-under-three-years"}
    assert {"代码自动化扫描覆盖率", "知识复用率", "巡检自动化覆盖率"} <= short


def test_references_in_findings_lead_somewhere(checked: dict[str, Any]) -> None:
    passages = {p["id"] for p in checked["passages"]}
    kpis = {k["id"] for k in checked["kpis"]}
    places = [where for finding in checked["findings"] for where in finding["where"]]
    assert places
    assert {w["passage"] for w in places} - {None} <= passages
    assert {w["kpi"] for w in places} - {None} <= kpis


def test_same_files_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    files = [str(ROOT / "examples" / name) for name in (FILES[0], FILES[2])]
    outputs = [tmp_path / "a.json", tmp_path / "b.json"]
    for output, order in zip(outputs, (files, files[::-1]), strict=True):
        main(["check", *order, "--format", "json", "--output", str(output)])
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def test_golden(tmp_path: Path, golden: Callable[[Path, str], None], request: pytest.FixtureRequest) -> None:
    """The whole JSON of the yearly report. Scores may differ by rounding from machine to machine."""
    result = check(tmp_path, ROOT / "examples" / FILES[2])
    if request.config.getoption("--renew"):
        golden(GOLDEN, json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    assert_alike(result, json.loads(GOLDEN.read_text(encoding="utf-8")), "")


def assert_alike(one: Any, other: Any, place: str) -> None:
    """Equal, but for 0.002 between numbers with a fraction."""
    if isinstance(one, dict) and isinstance(other, dict):
        assert list(one) == list(other), place
        for key in one:
            assert_alike(one[key], other[key], f"{place}/{key}")
    elif isinstance(one, list) and isinstance(other, list):
        assert len(one) == len(other), place
        for n, (left, right) in enumerate(zip(one, other, strict=True)):
            assert_alike(left, right, f"{place}/{n}")
    elif isinstance(one, float) or isinstance(other, float):
        assert one == pytest.approx(other, abs=0.002), place
    else:
        assert one == other, place


def test_the_pdf_says_the_same_as_the_docx(tmp_path: Path, checked: dict[str, Any]) -> None:
    pdf = check(tmp_path, ROOT / "examples" / "自评报告.pdf")
    counts = [
        next(d for d in r["documents"] if d["kind"] == "report")["length"]["count"] for r in (pdf, checked)
    ]
    assert counts[0] == pytest.approx(counts[1], rel=0.005)
    assert all(p["page"] and p["page_exact"] for p in pdf["passages"])


def test_every_format_at_once_and_the_summary_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formats = [word for kind in ("text", "json", "html", "xlsx") for word in ("--format", kind)]
    code = main(["check", str(ROOT / "examples" / FILES[0]), *formats, "--output", str(tmp_path / "结果")])
    said = capsys.readouterr()
    assert code in (0, 1)
    names = ["ziping.html", "ziping.json", "ziping.txt", "ziping.xlsx"]
    assert sorted(file.name for file in (tmp_path / "结果").iterdir()) == names
    assert all(name in said.err for name in names)
    assert FILES[0] in said.out
    openpyxl.load_workbook(tmp_path / "结果" / "ziping.xlsx")


def test_a_value_on_the_page_leads_to_the_cell_it_was_read_from(tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    main(["check", str(ROOT / "examples" / FILES[2]), "--format", "html", "--output", str(page)])
    tree = etree.fromstring(page.read_bytes())
    cells = {cell.get("id"): cell.text or "" for cell in tree.iter("{*}td") if cell.get("id")}
    links = [link for link in tree.iter("{*}a") if link.get("class") == "v"]
    assert len(links) == 18
    for link in links:
        assert cells[link.get("href", "").removeprefix("#")] == link.text


@pytest.mark.parametrize(
    ("formats", "output", "said"),
    [
        (("json", "html"), None, "--output"),
        (("xlsx",), None, "--output"),
        (("json", "html"), "file.json", "须是文件夹"),
        (("json",), "file.json/out.json", "不能写入"),
    ],
)
def test_formats_and_output_that_do_not_go_together(
    formats: tuple[str, ...],
    output: str | None,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file.json").write_text("{}")
    words = [word for kind in formats for word in ("--format", kind)]
    words += ["--output", output] if output else []
    assert main(["check", str(ROOT / "examples" / FILES[0]), *words]) == 2
    assert said in capsys.readouterr().err
    assert Path("file.json").read_text() == "{}"


def bad_files(folder: Path) -> dict[str, Path]:
    """One file of each kind that offices send and nobody can read."""
    docx, pdf = ROOT / "examples" / FILES[0], ROOT / "examples" / "自评报告.pdf"
    made = {
        "text.docx": "这是一个文本文件。".encode(),
        "empty.docx": b"",
        "truncated.docx": docx.read_bytes()[: docx.stat().st_size // 2],
        "truncated.pdf": pdf.read_bytes()[: pdf.stat().st_size // 2],
        "old.docx": bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096,
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in made}


@pytest.mark.parametrize("name", ["text.docx", "empty.docx", "truncated.docx", "truncated.pdf", "old.docx"])
def test_bad_file_is_one_sentence_and_exit_code_3(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bad_files(tmp_path)[name]
    assert main(["check", str(path)]) == 3
    error = capsys.readouterr().err
    assert name in error
    assert re.search(r"[\u4e00-\u9fff]", error)
    assert "Traceback" not in error
    assert error.count("\n") == 1


def test_missing_path_is_exit_code_2_and_the_others_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = check(tmp_path, tmp_path / "无.docx", ROOT / "examples" / FILES[0], expect=(2,))
    assert [d["kind"] for d in result["documents"]] == ["overview"]
    assert "无.docx" in capsys.readouterr().err


def test_bad_file_beside_good_ones_is_recorded(tmp_path: Path) -> None:
    bad = bad_files(tmp_path)["truncated.pdf"]
    result = check(tmp_path, bad, ROOT / "examples" / FILES[0], expect=(3,))
    assert [f["filename"] for f in result["unreadable"]] == ["truncated.pdf"]
    assert "file-unreadable" in {f["check"] for f in result["findings"]}


def test_same_file_twice_is_read_once(tmp_path: Path) -> None:
    copy = tmp_path / "副本.docx"
    shutil.copy(ROOT / "examples" / FILES[0], copy)
    result = check(tmp_path, copy, ROOT / "examples" / FILES[0])
    assert len(result["documents"]) == 1


def test_years_and_kind_that_are_given_are_used(tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    words = ["--years", "2018-2020", "--kind", "annual", "--format", "json", "--output", str(output)]
    main(["check", str(ROOT / "examples" / FILES[2]), *words])
    result = json.loads(output.read_text(encoding="utf-8"))
    assert result["years"] == {"reporting": ["2018", "2019", "2020"], "from": "given"}
    assert result["documents"][0]["kind_from"] == "given"


def test_bounds_that_are_given_cut_the_file(tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    words = ["--parts", "overview=0-3,report=4-9", "--format", "json", "--output", str(output)]
    main(["check", str(ROOT / "examples" / FILES[0]), *words])
    result = json.loads(output.read_text(encoding="utf-8"))
    assert [d["kind"] for d in result["documents"]] == ["overview", "report", "other"]
    assert result["documents"][1]["blocks"] == [4, 9]


def test_check_imports_nothing_heavy() -> None:
    code = (
        "import sys; from api.cli import main\n"
        f"main(['check', 'examples/{FILES[0]}', '--format', 'json'])\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stderr.strip() == "[]"


def test_help_imports_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; from api.cli import main\n"
        "try:\n    main(['check', '--help'])\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('numpy', 'lxml', 'docx', 'faiss', 'jieba', 'jinja2') if m in sys.modules],"
        " file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stderr.strip() == "[]"
