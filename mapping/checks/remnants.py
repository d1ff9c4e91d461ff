"""What a template or another submission left behind: blanks, instructions, another award's name (C47)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mapping.checks.prose import heading_places, listed, passages_of, places, sentence_at
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, HeadingRecord, PassageRecord
from models.criteria import Criteria

_CROSSES = r"(?:[×✕╳]{2,}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|＊{2,}|\*{3,}|〇{2,}|○{2,})"
_OF_THE_ORGANISATION = r"(?:有限|股份|责任|集团)*(?:公司|集团|企业|单位|医院|学校|部门|部|中心|产品|项目|品牌|系统|平台|行业|领域|年度?|月|日|省|市|区|县|奖|证书|认证|体系|制度|办法|程序)"
_REMNANTS = (
    re.compile(rf"{_CROSSES}\s*{_OF_THE_ORGANISATION}"),
    re.compile(r"(?:20|19)(?:[xX×]{2}|__+|□□)年"),
    re.compile(
        rf"(?:公司名称|企业名称|单位名称|组织名称|申报单位|姓名|电话|日期|时间|数据|指标|金额)[:为是]?\s*{_CROSSES}"
    ),
    re.compile(
        r"【\s*】|【[^【】]{0,30}(?:请|填写|填入|此处|插入|待补|说明|公司名|企业名|单位名|组织名|名称|年份|示例|内容|数据|可删|备注)[^【】]{0,30}】"
    ),
    re.compile(r"[\[〔<《{](?:公司|企业|单位|组织|产品|品牌|项目)(?:名称|全称|简称)[\]〕>》}]"),
    re.compile(
        r"[(]\s*(?:请|此处|本节应|本部分应|本条应|这里|可在此|建议在此|注:请|提示:|填写说明|说明:请|待补|待填|待完善|待更新|待定稿|待核实|待确认)[^()]{0,60}[)]"
    ),
    re.compile(r"(?:此处|在此处?|这里)(?:请)?(?:填写|插入|添加|补充|粘贴|放置|输入|说明|描述|加入)"),
    re.compile(r"(?:单击|点击)(?:此处|或点击)?(?:以|来)?(?:输入|添加|选择|编辑)"),
    re.compile(
        r"(?:^|[。;\n])\s*请(?:在此|填写|简要|简述|概述|描述|列出|提供|说明|结合本?(?:公司|单位|企业)?实际|根据实际|按照实际)[^。;\n]{0,50}"
    ),
    re.compile(r"待(?:补充|填写|完善|更新|核实|确认)(?:$|[。;,)\]】])"),
    re.compile(
        r"(?:本节|本部分|本条|本章|该部分)(?:应当?|需要?|主要应|要求)(?:说明|描述|填写|包括|介绍|阐述|写明)"
    ),
    re.compile(
        r"\bTODO\b|\bTBD\b|[Ll]orem ipsum|示例文字|样例文字|占位符|占位文字|填表说明|填写说明|填写要求|编写说明"
    ),
    re.compile(r"字数(?:不超过|控制在|限)\s*\d+字|(?:不超过|限)\s*\d{3,5}\s*字(?:以内)?[)。]?$"),
    re.compile(r"_{4,}|[…]{4,}"),
)
_ANONYMISED = re.compile(r"%|％")

_AWARD = (
    r"(?P<award>(?:(?:[\u4e00-\u9fff]{2,6}?(?:省|市|区|县|州|自治区))?(?:人民政府|政府|市长|省长|区长|县长|州长|主席)质量(?:管理)?奖|全国质量奖|中国质量奖"
    r"|(?:长江|泰山|鲁班|天府|楚天|紫荆|珠江|赣江|黄河|海河|长城|钱江|姑苏|深圳|上海)质量奖|亚洲质量(?:创新|卓越)奖|[\u4e00-\u9fff]{2,4}(?:省|市|区|县)(?:卓越绩效奖|质量奖)))"
)  # fmt: skip
_ADDRESSED = (
    re.compile(rf"{_AWARD}(?:的)?(?:自我?评价?报告|自评报告|申报(?:材料|书|表|报告)|组织概述|证实性材料|评审(?:专家|组|委员会)|评审委员会)"),
    re.compile(rf"(?:本次|此次|现|特|本届|这次|今年|本公司|我公司|公司)(?:拟|自愿|决定)?(?:申报|申请|参评|参加|角逐)(?:的)?(?:本届|第[一二三四五六七八九十\d]+届)?{_AWARD}"),
    re.compile(rf"(?:按照?|依据|根据|对照|遵循|依照)《?{_AWARD}(?:》)?(?:的)?(?:评价准则|评审标准|评价标准|评审准则|评审细则|管理办法|评审办法|评选办法|评审管理办法|实施细则|评价要求|评审要求|要求)"),
    re.compile(rf"(?:感谢|恳请|敬请|请){_AWARD}"),
)  # fmt: skip
_INTENDED = re.compile(
    r"计划|规划|目标|力争|争取|未来|将(?:于|在)?(?!本)|下一步|曾|20\d\d年(?:申报|申请|参评)|荣?获|入围|提名|连续"
)


@check("template-remnant")
def template_remnant(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per document. Where an office made a report anonymous, ××公司 stands everywhere: a note."""
    for document in draft.documents:
        found: list[tuple[str, PassageRecord]] = []
        for passage in passages_of(draft, "overview", "report", "annual"):
            if passage.document == document.id:
                found += [(remnant, passage) for remnant in remnants(f"{passage.context}\n{passage.text}")]
        headings = [
            (remnant, heading)
            for heading in draft.headings
            if heading.document == document.id
            for remnant in remnants(heading.text)
        ]
        if found or headings:
            yield _remnant_finding(rule, document.id, found, headings)


def _remnant_finding(
    rule: Rule,
    document: str,
    found: list[tuple[str, PassageRecord]],
    headings: list[tuple[str, HeadingRecord]],
) -> Finding:
    printed = dict.fromkeys((*(remnant for remnant, _ in headings), *(remnant for remnant, _ in found)))
    return rule.finding(
        document,
        next(iter(printed)),
        where=places(passage for _, passage in found),
        saying="anonymous" if len(found) > rule.numbers["anonymous"] else "usual",
        severity="note" if len(found) > rule.numbers["anonymous"] else None,
        remnants=listed(printed),
        number=len(found) + len(headings),
    )


def remnants(text: str) -> Iterator[str]:
    """What is left of a template in a text, as printed."""
    text = unicodedata.normalize("NFKC", text).strip()
    end = -1
    spans = sorted((m.start(), m.end(), m.group(0)) for pattern in _REMNANTS for m in pattern.finditer(text))
    for start, stop, printed in spans:
        if start >= end and not _ANONYMISED.match(text[stop : stop + 1]):
            end = stop
            yield " ".join(printed.strip("。;\n ").split())


@check("other-award")
def other_award(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Another award as the one that is applied for: one line per award."""
    found: dict[str, list[PassageRecord]] = {}
    for passage in passages_of(draft, "overview", "report"):
        for award in addressed(passage.text, criteria.title):
            found.setdefault(award, []).append(passage)
    titled: dict[str, list[HeadingRecord]] = {}
    reports = {document.id for document in draft.documents if document.kind in ("overview", "report")}
    for heading in draft.headings:
        if heading.document in reports:
            for award in addressed(heading.text, criteria.title):
                titled.setdefault(award, []).append(heading)
    for award in dict.fromkeys((*titled, *found)):
        passages, headings = found.get(award, []), titled.get(award, [])
        yield rule.finding(
            (passages or headings)[0].document,
            award,
            where=(*heading_places(draft, headings), *places(passages)),
            award=award,
            own=_own_award(criteria.title),
        )


def addressed(text: str, title: str) -> Iterator[str]:
    """Awards that a text is addressed to, other than the one that the criteria are of."""
    if "奖" not in text:
        return
    text = unicodedata.normalize("NFKC", text)
    for pattern in _ADDRESSED:
        for match in pattern.finditer(text):
            award = match.group("award")
            planned = _INTENDED.search(sentence_at(text, match.start())[: max(0, match.start())])
            if award not in title and not planned:
                yield award


def _own_award(title: str) -> str:
    return title.partition("评价准则")[0] or title
