"""``ziping checks``, and ``ziping check`` with an office's settings or without some checks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import main
from api.columns import COLUMNS, width
from api.export.wording import SEVERITIES
from mapping.checks import Rulebook, shipped_rules
from mapping.checks.rulebook import SHIPPED
from tests.conftest import ROOT

DOCS = ROOT / "docs" / "checks.md"
START, END = "<!-- checks -->\n", "<!-- /checks -->\n"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(arguments)
    streams = capsys.readouterr()
    return code, streams.out + streams.err


def test_the_list_names_every_check_once_under_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "checks")
    assert code == 0
    lines = text.splitlines()
    places = [next(n for n, line in enumerate(lines) if line.startswith(t)) for t in SEVERITIES.values()]
    for rule in shipped_rules().values():
        (at,) = [n for n, line in enumerate(lines) if line.split()[:1] == [rule.id]]
        assert rule.title in lines[at]
        assert sum(place < at for place in places) == list(SEVERITIES).index(rule.severity) + 1
    assert max(map(width, lines)) <= COLUMNS
    assert f"共 {len(shipped_rules())} 项" in text


def test_one_check_is_shown_with_all_its_words_and_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "checks", "show", "kpi-conflict")
    rule = shipped_rules()["kpi-conflict"]
    told = re.sub(r"\s", "", text)
    assert code == 0
    for words in (rule.title, rule.source, *(s.message for s in rule.sayings.values())):
        assert re.sub(r"\s", "", words) in told
    assert told.count(re.sub(r"\s", "", rule.sayings["usual"].advice)) == 1
    assert "lines=10" in told


def test_an_id_that_is_none_gets_the_nearest_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "checks", "show", "lenght-over")
    assert code == 2
    assert "length-over" in text


def test_the_shipped_file_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "检查.toml"
    assert said(capsys, "checks", "--write", str(path))[0] == 0
    assert path.read_bytes() == SHIPPED.read_bytes()
    path.write_text("[length-over]\noff = true\n", encoding="utf-8")
    code, text = said(capsys, "checks", "--write", str(path))
    assert code == 2 and "已经存在" in text
    assert path.read_text(encoding="utf-8") == "[length-over]\noff = true\n"


def test_the_office_sees_its_own_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "检查.toml"
    path.write_text('[length-over]\noff = true\n[kpi-no-unit]\nseverity = "note"\n', encoding="utf-8")
    _, text = said(capsys, "checks", "--checks", str(path))
    assert "字数超过上限（停用）" in text and "其中停用 1 项" in text
    assert "请核对" in said(capsys, "checks", "show", "kpi-no-unit", "--checks", str(path))[1]


@pytest.fixture(scope="module")
def overview() -> str:
    return str(ROOT / "examples" / "组织概述.docx")


def checks_raised(overview: str, folder: Path, *more: str) -> dict[str, str]:
    output = folder / "out.json"
    main(["check", overview, *more, "--format", "json", "--output", str(output)])
    record = json.loads(output.read_text(encoding="utf-8"))
    return {finding["check"]: finding["message"] for finding in record["findings"]}


def test_check_leaves_out_what_it_is_told_to(overview: str, tmp_path: Path) -> None:
    whole = checks_raised(overview, tmp_path)
    assert "part-missing" in whole
    without = checks_raised(
        overview, tmp_path, "--without", "part-missing，kpi-no-unit", "--without", "length-over"
    )
    assert set(without) == set(whole) - {"part-missing", "kpi-no-unit", "length-over"}


def test_check_speaks_in_the_words_of_the_office(overview: str, tmp_path: Path) -> None:
    path = tmp_path / "检查.toml"
    path.write_text('[part-missing]\nmessage = "没有收到{title}。"\n', encoding="utf-8")
    assert checks_raised(overview, tmp_path, "--checks", str(path))["part-missing"].startswith("没有收到")


def test_a_check_that_is_none_cannot_be_left_out(overview: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "check", overview, "--without", "length-ovr")
    assert code == 2 and "length-over" in text


def docs_table(rules: Rulebook) -> str:
    lines = []
    for severity, title in SEVERITIES.items():
        lines += [f"\n### {title}\n", "| 编号 | 查什么 | 依据 |", "|--|--|--|"]
        lines += [
            f"| `{one.id}` | {one.title} | {one.source} |"
            for one in rules.values()
            if one.severity == severity
        ]
    return "\n".join(lines).lstrip("\n") + "\n"


def test_the_table_of_the_docs_is_the_registry(golden: Callable[[Path, str], None]) -> None:
    text = DOCS.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    golden(DOCS, f"{before}{START}{docs_table(shipped_rules())}{END}{after}")
