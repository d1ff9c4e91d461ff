"""Text of a PDF: paragraphs whole, headings with their level, characters repaired, sums that close."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.pdf.reader import read_pdf
from ingest.pdf.repair import UNKNOWN, is_garbled, repaired
from models.document import Block, Document
from tests.ingest.pdf_fixture import PROSE, PageDraft, make_pdf, write_prose


def read(folder: Path, pages: list[PageDraft], outline: list[tuple[str, int]] | None = None) -> Document:
    path = folder / "自评报告.pdf"
    path.write_bytes(make_pdf(pages, outline=outline))
    return read_pdf(path)


def of_kind(document: Document, kind: str) -> list[Block]:
    return [block for block in document.blocks if block.kind == kind]


def in_blocks(document: Document) -> int:
    return sum(len("".join(block.text.split())) for block in document.blocks)


def test_a_paragraph_is_whole_over_line_and_page_ends(tmp_path: Path) -> None:
    first, second = PageDraft(), PageDraft()
    _, rest = write_prose(first, 700, PROSE)
    assert rest
    top, _ = write_prose(second, 90, rest, indent=False)
    write_prose(second, top, "另一段文字从这里开始。")
    document = read(tmp_path, [first, second])
    assert [block.text for block in of_kind(document, "paragraph")] == [PROSE, "另一段文字从这里开始。"]
    assert document.blocks[0].place.page == 1
    assert document.ledger.found == in_blocks(document)


def test_heads_feet_and_page_numbers_are_apart_and_label_the_blocks(tmp_path: Path) -> None:
    pages = []
    for number in range(1, 6):
        page = PageDraft()
        page.text(90, 40, "京衡公司卓越绩效自评报告", 9)
        write_prose(page, 100, PROSE[number:])
        page.text(280, 800, f"- {number + 8} -", 9)
        pages.append(page)
    document = read(tmp_path, pages)
    margins = of_kind(document, "margin")
    assert len(margins) == 10
    assert [block.place.label for block in of_kind(document, "paragraph")] == ["9", "10", "11", "12", "13"]
    assert document.ledger.found == in_blocks(document)


def test_the_last_page_number_may_be_the_number_of_pages(tmp_path: Path) -> None:
    pages = []
    for number in range(1, 4):
        page = PageDraft()
        write_prose(page, 140, PROSE[number:])
        page.text(90, 800, "自评报告.html", 9)
        page.text(500, 800, f"{number}/3", 9)
        pages.append(page)
    document = read(tmp_path, pages)
    assert [block.text for block in of_kind(document, "margin")] == [
        f"自评报告.html {number}/3" for number in range(1, 4)
    ]
    assert [block.place.label for block in of_kind(document, "paragraph")] == ["1", "2", "3"]


@pytest.mark.parametrize("slanted", [True, False])
def test_a_watermark_stays_out_of_the_text(tmp_path: Path, slanted: bool) -> None:
    pages = []
    for number in range(4):
        page = PageDraft()
        write_prose(page, 100 + 4 * number, PROSE)
        page.text(150, 400 if slanted else 110, "内部资料", 60, slanted=slanted)
        pages.append(page)
    document = read(tmp_path, pages)
    assert [block.text for block in of_kind(document, "paragraph")] == [PROSE] * 4
    assert [block.text for block in of_kind(document, "margin")] == ["内部资料"] * 4
    assert document.ledger.found == in_blocks(document)


def test_a_footnote_that_looks_alike_on_many_pages_is_no_foot(tmp_path: Path) -> None:
    pages = []
    for number in range(1, 5):
        page = PageDraft()
        end = page.text(90, 100, "本年度顾客满意度为95分")
        page.text(end, 98, str(number), 7)
        write_prose(page, 140, PROSE)
        page.line(90, 740, 200, 740)
        page.text(90, 748, f"{number} 数据来源：质量管理部201{number}年度统计台账。", 8)
        page.text(290, 800, str(number), 9)
        pages.append(page)
    document = read(tmp_path, pages)
    notes = of_kind(document, "footnote")
    assert [note.text for note in notes] == [
        f"{n} 数据来源：质量管理部201{n}年度统计台账。" for n in range(1, 5)
    ]
    assert of_kind(document, "paragraph")[0].text.startswith("本年度顾客满意度为95分¹")


def test_headings_by_size_and_number(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 80, "1 领导", 18, bold=True)
    page.text(90, 120, "1.1 高层领导的作用", 16, bold=True)
    page.text(90, 150, "1.1.1 组织文化", 14, bold=True)
    page.text(90, 180, "（1）文化的确立", 12, bold=True)
    write_prose(page, 210, PROSE)
    headings = of_kind(read(tmp_path, [page]), "heading")
    assert [(block.level, block.text) for block in headings] == [
        (1, "1 领导"),
        (2, "1.1 高层领导的作用"),
        (3, "1.1.1 组织文化"),
        (4, "（1）文化的确立"),
    ]


def test_a_long_title_is_a_heading_if_its_number_comes_next(tmp_path: Path) -> None:
    page = PageDraft()
    long = "截至报告期末的顾客总数、前十名战略顾客和前十名区域顾客以及相应的持续合作情况的分析说明表"
    for top, text in ((100, "2.1 主要数据"), (400, f"2.2 {long}"), (650, f"2.5 {long}")):
        page.text(90, top, text[:33])
        page.text(90, top + 20, text[33:]) if len(text) > 33 else None
        write_prose(page, top + 60, PROSE)
    headings = of_kind(read(tmp_path, [page]), "heading")
    assert [(block.level, block.text) for block in headings] == [(2, "2.1 主要数据"), (2, f"2.2 {long}")]


def test_the_outline_names_a_heading_that_looks_like_text(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(114, 100, "文化的确立")
    write_prose(page, 130, PROSE)
    plain, named = read(tmp_path, [page]), read(tmp_path, [page], outline=[("文化的确立", 0)])
    assert not of_kind(plain, "heading")
    assert [(block.text, block.level) for block in of_kind(named, "heading")] == [("文化的确立", 1)]


def test_contents_with_and_without_leaders(tmp_path: Path) -> None:
    page, body = PageDraft(), PageDraft()
    page.text(260, 80, "目 录", 16, bold=True)
    page.text(90, 120, "1 领导")
    page.text(500, 120, "1")
    page.text(90, 140, "1.1 高层领导的作用........................................ 2")
    body.text(90, 80, "1 领导", 18, bold=True)
    write_prose(body, 120, PROSE)
    document = read(tmp_path, [page, body])
    assert len(of_kind(document, "contents")) == 3
    assert [block.text for block in of_kind(document, "heading")] == ["1 领导"]


def test_items_of_a_list_are_parted_however_full_their_lines(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    page.text(90, 180, "•" + PROSE[:32])
    page.text(90, 200, "•" + PROSE[32:64])
    page.text(90, 220, "□适用√不适用")
    document = read(tmp_path, [page])
    assert [block.text for block in of_kind(document, "list")] == ["•" + PROSE[:32], "•" + PROSE[32:64]]
    assert document.blocks[-1].text == "□适用√不适用"


def test_a_number_in_a_sentence_opens_no_item(tmp_path: Path) -> None:
    page = PageDraft()
    text = PROSE[:31] + "；" + "（2）" + PROSE[32:60] + "。"
    write_prose(page, 80, text)
    assert [block.text for block in read(tmp_path, [page]).blocks] == [text]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 60, "企业概况与发展历程综述", 16, bold=True)
    left, right = PROSE * 2, PROSE[::-1] * 2
    _, lost_left = write_prose(page, 100, left, left=60, per_line=18, indent=False)
    _, lost_right = write_prose(page, 100, right, left=310, per_line=18, indent=False)
    assert not lost_left
    assert not lost_right
    texts = "".join(block.text for block in read(tmp_path, [page]).blocks)
    assert left in texts
    assert right in texts


def test_a_page_in_landscape_is_read_upright_and_placed_as_displayed(tmp_path: Path) -> None:
    sideways = PROSE[:100] + "。"
    pages = []
    for number in range(1, 5):
        page = PageDraft()
        if number == 3:
            for column in range(3):
                page.text(100 + 20 * column, 700, sideways[34 * column : 34 * column + 34], turned=True)
        else:
            write_prose(page, 140, PROSE)
        page.text(280, 800, f"第 {number} 页", 9)
        pages.append(page)
    document = read(tmp_path, pages)
    assert document.ledger.found == in_blocks(document)
    (turned,) = [b for b in of_kind(document, "paragraph") if b.place.page == 3]
    assert turned.text == sideways
    assert turned.place.label == "3"
    assert turned.place.bbox is not None
    left, top, right, bottom = turned.place.bbox
    assert left < right < 170
    assert bottom - top > 350


def test_signs_of_another_font_stand_where_the_page_shows_them(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 100, "推行")
    page.text(126, 100, "双周冲刺")
    page.text(186, 100, "制度")
    page.text(114, 100, "“")
    page.text(174, 100, "”")
    assert read(tmp_path, [page]).blocks[0].text == "推行“双周冲刺”制度"


def test_a_thin_gap_parts_a_number_and_its_title(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 80, "1.1", 16, bold=True)
    page.text(90 + 1.39 * 16 + 4, 80, "高层领导的作用", 16, bold=True)
    assert read(tmp_path, [page]).blocks[0].text == "1.1 高层领导的作用"


def test_words_of_another_script_keep_their_space(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 100, "按ISO 9001与GB/T 19580要求")
    assert read(tmp_path, [page]).blocks[0].text == "按ISO 9001与GB/T 19580要求"


def test_text_printed_twice_is_read_once(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 100, "重要提示")
    page.text(90.4, 100, "重要提示")
    document = read(tmp_path, [page])
    assert document.blocks[0].text == "重要提示"
    assert document.ledger.found == 4


@pytest.mark.parametrize("how", ["white", "unprinted", "tiny", "outside"])
def test_text_nobody_sees_is_set_apart(tmp_path: Path, how: str) -> None:
    page = PageDraft()
    page.text(90, 100, "看得见的文字")
    if how == "white":
        page.text(90, 140, "关键词堆砌", white=True)
    elif how == "unprinted":
        page.text(90, 140, "关键词堆砌", mode=3)
    elif how == "tiny":
        page.text(90, 140, "关键词堆砌", 0.5)
    else:
        page.text(900, 140, "关键词堆砌")
    document = read(tmp_path, [page])
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "看得见的文字"),
        ("invisible", "关键词堆砌"),
    ]
    assert [note.kind for note in document.notes] == ["invisible-text"]


def test_white_text_on_a_dark_ground_is_seen(tmp_path: Path) -> None:
    page = PageDraft()
    page.rect(80, 90, 300, 130, gray=0.2)
    page.text(90, 100, "白字标题", white=True)
    assert [block.kind for block in read(tmp_path, [page]).blocks] == ["paragraph"]


def test_the_text_layer_of_a_scan_is_read(tmp_path: Path) -> None:
    page = PageDraft()
    page.image(0, 0, 595, 842)
    for row in range(3):
        page.text(90, 100 + 20 * row, PROSE[34 * row : 34 * row + 34], mode=3)
    document = read(tmp_path, [page])
    assert [block.text for block in document.blocks] == [PROSE[:102]]
    assert [note.kind for note in document.notes] == ["scan-text"]
    assert document.pictures == 0


def test_a_scan_under_a_printed_head_is_not_taken_for_read(tmp_path: Path) -> None:
    page = PageDraft()
    page.image(0, 0, 595, 842)
    page.text(90, 40, "京衡公司证实性材料", 9)
    page.text(290, 800, "37", 9)
    document = read(tmp_path, [page])
    assert document.ledger.states == ("image_only",)


def test_a_page_of_outlines_is_not_blank(tmp_path: Path) -> None:
    page = PageDraft()
    for number in range(80):
        page.line(90 + 3 * number, 100, 92 + 3 * number, 110)
    assert read(tmp_path, [page]).ledger.states == ("image_only",)


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    text, scan, blank, broken = PageDraft(), PageDraft(), PageDraft(), PageDraft()
    text.text(90, 100, "正文")
    scan.image(0, 0, 595, 842)
    broken.text(90, 100, "没有字符映射", nomap=True)
    document = read(tmp_path, [text, scan, blank, broken])
    assert document.ledger.states == ("text", "image_only", "blank", "unreadable")
    assert document.pictures == 1
    assert [(note.kind, note.page) for note in document.notes] == [("image-only", 2), ("unreadable", 4)]
    assert document.notes[0].message.startswith("第 2 页只有图片")


def test_unmapped_characters_keep_their_place(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 100, "正文里夹着没有映射的字。")
    page.text(90, 120, "符号", nomap=True)
    document = read(tmp_path, [page])
    assert document.blocks[0].text.endswith(UNKNOWN * 2)
    assert [note.kind for note in document.notes] == ["unknown-characters"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (0x2F00, "一"),
        (0x2F08, "人"),
        (0x2EE9, "黄"),
        (0xF9F4, "林"),
        (0xF06C, "●"),
        (0xE123, UNKNOWN),
        (0, UNKNOWN),
    ],
)
def test_characters_that_only_look_right_are_repaired(code: int, text: str) -> None:
    assert repaired(code) == text


@given(st.integers(0, 0x10FFFF))
def test_repair_gives_one_character_for_one(code: int) -> None:
    assert len(repaired(code)) == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text("公司质量管理体系持续改进，。；（）0123456789ABC%", min_size=1, max_size=60), max_size=12
    )
)
def test_every_character_ends_in_one_block(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    page = PageDraft()
    for number, text in enumerate(texts):
        page.text(60 + number % 3 * 24, 80 + number * 40, text)
    page.text(60, 700, "末行")
    document = read(tmp_path_factory.mktemp("made"), [page])
    assert document.ledger.found == in_blocks(document)
    assert sorted("".join("".join(texts).split()) + "末行") == sorted(
        "".join("".join(block.text for block in document.blocks).split())
    )


def test_a_wrong_character_map_is_recognised() -> None:
    shuffled = "".join(chr(0x4E00 + (ord(char) * 7919) % 20900) for char in PROSE)
    other = "".join(chr(0x0E01 + ord(char) % 40) for char in PROSE)
    assert is_garbled(shuffled)
    assert is_garbled(other)
    assert is_garbled("公司" + "".join(f"(cid:{n})" for n in range(30)))


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "公司建立卓越績效推進機制，對關鍵過程的績效進行監視和測量，並將改進結果固化為管理標準，各事業部按年度計劃開展自評，由質量管理部組織交叉評審。",
        "The quality management system follows ISO 9001 and GB/T 19580. " * 3,
        "指标" * 10,
        "α、β、γ 与 Ω 值" * 20,
    ],
    ids=["simplified", "traditional", "english", "short", "greek"],
)
def test_a_right_character_map_is_left_alone(text: str) -> None:
    assert not is_garbled(text)


def test_a_listener_hears_of_every_page(tmp_path: Path) -> None:
    path = tmp_path / "两页.pdf"
    path.write_bytes(make_pdf([PageDraft(), PageDraft()]))
    heard: list[tuple[int, int]] = []
    read_pdf(path, on_page=lambda number, of: heard.append((number, of)))
    assert heard == [(1, 2), (2, 2)]
