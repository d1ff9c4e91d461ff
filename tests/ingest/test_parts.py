"""Parts of a submission: one volume or several files, titled or not, and bounds a person gives."""

from __future__ import annotations

import pytest

from ingest.parts import bare_title, find_parts, given_parts
from mapping.criteria import load_criteria
from models.document import Block, Document
from models.errors import UsageError
from tests.documents import Spec, document, heading, paragraph

CRITERIA = load_criteria()
BODY = paragraph("公司建立了覆盖全过程的质量管理制度。" * 5)


def kinds(made: Document) -> list[tuple[str, int, int]]:
    return [(p.kind, p.first, p.last) for p in find_parts(made, CRITERIA)]


def test_volume_is_cut_at_the_titles_of_its_parts() -> None:
    volume = document(
        [
            paragraph("某某公司"),
            paragraph("自评报告"),
            ("contents", "组织概述 … 1"),
            heading("第一部分 组织概述"),
            BODY,
            heading("第二部分 自评报告"),
            heading("1 领导", 2),
            BODY,
            heading("第三部分 证实性材料"),
            BODY,
        ],
        "申报材料.docx",
    )
    assert kinds(volume) == [("other", 0, 2), ("overview", 3, 4), ("report", 5, 7), ("evidence", 8, 9)]


@pytest.mark.parametrize("chapter", ["1 领导", "一、领导", "第一章 领导", "4.1 领导", "领导"])
def test_first_chapter_ends_the_overview(chapter: str) -> None:
    volume = document([heading("0 组织概述"), BODY, heading(chapter), BODY])
    assert kinds(volume) == [("overview", 0, 1), ("report", 2, 3)]


def test_file_with_one_part_is_that_part_with_cover_and_contents() -> None:
    report = document([paragraph("某某公司"), ("contents", "1 领导 … 3"), heading("1 领导"), BODY])
    assert kinds(report) == [("report", 0, 3)]


@pytest.mark.parametrize(
    "title", ["2020年度卓越绩效自我评价报告", "卓越绩效自我评价报告（2020年度）", "卓越绩效自我评价报告"]
)
def test_yearly_report_keeps_its_chapters(title: str) -> None:
    made = document([heading(title), BODY, heading("一、领导", 2), BODY, heading("二、战略", 2), BODY])
    assert kinds(made) == [("annual", 0, 5)]


def test_name_of_the_yearly_report_on_a_long_one_is_a_report() -> None:
    long = paragraph("公司以顾客为中心持续改进各项管理工作。" * 1200)
    made = document([heading("卓越绩效自我评价报告"), heading("1 领导", 2), long])
    assert kinds(made) == [("report", 0, 2)]


def test_yearly_report_is_known_by_its_cover() -> None:
    made = document([paragraph("2020年度卓越绩效自我评价报告"), heading("1 领导"), BODY])
    assert kinds(made) == [("annual", 0, 2)]


def test_cover_above_the_title_of_a_yearly_report_is_its_own() -> None:
    report = document(
        [
            paragraph("示例科技股份有限公司"),
            heading("2020年度卓越绩效自我评价报告"),
            heading("1 领导"),
            BODY,
            heading("7 结果"),
            BODY,
        ]
    )
    assert kinds(report) == [("annual", 0, 5)]


def test_chapters_of_evidence_do_not_open_a_second_report() -> None:
    made = document([heading("1 领导"), BODY, heading("附件"), heading("1 领导", 2), BODY])
    assert kinds(made) == [("report", 0, 1), ("evidence", 2, 4)]


def test_report_with_own_chapter_titles_is_not_swallowed_by_the_overview() -> None:
    long = paragraph("公司以顾客为中心持续改进各项管理工作。" * 600)
    made = document([heading("组织概述"), BODY, heading("我们怎样带队伍"), long])
    assert kinds(made) == [("overview", 0, 1), ("report", 2, 3)]


@pytest.mark.parametrize(
    ("text", "filename", "kind"),
    [
        ("公司于2020年获得市政府质量管理奖。现将2020年度自我评价情况报告如下。", "a.docx", "annual"),
        ("公司成立于2003年，使命是…，愿景是…，核心价值观是…，员工1186人。", "a.docx", "overview"),
        ("高层领导主持制定制度。", "某公司组织概述.docx", "overview"),
        ("高层领导主持制定制度。", "a.docx", "report"),
        ("证书编号一 发证机关二 复印件三", "证书.pdf", "evidence"),
    ],
)
def test_wording_decides_where_no_title_does(text: str, filename: str, kind: str) -> None:
    assert kinds(document([paragraph(text)], filename)) == [(kind, 0, 0)]


def test_given_kind_is_the_whole_file() -> None:
    made = document([heading("组织概述"), BODY])
    assert [p.kind for p in find_parts(made, CRITERIA, kind="annual")] == ["annual"]


def test_given_bounds_leave_the_rest_as_other() -> None:
    made = document([BODY] * 10)
    parts = given_parts(made, {"report": (5, 8), "overview": (1, 3)})
    assert [(p.kind, p.first, p.last) for p in parts] == [
        ("other", 0, 0),
        ("overview", 1, 3),
        ("other", 4, 4),
        ("report", 5, 8),
        ("other", 9, 9),
    ]


@pytest.mark.parametrize("bounds", [(5, 3), (0, 10), (8, 12)])
def test_bounds_outside_the_file_are_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="--parts"):
        given_parts(document([BODY] * 10), {"report": bounds})


def test_overlapping_bounds_are_refused() -> None:
    with pytest.raises(UsageError, match="重叠"):
        given_parts(document([BODY] * 10), {"report": (0, 5), "overview": (5, 6)})


@pytest.mark.parametrize(
    ("text", "title"),
    [("第二部分 一、自评报告", "自评报告"), ("4.1.2　高层领导的作用", "高层领导的作用"), ("目  录", "目录")],
)
def test_bare_title(text: str, title: str) -> None:
    assert bare_title(Block(0, "heading", text)) == title


def test_parts_hold_every_block_once() -> None:
    specs: list[Spec] = [BODY, heading("组织概述"), BODY, heading("1 领导"), BODY, heading("附件"), BODY]
    made = document(specs)
    held = [n for p in find_parts(made, CRITERIA) for n in range(p.first, p.last + 1)]
    assert held == list(range(len(made.blocks)))
