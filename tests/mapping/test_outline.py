from __future__ import annotations

import pytest

from mapping.criteria import load_criteria
from mapping.outline import chapter_starts, item_starts, read_outline
from tests.documents import block, heading, paragraph, part

CRITERIA = load_criteria()


def nodes(*titles: str) -> list[str | None]:
    made = part([heading(title) for title in titles])
    return [target.node for target in read_outline(made, CRITERIA).targets]


def test_numbers_and_titles_of_the_criteria() -> None:
    titles = [
        "第一章 领导（110分）",
        "1.1 高层领导的作用（50分）",
        "1）组织文化",
        "（二）品牌建设",
        "1.2 组织治理",
    ]
    assert nodes(*titles) == ["1", "1.1", "1.1.1", "1.1.2", "1.2"]


def test_titles_alone_vary() -> None:
    assert nodes("领导", "高层领导作用", "3．1 顾客与市场的了解", "知识的管理") == [
        "1",
        "1.1",
        "3.1",
        "4.3.3",
    ]


def test_own_titles_name_nothing() -> None:
    assert nodes("1.1 高层领导的作用", "八字价值观是怎样长成的", "一、我们是谁") == ["1.1", None, None]


def test_bare_national_number_is_read_once_others_show_the_scheme() -> None:
    made = part(
        [heading(t) for t in ("4.1 领导", "4.1.2 高层领导的作用", "4.1.3 组织治理", "4.1.4 我们的承诺")]
    )
    outline = read_outline(made, CRITERIA)
    assert outline.numbering == "national"
    assert [t.node for t in outline.targets] == ["1", "1.1", "1.2", "1.3"]


def test_same_number_under_the_award_s_own_numbering() -> None:
    made = part([heading(t) for t in ("4 资源", "4.1 人力资源", "4.1.1 组织管理", "4.1.2 按贡献说话")])
    outline = read_outline(made, CRITERIA)
    assert outline.numbering == "criteria"
    assert [t.node for t in outline.targets] == ["4", "4.1", "4.1.1", "4.1.2"]


def test_own_numbering_is_not_trusted_without_titles() -> None:
    made = part([heading(t) for t in ("1.1 我们是谁", "1.2 我们的家底", "2.1 未来三年")])
    outline = read_outline(made, CRITERIA)
    assert outline.numbering == "own"
    assert [t.node for t in outline.targets] == [None, None, None]


def test_number_that_word_computes() -> None:
    made = part(
        [block(0, "heading", "领导", 1, number="第一章"), block(1, "heading", "社会责任", 2, number="1.3")]
    )
    assert [t.node for t in read_outline(made, CRITERIA).targets] == ["1", "1.3"]


@pytest.mark.parametrize("title", ["7.1 产品和服务结果", "7.3 财务结果", "7.5 过程有效性结果"])
def test_item_and_indicator_of_one_title(title: str) -> None:
    assert nodes("7 结果", title) == ["7", title[:3]]


def test_same_title_again_below_is_the_indicator() -> None:
    assert nodes("7 结果", "7.1 产品和服务结果", "1）产品/服务结果") == ["7", "7.1", "7.1.1"]


def test_short_title_in_its_item() -> None:
    assert nodes("7.6 领导方面的结果", "战略的结果", "品牌结果情况") == ["7.6", "7.6.1", "7.6.3"]


def test_chapters_begin_at_their_heading_or_at_their_first_item() -> None:
    specs = [heading("1 领导"), paragraph("正文"), heading("1.2 组织治理", 2), heading("2.1 战略制定", 2)]
    made = part([*specs, heading("1）战略分析", 3), heading("第三章 顾客与市场")])
    assert chapter_starts(made, read_outline(made, CRITERIA), CRITERIA) == ((0, "1"), (3, "2"), (5, "3"))


def test_items_begin_at_their_heading_or_at_their_first_indicator() -> None:
    specs = [heading("1 领导"), paragraph("章首"), heading("组织文化", 2), heading("1.2 组织治理", 2)]
    made = part([*specs, heading("2.1 战略制定", 2), heading("1）战略分析", 3), heading("治理体系", 3)])
    starts = item_starts(made, read_outline(made, CRITERIA), CRITERIA)
    assert starts == ((0, "1"), (2, "1.1"), (3, "1.2"), (4, "2.1")), "a title met again opens no item"


def spelled(form: str) -> tuple[list[str], list[str]]:
    """Every heading of the criteria, written in one way, and the node it stands for."""
    titles: list[str] = []
    wanted: list[str] = []
    for c, chapter in enumerate(CRITERIA.chapters, start=1):
        number = {"criteria": f"{c} ", "national": f"4.{c} ", "chinese": f"第{'一二三四五六七'[c - 1]}章 "}
        titles.append(number.get(form, "") + chapter.title)
        wanted.append(chapter.id)
        for item in chapter.items:
            number = {"criteria": f"{item.id} ", "national": f"{item.national} ", "chinese": ""}
            titles.append(number.get(form, "") + item.title)
            wanted.append(item.id)
            for n, indicator in enumerate(item.indicators, start=1):
                number = {
                    "criteria": f"{indicator.id}",
                    "national": f"{item.national}.{n} ",
                    "chinese": f"{n}）",
                }
                titles.append(number.get(form, "") + indicator.title)
                wanted.append(indicator.id)
    return titles, wanted


@pytest.mark.parametrize(
    ("form", "numbering"),
    [("criteria", "criteria"), ("national", "national"), ("chinese", "criteria"), ("titles", "own")],
)
def test_every_heading_in_every_way(form: str, numbering: str) -> None:
    titles, wanted = spelled(form)
    made = part([heading(title) for title in titles])
    outline = read_outline(made, CRITERIA)
    assert [target.node for target in outline.targets] == wanted
    assert outline.numbering == numbering


@pytest.mark.parametrize(
    "title", ["2017年大事", "3D打印平台", "3大举措", "7.5亿元的投入", "12345热线", "（内部资料）", "、", "…"]
)
def test_digits_that_are_no_numbers(title: str) -> None:
    assert nodes("1 领导", title) == ["1", None]
