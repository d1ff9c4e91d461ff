"""Where a passage stands on a page that is only known by its words."""

from __future__ import annotations

from api.pages.views.leaf import _boxes_of_words
from models.assessment import PassageRecord
from models.sheet import TextRun


def passage(text: str) -> PassageRecord:
    return PassageRecord(
        "p-1", "d1", text, (), "paragraph", 1, None, False, None, 1, (), (), "none", {}, False, False, None
    )


def lines(*texts: str) -> list[TextRun]:
    """Lines one under the other, ten points high."""
    return [TextRun(text, 50.0, 100.0 + 20 * n, 10.0 * len(text), 10.0) for n, text in enumerate(texts)]


def test_box_is_round_the_lines_of_the_passage_alone() -> None:
    page = lines(
        "2019年公司开展", "公司每季度走访重点顾客，记录意见", "并在一周内答复。2019年", "2019年又开展"
    )
    (box,) = _boxes_of_words(passage("公司每季度走访重点顾客，记录意见并在一周内答复。2019年"), page)
    assert (box.y, round(box.y + box.height)) == (108.0, 144)


def test_width_of_signs_makes_no_difference() -> None:
    page = lines("公司（总部）每季度走访重点顾客")
    assert _boxes_of_words(passage("公司(总部)每季度走访重点顾客"), page)


def test_passage_that_goes_on_overleaf_has_its_part_of_the_page() -> None:
    page = lines("别的文字", "公司每季度走访重点顾客并记")
    (box,) = _boxes_of_words(passage("公司每季度走访重点顾客并记录意见，一周内答复。"), page)
    assert box.y == 108.0


def test_no_box_where_the_words_are_not_there() -> None:
    assert _boxes_of_words(passage("完全不同的另外一段文字内容"), lines("公司每季度走访重点顾客")) == ()
