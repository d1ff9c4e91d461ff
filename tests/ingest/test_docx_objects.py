"""Boxes, notes, charts, diagrams and pictures of a .docx, and the pages things stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.docx.reader import read_docx
from ingest.length import ledger
from models.document import Chart, ChartSeries, Document, Part
from tests.ingest.docx_builder import (
    PROSE,
    box,
    cell,
    chart_run,
    drawing,
    para,
    picture,
    read,
    row,
    run,
    shown,
    styled,
    table,
    write_docx,
    xml,
)


def closes(document: Document) -> bool:
    return ledger(Part("d1", "report", document, 0, len(document.blocks) - 1)).complete


class TestBoxes:
    def test_once_after_its_paragraph(self, tmp_path: Path) -> None:
        body = para("前") + para(runs=run("正文") + box(para("典型案例") + para("第二行"))) + para("后")
        document = read(tmp_path, body)
        assert shown(document.blocks) == [
            ("paragraph", "前"), ("paragraph", "正文"), ("text_box", "典型案例\n第二行"), ("paragraph", "后"),
        ]  # fmt: skip
        assert document.blocks[2].anchor == 1
        assert closes(document)

    def test_old_shapes_groups_and_drawn_words(self, tmp_path: Path) -> None:
        held = f"<v:textbox><w:txbxContent>{para('旧框')}</w:txbxContent></v:textbox>"
        old = f"<w:r><w:pict><v:shape>{held}</v:shape></w:pict></w:r>"
        shape = "<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"
        two = shape.format(para("组一")) + shape.format(para("组二"))
        group = drawing(f"<wpg:wgp>{two}</wpg:wgp>")
        art = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
        document = read(tmp_path, para(runs=old) + para(runs=group) + para(runs=art))
        assert shown(document.blocks) == [("text_box", text) for text in ("旧框", "组一", "组二", "艺术字")]
        assert closes(document)

    def test_a_box_holds_tables_and_boxes(self, tmp_path: Path) -> None:
        inner = table(row("甲", "乙"), row(cell(para(runs=box(para("内框"))))))
        document = read(tmp_path, para(runs=box(para("外框") + inner)))
        assert shown(document.blocks) == [("text_box", "外框\n甲\t乙"), ("text_box", "内框")]

    def test_only_the_fallback_is_there(self, tmp_path: Path) -> None:
        fallback = f"<mc:AlternateContent><mc:Fallback>{run('旧式')}</mc:Fallback></mc:AlternateContent>"
        assert read(tmp_path, para(runs=fallback)).blocks[0].text == "旧式"


class TestNotes:
    NOTES = xml(
        "w:footnotes",
        f'<w:footnote w:type="separator" w:id="-1">{para("分隔")}</w:footnote>'
        f'<w:footnote w:id="1">{para("数据来源：台账")}</w:footnote>'
        f'<w:footnote w:id="2">{para("甲") + para("乙")}</w:footnote>'
        f'<w:footnote w:id="3">{para("没有引用")}</w:footnote>',
    )
    ENDS = xml("w:endnotes", f'<w:endnote w:id="1">{para("尾注")}</w:endnote>')

    def test_each_follows_the_paragraph_that_refers_to_it(self, tmp_path: Path) -> None:
        mark = '<w:r><w:{}Reference w:id="{}"/></w:r>'
        body = (
            para(runs=run("正文") + mark.format("footnote", 2) + mark.format("endnote", 1))
            + table(row(cell(para(runs=run("格") + mark.format("footnote", 1)))))
            + para("末")
        )
        parts = {"footnotes.xml": ("footnotes", self.NOTES), "endnotes.xml": ("endnotes", self.ENDS)}
        document = read(tmp_path, body, parts=parts)
        assert [(b.kind, b.text, b.anchor) for b in document.blocks] == [
            ("paragraph", "正文", None), ("footnote", "甲\n乙", 0), ("footnote", "尾注", 0),
            ("table", "格", None), ("footnote", "数据来源：台账", 3), ("paragraph", "末", None),
        ]  # fmt: skip
        assert closes(document)

    def test_a_reference_to_nothing(self, tmp_path: Path) -> None:
        body = para(runs=run("正文") + '<w:r><w:footnoteReference w:id="9"/></w:r>')
        assert [b.kind for b in read(tmp_path, body).blocks] == ["paragraph"]


def points(*values: str | None) -> str:
    cached = "".join(
        f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values) if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{cached}'


def series(name: str, categories: str, *values: str | None) -> str:
    return (
        f"<c:ser><c:tx><c:strRef><c:strCache>{points(name)}</c:strCache></c:strRef></c:tx>"
        f"<c:cat>{categories}</c:cat><c:val><c:numRef><c:numCache>{points(*values)}</c:numCache></c:numRef>"
        "</c:val></c:ser>"
    )


def named(*categories: str) -> str:
    return f"<c:strRef><c:strCache>{points(*categories)}</c:strCache></c:strRef>"


def chart_space(plot: str, title: str = "") -> str:
    rich = f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    return xml("c:chartSpace", f"<c:chart>{rich if title else ''}<c:plotArea>{plot}</c:plotArea></c:chart>")


class TestCharts:
    def read(self, folder: Path, chart: str) -> Document:
        return read(folder, para(runs=chart_run("rIdchart1")), parts={"charts/chart1.xml": ("chart", chart)})

    def test_title_categories_series_and_values(self, tmp_path: Path) -> None:
        years = named("2017年", "2018年", "2019年")
        bars, lines = series("本公司", years, "91.5", None, "95"), series("竞争对手", years, "88", "89", "90")
        plot = f"<c:barChart>{bars}</c:barChart><c:lineChart>{lines}</c:lineChart>"
        document = self.read(tmp_path, chart_space(plot, "顾客满意度（%）"))
        (block,) = document.blocks
        assert block.chart == Chart(
            "顾客满意度（%）",
            ("2017年", "2018年", "2019年"),
            (ChartSeries("本公司", (91.5, None, 95.0)), ChartSeries("竞争对手", (88.0, 89.0, 90.0))),
        )
        assert block.text == "顾客满意度（%）\n2017年\n2018年\n2019年\n本公司\n竞争对手"
        assert block.kind == "chart"
        assert document.pictures == 0
        assert closes(document)

    def test_a_lone_series_gives_the_automatic_title(self, tmp_path: Path) -> None:
        plot = f"<c:barChart>{series('合格率', named('2019'), '99.1')}</c:barChart>"
        bare = xml("c:chartSpace", f"<c:chart><c:title/><c:plotArea>{plot}</c:plotArea></c:chart>")
        assert self.read(tmp_path, bare).blocks[0].chart == Chart(
            "合格率", ("2019",), (ChartSeries("合格率", (99.1,)),)
        )

    def test_scatter_numbers_and_levels(self, tmp_path: Path) -> None:
        scatter = (
            "<c:scatterChart><c:ser><c:tx><c:v>甲</c:v></c:tx>"
            f"<c:xVal><c:numRef><c:numCache>{points('2018', '2019')}</c:numCache></c:numRef></c:xVal>"
            f"<c:yVal><c:numLit>{points('1.5', '2')}</c:numLit></c:yVal></c:ser></c:scatterChart>"
        )
        chart = self.read(tmp_path, chart_space(scatter)).blocks[0].chart
        assert chart == Chart("", ("2018", "2019"), (ChartSeries("甲", (1.5, 2.0)),))
        both = f"<c:lvl>{points('一', '二')}</c:lvl><c:lvl>{points('2019')}</c:lvl>"
        levels = f"<c:multiLvlStrRef><c:multiLvlStrCache>{both}</c:multiLvlStrCache></c:multiLvlStrRef>"
        nested = chart_space(f"<c:barChart>{series('甲', levels, '1', '2')}</c:barChart>")
        found = self.read(tmp_path, nested).blocks[0].chart
        assert found is not None
        assert found.categories == ("2019 一", "2019 二")

    def test_percentages_dates_and_the_axis(self, tmp_path: Path) -> None:
        serial = f"<c:formatCode>yyyy</c:formatCode>{points('43101', '43466')}"
        days = f"<c:numRef><c:numCache>{serial}</c:numCache></c:numRef>"
        numbers = f"<c:numLit><c:formatCode>0.0%</c:formatCode>{points('0.915', None)}</c:numLit>"
        rich = "<c:rich><a:p><a:r><a:t>单位：%</a:t></a:r></a:p></c:rich>"
        axis = f"<c:valAx><c:title><c:tx>{rich}</c:tx></c:title></c:valAx>"
        one = f"<c:ser><c:tx><c:v>甲</c:v></c:tx><c:cat>{days}</c:cat><c:val>{numbers}</c:val></c:ser>"
        chart = self.read(tmp_path, chart_space(f"<c:barChart>{one}</c:barChart>{axis}")).blocks[0].chart
        assert chart == Chart("", ("2018年", "2019年"), (ChartSeries("甲", (91.5, None), "%"),), "单位：%")

    def test_newer_kinds_of_charts(self, tmp_path: Path) -> None:
        data = (
            '<cx:chartData><cx:data id="0">'
            '<cx:strDim type="cat"><cx:lvl><cx:pt idx="0">一季度</cx:pt></cx:lvl></cx:strDim>'
            '<cx:numDim type="val"><cx:lvl><cx:pt idx="0">12.5</cx:pt></cx:lvl></cx:numDim>'
            "</cx:data></cx:chartData>"
        )
        plot = (
            "<cx:chart><cx:title><cx:tx><cx:rich><a:p><a:r><a:t>瀑布图</a:t></a:r></a:p></cx:rich></cx:tx></cx:title>"
            "<cx:plotArea><cx:plotAreaRegion><cx:series><cx:tx><cx:txData><cx:v>利润</cx:v></cx:txData></cx:tx>"
            '<cx:dataId val="0"/></cx:series></cx:plotAreaRegion></cx:plotArea></cx:chart>'
        )
        chart = self.read(tmp_path, xml("cx:chartSpace", data + plot)).blocks[0].chart
        assert chart == Chart("瀑布图", ("一季度",), (ChartSeries("利润", (12.5,)),))

    def test_hostile_counts_do_not_grow(self, tmp_path: Path) -> None:
        far, near = '<c:pt idx="1999999999"><c:v>1</c:v></c:pt>', '<c:pt idx="0"><c:v>2</c:v></c:pt>'
        huge = f'<c:numLit><c:ptCount val="2000000000"/>{far}{near}</c:numLit>'
        plot = f"<c:barChart><c:ser><c:tx><c:v>甲</c:v></c:tx><c:val>{huge}</c:val></c:ser></c:barChart>"
        chart = self.read(tmp_path, chart_space(plot)).blocks[0].chart
        assert chart is not None
        assert len(chart.series[0].values) <= 10_000

    def test_a_diagram_is_read_as_text(self, tmp_path: Path) -> None:
        nodes = "".join(
            f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
            for text in ("策划", "实施", "检查")
        )
        diagram = drawing('<dgm:relIds r:dm="rIddata1"/>')
        parts = {
            "diagrams/data1.xml": ("diagramData", xml("dgm:dataModel", f"<dgm:ptLst>{nodes}</dgm:ptLst>"))
        }
        document = read(tmp_path, para(runs=diagram), parts=parts)
        assert [(b.kind, b.text, b.chart) for b in document.blocks] == [("chart", "策划\n实施\n检查", None)]
        assert closes(document)


class TestPictures:
    def test_counted_with_their_description(self, tmp_path: Path) -> None:
        document = read(tmp_path, para(runs=run("正文") + picture(description="组织架构图")))
        assert [(b.kind, b.text, b.anchor) for b in document.blocks] == [
            ("paragraph", "正文", None),
            ("picture", "组织架构图", 0),
        ]
        assert document.pictures == 1
        assert closes(document)

    def test_icons_and_rules_are_none(self, tmp_path: Path) -> None:
        document = read(tmp_path, para(runs=picture(200_000, 200_000) + picture(5_000_000, 30_000)))
        assert document.pictures == 0
        assert document.blocks == ()

    def test_old_pictures_by_the_size_of_their_shape(self, tmp_path: Path) -> None:
        old = '<w:r><w:pict><v:shape style="width:{0}pt;height:{0}pt"><v:imagedata/></v:shape></w:pict></w:r>'
        document = read(tmp_path, para(runs=old.format(200)) + para(runs=old.format(12)))
        assert document.pictures == 1


class TestPages:
    SAVED = "<w:r><w:lastRenderedPageBreak/></w:r>"
    ASKED = '<w:r><w:br w:type="page"/></w:r>'

    def pages(self, folder: Path, body: str) -> list[int | None]:
        return [block.place.page for block in read(folder, body).blocks]

    def test_unknown_without_saved_breaks(self, tmp_path: Path) -> None:
        document = read(tmp_path, para("甲") + para(runs=self.ASKED + run("乙")))
        assert [block.place.page for block in document.blocks] == [None, None]
        assert (document.ledger.pages, document.ledger.states) == (None, ())

    def test_a_break_that_was_asked_for_and_saved_is_one(self, tmp_path: Path) -> None:
        body = (
            para(runs=run("一") + self.ASKED)
            + para(runs=self.SAVED + run("二"))
            + para(runs=run("还是二") + self.SAVED + run("到三"))
            + para("三")
            + para("", "<w:pageBreakBefore/>", runs=self.SAVED + run("四"))
            + para("四", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>')
            + para("四", "<w:sectPr/>")
            + para(runs=self.SAVED + run("五"))
        )
        assert self.pages(tmp_path, body) == [1, 2, 2, 3, 4, 4, 4, 5]
        assert read(tmp_path, body).ledger.pages == 5
        assert not any(block.place.exact for block in read(tmp_path, body).blocks)

    def test_cells_of_a_row_start_on_its_page(self, tmp_path: Path) -> None:
        split = cell(para(runs=run("上") + self.SAVED + run("下")))
        body = table(row(split, split), row("甲", "乙")) + para("后")
        document = read(tmp_path, body)
        assert document.blocks[0].table is not None
        assert [c.place.page for c in document.blocks[0].table.cells] == [1, 1, 2, 2]
        assert document.blocks[1].place.page == 2

    def test_a_page_of_pictures_is_told(self, tmp_path: Path) -> None:
        body = para("一") + para(runs=self.SAVED + picture()) + para(runs=self.SAVED + run("三"))
        document = read(tmp_path, body + para(runs=self.ASKED))
        assert document.ledger.states == ("text", "image_only", "text", "blank")
        assert not closes(document)


@pytest.mark.parametrize("style", ["heading 1", "标题 1", "Heading 1"])
def test_a_file_without_styles_or_with_unknown_ones(tmp_path: Path, style: str) -> None:
    path = write_docx(tmp_path / "a.docx", styled("领导", style) + para(PROSE), styles="")
    assert [block.text for block in read_docx(path).blocks] == ["领导", PROSE]
