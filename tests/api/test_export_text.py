import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.columns import COLUMNS, width
from api.export import wording
from api.export.json import to_json
from api.export.length import short_verdict, verdict
from api.export.text import to_text
from models import codec
from models.assessment import Assessment, LengthStatus, ReadingNote, UnreadableFile, Where
from tests.api.assessments import CRITERIA, empty_assessment, gold_assessment, only


def test_json_is_the_contract_and_always_the_same() -> None:
    text = to_json(gold_assessment())
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert "顾客满意度" in text and "\\u" not in text
    assert codec.from_json(Assessment, json.loads(text)) == gold_assessment()
    assert text == to_json(codec.from_json(Assessment, json.loads(text)))


def test_the_summary_names_parts_findings_coverage_and_what_to_open() -> None:
    text = to_text(gold_assessment(), CRITERIA)
    for wanted in ("自评报告.pdf", "上限 60,000", "文件第31-32页", "违反规定", "建议补充", "请核对"):
        assert wanted in text
    order = [text.index(wording.SEVERITIES[s]) for s in ("error", "warning", "note")]
    assert order == sorted(order)
    first = gold_assessment().findings[0]
    assert first.message in text.replace("\n     ", "")
    for chapter in CRITERIA.chapters:
        assert f"{chapter.id} {chapter.title}" in text
    assert "ziping open" in text.splitlines()[-2] + text.splitlines()[-1]


def test_the_summary_fits_a_plain_terminal() -> None:
    lines = to_text(gold_assessment(), CRITERIA).splitlines()
    assert max(map(width, lines)) <= COLUMNS
    assert len(lines) <= 100
    assert not any("\x1b" in line for line in lines)


def test_long_lists_say_how_much_is_left_out() -> None:
    whole = gold_assessment()
    warning = next(f for f in whole.findings if f.severity == "warning")
    others = tuple(replace(warning, advice=f"第 {n} 种做法。") for n in range(30))
    text = to_text(replace(whole, findings=others), CRITERIA)
    assert "建议补充（30 条）" in text
    assert text.replace("\n     ", "").count(warning.message) == 4
    assert "…另有 26 条，见 HTML" in text


def test_what_breaks_a_rule_is_named_even_if_it_is_often() -> None:
    whole = gold_assessment()
    error = next(f for f in whole.findings if f.severity == "error")
    others = tuple(replace(error, advice=f"第 {n} 种做法。") for n in range(6))
    text = to_text(replace(whole, findings=others), CRITERIA)
    assert text.replace("\n     ", "").count(error.message) == 6


def test_the_first_screen_holds_fifteen_lines_above_a_note() -> None:
    whole = gold_assessment()
    each = [
        replace(finding, check=f"{finding.check}-{n}")
        for finding in whole.findings
        if finding.severity != "note"
        for n in range(9)
    ]
    text = to_text(replace(whole, findings=tuple(each)), CRITERIA)
    above = text[text.index("违反规定（") : text.index("覆盖情况")]
    assert len([line for line in above.splitlines() if line[:3].strip().isdigit() and line[3] == "."]) == 15


def test_a_fault_made_often_does_not_hide_the_others() -> None:
    whole = gold_assessment()
    often = next(f for f in whole.findings if f.severity == "warning")
    rare = replace(often, check="rare", message="另一种情形。")
    assert "另一种情形。" in to_text(replace(whole, findings=(*(often,) * 30, rare)), CRITERIA)


def test_advice_that_was_just_given_is_not_repeated() -> None:
    whole = gold_assessment()
    warning = next(f for f in whole.findings if f.severity == "warning")
    text = to_text(replace(whole, findings=(warning,) * 3), CRITERIA)
    assert text.replace("\n     ", "").count(warning.advice) == 1


def test_two_series_of_one_table_are_one_place() -> None:
    whole = gold_assessment()
    warning = next(f for f in whole.findings if f.severity == "warning" and f.where and f.where[0].passage)
    (place,) = warning.where[:1]
    twice = replace(warning, where=(place, replace(place, kpi="另一个指标")))
    assert " 处\n" not in to_text(replace(whole, findings=(twice,)), CRITERIA)
    assert "等 2 处\n" in to_text(replace(whole, findings=(replace(warning, where=_apart(whole)),)), CRITERIA)


def _apart(whole: Assessment) -> tuple[Where, ...]:
    """Two passages."""
    return tuple(Where(passage=passage.id) for passage in whole.passages[:2])


def test_a_finding_of_another_part_names_it() -> None:
    text = to_text(gold_assessment(), CRITERIA)
    assert "［年度自我评价报告］未找到回答“7.1 产品和服务结果”" in text


def test_nothing_to_do_is_said() -> None:
    assert "没有需要处理的事项" in to_text(empty_assessment(), CRITERIA)
    assert "未能判断，可用 --years 指定" in to_text(empty_assessment(), CRITERIA)


def test_an_unreadable_file_is_said() -> None:
    broken = replace(only("report"), unreadable=(UnreadableFile("坏.docx", "文件不完整。"),))
    assert "坏.docx：文件不完整。" in to_text(broken, CRITERIA)


@pytest.mark.parametrize(
    ("status", "count", "pictures", "said"),
    [
        ("within", 50_000, 0, "在限额内：按最严的口径还有 9,900 字"),
        ("within", 50_000, 3, "另有 3 张图片中的文字无法计数"),
        ("near", 59_000, 0, "接近"),
        ("depends", 60_000, 0, "取决于计数口径"),
        ("over", 61_000, 0, "也超出 900 字"),
    ],
)
def test_verdicts_on_length(status: LengthStatus, count: int, pictures: int, said: str) -> None:
    length = replace(
        only("report").documents[0].length,
        status=status,
        count=count,
        range=(count - 100, count + 100),
        uncounted_pictures=pictures,
    )
    assert said in verdict(length)
    if pictures:
        assert "在限额内" not in verdict(length) + short_verdict(length)


def test_a_part_without_a_limit_has_no_verdict() -> None:
    length = replace(only("report").documents[0].length, limit=None, status="none")
    assert "没有为这一部分设字数上限" in verdict(length)
    assert short_verdict(length) == "未设上限"


@pytest.mark.parametrize(
    ("number", "label", "exact", "said"),
    [
        (96, "88", True, "第88页（文件第96页）"),
        (96, "96", True, "第96页"),
        (96, None, True, "第96页"),
        (96, None, False, "约第96页"),
        (96, "88", False, "约第88页（文件第96页）"),
        (None, None, False, ""),
    ],
)
def test_pages(number: int | None, label: str | None, exact: bool, said: str) -> None:
    assert wording.page(number, label, exact=exact) == said


def test_a_passage_without_a_page_is_found_by_its_paragraph() -> None:
    passage = next(p for p in gold_assessment().passages if p.page is None)
    assert wording.place(passage) == f"第{passage.paragraph}段"


def test_certainty_in_words() -> None:
    assert [wording.certainty(s) for s in (0.8, 0.79, 0.55, 0.54)] == ["确定", "较可能", "较可能", "待确认"]


@given(st.lists(st.integers(1, 400), max_size=60))
def test_page_lists_name_every_page_once(pages: list[int]) -> None:
    named: list[int] = []
    for run in filter(None, wording.page_list(tuple(pages)).split("、")):
        first, _, last = run.partition("-")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(set(pages))


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 4)))
def test_figures_lose_nothing(value: float) -> None:
    assert float(wording.figure(value).replace(",", "")) == pytest.approx(value, abs=1e-6)


def test_what_bears_on_the_whole_reading_is_said() -> None:
    assessment = only("report")
    notes = (
        ReadingNote("image-only", '第 3 页只有图片；请安装文字识别组件：pip install "ziping[ocr]"。', 3),
        ReadingNote("page-limit", "第 9 页的内容超过单页上限。", 9),
    )
    report = replace(assessment.documents[0], notes=notes)
    text = "".join(to_text(replace(assessment, documents=(report,)), CRITERIA).split())
    assert 'pipinstall"ziping[ocr]"' in text
    assert "单页上限" not in text
