"""字数 by part and chapter, the range that is open, the status, and the ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.length import block_words, ledger, measure
from ingest.word_count import count_words
from models.criteria import Limit
from models.document import Block, BlockKind, Cell, Document, Ledger, Part, PartKind, Place, Table

COUNTED: tuple[BlockKind, ...] = (
    "heading", "paragraph", "list", "caption", "table", "text_box", "footnote", "chart",
)  # fmt: skip
APART: tuple[BlockKind, ...] = ("contents", "margin", "invisible")
ALL: tuple[BlockKind, ...] = (*COUNTED, *APART, "picture")


def part_of(blocks: list[tuple[BlockKind, str]], kind: PartKind = "report", found: int | None = None) -> Part:
    made = tuple(_block(n, kind_, text) for n, (kind_, text) in enumerate(blocks))
    size = sum(len("".join(b.text.split())) for b in made if b.kind != "picture")
    document = Document("a.docx", "0", "docx", made, Ledger(None, (), size if found is None else found))
    return Part("d1", kind, document, 0, len(made) - 1)


def _block(index: int, kind: BlockKind, text: str) -> Block:
    if kind != "table":
        return Block(index, kind, text)
    return Block(index, kind, text, table=Table((Cell(text, 0, 0),), 1, 1))


def limit(words: int, charts: bool | None = True) -> Limit:
    return Limit("report", "自评报告", words, charts, "")


MANY = st.lists(
    st.tuples(st.sampled_from(ALL), st.text(st.sampled_from("质量abc1, \n。%"), max_size=12)), max_size=12
)


def test_line_by_line() -> None:
    part = part_of(
        [
            ("heading", "1 领导"), ("paragraph", "质量管理"), ("list", "①改进"), ("caption", "表1"),
            ("table", "合格率 99.1%"), ("text_box", "案例"), ("footnote", "台账"), ("chart", "趋势\n2019"),
            ("contents", "1 领导 5"), ("margin", "某公司"), ("invisible", "看不见"), ("picture", "不计"),
        ]
    )  # fmt: skip
    length = measure(part, limit(100), [(0, "1")])
    assert length.by_part == {
        "body": 3 + 4 + 3 + 2,
        "tables": 4,
        "text_boxes": 2,
        "footnotes": 2,
        "charts": 3,
    }
    assert length.excluded == {"contents": 4, "headers_footers": 3, "invisible": 3}
    assert length.count == 23
    assert length.by_chapter == {"1": 23}
    assert length.uncounted_pictures == 1
    assert length.statistics.word == 12 + 4 + 4
    assert (length.limit, length.status) == (100, "within")


def test_a_table_is_counted_cell_by_cell() -> None:
    cells = (Cell("A", 0, 0, column_span=2), Cell("99%", 1, 0), Cell("B C", 1, 1))
    block = Block(0, "table", "A\t\n99%\tB C", table=Table(cells, 2, 2))
    assert block_words(block) == 4


@given(MANY)
def test_sums_are_sums(blocks: list[tuple[BlockKind, str]]) -> None:
    length = measure(part_of(blocks), limit(50), [])
    counted = sum(count_words(text) for kind, text in blocks if kind in COUNTED)
    assert length.count == sum(length.by_part.values()) == counted
    assert sum(length.excluded.values()) == sum(count_words(t) for k, t in blocks if k in APART)
    assert length.range[0] <= length.count <= length.range[1]


@given(MANY, st.data())
def test_chapters_add_up_to_what_follows_the_first(
    blocks: list[tuple[BlockKind, str]], data: st.DataObject
) -> None:
    starts = sorted(data.draw(st.sets(st.integers(0, max(len(blocks) - 1, 0)), max_size=4)))
    chapters = [(start, str(n % 3)) for n, start in enumerate(starts)]
    length = measure(part_of(blocks), None, chapters)
    first = starts[0] if starts else len(blocks)
    after = sum(count_words(text) for kind, text in blocks[first:] if kind in COUNTED)
    assert sum(length.by_chapter.values()) == after
    assert set(length.by_chapter) == {chapter for _, chapter in chapters}


@given(MANY, st.integers(0, 11))
def test_parts_of_a_file_add_up(blocks: list[tuple[BlockKind, str]], cut: int) -> None:
    whole = part_of(blocks)
    if cut >= len(blocks):
        return
    halves = (replace(whole, last=cut), replace(whole, first=cut + 1))
    assert sum(measure(half, None, []).count for half in halves) == measure(whole, None, []).count
    assert {measure(half, None, []).statistics for half in halves} == {measure(whole, None, []).statistics}


@pytest.mark.parametrize(
    ("kind", "charts", "smallest", "largest"),
    [("report", True, 1000, 1000), ("overview", None, 900, 1000), ("annual", None, 900, 1000)],
)
def test_charts_are_open_where_the_rules_are_silent(
    kind: PartKind, charts: bool | None, smallest: int, largest: int
) -> None:
    part = part_of([("heading", "甲" * 100), ("paragraph", "乙" * 800), ("chart", "丙" * 100)], kind)
    low, high = measure(part, limit(5000, charts), []).range
    assert low == int(smallest * 0.9985)
    assert high == -int(-largest * 1.0015 // 1)


def test_contents_cover_boxes_and_notes_are_open() -> None:
    blocks: list[tuple[BlockKind, str]] = [
        ("paragraph", "公司" * 10), ("heading", "自评报告"), ("contents", "目" * 50), ("heading", "1 领导"),
        ("paragraph", "文" * 1000), ("text_box", "框" * 30), ("footnote", "注" * 20),
    ]  # fmt: skip
    length = measure(part_of(blocks), limit(5000), [])
    core = 3 + 1000
    assert length.range == (int(core * 0.9985), int((core + 24 + 50 + 50) * 1.0015) + 1)


def test_text_before_the_first_heading_is_no_cover_if_it_is_prose() -> None:
    blocks: list[tuple[BlockKind, str]] = [
        ("paragraph", "文" * 100),
        ("heading", "1 领导"),
        ("paragraph", "文" * 100),
    ]
    assert measure(part_of(blocks), limit(5000), []).range[0] == int(203 * 0.9985)


def test_a_pdf_is_less_certain() -> None:
    part = part_of([("paragraph", "文" * 10_000)])
    pdf = replace(part, document=replace(part.document, format="pdf"))
    assert measure(part, None, []).range == (9985, 10_015)
    assert measure(pdf, None, []).range == (9950, 10_050)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (10_000, "over"),
        (10_170, "depends"),
        (10_190, "near"),
        (10_700, "near"),
        (10_800, "within"),
        (None, "none"),
    ],
)
def test_status(words: int | None, status: str) -> None:
    part = part_of([("heading", "甲"), ("paragraph", "文" * 10_064), ("text_box", "框" * 100)])
    allowed = None if words is None else limit(words)
    length = measure(part, allowed, [])
    assert length.range == (10_049, 10_181)
    assert length.status == status


@given(MANY)
def test_the_ledger_closes(blocks: list[tuple[BlockKind, str]]) -> None:
    record = ledger(part_of(blocks))
    sums = record.characters
    assert record.complete
    assert sums["found"] == sums["in_blocks"] + sums["excluded"]


def test_a_character_lost_or_a_page_unread_is_not_complete() -> None:
    part = part_of([("paragraph", "质量")], found=3)
    assert not ledger(part).complete
    assert ledger(part).characters == {"found": 3, "in_blocks": 2, "excluded": 0}
    scan = Document(
        "a.pdf",
        "0",
        "pdf",
        (Block(0, "paragraph", "质量", Place(page=1)),),
        Ledger(2, ("text", "image_only"), 2),
    )
    assert not ledger(Part("d1", "report", scan, 0, 0)).complete
    assert ledger(Part("d1", "report", scan, 0, 0)).image_only == 1
