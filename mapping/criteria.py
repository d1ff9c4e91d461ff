"""The criteria file: loaded, checked for shape, and checked against itself.

A criteria file is the JSON form of ``models.criteria.Criteria``; ``docs/criteria.md`` describes it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mapping.shape import misfits
from models.codec import from_json
from models.criteria import Chapter, Criteria, Item
from models.errors import UsageError

SHIPPED = Path(__file__).parent / "data" / "bjqa-2020.json"


def load_criteria(path: Path | None = None) -> Criteria:
    """The criteria of a file, or those shipped with the program.

    Raises UsageError if the file is missing, is no criteria file, or contradicts itself.
    """
    source = path or SHIPPED
    data = _read(source)
    _refuse(source, misfits(Criteria, data))
    criteria = from_json(Criteria, data)
    _refuse(source, faults(criteria))
    return criteria


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(f"找不到准则文件“{path}”。请检查 --criteria 后面的路径。") from None
    except OSError:
        raise UsageError(f"无法读取准则文件“{path}”。请检查它是不是文件、有没有读取权限。") from None
    except (ValueError, RecursionError):
        raise UsageError(
            f"准则文件“{path}”不是有效的 JSON（UTF-8）。请按 docs/criteria.md 的说明修改。"
        ) from None


def _refuse(path: Path, problems: Iterable[str]) -> None:
    found = next(iter(problems), None)
    if found is not None:
        raise UsageError(f"准则文件“{path}”有误：{found}。请按 docs/criteria.md 的说明修改。")


def faults(criteria: Criteria) -> Iterator[str]:
    """What the criteria say against themselves, a clause in Chinese each."""
    yield from _twice(criteria)
    for chapter in (criteria.overview, *criteria.chapters):
        yield from _misnamed(chapter)
    yield from _wrong_points(criteria)
    yield from _unexpected(criteria)
    yield from _broken_references(criteria)
    yield from _wrong_limits(criteria)


def _twice(criteria: Criteria) -> Iterator[str]:
    for identity, count in Counter(node.id for node in criteria.nodes()).items():
        if count > 1:
            yield f"编号 {identity} 出现了{count}次"
    for identity, count in Counter(alias for alias, _ in criteria.aliases).items():
        if count > 1 or identity in criteria.by_id:
            yield f"别名 {identity} 重复，或与已有编号相同"


def _misnamed(chapter: Chapter) -> Iterator[str]:
    for item in chapter.items:
        if not item.id.startswith(f"{chapter.id}."):
            yield f"条目 {item.id} 的编号与所在的章 {chapter.id} 不符"
        yield from _misnamed_in_item(item)


def _misnamed_in_item(item: Item) -> Iterator[str]:
    for indicator in item.indicators:
        if indicator.item != item.id or not indicator.id.startswith(f"{item.id}."):
            yield f"指标 {indicator.id} 的编号或 item 与所在的条目 {item.id} 不符"
        for requirement in indicator.requirements:
            if not requirement.id.startswith(f"{indicator.id}-"):
                yield f"要点 {requirement.id} 的编号与所在的指标 {indicator.id} 不符"


def _wrong_points(criteria: Criteria) -> Iterator[str]:
    for chapter in criteria.chapters:
        total = sum(item.points for item in chapter.items)
        if total != chapter.points:
            yield f"第 {chapter.id} 章写明{chapter.points}分，各条目合计却是{total}分"
    scored: tuple[Chapter | Item, ...] = (*criteria.chapters, *criteria.items)
    yield from (f"{node.id} 的分值不是正数" for node in scored if node.points <= 0)
    unscored: tuple[Chapter | Item, ...] = (criteria.overview, *criteria.overview.items)
    yield from (f"{node.id} 属于组织概述，不评分，分值应为0" for node in unscored if node.points)


def _unexpected(criteria: Criteria) -> Iterator[str]:
    if not criteria.indicators:
        yield "没有任何评分指标"
    yield from (f"条目 {item.id} 没有指标" for item in criteria.items if not item.indicators)
    for indicator in criteria.indicators:
        if not indicator.expected:
            yield f"指标 {indicator.id} 没有写明应有的方面（expected）"
    if criteria.result_years < 1:
        yield "result_years 应为正整数"


def _broken_references(criteria: Criteria) -> Iterator[str]:
    chapters = (criteria.overview, *criteria.chapters)
    targets = {chapter.id for chapter in chapters} | {i.id for chapter in chapters for i in chapter.items}
    for indicator in criteria.indicators:
        for link in indicator.links:
            if link not in targets:
                yield f"指标 {indicator.id} 的链接 {link} 不是任何章或条目"
    for alias, target in criteria.aliases:
        if target not in criteria.by_id:
            yield f"别名 {alias} 指向不存在的编号 {target}"


def _wrong_limits(criteria: Criteria) -> Iterator[str]:
    kinds = Counter(limit.kind for limit in criteria.limits)
    for limit in criteria.limits:
        if kinds[limit.kind] > 1:
            yield f"{limit.kind} 的字数限制不止一条"
        if limit.words <= 0:
            yield f"{limit.kind} 的字数限制应为正整数"
