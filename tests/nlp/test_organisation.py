"""Whose report it is, from labels, covers, titles, sentences and file names."""

from __future__ import annotations

import pytest

from nlp.organisation import find_organisation
from tests.nlp.fronts import part

NAME = "北京云麓精密制造股份有限公司"
SURE = (
    (NAME, "2020年度卓越绩效自我评价报告"),
    (f"{NAME}2020年度卓越绩效自我评价报告",),
    (f"报告单位：{NAME}（盖章）", "自我评价报告"),
    (" ".join(NAME), "自我评价报告", "编制单位：京华启智管理咨询有限公司"),
    (NAME, "自我评价报告", "报送：北京市人民政府质量管理奖评审委员会办公室"),
)


@pytest.mark.parametrize("lines", SURE)
def test_a_name_on_the_cover_is_sure(lines: tuple[str, ...]) -> None:
    found = find_organisation(part(*lines))
    assert (found.name, found.sure) == (NAME, True)


def test_a_name_in_the_text_agrees_with_the_short_one_of_the_file() -> None:
    found = find_organisation(part("自我评价报告", f"{NAME}成立于1998年。", file="云麓精密2020年度报告.docx"))
    assert (found.name, found.sure) == (NAME, True)


def test_a_labelled_name_is_taken_whole() -> None:
    name = "北京坤泰环境科技集团有限公司"
    assert find_organisation(part(f"组织名称：{name}", "自我评价报告")).name == name


def test_an_annex_number_in_the_file_name_is_no_name() -> None:
    found = find_organisation(part("北京汇禾医院", "自我评价报告", file="附件2：汇禾自评报告_v3.docx"))
    assert (found.name, found.sure) == ("北京汇禾医院", True)


@pytest.mark.parametrize("name", ["泽川医院", "博砚（集团）有限公司", "朔远设计研究院"])
def test_organisations_of_all_kinds(name: str) -> None:
    found = find_organisation(part(name, "自我评价报告"))
    assert found.name is not None
    assert found.name.replace("(", "（").replace(")", "）") == name


def test_a_name_of_the_file_alone_is_put_before_a_person() -> None:
    found = find_organisation(part("自我评价报告", file=f"{NAME}年度自评报告终稿.docx"))
    assert (found.name, found.sure) == (NAME, False)


def test_two_names_are_put_before_a_person() -> None:
    found = find_organisation(part("泽川软件有限公司", "启衡食品有限公司", "自我评价报告"))
    assert not found.sure
    assert found.others


@pytest.mark.parametrize(
    "file", ["年度自我评价报告.docx", "2020年度卓越绩效自评报告(1).docx", "定稿_v3.docx"]
)
def test_a_file_name_without_a_name_gives_none(file: str) -> None:
    assert find_organisation(part("自我评价报告", "公司重视质量。", file=file)).name is None
