"""The shipped criteria against the official text, and the loader against bad and other files."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from dataclasses import MISSING, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from mapping.criteria import SHIPPED, load_criteria
from models.codec import from_json, to_json
from models.criteria import (
    ASPECTS,
    Chapter,
    Condition,
    Criteria,
    Indicator,
    Item,
    Limit,
    Requirement,
)
from models.document import PartKind
from models.errors import UsageError

RULES = Path(__file__).parents[3] / "shared" / "rules-2020.txt"
needs_rules = pytest.mark.skipif(not RULES.exists(), reason="not here: ../shared/rules-2020.txt")


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    return load_criteria()


# The file against itself: counts of ../shared/domain.md §1.1


def test_counts(criteria: Criteria) -> None:
    process = [i for i in criteria.indicators if not criteria.is_result(i.id)]
    results = [i for i in criteria.indicators if criteria.is_result(i.id)]
    assert (len(criteria.chapters), len(criteria.items), len(criteria.indicators)) == (7, 23, 57)
    assert (len(process), _points(process)) == (42, 114)
    assert (len(results), _points(results)) == (15, 15)
    assert (len(criteria.overview_indicators), _points(criteria.overview_indicators)) == (5, 14)


def _points(indicators: list[Indicator] | tuple[Indicator, ...]) -> int:
    return sum(len(indicator.requirements) for indicator in indicators)


def test_56_headings_are_printed(criteria: Criteria) -> None:
    assert sum(len(indicator.printed) for indicator in criteria.indicators) == 56
    assert [i.id for i in criteria.indicators if len(i.printed) != 1] == ["4.6.1", "7.3.1", "7.5.1"]


def test_scores_add_up_to_1000_at_items_and_chapters(criteria: Criteria) -> None:
    assert sum(item.points for item in criteria.items) == 1000
    assert [chapter.points for chapter in criteria.chapters] == [110, 90, 90, 130, 100, 80, 400]


def test_no_points_below_items() -> None:
    below = [i for item in _json_items() for i in item["indicators"]]
    assert below
    assert not any("points" in node for i in below for node in (i, *i["requirements"]))


def _json_items() -> list[dict[str, Any]]:
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return [item for chapter in (data["overview"], *data["chapters"]) for item in chapter["items"]]


def test_national_clauses_are_one_further(criteria: Criteria) -> None:
    assert [item.national for item in criteria.items] == [
        f"4.{chapter.id}.{n + 2}" for chapter in criteria.chapters for n, _ in enumerate(chapter.items)
    ]
    assert not any(item.national for item in criteria.overview.items)


def test_limits(criteria: Criteria) -> None:
    found = {limit.kind: (limit.words, limit.charts) for limit in criteria.limits}
    assert found == {"overview": (3000, None), "report": (60000, True), "annual": (10000, None)}
    assert criteria.limit("evidence") is None


def test_readers_ids_lead_to_ours(criteria: Criteria) -> None:
    assert criteria.indicator("4.6.2").id == "4.6.1"
    with pytest.raises(KeyError):
        criteria.indicator("4.6")


def test_every_node_names_its_source(criteria: Criteria) -> None:
    nodes = [*criteria.nodes(), *criteria.limits]
    assert all(
        re.fullmatch(r"(评价准则|实施细则) [一-六].*\d.*|实施细则 四（二）", node.source) for node in nodes
    )


# The file against the official text, read by a parser of its own


@pytest.fixture(scope="module")
def rules() -> dict[str, Any]:
    return _parse(RULES.read_text(encoding="utf-8"))


def _parse(text: str) -> dict[str, Any]:
    """Headings, intros, points and requirement sentences of section five of the criteria."""
    text = re.sub(r"\[bookmark:.*?\]", "", text)
    body = text[text.index("（组织概述不作为评分项）。") :]
    lines = [line.strip() for line in body[: body.index("六、评分方式")].splitlines()[1:]]
    text = "\n".join(lines).replace("运营的\n", "运营的")  # the one point broken over two lines
    found: dict[str, Any] = {"chapters": {}, "items": {}, "headings": [], "points": [], "intros": []}
    item = heading = ""
    for line in text.split("\n"):
        if chapter := re.fullmatch(r"(\d)\. (\S+)\s*（(\d+)分）", line):
            item = heading = ""
            found["chapters"][chapter[1]] = (chapter[2], int(chapter[3]))
        elif title := re.fullmatch(r"(\d\.\d) ([^（]+)(?:（(\d+)分）)?", line):
            item, heading = title[1], ""
            found["items"][item] = (title[2], int(title[3] or 0))
        else:
            head = re.match(r"(\d)）\s*([^：]+)：", line)
            if head:
                heading = head[1]
                found["headings"].append((item, heading, head[2]))
            rest = line[head.end() :] if head else line
            if rest and heading:
                found["points"].append((item, heading, rest))
            elif rest:
                found["intros"].append(rest)
    return found


@needs_rules
def test_chapters_and_items_as_printed(criteria: Criteria, rules: dict[str, Any]) -> None:
    assert {c.id: (c.title, c.points) for c in criteria.chapters} == rules["chapters"]
    items = (*criteria.overview.items, *criteria.items)
    assert {i.id: (i.title, i.points) for i in items} == rules["items"]


@needs_rules
def test_intros_as_printed(criteria: Criteria, rules: dict[str, Any]) -> None:
    ours = [n.intro for c in (criteria.overview, *criteria.chapters) for n in (c, *c.items) if n.intro]
    assert ours == rules["intros"]


@needs_rules
def test_headings_as_printed(criteria: Criteria, rules: dict[str, Any]) -> None:
    ours = [(i.item, p) for i in _all(criteria) for p in i.printed]
    assert ours == [(item, title) for item, _, title in rules["headings"]]
    own = {i.id: i.printed for i in _all(criteria) if i.id != "4.6.1" and i.printed}
    assert own == {f"{item}.{n}": (t,) for item, n, t in rules["headings"] if item != "4.6"}


def _all(criteria: Criteria) -> tuple[Indicator, ...]:
    return (*criteria.overview_indicators, *criteria.indicators)


@needs_rules
def test_requirements_as_printed(criteria: Criteria, rules: dict[str, Any]) -> None:
    ours = [
        f"（{r.id.split('-')[1]}）{r.text}" if i.item[0] != "7" else r.text
        for i in _all(criteria)
        if i.printed
        for r in i.requirements
    ]
    assert ours == [line for _, _, line in rules["points"]]
    for undivided in ("7.3", "7.5"):
        assert criteria.indicator(f"{undivided}.1").requirements[0].text in rules["intros"]


@needs_rules
def test_sources_name_the_printed_place(criteria: Criteria, rules: dict[str, Any]) -> None:
    printed = [
        f"评价准则 五、{item} {heading}）{'' if item[0] == '7' else line[:3]}"
        for item, heading, line in rules["points"]
    ]
    assert [r.source for i in _all(criteria) if i.printed for r in i.requirements] == printed


def test_links_are_those_of_the_text(criteria: Criteria) -> None:
    for indicator in criteria.indicators:
        named = re.search(r"评价指标及其要求([\d.、]+)等", indicator.requirements[0].text)
        assert indicator.links == (tuple(named[1].split("、")) if named else ())
    assert sum(len(i.links) for i in criteria.indicators) == 18


def test_conditions_are_those_of_the_text(criteria: Criteria) -> None:
    words = {"when_applicable": "适用时", "when_necessary": "必要时"}
    stated = [(r.text, r.condition) for i in _all(criteria) if i.printed for r in i.requirements]
    stated += [(item.intro, item.condition) for item in criteria.items]
    for text, condition in stated:
        assert [c for c, word in words.items() if word in text] == (
            [] if condition == "always" else [condition]
        )
    assert len([c for _, c in stated if c != "always"]) == 4


@needs_rules
def test_limits_as_printed(criteria: Criteria) -> None:
    text = RULES.read_text(encoding="utf-8")
    words = {limit.kind: limit.words for limit in criteria.limits}
    assert f"字数限{words['overview']}字以内" in text
    assert f"含图表最多不超过{words['report'] // 10_000}万字" in text
    assert f"字数限{words['annual'] // 10_000}万字以内" in text
    assert f"至少{'零一二三四'[criteria.result_years]}年的关键绩效指标结果数据" in text


# Other files


DOCUMENT = Path(__file__).parents[2] / "docs" / "criteria.md"
TINY: dict[str, Any] = json.loads(
    re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)[0]
)


@pytest.mark.parametrize("kind", [Criteria, Chapter, Item, Indicator, Requirement, Limit])
def test_document_names_every_field_and_no_other(kind: Any) -> None:
    section = DOCUMENT.read_text(encoding="utf-8").split(f"\n### {kind.__name__}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|.*?\| (是|否) \|", section.split("\n### ")[0], re.M)
    fields = [(f.name, "是" if f.default is MISSING else "否") for f in dataclasses.fields(kind)]
    assert rows == fields


def test_document_names_every_word_of_a_choice() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for word in (*get_args(PartKind), *get_args(Condition), *ASPECTS):
        assert f"`{word}`" in text


def _write(folder: Path, data: object) -> Path:
    path = folder / "criteria.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_another_award_is_another_file(tmp_path: Path) -> None:
    tiny = load_criteria(_write(tmp_path, TINY))
    assert [i.id for i in tiny.indicators] == ["1.1.1", "1.2.1"]
    assert tiny.is_result("1.2.1")
    limit = tiny.limit("report")
    assert limit and limit.words == 500


def test_shipped_file_survives_a_round_trip(criteria: Criteria, tmp_path: Path) -> None:
    assert load_criteria(_write(tmp_path, to_json(criteria))) == criteria


def test_a_byte_order_mark_does_no_harm(criteria: Criteria, tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + SHIPPED.read_bytes())
    assert load_criteria(path) == criteria


def _item(data: dict[str, Any], n: int = 0) -> dict[str, Any]:
    return data["chapters"][0]["items"][n]


def _indicator(data: dict[str, Any], n: int = 0) -> dict[str, Any]:
    return _item(data, n)["indicators"][0]


def _only_overview(data: dict[str, Any]) -> None:
    data["chapters"] = []


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "points": (lambda d: _item(d).update(points=21), "第 1 章写明50分，各条目合计却是51分"),
    "no points": (lambda d: d["chapters"][0].update(points=0) or _item(d).update(points=-30), "不是正数"),
    "overview points": (lambda d: d["overview"].update(points=5), "分值应为0"),
    "same id": (lambda d: _item(d, 1).update(id="1.1"), "编号 1.1 出现了2次"),
    "item elsewhere": (lambda d: _item(d).update(id="2.1"), "条目 2.1"),
    "indicator elsewhere": (lambda d: _indicator(d).update(id="1.3.1"), "指标 1.3.1"),
    "point elsewhere": (lambda d: _indicator(d, 1)["requirements"][0].update(id="1.1.1-1"), "要点 1.1.1-1"),
    "link": (lambda d: _indicator(d, 1).update(links=["9.9"]), "链接 9.9"),
    "alias": (lambda d: d.update(aliases=[["1.1.2", "8.1.1"]]), "别名 1.1.2"),
    "alias is an id": (lambda d: d.update(aliases=[["1.1.1", "1.2.1"]]), "别名 1.1.1"),
    "nothing expected": (lambda d: _indicator(d).update(expected=[]), "expected"),
    "item without indicator": (lambda d: _item(d).update(indicators=[]), "条目 1.1 没有指标"),
    "two limits": (lambda d: d.update(limits=d["limits"] * 2), "不止一条"),
    "no limit": (lambda d: d["limits"][0].update(words=0), "应为正整数"),
    "no years": (lambda d: d.update(result_years=0), "result_years"),
    "nothing to score": (_only_overview, "没有任何评分指标"),
    "missing field": (lambda d: _item(d).pop("points"), "缺少 chapters[0].items[0].points"),
    "misspelt field": (lambda d: _item(d).update(Intro=""), "不认识的字段 Intro"),
    "number as text": (lambda d: _item(d).update(points="20"), "chapters[0].items[0].points 应为整数"),
    "true as number": (lambda d: d.update(result_years=True), "result_years 应为整数"),
    "unknown aspect": (
        lambda d: _indicator(d).update(expected=["方法"]),
        "应为 approach、deployment、result 之一",
    ),
    "list": (lambda d: d.update(chapters={}), "chapters 应为数组"),
    "pair": (lambda d: d.update(aliases=[["1.1.2"]]), "aliases[0] 应有2项"),
    "object": (lambda d: d.update(overview=None), "overview 应为对象"),
    "charts": (lambda d: d["limits"][0].update(charts="yes"), "limits[0].charts 应为true 或 false"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_inconsistent_files_are_refused_with_the_place(name: str, tmp_path: Path) -> None:
    harm, words = DAMAGE[name]
    data = json.loads(json.dumps(TINY))
    harm(data)
    with pytest.raises(UsageError) as caught:
        load_criteria(_write(tmp_path, data))
    assert words in caught.value.message
    assert "docs/criteria.md" in caught.value.message


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{", b"[" * 100_000, b"[]", b'"x"'])
def test_ill_formed_files_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="准则文件"):
        load_criteria(path)


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到准则文件"):
        load_criteria(tmp_path / "none.json")
    with pytest.raises(UsageError, match="无法读取准则文件"):
        load_criteria(tmp_path)


def test_codec_and_loader_agree(criteria: Criteria) -> None:
    assert from_json(Criteria, json.loads(SHIPPED.read_text(encoding="utf-8"))) == criteria
    assert replace(criteria, id="other") != criteria
