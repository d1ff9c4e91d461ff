"""The command line: what may be asked, and one sentence in Chinese for what may not."""

from __future__ import annotations

import pytest

from api.arguments import build_parser
from api.cli import main, worst
from models.errors import UsageError


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2017-2019", ("2017", "2018", "2019")),
        ("2017—2019", ("2017", "2018", "2019")),
        ("2019,2017，2018", ("2017", "2018", "2019")),
        ("2019", ("2019",)),
    ],
)
def test_years(text: str, years: tuple[str, ...]) -> None:
    assert build_parser().parse_args(["check", "a.docx", "--years", text]).years == years


def test_parts() -> None:
    asked = build_parser().parse_args(["check", "a.docx", "--parts", "overview=12-140,report=141-803"])
    assert asked.parts == {"overview": (12, 140), "report": (141, 803)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "缺少参数"),
        (["check", "a.docx", "--nonsense"], "不认识的参数：--nonsense"),
        (["check", "a.docx", "--kind", "essay"], "--kind 不能是 'essay'"),
        (["check", "a.docx", "--years"], "--years 后面缺少一个值"),
        (["check", "a.docx", "--years", "三年"], "“三年”不是年份"),
        (["check", "a.docx", "--years", "2019-2017"], "不是年份"),
        (["check", "a.docx", "--parts", "overview"], "不合格式"),
        (["check", "a.docx", "--parts", "cover=1-2"], "不合格式"),
        (["check", "a.docx", "--parts", "report=1-2,report=3-4"], "不合格式"),
        (["check", "a.docx", "--format", "word"], "不能是 'word'"),
        (["chek"], "不能是 'chek'"),
        (["criteria", "show"], "缺少参数"),
    ],
)
def test_wrong_use_is_one_chinese_sentence_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match=said):
        build_parser().parse_args(arguments)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert "argument" not in error


@pytest.mark.parametrize(
    ("codes", "code"),
    [([0, 0, 0], 0), ([0, 0, 1], 1), ([0, 3, 1], 3), ([2, 3, 1], 2), ([2, 0, 0], 2), ([], 0)],
)
def test_the_exit_code_that_wins(codes: list[int], code: int) -> None:
    assert worst(codes) == code


def test_exit_codes_are_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", "--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：")
    assert all(f"\n  {code}  " in text for code in (0, 1, 2, 3))


def test_nothing_asked_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "check" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("ziping 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["criteria", "--criteria", "f.json", "show", "1.1"],
        ["criteria", "show", "1.1", "--criteria", "f.json"],
    ],
)
def test_criteria_file_may_be_named_on_either_side_of_show(arguments: list[str]) -> None:
    asked = build_parser().parse_args(arguments)
    assert (asked.criteria, asked.node) == ("f.json", "1.1")
