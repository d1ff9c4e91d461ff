"""Editions of standards that are out of date (C49). What was certified at the time is history, no fault."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mapping.checks.prose import passages_of, places, sentence_at
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

STANDARDS = Path(__file__).parents[1] / "data" / "standards.toml"
_CITED = re.compile(r"[A-ZＡ-Ｚ]{2}[^。]{0,12}[\d０-９]{4}")
_EDITION = r"\s*[:：\-—–－]\s*"
_YEAR = re.compile(r"(?<![\d\-:—])((?:19|20)\d{2})\s*[年.]")
_DONE = re.compile(r"通过|审核|取得|获|认证|导入|建立|贯标|首次|率先|起|颁布|发布")
_CHANGED = re.compile(r"换版|转版|改版|转换|升级|更新|过渡|代替|替代|取代|改为|原")


@dataclass(frozen=True, slots=True)
class Edition:
    """Old editions of a standard as they are cited, and what holds from which year on."""

    pattern: re.Pattern[str]
    now: str
    since: int


@check("standard-outdated")
def standard_outdated(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per old edition."""
    last = max((int(year) for year in draft.years.reporting), default=9999)
    passages = [
        (passage, unicodedata.normalize("NFKC", passage.text))
        for passage in passages_of(draft, "overview", "report", "annual")
        if _CITED.search(passage.text)
    ]
    for edition in _editions():
        if edition.since > last:
            continue
        found: dict[str, list[PassageRecord]] = {}
        for passage, text in passages:
            for match in edition.pattern.finditer(text):
                if not _is_history(text, match, edition, rule):
                    found.setdefault(" ".join(match.group(0).split()), []).append(passage)
        if found:
            cited = next(iter(found))
            yield rule.finding(
                next(iter(found.values()))[0].document,
                cited,
                where=places(passage for passages_ in found.values() for passage in passages_),
                cited=cited,
                now=edition.now,
            )


def _is_history(text: str, match: re.Match[str], edition: Edition, rule: Rule) -> bool:
    """Whether the sentence dates it to when it held, or tells of the change to the new edition."""
    sentence = sentence_at(text, match.start())
    if _CHANGED.search(sentence):
        return True
    held_until = edition.since + int(rule.numbers["transition"])
    years = [int(year) for year in _YEAR.findall(sentence)]
    return bool(years) and min(years) <= held_until and _DONE.search(sentence) is not None


@cache
def _editions() -> tuple[Edition, ...]:
    data = tomllib.loads(STANDARDS.read_text(encoding="utf-8"))
    return tuple(
        Edition(_pattern(one["name"], one["old"]), one["now"], one["since"]) for one in data["standard"]
    )


def _pattern(name: str, old: list[str]) -> re.Pattern[str]:
    if old == [""]:
        return re.compile(rf"{name}(?!\d)(?:{_EDITION}\d{{4}})?")
    dated = "|".join(rf"{_EDITION}{one}" if one[0].isdigit() else re.escape(one) for one in old)
    return re.compile(rf"{name}(?:{dated})(?![\d-])")
