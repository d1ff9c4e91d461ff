"""Name, head count, founding year, mission: raised where two differ, not where both may be true."""

from __future__ import annotations

import pytest

from mapping.checks.identity import head_counts
from mapping.checks.names import full_names, own_name
from tests.mapping.wordings import findings, subjects, submission, told

OWN = "北京云枢数据技术股份有限公司（以下简称“云枢数据”）成立于2003年。"


def apart(check: str, *texts: str) -> list[str]:
    return subjects(check, submission(*(told(text) for text in texts)))


def test_head_counts_of_one_year_that_differ_are_asked_about_with_both_places() -> None:
    made = submission(told("截至2019年末员工总数1,186人。"), told("2019年底，公司在册员工1,230人。"))
    (finding,) = findings("headcount-differs", made)
    assert "1,186人、1,230人" in finding.message
    assert "2019年" in finding.message
    assert [where.passage for where in finding.where] == ["p-0", "p-1"]


@pytest.mark.parametrize(
    "other",
    [
        "2018年末，公司员工总数1,021人。",  # another year
        "公司现有研发员工612人。",  # a part
        "公司现有员工约1,200人。",  # loosely told
        "2019年共有员工412人次参加培训。",
        "为1,073名员工签订成长契约。",
        "子公司现有员工86人。",
        "公司员工总数1186人。",  # the same
        "其中在册员工总数（本部）806人。",
    ],
)
def test_head_counts_that_both_may_hold_are_not_raised(other: str) -> None:
    assert apart("headcount-differs", "截至2019年末员工总数1,186人。", other) == []


def test_a_total_without_a_year_is_that_of_the_last_reporting_year() -> None:
    assert apart("headcount-differs", "截至2019年末员工总数1,186人。", "公司现有员工1,320人。")
    assert not apart("headcount-differs", "截至2018年末员工总数1,186人。", "公司现有员工1,320人。")


def test_a_head_count_keeps_its_year_and_whether_it_is_loose() -> None:
    said = [(one.value, one.year, one.loose) for one in head_counts(told("2018年末员工总数达1,100余人。"))]
    assert said == [(1100, "2018", True)]


@pytest.mark.parametrize(
    "other", ["公司成立于2005年。", "2001年，公司注册成立。", "公司自2004年成立以来稳步发展。"]
)
def test_founding_years_that_differ_are_asked_about(other: str) -> None:
    assert apart("founding-year-differs", "公司2003年在北京注册成立。", other)


@pytest.mark.parametrize(
    "other",
    [
        "公司始建于1958年。",  # a works older than the company
        "公司2008年成立质量管理委员会。",
        "天津子公司成立于2012年。",
        "2016年整体变更，股份公司成立于2016年。",
        "公司成立于2003年。",
        "2019年，公司研究院成立于海淀区。",
    ],
)
def test_other_foundings_are_not_that_of_the_company(other: str) -> None:
    assert apart("founding-year-differs", "公司2003年在北京注册成立。", other) == []


def test_the_name_with_a_short_form_is_the_own_one() -> None:
    made = submission(told(OWN), told("华东精密机械有限公司建立了供方评价制度。"))
    assert own_name(full_names(made)) == "北京云枢数据技术股份有限公司"


def test_a_name_that_differs_by_little_is_asked_about() -> None:
    (finding,) = findings(
        "name-differs", submission(told(OWN), told("北京云枢数据技术有限公司高度重视安全。"))
    )
    assert "“北京云枢数据技术有限公司”" in finding.message


@pytest.mark.parametrize(
    "other",
    [
        "公司前身为北京云枢数据技术有限公司。",
        "控股子公司北京云枢数据服务有限公司负责运维。",
        "云枢数据高度重视安全。",
        "北京云枢数据技术股份有限公司高度重视安全。",
    ],
)
def test_former_names_subsidiaries_and_short_forms_are_no_other_name(other: str) -> None:
    assert apart("name-differs", OWN, other) == []
    assert apart("other-company", OWN, other) == []


def test_another_company_that_acts_as_the_own_one_is_raised() -> None:
    made = submission(told(OWN), told("青岛蓝海制药股份有限公司始终坚持质量第一。"))
    assert subjects("other-company", made) == ["青岛蓝海制药股份有限公司"]


@pytest.mark.parametrize(
    "other",
    [
        "公司与青岛蓝海制药股份有限公司签订长期协议。",
        "客户青岛蓝海制药股份有限公司通过验收。",
        "标杆企业青岛蓝海制药股份有限公司建立了类似制度。",
    ],
)
def test_companies_that_are_told_of_are_not_the_own_one(other: str) -> None:
    assert apart("other-company", OWN, other) == []


def test_without_an_own_name_nothing_is_raised() -> None:
    assert apart("other-company", "公司成立于2003年。", "公司与青岛蓝海制药股份有限公司合作。") == []


@pytest.mark.parametrize(
    "other",
    [
        "公司的使命是“让城市更安全”。",
        "使命：让城市更安全。",
        "公司以“让城市更安全”为使命。",
    ],
)
def test_a_mission_in_two_wordings_is_asked_about(other: str) -> None:
    (finding,) = findings(
        "mission-worded-differently", submission(told("公司以“让系统安静地工作”为使命。"), told(other))
    )
    assert "“让系统安静地工作”、“让城市更安全”" in finding.message


@pytest.mark.parametrize(
    "other",
    [
        "公司使命：让系统，安静地工作！",
        "公司的使命是“安静地工作”。",
        "2015年以前，公司曾以“做最好的软件”为使命。",
        "质量部门的使命是“零缺陷”和“零投诉”。",
        "公司肩负着历史使命。",
        "愿景是“成为最可托付的建设者”。",
    ],
)
def test_spelling_parts_history_and_others_missions_are_no_second_wording(other: str) -> None:
    made = submission(told("公司以“让系统安静地工作”为使命。"), told(other))
    assert findings("mission-worded-differently", made) == []


def test_values_in_another_order_are_the_same() -> None:
    one, other = "核心价值观为“守诺、求真、共创”。", "秉承“求真 共创 守诺”的价值观。"
    assert findings("mission-worded-differently", submission(told(one), told(other))) == []
    changed = told("秉承“求真、共创、担当”的价值观。")
    assert findings("mission-worded-differently", submission(told(one), changed))
