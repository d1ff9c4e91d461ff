import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from api.export.digest import digest
from api.export.html import stylesheet, to_html
from models.assessment import Assessment, UnreadableFile
from models.document import PartKind
from tests.api.assessments import CRITERIA, empty_assessment, gold_assessment, only

API = Path(__file__).parents[2] / "api"
Page = etree._Element


def parsed(assessment: Assessment) -> Page:
    """The page read by a strict parser: an unclosed tag or a stray & is an error."""
    return etree.fromstring(to_html(assessment, CRITERIA).encode())


@lru_cache(maxsize=1)
def gold_page() -> Page:
    return parsed(gold_assessment())


def words(page: Page) -> str:
    return "".join(page.find("body").itertext())


def by_id(page: Page, identity: str) -> Page:
    (found,) = page.xpath("//*[@id=$identity]", identity=identity)
    return found


def two_reports() -> Assessment:
    """The report twice, as two documents with passages of their own."""
    whole = only("report")
    first = whole.documents[0]
    renamed = {p.id: f"{p.id}b" for p in whole.passages}
    return replace(
        whole,
        documents=(first, replace(first, id="d9", filename="另一份.docx")),
        passages=(*whole.passages, *(replace(p, id=renamed[p.id], document="d9") for p in whole.passages)),
        coverage=(
            *whole.coverage,
            *(
                replace(c, document="d9", passages=tuple(renamed[p] for p in c.passages), nearest=())
                for c in whole.coverage
            ),
        ),
    )


@pytest.mark.parametrize(
    "assessment",
    [gold_assessment(), only("report"), only("overview"), only("annual"), two_reports(), empty_assessment()],
    ids=["all", "report", "overview", "annual", "two reports", "evidence only"],
)
def test_every_link_has_its_one_target(assessment: Assessment) -> None:
    page = parsed(assessment)
    identities = Counter(page.xpath("//@id"))
    assert [name for name, times in identities.items() if times > 1] == []
    links = page.xpath("//@href")
    assert links
    assert [link for link in links if not link.startswith("#") or link[1:] not in identities] == []
    for reference in page.xpath("//@aria-labelledby"):
        assert all(name in identities for name in reference.split())


def test_every_passage_series_and_indicator_can_be_addressed() -> None:
    assessment, page = gold_assessment(), gold_page()
    identities = set(page.xpath("//@id"))
    assert {p.id for p in assessment.passages} <= identities
    assert {k.id for k in assessment.kpis} <= identities
    assert {f"i-{indicator.id}" for indicator in CRITERIA.indicators} <= identities
    assert {f"d3-i-{item.id}" for item in CRITERIA.items} <= identities


def test_the_page_needs_no_network_and_no_script() -> None:
    page = gold_page()
    assert (
        page.xpath("//script|//link|//img|//iframe|//form|//@style|//@src|//@*[starts-with(name(),'on')]")
        == []
    )
    assert not re.search(r"@import|url\(|https?:|//", stylesheet())
    assert not re.search(r"https?://", to_html(gold_assessment(), CRITERIA))


def test_the_policy_allows_this_style_sheet_only() -> None:
    page = gold_page()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = page.xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_text_of_the_report_stays_text() -> None:
    assessment = only("report")
    hostile = "<script>alert('&')</script>\x00\x0b\"]]>"
    first = replace(
        assessment.passages[0], text=hostile, context=hostile, heading_path=(hostile,), requirements=()
    )
    series = replace(assessment.kpis[0], name=hostile, unit=hostile, raw={"2017": hostile})
    finding = replace(assessment.findings[0], message=hostile, advice=hostile)
    page = parsed(
        replace(
            assessment,
            passages=(first, *assessment.passages[1:]),
            kpis=(series, *assessment.kpis[1:]),
            findings=(finding, *assessment.findings[1:]),
        )
    )
    assert page.xpath("//script") == []
    shown = "".join(by_id(page, first.id).itertext())
    assert "<script>alert('&')</script>\"]]>" in shown
    assert "<script>" in "".join(by_id(page, series.id).itertext())


def test_the_same_assessment_gives_the_same_page() -> None:
    assert to_html(gold_assessment(), CRITERIA) == to_html(gold_assessment(), CRITERIA)


def test_findings_stand_in_three_groups_and_none_is_left_out() -> None:
    assessment, page = gold_assessment(), gold_page()
    for severity, title in (("error", "违反规定"), ("warning", "建议补充"), ("note", "请核对")):
        group = by_id(page, f"todo-{severity}")
        assert title in "".join(group.find("h3").itertext())
        messages = ["".join(p.itertext()) for p in group.xpath(".//p[@class='message']")]
        lines = [line for line in digest(assessment, CRITERIA) if line.severity == severity]
        assert messages == [line.message for line in lines]
        shown = group.xpath("./ol/li")
        assert len(shown) == min(len(lines), {"error": 10, "warning": 15, "note": 10}[severity])


def test_the_map_has_a_tile_per_indicator_and_says_in_words_what_the_colour_says() -> None:
    page = gold_page()
    tiles = by_id(page, "map-d2").xpath(".//a[starts-with(@class,'tile')]")
    assert [tile.get("href") for tile in tiles] == [f"#i-{i.id}" for i in CRITERIA.indicators]
    tile = next(t for t in tiles if t.get("href") == "#i-1.2.2")
    assert "未找到" in "".join(tile.itertext())
    assert "实施结果：此处不要求" in "".join(tile.itertext())
    off = [t for t in tiles if t.xpath(".//span[starts-with(@class,'cell off')]")]
    assert len(off) == len(CRITERIA.indicators)
    assert CRITERIA.counting_note in words(page)


def test_an_indicator_shows_requirement_passages_and_what_comes_closest() -> None:
    assessment, page = gold_assessment(), gold_page()
    section = by_id(page, "i-1.1.1")
    text = "".join(section.itertext())
    for requirement in CRITERIA.indicator("1.1.1").requirements:
        assert requirement.text in text
    for passage in assessment.passages:
        if passage.document == "d2" and passage.indicators and passage.indicators[0].id == "1.1.1":
            assert passage.text in text
    empty = by_id(page, "i-1.2.2")
    assert "未找到回答这一指标的段落" in "".join(empty.itertext())
    assert len(empty.xpath(".//ul[@class='mentions']/li")) == 2


def test_scores_are_words_and_the_number_stands_only_under_why() -> None:
    passage = next(p for p in gold_assessment().passages if p.indicators and p.indicators[0].score == 0.97)
    article = by_id(gold_page(), passage.id)
    (why,) = article.xpath("./details[@class='why']")
    assert "确定" in "".join(why.find("summary").itertext())
    assert "0.97" in "".join(why.find("ul").itertext())
    why.getparent().remove(why)
    assert "0.97" not in "".join(article.itertext())
    gold_page.cache_clear()


def test_a_series_shows_values_target_comparison_trend_and_a_line_that_can_be_heard() -> None:
    series = next(k for k in gold_assessment().kpis if k.name == "总体顾客满意度")
    row = by_id(gold_page(), series.id)
    text = "".join(row.itertext())
    for wanted in ("91.2", "93.0", "95.1", "94.5（2019）", "竞争对手A 90.6（2019）", "向好", "%"):
        assert wanted in text
    (drawing,) = row.xpath(".//svg")
    assert drawing.get("role") == "img"
    assert drawing.find("title").text == series.name
    assert "2019年 95.1" in drawing.find("desc").text


def test_a_length_with_pictures_is_never_plainly_within() -> None:
    card = "".join(by_id(gold_page(), "length-d2").itertext())
    row = by_id(gold_page(), "parts").xpath(".//tbody/tr")[0]
    for text in (card, "".join(row.itertext())):
        assert "5 张" in text
        assert "在限额内" not in text
    assert row.xpath(".//span[starts-with(@class,'len')]/@class") == ["len l-open"]


@pytest.mark.parametrize(("kind", "identity"), [("overview", "i-0.1.1"), ("annual", "i-1.1")])
def test_a_document_alone_has_plain_anchors(kind: PartKind, identity: str) -> None:
    by_id(parsed(only(kind)), identity)


def test_unread_files_and_pages_are_said() -> None:
    unread = replace(
        only("report"), unreadable=(UnreadableFile("坏.docx", "文件不完整，请重新保存后再检查。"),)
    )
    text = "".join(by_id(parsed(unread), "parts").itertext())
    assert "坏.docx" in text and "文件不完整" in text
    assert "文件第31-32页没有可读的文字" in text


def test_a_large_report_stays_a_light_page() -> None:
    whole = only("report")
    times = range(5)
    large = replace(
        whole,
        passages=tuple(replace(p, id=f"{p.id}{n}") for n in times for p in whole.passages),
        kpis=tuple(replace(k, id=f"{k.id}{n}") for n in times for k in whole.kpis),
        coverage=tuple(
            replace(c, passages=tuple(f"{p}{n}" for n in times for p in c.passages)) for c in whole.coverage
        ),
    )
    assert len(large.passages) > 700 and len(large.kpis) > 300
    assert len(to_html(large, CRITERIA).encode()) < 3_000_000


def test_our_own_words_pass_no_verdict() -> None:
    own = [*(API / "templates").glob("*.html"), *(API / "export").glob("*.py")]
    for file in own:
        prose = re.sub(r'""".*?"""', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "缺失" not in prose and "符合" not in prose, file.name


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_has_enough_contrast_in_light_dark_and_print() -> None:
    """WCAG AA for small text, 4.5 to 1, on every ground that the text stands on."""
    base: dict[str, str] = {}
    schemes = re.findall(r":root \{(.*?)\}", stylesheet(), flags=re.DOTALL)
    assert len(schemes) == 3
    for scheme in schemes:
        base |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", scheme))
        tokens = {k: "#" + "".join(c * 2 for c in v[1:]) if len(v) == 4 else v for k, v in base.items()}
        grounds = ("paper", "sheet", "wash")
        pairs = [
            (ink, g) for ink in ("ink", "soft", "accent", "found", "part", "gone", "unknown") for g in grounds
        ]
        pairs += [("found", "found-wash"), ("gone", "gone-wash"), ("ink", "gone-wash"), ("soft", "gone-wash")]
        pairs += [
            ("ink", "part-wash"),
            ("accent", "part-wash"),
            ("soft", "part-wash"),
            ("ink", "unknown-wash"),
        ]
        for ink, ground in pairs:
            low, high = sorted((luminance(tokens[ink]), luminance(tokens[ground])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground, tokens[ink], tokens[ground])


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [
        int(h.tag[1]) for h in gold_page().xpath("//*[self::h1|self::h2|self::h3|self::h4|self::h5|self::h6]")
    ]
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
