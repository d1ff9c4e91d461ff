"""Aspects: the hard cases of the field, tables by their columns, headings as a soft prior."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.document import Place
from models.judgement import Aspect
from models.passage import Passage, PassageKind
from nlp.aspect_features import cues, grams, masked, normal
from nlp.aspect_head import HEAD
from nlp.aspects import tag_aspects
from nlp.encoder import load_encoder
from nlp.tensors import read_metadata


def passage(
    text: str, kind: PassageKind = "paragraph", path: tuple[str, ...] = (), context: str = ""
) -> Passage:
    return Passage(
        id="p-1",
        part="d1",
        kind=kind,
        text=text,
        heading_path=path,
        headings=tuple(range(len(path))),
        block=9,
        last_block=9,
        start=0,
        place=Place(),
        context=context,
    )


def tag(text: str, kind: PassageKind = "paragraph", path: tuple[str, ...] = (), context: str = "") -> Aspect:
    return tag_aspects([passage(text, kind, path, context)])[0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        # a meeting held as a rule, and meetings that were held
        ("每季度召开经营分析会，由总经理主持，各部门按统一模板汇报偏差和措施。", "approach"),
        ("2023年共召开经营分析会12次，覆盖全部9个事业部。", "deployment"),
        # numbers that lie ahead, and numbers that were reached
        ("到2025年，顾客满意度力争达到98%，一次交验合格率目标为99.5%。", "approach"),
        ("产品合格率由2020年的97.2%提高到2022年的99.1%，高于行业平均水平。", "result"),
        ("公司计划三年内将万元产值能耗降至0.12吨标准煤，降幅不低于8%。", "approach"),
        ("2019年顾客满意度目标为94%，实际达到95.1%，高于行业平均水平2.3个百分点。", "result"),
        # the two meanings of 建立 and of 实施
        ("公司建立了三级品控体系，明确各级检验人员的职责和权限。", "approach"),
        ("公司在华北地区建成了12个服务网点，派驻工程师46名。", "deployment"),
        ("实施技改项目17项，改造生产线3条，涉及五个车间。", "deployment"),
        # results in words, and nothing as a result
        ("三年来未发生重大质量事故，也无环境违规处罚。", "result"),
        ("顾客满意度逐年上升，明显优于同行。", "result"),
        ("公司被评为北京市诚信企业、海淀区纳税百强。", "result"),
        # counts of effort
        ("公司组织480名员工参加应急演练，覆盖32个班组。", "deployment"),
        # nothing of the three
        ("公司应如何确定顾客需求和期望？", "none"),
        ("本章数据均为合并口径，竞争对手以代号表示。", "none"),
        ("随着我国居民收入水平提高，行业市场规模不断扩大。", "none"),
    ],
)
def test_hard_cases(text: str, label: str) -> None:
    assert tag(text).label == label


def test_a_mixed_passage_shows_its_shares() -> None:
    mixed = tag(
        "公司建立顾客投诉闭环机制，由客服中心归口负责，按程序分级处理。"
        "2022年公司组织三个事业部共460人参加投诉处理培训，走访客户120家。"
        "投诉处理及时率由91%提高到98%，高于行业平均水平。"
    )
    assert min(mixed.approach, mixed.deployment, mixed.result) > 0.05


def test_a_table_of_years_is_a_result() -> None:
    rows = "指标\t2017年\t2018年\t2019年\n顾客满意度（%）\t92.1\t93.4\t95.0"
    assert tag(rows, "table").label == "result"


def test_years_can_stand_in_the_first_column() -> None:
    rows = "年度\t合格率（%）\t返修率（%）\n2017\t98.1\t1.2\n2018\t98.7\t0.9\n2019\t99.0\t0.7"
    assert tag(rows, "table").label == "result"


def test_a_table_of_targets_is_approach() -> None:
    rows = "过程\t指标\t2019年目标\t2020年目标\n交付\t准时率（%）\t95\t97\n研发\t缺陷率（%）\t0.5\t0.4"
    assert tag(rows, "table", context="表5.1-2 关键过程绩效指标设置").label == "approach"


def test_targets_beside_what_was_reached_are_a_result() -> None:
    rows = "指标\t2018年\t2019年\t2019年目标\n利润率（%）\t8.1\t8.9\t8.5\n增长率（%）\t12.0\t13.1\t12.5"
    assert tag(rows, "table").label == "result"


def test_a_table_of_measures_holds_all_three() -> None:
    rows = "措施\t责任部门\t完成时间\t完成情况\n更换夹具\t工艺部\t2021年6月\t已完成，废品率降至0.8%"
    shares = tag(rows, "table")
    assert shares.label == "deployment"
    assert min(shares.approach, shares.result) >= 0.2


def test_a_table_of_words_is_judged_by_its_words() -> None:
    rows = "关键过程\t核心要求\t过程所有者\n采购\t准时、合格\t采购部\n交付\t按合同约定完成验收\t交付中心"
    assert tag(rows, "table").label != "result"


@pytest.mark.parametrize("path", [("7 结果", "7.2 顾客与市场结果"), ("七、经营结果",), ("第五章 主要业绩",)])
def test_a_heading_of_results_makes_a_result_likelier(path: tuple[str, ...]) -> None:
    text = "公司在各门店推行服务规范，员工参加培训并通过考核。"
    assert tag(text, path=path).result > 3 * tag(text).result > 0


def test_a_heading_does_not_settle_it() -> None:
    path = ("7 结果", "7.1 产品和服务结果")
    assert tag("本章数据均为合并口径，竞争对手以代号表示。", path=path).label == "none"


@pytest.mark.parametrize(
    ("text", "learning", "integration"),
    [
        ("每年对流程进行评审，根据审核发现修订作业指导书。", True, False),
        ("年度计划由战略目标逐级分解，与预算保持一致。", False, True),
        ("公司设有客服中心，配备专职人员。", False, False),
    ],
)
def test_flags(text: str, learning: bool, integration: bool) -> None:
    aspect = tag(text)
    assert (aspect.learning, aspect.integration) == (learning, integration)


def test_no_passages_no_aspects() -> None:
    assert tag_aspects([]) == ()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="公司建立2023年%，。；\n 提高员工", max_size=40), min_size=1, max_size=6))
def test_shares_are_shares_and_do_not_depend_on_the_others(texts: list[str]) -> None:
    together = tag_aspects([passage(text) for text in texts])
    for text, aspect in zip(texts, together, strict=True):
        shares = (aspect.approach, aspect.deployment, aspect.result)
        assert all(0 <= share <= 1 for share in shares)
        assert sum(shares) <= 1.001
        alone = tag(text)
        assert alone.label == aspect.label
        assert (alone.approach, alone.result) == pytest.approx((aspect.approach, aspect.result), abs=2e-4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="质量管理0ab", max_size=8), min_size=1, max_size=5))
def test_each_gram_counts_once_for_its_text(texts: list[str]) -> None:
    found = grams(texts)
    for number, text in enumerate(texts):
        expected = {text[at : at + n] for n in (1, 2, 3) for at in range(len(text) - n + 1)}
        assert int((found.text == number).sum()) == len(expected)


def test_digits_are_masked() -> None:
    assert masked(normal("增长 １２.5％")) == "增长0%"


def test_each_cue_finds_something_in_our_own_sentences() -> None:
    data = Path(__file__).resolve().parents[2] / "nlp" / "data" / "aspects" / "hard.jsonl"
    text = data.read_text(encoding="utf-8")
    sentences = [masked(normal(line)) for line in re.findall(r'"text": "([^"]+)"', text)]
    silent = [
        name
        for name, pattern in zip(cues().names, cues().patterns, strict=True)
        if not any(pattern.search(sentence) for sentence in sentences)
    ]
    assert silent == []


def test_head_was_trained_with_the_shipped_encoder() -> None:
    assert read_metadata(HEAD)["encoder"] == load_encoder().sha256


def test_tagging_imports_nothing_heavy() -> None:
    code = (
        "import sys; from nlp.aspect_head import judge; judge(['质量']);"
        "print([m for m in ('torch','sentence_transformers','sklearn','scipy','pandas','jieba')"
        " if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"
