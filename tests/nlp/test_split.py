"""Passages: nothing lost, nothing twice, cut at sentence ends, kept with what belongs to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.document import Block, Place
from nlp.split import LONGEST, cut, sentences, split_parts, split_passages
from tests.documents import heading, paragraph, part, table_block

chinese = st.text(alphabet="质量管理展开结果，。；！？”）\n 2019%a", max_size=900)


@given(chinese)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(chinese)
def test_pieces_stand_at_their_place_and_joined_are_the_text(text: str) -> None:
    pieces = list(cut(text)) if text else []
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[start : start + len(piece)] == piece for start, piece in pieces)


@given(st.lists(st.sampled_from(["公司建立了制度。", "2019年达到95.1%。", "员工参加了培训；"]), max_size=200))
def test_no_piece_is_far_over_the_longest(parts: list[str]) -> None:
    text = "".join(parts)
    assert all(len(piece) <= LONGEST * 1.2 for _, piece in (cut(text) if text else ()))


def test_closing_quotes_stay_with_their_sentence() -> None:
    assert sentences("他说：“质量第一。”大家同意。") == ("他说：“质量第一。”", "大家同意。")


@given(st.lists(chinese.filter(lambda t: t.strip() != ""), max_size=6))
def test_passages_hold_every_paragraph_once(texts: list[str]) -> None:
    report = part([paragraph(text) for text in texts])
    passages = split_passages(report)
    for index, text in enumerate(texts):
        assert "".join(p.text for p in passages if p.block == index) == text


def test_heading_path_follows_levels() -> None:
    report = part(
        [
            heading("1 领导"),
            heading("1.1 高层领导的作用", 2),
            paragraph("甲"),
            heading("1.2 组织治理", 2),
            paragraph("乙"),
            heading("2 战略"),
            paragraph("丙"),
        ]
    )
    assert [p.heading_path for p in split_passages(report)] == [
        ("1 领导", "1.1 高层领导的作用"),
        ("1 领导", "1.2 组织治理"),
        ("2 战略",),
    ]


def test_computed_number_is_in_the_path() -> None:
    report = part([Block(0, "heading", "领导", number="第一章", level=1), ("paragraph", "甲")])
    assert split_passages(report)[0].heading_path == ("第一章 领导",)


def test_short_list_is_one_passage_with_its_lead_in() -> None:
    report = part([paragraph("主要做法如下："), ("list", "每月走访"), ("list", "每季评审")])
    (only,) = split_passages(report)
    assert only.kind == "list"
    assert only.text == "主要做法如下：\n每月走访\n每季评审"
    assert (only.block, only.last_block) == (0, 2)


def test_long_list_keeps_its_lead_in_as_context() -> None:
    items = [("list", f"第{n}项措施" + "内容" * 60) for n in range(5)]
    passages = split_passages(part([paragraph("公司采取了措施。主要如下："), *items]))
    assert passages[0].text == "公司采取了措施。主要如下："
    assert all(p.context == "主要如下：" for p in passages[1:])
    assert sum(len(p.text.splitlines()) for p in passages[1:]) == 5


def test_caption_goes_with_its_table() -> None:
    table = table_block(1, [["指标", "2019年"], ["满意度", "95"]])
    (only,) = split_passages(part([("caption", "表7.2-1 顾客满意度"), table]))
    assert (only.kind, only.context, only.block) == ("table", "表7.2-1 顾客满意度", 1)


def test_line_of_units_between_caption_and_table_goes_with_the_table() -> None:
    table = table_block(2, [["指标", "2019年"], ["收入", "95"]])
    (only,) = split_passages(part([("caption", "表7.3-1 收入"), paragraph("（单位：万元）"), table]))
    assert (only.kind, only.context) == ("table", "表7.3-1 收入\n（单位：万元）")


def test_paragraph_between_caption_and_table_stays_a_passage() -> None:
    table = table_block(2, [["指标", "2019年"], ["收入", "95"]])
    passages = split_passages(part([("caption", "表7.3-1 收入"), paragraph("数据经审计。"), table]))
    assert [p.kind for p in passages] == ["caption", "paragraph", "table"]


def test_caption_under_a_chart_goes_with_the_chart() -> None:
    chart = Block(0, "chart", "满意度\n2019年")
    (only,) = split_passages(part([chart, ("caption", "图7.2-1 满意度")]))
    assert (only.kind, only.context) == ("chart", "图7.2-1 满意度")


def test_footnote_stands_under_the_heading_it_hangs_on() -> None:
    note = Block(4, "footnote", "数据来源：年报", anchor=1)
    report = part([heading("1 领导"), paragraph("甲"), heading("2 战略"), paragraph("乙"), note])
    assert split_passages(report)[-1].heading_path == ("1 领导",)


def test_contents_margins_and_pictures_give_no_passages() -> None:
    report = part([("contents", "1 领导 … 3"), ("margin", "第 1 页"), ("picture", ""), ("invisible", "白字")])
    assert split_passages(report) == ()


def test_same_text_has_ids_of_its_own_and_keeps_them_when_moved() -> None:
    first = split_passages(part([paragraph("甲" * 30), paragraph("乙" * 30), paragraph("甲" * 30)]))
    moved = split_passages(part([paragraph("乙" * 30), heading("新标题"), paragraph("甲" * 30)]))
    assert len({p.id for p in first}) == 3
    assert {p.id for p in moved} == {p.id for p in first[:2]}


def test_ids_are_unique_over_parts() -> None:
    one = part([paragraph("同样的话")])
    assert len({p.id for p in split_parts((one, one))}) == 2


def test_passage_keeps_the_place_of_its_block() -> None:
    place = Place(page=96, label="88", exact=True, bbox=(72.0, 110.2, 523.1, 180.4))
    (only,) = split_passages(part([Block(0, "paragraph", "甲", place)]))
    assert only.place == place
