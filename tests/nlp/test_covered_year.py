"""The year of a yearly report, from titles, sentences, tables, dates and file names."""

from __future__ import annotations

import pytest

from nlp.covered_year import find_covered_year
from tests.nlp.fronts import part

SURE = (
    ("2020年度卓越绩效自我评价报告",),
    ("卓越绩效自我评价报告", "（2020年度）"),
    ("2 0 2 0 年 度", "卓 越 绩 效 自 我 评 价 报 告"),
    ("云麓有限公司", "二〇二〇年度自我评价报告", "二〇二一年三月"),
    ("卓越绩效自我评价报告（２０２０）",),
    ("自我评价报告", "报告期：2020年1月1日至2020年12月31日", "2021年3月20日"),
    ("自我评价报告", "统计期间为2020.1.1-2020.12.31。"),
    ("自我评价报告", "公司于2017年获得政府质量管理奖。按照要求，现将2020年度自我评价情况报告如下。"),
    ("自我评价报告", "本报告依据《评价准则》（2020年版）编制，涵盖2020年全年的情况。"),
)


@pytest.mark.parametrize("lines", SURE)
def test_a_year_that_is_said_is_sure(lines: tuple[str, ...]) -> None:
    found = find_covered_year(part(*lines))
    assert (found.year, found.sure) == ("2020", True)
    assert found.sentence


def test_the_running_head_and_the_tables_agree() -> None:
    found = find_covered_year(
        part("正文。", head="云麓 2020年度自评报告", years=("2018年", "2019年", "2020年"))
    )
    assert (found.year, found.sure) == ("2020", True)


@pytest.mark.parametrize(
    ("lines", "file"),
    [
        (("自我评价报告",), "云麓2020年度自评报告.docx"),
        (("自我评价报告", "2021年3月25日"), "报告.docx"),
        (("自我评价报告",), "20210325_云麓.docx"),
    ],
)
def test_a_year_that_is_only_hinted_at_is_put_before_a_person(lines: tuple[str, ...], file: str) -> None:
    found = find_covered_year(part(*lines, file=file))
    assert (found.year, found.sure) == ("2020", False)


def test_two_years_are_put_before_a_person() -> None:
    found = find_covered_year(part("2019年度卓越绩效自我评价报告", "现将2020年度自我评价情况报告如下。"))
    assert not found.sure
    assert {found.year, *found.others} == {"2019", "2020"}


def test_last_years_title_above_this_years_tables_is_not_sure() -> None:
    found = find_covered_year(part("2019年度自我评价报告", years=("2018年", "2019年", "2020年")))
    assert not found.sure


def test_the_year_of_the_award_and_of_the_criteria_is_not_the_year_covered() -> None:
    found = find_covered_year(part("自我评价报告", "公司于2017年获奖，依据准则（2020年版）开展工作。"))
    assert found.origin not in ("title", "text")


def test_no_year_anywhere_is_none() -> None:
    found = find_covered_year(part("自我评价报告", "公司重视质量。"))
    assert (found.year, found.origin, found.sure) == (None, "none", False)
