"""Claims that the list of evidence does not name (C48), looked at only where such a list was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mapping.checks.prose import bigrams, listed, passages_of, places, squash
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

_CERTIFIED = re.compile(
    r"(?:通过|取得|获得?|持有)[^。;]{0,30}?(?P<name>(?:ISO(?:/IEC)?|GB/?T|IATF|OHSAS|CMMI|SA|GJB|HACCP|CCC|CE|UL|ITSS|AAA?A?)[\s\-]?\d*[^。;,、和及等]{0,12}?)(?:认证|证书|资质|评估)"
)
_NAMED_CERTIFICATE = re.compile(
    r"(?:取得|获得?|持有|拥有)(?:了)?[“《]?(?P<name>[\u4e00-\u9fffA-Z0-9]{4,20}?(?:证书|许可证|资质))"
)
_PATENTS = re.compile(
    r"(?:拥有|获得?|取得|授权|累计)[^。;]{0,16}?(?P<name>(?:发明|实用新型|外观设计|国家|有效)?专利)[^。;]{0,6}?\d+[件项]|\d+[件项](?P<name2>(?:发明|实用新型|外观设计)?专利)"
)
_AWARDED = re.compile(
    r"(?:荣获|获评|获得?|被评为|被授予|评为|入选|摘得|斩获)(?:了)?[^。;“”]{0,18}?(?:“(?P<name>[^“”]{4,24})”|(?P<name2>[\u4e00-\u9fff]{2,16}(?:奖(?!金|励|项)|称号)))"
)
_ALL_OF_A_KIND = {
    "认证": re.compile(r"(?:体系)?认证证书(?!\d)|资质证书|资质汇总|证书汇总"),
    "专利": re.compile(r"专利"),
    "荣誉": re.compile(r"(?:荣誉|获奖|奖励)(?:证书|汇总|清单|一览|情况|复印件)|主要荣誉"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    kind: str
    name: str
    passage: PassageRecord


@check("evidence-not-listed")
def evidence_not_listed(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line for all claims. A list that could not be read whole is not held against anyone."""
    lists = [document for document in draft.documents if document.kind == "evidence"]
    lines = [squash(line.text) for line in draft.evidence]
    if len(lines) < rule.numbers["lines"] or not all(one.ledger.complete for one in lists):
        return
    lacking: dict[str, Claim] = {}
    for passage in passages_of(draft, "report", "overview"):
        for claim in claims(passage):
            if not _named(claim, lines, rule.numbers["likeness"]):
                lacking.setdefault(claim.name, claim)
    if lacking:
        yield rule.finding(
            lists[0].id,
            "、".join(list(lacking)[:3]),
            where=places(claim.passage for claim in lacking.values()),
            names=listed(lacking),
            number=len(lacking),
        )


def claims(passage: PassageRecord) -> Iterator[Claim]:
    """Certificates, patents and awards that a passage of prose says the organisation has."""
    if passage.kind in ("table", "chart", "caption"):
        return
    text = squash(passage.text)
    for kind, patterns in (
        ("认证", (_CERTIFIED, _NAMED_CERTIFICATE)),
        ("专利", (_PATENTS,)),
        ("荣誉", (_AWARDED,)),
    ):
        for pattern in patterns:
            for match in pattern.finditer(text):
                groups = match.groupdict()
                name = groups.get("name") or groups.get("name2") or ""
                if len(name) >= 2:
                    yield Claim(kind, name, passage)


def _named(claim: Claim, lines: list[str], likeness: float) -> bool:
    """Whether a line names the claim, or all of its kind together."""
    if any(_ALL_OF_A_KIND[claim.kind].search(line) for line in lines):
        return True
    number = re.search(r"\d{3,}", claim.name)
    if number:
        return any(number.group(0) in line for line in lines)
    wanted = bigrams(claim.name)
    return any(len(wanted & bigrams(line)) >= likeness * len(wanted) for line in lines)
