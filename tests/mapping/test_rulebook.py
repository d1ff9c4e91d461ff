"""The data file of the checks, and an office's file laid over it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from mapping.checks import all_checks, load_rules, run_checks, shipped_rules
from mapping.checks.rule import SEVERITIES
from models.assessment import Finding
from models.errors import UsageError
from tests.mapping.readings import CRITERIA, assessment, document, length

OVER = assessment(documents=[document(measured=length("over", 60_900))])


def office(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "检查.toml"
    path.write_text(text, encoding="utf-8")
    return path


def over(path: Path | None = None) -> list[Finding]:
    return [f for f in run_checks(OVER, CRITERIA, load_rules(path)) if f.check == "length-over"]


def test_every_check_has_its_table_and_every_table_its_check() -> None:
    assert {one.id for one in all_checks()} == set(shipped_rules())


@pytest.mark.parametrize("rule", shipped_rules().values(), ids=lambda rule: rule.id)
def test_titles_are_a_few_words_of_chinese_and_sources_name_their_paragraph(rule: object) -> None:
    known = shipped_rules()[rule.id]  # type: ignore[attr-defined]
    assert re.search("[\u4e00-\u9fff]", known.title) and len(known.title) <= 20
    assert re.search(r"C\d\d", known.source)
    for said in known.sayings.values():
        assert said.message.endswith(("。", "）", "}")) and said.advice.endswith("。")
        assert not re.search("缺失|扣分|失分", said.message + said.advice)


def test_nothing_is_changed_where_no_file_is_given() -> None:
    assert load_rules(None) is shipped_rules()


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert load_rules(office(tmp_path, "")) == shipped_rules()


def test_only_what_the_office_writes_is_changed(tmp_path: Path) -> None:
    (own,) = over(office(tmp_path, '[length-over]\nadvice = "请压缩 {surplus} 字。"'))
    (shipped,) = over()
    assert own.advice == "请压缩 800 字。"
    assert replace(own, advice=shipped.advice) == shipped
    others = dict(load_rules(office(tmp_path, '[length-over]\nadvice = "请压缩。"')))
    del others["length-over"]
    assert all(others[identity] == shipped_rules()[identity] for identity in others)


def test_a_severity_that_the_office_lowers_holds(tmp_path: Path) -> None:
    (found,) = over(office(tmp_path, '[length-over]\nseverity = "note"'))
    assert found.severity == "note"


def test_a_finding_never_says_more_than_its_rule() -> None:
    rule = shipped_rules()["kpi-worsening"]
    for severity in SEVERITIES:
        told = rule.finding("d1", "x", severity=severity, name="x", change="", good="", values="")
        assert told.severity == ("note" if severity == "note" else "warning")


def test_a_check_that_is_off_says_nothing(tmp_path: Path) -> None:
    assert over(office(tmp_path, "[length-over]\noff = true")) == []
    assert len(over(office(tmp_path, "[length-over]\noff = false"))) == 1


def test_a_threshold_of_the_office_holds(tmp_path: Path) -> None:
    rules = load_rules(office(tmp_path, "[kpi-conflict.numbers]\nlines = 3"))
    assert rules["kpi-conflict"].numbers == {**shipped_rules()["kpi-conflict"].numbers, "lines": 3.0}


def test_wordings_of_a_case_can_be_changed_alone(tmp_path: Path) -> None:
    rules = load_rules(office(tmp_path, '[kpi-year-gap.other.ends]\nmessage = "止于{end}年。"'))
    sayings = rules["kpi-year-gap"].sayings
    assert sayings["ends"].message == "止于{end}年。"
    assert sayings["ends"].advice == shipped_rules()["kpi-year-gap"].sayings["ends"].advice
    assert sayings["usual"] == shipped_rules()["kpi-year-gap"].sayings["usual"]


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "检查.toml"
    path.write_bytes("\ufeff[length-over]\r\noff = true\r\n".encode())
    assert load_rules(path)["length-over"].off


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[length-oevr]\noff = true", "没有名为 length-oevr 的检查"),
        ("length-over = 3", "length-over 应为表 [length-over]"),
        ('[length-over]\nseverty = "note"', "length-over.severty 不是可以设置的内容"),
        ('[length-over]\nseverity = "low"', "length-over.severity 应为 error、warning、note 之一"),
        ('[length-over]\nseverity = ["note"]', "length-over.severity 应为 error、warning、note 之一"),
        ('[length-over]\noff = "是"', "length-over.off 应为 true 或 false"),
        ('[length-over]\nmessage = "超过 {limit 字。"', "length-over.message 的花括号不成对"),
        ('[length-over]\nmessage = "超过 {limits} 字。"', "length-over.message 中的 {limits} 没有对应的内容"),
        ('[length-over]\nmessage = "{title.x}"', "length-over.message 中的 {title.x} 没有对应的内容"),
        ('[length-over]\nmessage = "{limit:甲}"', "length-over.message 中的 {limit:甲} 没有对应的内容"),
        ('[length-over]\nmessage = "{}"', "length-over.message 中的 {} 没有对应的内容"),
        ('[length-over]\nadvice = "  "', "length-over.advice 应为一句话"),
        ("[length-over]\nadvice = 3", "length-over.advice 应为一句话"),
        ("[kpi-conflict.numbers]\nline = 3", "kpi-conflict.numbers.line 不是可以设置的内容"),
        ('[kpi-conflict.numbers]\nlines = "三"', "kpi-conflict.numbers.lines 应为数"),
        ("[kpi-conflict.numbers]\nlines = true", "kpi-conflict.numbers.lines 应为数"),
        ("[kpi-conflict]\nnumbers = 3", "kpi-conflict.numbers 不是可以设置的内容"),
        ('[kpi-year-gap.other.end]\nmessage = "x"', "kpi-year-gap.other.end 不是可以设置的内容"),
        ('[kpi-year-gap.other.ends]\ntitle = "x"', "kpi-year-gap.other.ends 不是可以设置的内容"),
        ('[kpi-year-gap.other.ends]\nmessage = "{years}"', "中的 {years} 没有对应的内容"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        load_rules(office(tmp_path, text))
    assert said in raised.value.message
    assert raised.value.message.endswith("请按 docs/checks.md 的说明修改。")


@pytest.mark.parametrize(
    "content", [b"[length-over", b"\xff\xfe[", "severity = 低".encode(), b"a = " + b"[" * 5000]
)
def test_what_is_no_toml_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "检查.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="不是有效的 TOML"):
        load_rules(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到检查设置文件"):
        load_rules(tmp_path / "没有.toml")
    with pytest.raises(UsageError, match="无法读取检查设置文件"):
        load_rules(tmp_path)


def test_changes_of_a_round_come_after_the_file(tmp_path: Path) -> None:
    path = office(tmp_path, "[length-over]\noff = true")
    assert not load_rules(path, {"length-over": {"off": False}})["length-over"].off
    with pytest.raises(UsageError, match="本轮次的检查设置有误"):
        load_rules(None, {"length-oevr": {"off": True}})
