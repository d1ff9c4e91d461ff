"""Whether JSON data have the shape of a dataclass tree, told in words that its author understands."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

_NAMES: dict[Any, str] = {str: "字符串", int: "整数", bool: "true 或 false", float: "数"}


def misfits(kind: Any, data: Any, place: str = "") -> Iterator[str]:
    """Places where the data cannot be read as ``kind``, a clause in Chinese each; unknown keys too,
    because a misspelt one would otherwise be dropped in silence."""
    if dataclasses.is_dataclass(kind):
        yield from _object_misfits(kind, data, place)
        return
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        if data not in arguments:
            yield f"{place} 应为 {'、'.join(map(str, arguments))} 之一"
    elif origin in (typing.Union, types.UnionType):
        if data is not None:
            yield from misfits(next(a for a in arguments if a is not types.NoneType), data, place)
    elif origin is tuple:
        yield from _list_misfits(arguments, data, place)
    elif type(data) is not kind:  # bool is an int to isinstance
        yield f"{place} 应为{_NAMES[kind]}"


def _object_misfits(kind: Any, data: Any, place: str) -> Iterator[str]:
    if not isinstance(data, dict):
        yield f"{place or '全文'} 应为对象 {{…}}"
        return
    hints = _hints(kind)
    for field in dataclasses.fields(kind):
        where = f"{place}.{field.name}".lstrip(".")
        if field.name in data:
            yield from misfits(hints[field.name], data[field.name], where)
        elif field.default is dataclasses.MISSING:
            yield f"缺少 {where}"
    for key in data.keys() - hints.keys():
        yield f"{place or '全文'} 有不认识的字段 {key}"


def _list_misfits(arguments: tuple[Any, ...], data: Any, place: str) -> Iterator[str]:
    if not isinstance(data, list):
        yield f"{place} 应为数组 […]"
        return
    endless = arguments[-1] is Ellipsis
    if not endless and len(data) != len(arguments):
        yield f"{place} 应有{len(arguments)}项"
        return
    for n, item in enumerate(data):
        yield from misfits(arguments[0 if endless else n], item, f"{place}[{n}]")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
