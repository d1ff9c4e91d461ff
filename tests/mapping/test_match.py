from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.criteria import load_criteria
from mapping.fusion import Weights
from mapping.index import IndicatorIndex, build_index
from mapping.match import match
from mapping.outline import read_outline
from models.criteria import Criteria
from models.document import PartKind
from models.judgement import Match
from nlp.encoder import load_encoder
from nlp.split import split_passages
from nlp.words import words
from tests.documents import Spec, block, heading, paragraph, part, table_block
from tests.mapping.encoders import CharacterEncoder

CRITERIA = load_criteria()
TRAINING = (
    "公司建立年度培训计划，学院按新员工、专业、管理三条线开设课程，讲师持证上岗，培训后三个月评估效果。"
)
SATISFIED = "公司每年委托第三方开展顾客满意度调查，按顾客群分别测量满意和忠诚，并与竞争对手和标杆对比。"
DONATED = "董事长带队到山区小学开展公益活动，员工志愿者利用周末支教，公益捐赠的重点领域是教育。"
VAGUE = "公司定期召开会议，听取各方面的意见，并根据情况改进工作。"
KNOWLEDGE = "公司建立知识库，员工把经验、案例和最佳实践上传共享，知识管理员审核后分类发布，促进知识的传播。"


@cache
def index() -> IndicatorIndex:
    return build_index(CRITERIA, load_encoder(), words)


def matches(
    specs: Sequence[Spec], kind: PartKind = "report", using: IndicatorIndex | None = None
) -> tuple[Match, ...]:
    used = using or index()
    made = part(specs, kind)
    passages = split_passages(made)
    vectors = used.encoder.encode([passage.full_text for passage in passages])
    return match(passages, vectors, read_outline(made, used.criteria), kind, used)


def first(found: Match) -> str | None:
    return found.indicators[0].id if found.indicators else None


def test_text_alone() -> None:
    texts = (TRAINING, SATISFIED, DONATED, KNOWLEDGE)
    assert [first(matches([paragraph(text)])[0]) for text in texts] == ["4.1.3", "3.2.2", "1.3.3", "4.3.3"]


def test_result_told_alone_stands_under_the_result_and_under_its_process_where_a_heading_says_so() -> None:
    told = paragraph("近三年员工培训覆盖率由91.2%提高到98.6%，人均培训学时由42小时增加到61小时，均优于同行。")
    (alone,) = matches([told])
    under = [heading("4 资源"), heading("4.1 人力资源", 2), heading("3）员工的学习与发展", 3), told]
    assert first(alone) == "7.4.1"
    assert first(matches(under)[0]) == "4.1.3"


def test_passage_alone_is_believed_less_than_one_of_a_report() -> None:
    made = part([paragraph(VAGUE)])
    passages = split_passages(made)
    given = (passages, index().encoder.encode([p.full_text for p in passages]), read_outline(made, CRITERIA))
    (alone,), (reported,) = (match(*given, "report", index(), w) for w in (None, Weights()))
    assert first(alone) == first(reported)
    assert alone.indicators[0].score < reported.indicators[0].score


def test_heading_decides_where_the_text_does_not() -> None:
    vague = paragraph("具体做法是由归口部门制定办法，各单位按办法执行，年底进行检查。")
    here = matches([heading("4 资源"), heading("4.5 基础设施", 2), heading("2）设施管理", 3), vague])[0]
    assert first(here) == "4.5.2"
    assert here.why is not None
    assert here.why.heading > 0.3


def test_text_overrules_the_heading_it_was_put_under() -> None:
    specs = [heading("4 资源"), heading("4.2 财务资源", 2), heading("2）财务管理", 3), paragraph(DONATED)]
    assert first(matches(specs)[0]) == "1.3.3"


def test_neighbours_carry_a_vague_passage() -> None:
    vague = paragraph("各单位据此逐项落实，并按季度检查。")
    alone = matches([vague])[0]
    between = matches([paragraph(TRAINING), vague, paragraph(TRAINING)])[1]
    assert first(between) == "4.1.3"
    assert first(alone) != "4.1.3"


def test_introductions_answer_nothing() -> None:
    found = matches([heading("4 资源"), paragraph("本章分六节介绍公司的各类资源，有关结果见第七章。")])[0]
    assert found.indicators == ()
    assert found.why is None
    assert found.best is not None


def test_result_under_process_names_the_linked_result_second() -> None:
    told = "顾客满意度由2017年的92.1%提高到2018年的93.4%、2019年的95.0%，连续三年高于行业平均水平。"
    specs = [heading("3 顾客与市场"), heading("3.2 顾客关系和顾客满意", 2), heading("2）顾客满意", 3)]
    found = matches([*specs, paragraph(SATISFIED), paragraph(told)])[1]
    assert [score.id for score in found.indicators[:2]] == ["3.2.2", "7.2.1"]


def test_points_are_the_indicator_s() -> None:
    for found in matches([paragraph(TRAINING), paragraph(KNOWLEDGE)]):
        assert found.requirements
        assert {point.rpartition("-")[0] for point in found.requirements} == {first(found)}
        assert found.why is not None
        assert found.why.nearest == found.requirements[0]


def test_overview_has_its_own_indicators() -> None:
    text = "公司股东大会、董事会、监事会和经理层各司其职；关键顾客分为三类，供方分为四类。"
    found = matches([heading("组织概述"), paragraph(text)], "overview")[0]
    assert first(found) == "0.1.2"


@pytest.mark.parametrize("kind", ["evidence", "other"])
def test_other_parts_are_not_held_against_indicators(kind: PartKind) -> None:
    assert matches([paragraph(TRAINING)], kind) == (Match((), (), None),)


def test_no_passages() -> None:
    assert matches([]) == ()


def test_criteria_without_labelled_passages() -> None:
    """Another award: nothing is trained, its own text has to do."""
    other = dataclasses.replace(CRITERIA, id="another", chapters=CRITERIA.chapters[2:4])
    using = build_index(other, CharacterEncoder(), words)
    assert first(matches([paragraph(SATISFIED)], using=using)[0]) == "3.2.2"
    assert first(matches([heading("4.3 信息和知识资源"), paragraph(KNOWLEDGE)], using=using)[0]) == "4.3.3"


def test_vectors_of_another_encoder_get_their_own_heads() -> None:
    one = build_index(CRITERIA, CharacterEncoder(), words)
    other = build_index(CRITERIA, CharacterEncoder(dimensions=96, sha256="1" * 64), words)
    assert one.meaning.weights.shape[0] == 128
    assert other.meaning.weights.shape[0] == 96


def test_same_input_same_output() -> None:
    specs = [heading("3 顾客与市场"), *(paragraph(t) for t in (TRAINING, SATISFIED, DONATED))]
    assert matches(specs) == matches(specs, using=build_index(CRITERIA, load_encoder(), words))


@given(
    st.lists(st.text("公司建立了培训体系顾客满意度2019年提高到。a %\n", min_size=1, max_size=60), max_size=6)
)
def test_scores_are_probabilities_and_shares_add_up(texts: list[str]) -> None:
    for found in matches([paragraph(text) for text in texts if text.strip()]):
        assert all(0 <= score.score <= 1 for score in found.indicators)
        assert len({score.id for score in found.indicators}) == len(found.indicators) <= 4
        if found.why:
            w = found.why
            assert abs(w.meaning + w.words + w.heading + w.place + w.neighbours - 1) < 1e-6
            assert min(w.meaning, w.words, w.heading, w.place, w.neighbours) >= 0


def test_chapters_of_results_only() -> None:
    small: Criteria = dataclasses.replace(CRITERIA, id="small", chapters=CRITERIA.chapters[-1:])
    using = build_index(small, CharacterEncoder(), words)
    assert (
        first(matches([paragraph("营业收入、利润总额、净资产收益率等财务指标逐年增长。")], using=using)[0])
        == "7.3.1"
    )


def test_figures_in_a_table_stand_rather_under_results() -> None:
    caption = block(0, "caption", "表1 主要财务指标（单位：万元）")
    rows = [
        ["指标", "2018年", "2019年", "2020年"],
        ["营业收入", "72,400", "88,600", "103,500"],
        ["净利润", "6,100", "7,900", "9,300"],
    ]
    found = matches([caption, table_block(1, rows)], "annual")[0]
    assert first(found) == "7.3.1"
