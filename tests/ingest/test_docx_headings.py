"""Headings, contents lists, captions and list items, with style and without. All text is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.docx_builder import (
    PROSE,
    chart_run,
    control,
    field,
    numbered,
    para,
    picture,
    read,
    row,
    run,
    styled,
    table,
)

BOLD = "<w:b/>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def size(points: int, bold: bool = True) -> str:
    return f'{BOLD if bold else ""}<w:sz w:val="{points * 2}"/>'


def headings(folder: Path, body: str, **more: str) -> list[tuple[int | None, str]]:
    blocks = read(folder, body, **more).blocks
    return [(block.level, block.label) for block in blocks if block.kind == "heading"]


def kinds(folder: Path, body: str) -> list[str]:
    return [block.kind for block in read(folder, body).blocks]


def report(*titles: tuple[str, str]) -> str:
    """Each title, with its run properties, above a paragraph of prose."""
    return "".join(para(text, look=look) + para(PROSE) for text, look in titles)


class TestStyled:
    def test_by_style_its_base_outline_and_name(self, tmp_path: Path) -> None:
        body = (
            styled("一", "1") + styled("二", "2") + styled("三", "mine") + styled("四", "named")
            + para("五", '<w:outlineLvl w:val="2"/>')
            + para("六", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
        )  # fmt: skip
        assert headings(tmp_path, body) == [(1, "一"), (2, "二"), (1, "三"), (1, "四"), (3, "五")]

    def test_whole_paragraphs_with_an_outline_level_are_prose(self, tmp_path: Path) -> None:
        body = styled("领导", "1") + para(PROSE * 2, '<w:outlineLvl w:val="1"/>')
        assert headings(tmp_path, body) == [(1, "领导")]

    def test_bold_lines_among_styled_headings_stay_text(self, tmp_path: Path) -> None:
        body = "".join(
            styled(t, "1") + para("要点", look=BOLD) + para(PROSE) for t in ("领导", "战略", "资源")
        )
        assert headings(tmp_path, body) == [(1, "领导"), (1, "战略"), (1, "资源")]

    def test_a_typed_number_that_goes_on_from_a_styled_one(self, tmp_path: Path) -> None:
        body = (
            styled("1 领导", "1") + styled("1.1 作用", "2") + styled("1.2 治理", "2")
            + para("1.2.1 治理架构", look=BOLD) + para(PROSE) + para("1.2.2 审计", look=BOLD) + para(PROSE)
            + para("9.9.9 编号不连") + para(PROSE) + para("1.3 责任") + para(PROSE)
        )  # fmt: skip
        assert headings(tmp_path, body)[3:] == [(3, "1.2.1 治理架构"), (3, "1.2.2 审计"), (2, "1.3 责任")]

    @pytest.mark.parametrize("chapter", ["第四章 资源", "四、资源", "4 资源"])
    def test_typed_decimals_under_styled_chapters(self, tmp_path: Path, chapter: str) -> None:
        body = "".join(styled(t, "1") for t in ("序", "前言", chapter)) + report(
            ("4.1 人力资源", ""), ("4.1.1 薪酬", "")
        )
        assert headings(tmp_path, body)[3:] == [(2, "4.1 人力资源"), (3, "4.1.1 薪酬")]

    def test_files_that_style_only_some(self, tmp_path: Path) -> None:
        body = (
            styled("第一章 公告", "1")
            + report(("一、概况", BOLD), ("二、要求：", BOLD), ("（一）资格", BOLD))
            + report(("第二章 需求", size(15)), ("一、范围", BOLD), ("1、验收", BOLD), ("重点", BOLD))
            + para("（1）工期：二年", look=BOLD) + para("（2）地点：北京", look=BOLD)
            + styled("附件一", "1") + styled("附件二", "1")
        )  # fmt: skip
        assert headings(tmp_path, body) == [
            (1, "第一章 公告"), (2, "一、概况"), (2, "二、要求："), (3, "（一）资格"),
            (1, "第二章 需求"), (2, "一、范围"), (3, "1、验收"), (1, "附件一"), (1, "附件二"),
        ]  # fmt: skip

    def test_one_style_for_all_levels(self, tmp_path: Path) -> None:
        titles = (
            "1 领导",
            "1.1 作用",
            "1.1.1 文化",
            "1.1.2 品牌",
            "1.2 治理",
            "2 战略",
            "2.1 制定",
            "2.1.1 研判",
        )
        body = "".join(styled(title, "2") + para(PROSE) for title in titles)
        assert [level for level, _ in headings(tmp_path, body)] == [1, 2, 3, 3, 2, 1, 2, 3]

    def test_the_style_for_titles_outside_the_cover(self, tmp_path: Path) -> None:
        cover = styled("某公司自评报告", "title") + para(runs=BREAK)
        body = styled("组织概述", "title") + para(PROSE)
        assert headings(tmp_path, cover + body) == [(1, "组织概述")]


class TestByLook:
    def test_typed_decimals(self, tmp_path: Path) -> None:
        body = report(
            ("1 领导", size(16)), ("1.1 高层领导", size(14)), ("怎样共识", BOLD), ("2 战略", size(16))
        )
        assert headings(tmp_path, body) == [
            (1, "1 领导"),
            (2, "1.1 高层领导"),
            (3, "怎样共识"),
            (1, "2 战略"),
        ]

    def test_typed_numbers_of_other_shapes(self, tmp_path: Path) -> None:
        tabbed = para(runs=run("1.1", BOLD) + "<w:r><w:tab/></w:r>" + run("高层领导", BOLD)) + para(PROSE)
        body = report(("１　领导", BOLD)) + tabbed + report(("１．２　治理", BOLD), ("1.3责任", BOLD))
        assert [level for level, _ in headings(tmp_path, body)] == [1, 2, 2, 2]

    def test_titles_parted_by_soft_breaks(self, tmp_path: Path) -> None:
        lines = ("第三节公司概要", "一、主要做法", PROSE, "补充说明", "二、成效", PROSE)
        broken = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in ("", *lines))
        blocks = read(tmp_path, para(runs=f"<w:r>{broken}</w:r>")).blocks
        assert [(block.kind, block.level, block.text) for block in blocks] == [
            ("heading", 1, "第三节公司概要"),
            ("heading", 2, "一、主要做法"),
            ("paragraph", None, f"{PROSE}\n补充说明"),
            ("heading", 2, "二、成效"),
            ("paragraph", None, PROSE),
        ]

    def test_items_parted_by_soft_breaks_stay_together(self, tmp_path: Path) -> None:
        for items in (
            ("主要措施如下：", "（一）建制度", "（二）抓培训"),
            ("做法：", "1、建制度", "2、抓培训"),
        ):
            broken = "<w:br/>".join(f"<w:t>{item}</w:t>" for item in items)
            blocks = read(tmp_path, para(runs=f"<w:r>{broken}</w:r>") + para(PROSE)).blocks
            assert [block.text for block in blocks] == ["\n".join(items), PROSE]

    def test_a_form_met_out_of_its_place_keeps_its_rank(self, tmp_path: Path) -> None:
        body = report(("二、联系方式", ""), ("第二节 概要", ""), ("一、概况", ""), ("（一）沿革", ""))
        assert [level for level, _ in headings(tmp_path, body)] == [2, 1, 2, 3]

    def test_by_size_alone(self, tmp_path: Path) -> None:
        body = report(("领导", size(18)), ("高层领导", size(15)), ("文化", size(13)), ("战略", size(18)))
        assert headings(tmp_path, body) == [(1, "领导"), (2, "高层领导"), (3, "文化"), (1, "战略")]

    def test_official_numbers_of_one_size(self, tmp_path: Path) -> None:
        body = report(
            ("第一章 领导", BOLD), ("第一节 作用", BOLD), ("一、文化", BOLD), ("（一）理念", BOLD),
            ("（二）宣贯", BOLD),
            ("二、品牌", BOLD), ("第二章 战略", BOLD), ("第一节 制定", BOLD),
        )  # fmt: skip
        assert [level for level, _ in headings(tmp_path, body)] == [1, 2, 3, 4, 4, 3, 1, 2]

    def test_official_numbers_without_any_look(self, tmp_path: Path) -> None:
        body = report(
            ("一、总体情况", ""), ("（一）组织机构", ""), ("（二）职责分工", ""), ("二、主要做法", "")
        )
        assert headings(tmp_path, body) == [
            (1, "一、总体情况"), (2, "（一）组织机构"), (2, "（二）职责分工"), (1, "二、主要做法"),
        ]  # fmt: skip

    def test_numbers_by_word_without_a_style(self, tmp_path: Path) -> None:
        level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>'
        numbering = (
            f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        body = numbered("领导", 1) + para(PROSE) + numbered("战略", 1) + para(PROSE)
        assert headings(tmp_path, body, numbering=numbering) == [(1, "第一章 领导"), (1, "第二章 战略")]

    @pytest.mark.parametrize(
        "line",
        [
            para("注：数据来自台账", look=BOLD),
            para("以下是主要做法：", look=BOLD),
            para("质量是企业的生命。", look=BOLD),
            para("表1-1 主要指标", '<w:jc w:val="center"/>', look=BOLD),
            para(PROSE, look=BOLD),
            para("2020-03-01", look=BOLD),
            para("某某公司", '<w:jc w:val="center"/>', look=BOLD),
            para(runs=run("要点", BOLD) + run("是全员参与")),
            para("1. 完善制度") + para("2. 加强培训") + para("3. 落实考核"),
            para("（一）完善制度") + para("（二）加强培训") + para("（三）落实考核"),
            para("1.1 完善制度") + para("1.2 加强培训") + para("1.3 落实考核") + para("1.4 改进"),
            para("3.5% 的增长"),
            para("2.5个百分点的提升"),
            para("1.2亿元投入"),
            para("2019 年度"),
            para("12 个月内完成整改"),
        ],
    )
    def test_false_friends(self, tmp_path: Path, line: str) -> None:
        assert headings(tmp_path, para(PROSE) + line + para(PROSE)) == []

    def test_a_cover_has_no_headings(self, tmp_path: Path) -> None:
        cover = (
            para("某某公司", look=size(22)) + para("自评报告", look=size(28))
            + para(runs=run("二〇二〇年", size(15)) + BREAK)
        )  # fmt: skip
        assert headings(tmp_path, cover + report(("1 领导", size(16)))) == [(1, "1 领导")]

    def test_a_cover_that_ends_in_blank_lines(self, tmp_path: Path) -> None:
        lines = ("某某公司", "自评报告", "二〇二〇年")
        cover = "".join(para(line, '<w:jc w:val="center"/>', look=size(22)) + para() * 4 for line in lines)
        assert headings(tmp_path, cover + report(("领导", size(16)))) == [(1, "领导")]

    def test_bold_is_no_mark_where_all_is_bold(self, tmp_path: Path) -> None:
        body = (
            (para(PROSE, look=BOLD) + para("张三", look=BOLD)) * 3 + para("1.1 领导", look=BOLD) + para(PROSE)
        )
        assert headings(tmp_path, body) == [(2, "1.1 领导")]

    def test_a_title_right_above_the_text_is_one(self, tmp_path: Path) -> None:
        assert headings(tmp_path, report(("组织概述", size(16)))) == [(1, "组织概述")]


class TestContents:
    LINES = ("1 领导\t1", "1.1 高层领导\t2", "2 战略\t15")

    def test_by_field_up_to_its_end(self, tmp_path: Path) -> None:
        begin, _, end = field('TOC \\o "1-3"', "|").partition("|")
        lines = para(runs=begin + run("1 领导 1")) + para("1.1 作用 2") + para(runs=end)
        body = para("目  录") + lines + styled("1 领导", "1") + para(PROSE)
        assert kinds(tmp_path, body) == ["contents"] * 3 + ["heading", "paragraph"]

    def test_the_field_may_end_in_the_next_heading(self, tmp_path: Path) -> None:
        begin, _, end = field("TOC", "|").partition("|")
        body = para(runs=begin + run("1 领导 1")) + para(
            "", '<w:pStyle w:val="1"/>', runs=end + run("1 领导")
        )
        assert kinds(tmp_path, body) == ["contents", "heading"]

    def test_by_control_and_by_style(self, tmp_path: Path) -> None:
        inside = control(para("目录") + para("1 领导"), gallery="Table of Contents")
        assert kinds(tmp_path, inside + styled("2 战略 9", "toc1") + para(PROSE)) == ["contents"] * 3 + [
            "paragraph"
        ]

    def test_typed_lines_under_their_title_or_with_leaders(self, tmp_path: Path) -> None:
        typed = para("目录") + "".join(para(line) for line in self.LINES)
        led = "".join(para(line.replace("\t", "………………")) for line in self.LINES)
        assert kinds(tmp_path, typed + para(PROSE) * 3) == ["contents"] * 4 + ["paragraph"] * 3
        assert kinds(tmp_path, led + para(PROSE)) == ["contents"] * 3 + ["paragraph"]

    def test_lines_without_page_numbers_that_come_again(self, tmp_path: Path) -> None:
        titles = ("第一章 领导", "第二章 战略", "第三章 资源")
        typed = para("投标文件目录") + "".join(map(para, titles)) + para("第四章 附件（格式）")
        body = "".join(para(title, look=BOLD) + para(PROSE) for title in (*titles, "第四章 附件"))
        assert kinds(tmp_path, typed + body) == ["contents"] * 5 + ["heading", "paragraph"] * 4

    def test_lines_of_figures_are_no_contents(self, tmp_path: Path) -> None:
        lines = ("满意度\t92", "市场占有率\t18", "投诉数\t12", "培训人次\t845")
        assert kinds(tmp_path, para(PROSE) + "".join(para(line) for line in lines)) == ["paragraph"] * 5


class TestCaptionsAndLists:
    CENTRED = '<w:jc w:val="center"/>'

    def test_captions_of_tables_charts_and_pictures(self, tmp_path: Path) -> None:
        body = (
            para("表7.1-1 合格率") + table(row("甲")) + para(runs=picture()) + para("图 3　流程")
            + para("2019年主要指标完成情况表", self.CENTRED) + table(row("乙")) + styled("说明", "cap")
        )  # fmt: skip
        assert kinds(tmp_path, body) == [
            "caption", "table", "picture", "caption", "caption", "table", "caption",
        ]  # fmt: skip

    def test_a_caption_may_be_numbered_by_word(self, tmp_path: Path) -> None:
        level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="表%1"/></w:lvl>'
        numbering = (
            f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        blocks = read(tmp_path, numbered("主要指标", 1) + table(row("甲")), numbering=numbering).blocks
        assert [(block.kind, block.label) for block in blocks] == [
            ("caption", "表1 主要指标"),
            ("table", "甲"),
        ]

    @pytest.mark.parametrize(
        "text", ["表7.1-1显示合格率逐年提升。", "表面处理工序", "图2019年完成", "表扬先进"]
    )
    def test_sentences_about_tables_are_none(self, tmp_path: Path, text: str) -> None:
        assert kinds(tmp_path, para(text) + table(row("甲"))) == ["paragraph", "table"]

    def test_typed_items_are_a_list(self, tmp_path: Path) -> None:
        items = ("①建立制度；", "2）培训全员；", "（3）考核。", "• 改进", "1、分级管理；", "3.5个百分点")
        assert kinds(tmp_path, para(PROSE) + "".join(map(para, items))) == ["paragraph"] + ["list"] * 5 + [
            "paragraph"
        ]


def test_charts_with_no_data_are_pictures_and_noted(tmp_path: Path) -> None:
    document = read(tmp_path, para(runs=chart_run("none")))
    assert [block.kind for block in document.blocks] == ["picture"]
    assert [note.kind for note in document.notes] == ["chart-without-data"]
