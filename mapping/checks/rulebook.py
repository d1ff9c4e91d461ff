"""The data file of the checks: severities, sources, words and thresholds, which an office may change.

``mapping/data/checks.toml`` has a table per check. A file of an office holds only what differs: it is
laid over the shipped one, key by key, and a key or a name that the shipped one lacks is refused.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mapping.checks.rule import SEVERITIES, Rule, Saying
from models.errors import UsageError

SHIPPED = Path(__file__).parents[1] / "data" / "checks.toml"
Rulebook = Mapping[str, Rule]
"""Rules by the ids of their checks, in the order of the file."""

_WORDS = ("title", "severity", "source", "message", "advice")


@cache
def shipped_rules() -> Rulebook:
    return _rules(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))


def load_rules(path: Path | None = None, changes: Mapping[str, Any] | None = None) -> Rulebook:
    """The shipped rules, changed by an office's file where one is given, and then by the ``changes`` of a
    round, which are laid out as the file is.

    Raises UsageError if the file is missing, is no TOML, or changes what is not there.
    """
    if path is None and not changes:
        return shipped_rules()
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    if path is not None:
        data = _changed(data, _read(path), f"检查设置文件“{path}”")
    if changes:
        data = _changed(data, changes, "本轮次的检查设置")
    return _rules(data)


def _changed(data: dict[str, Any], changes: Mapping[str, Any], origin: str) -> dict[str, Any]:
    fault = next(_faults(data, changes), None)
    if fault is not None:
        raise UsageError(f"{origin}有误：{fault}。请按 docs/checks.md 的说明修改。")
    return _laid_over(data, changes)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(f"找不到检查设置文件“{path}”。请检查 --checks 后面的路径。") from None
    except OSError:
        raise UsageError(f"无法读取检查设置文件“{path}”。请检查它是不是文件、有没有读取权限。") from None
    except (ValueError, RecursionError):
        raise UsageError(
            f"检查设置文件“{path}”不是有效的 TOML（UTF-8）。请按 docs/checks.md 的说明修改。"
        ) from None


def _rules(data: Mapping[str, Any]) -> Rulebook:
    return {identity: _rule(identity, table) for identity, table in data.items()}


def _rule(identity: str, table: Mapping[str, Any]) -> Rule:
    sayings = {"usual": Saying(table["message"], table["advice"])}
    for name, other in table.get("other", {}).items():
        sayings[name] = Saying(other.get("message", table["message"]), other.get("advice", table["advice"]))
    return Rule(
        id=identity,
        title=table["title"],
        severity=table["severity"],
        source=table["source"],
        sayings=sayings,
        numbers={name: float(number) for name, number in table.get("numbers", {}).items()},
        off=table.get("off", False),
        instead_of=tuple(table.get("instead_of", ())),
    )


def _laid_over(data: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` with the changed leaves."""
    for key, value in changes.items():
        data[key] = _laid_over(data.get(key, {}), value) if isinstance(value, dict) else value
    return data


def _faults(data: Mapping[str, Any], changes: Mapping[str, Any]) -> Iterator[str]:
    """What an office's file says that cannot be done, a clause in Chinese each."""
    for identity, table in changes.items():
        if identity not in data:
            yield f"没有名为 {identity} 的检查"
        elif not isinstance(table, dict):
            yield f"{identity} 应为表 [{identity}]"
        else:
            yield from _table_faults(identity, data, table)


def _table_faults(identity: str, data: Mapping[str, Any], table: Mapping[str, Any]) -> Iterator[str]:
    own = data[identity]
    for key, value in table.items():
        place = f"{identity}.{key}"
        if key == "off":
            if not isinstance(value, bool):
                yield f"{place} 应为 true 或 false"
        elif key == "severity":
            if value not in SEVERITIES:
                yield f"{place} 应为 {'、'.join(SEVERITIES)} 之一"
        elif key == "instead_of":
            if not isinstance(value, list) or not all(isinstance(one, str) and one in data for one in value):
                yield f"{place} 应为检查编号的列表"
        elif key in _WORDS:
            yield from _wording_faults(place, own[key], value)
        elif key == "numbers" and isinstance(value, dict):
            yield from _number_faults(place, own.get(key, {}), value)
        elif key == "other" and isinstance(value, dict):
            yield from _other_faults(place, own, value)
        else:
            yield f"{place} 不是可以设置的内容"


def _wording_faults(place: str, own: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{place} 应为一句话"
        return
    try:
        extra = _fields(value) - _fields(own) - {(name, "") for name, _ in _fields(own)}
    except ValueError:
        yield f"{place} 的花括号不成对"
        return
    if extra:
        name, form = min(extra)
        yield f"{place} 中的 {{{name}{form}}} 没有对应的内容"


def _number_faults(place: str, own: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[str]:
    for name, number in value.items():
        if name not in own:
            yield f"{place}.{name} 不是可以设置的内容"
        elif isinstance(number, bool) or not isinstance(number, int | float):
            yield f"{place}.{name} 应为数"


def _other_faults(place: str, own: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[str]:
    for name, words in value.items():
        known = own.get("other", {}).get(name)
        if known is None or not isinstance(words, dict) or set(words) - {"message", "advice"}:
            yield f"{place}.{name} 不是可以设置的内容"
            continue
        for key, text in words.items():
            yield from _wording_faults(f"{place}.{name}.{key}", known.get(key, own[key]), text)


def _fields(wording: str) -> set[tuple[str, str]]:
    """Names in braces of a wording, each plain and with the form it is written in (``:,``).

    Raises ValueError where braces do not match."""
    fields = set()
    for _, name, form, conversion in string.Formatter().parse(wording):
        if name is not None:
            written = (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            fields |= {(name, written)}
    return fields
