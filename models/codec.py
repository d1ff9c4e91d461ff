"""Frozen dataclasses to JSON and back, and the JSON schema that describes them.

A field is written under its own name, or under ``metadata["json"]`` where the contract's name is a
Python keyword. Tuples are lists, None is null.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
Json = Any
Decoder = Callable[[Json], Any]


def to_json(value: object) -> Json:
    """Builtins (dict, list, str, numbers) for a dataclass tree; keys in field order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {_key(f): to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], data: Json) -> T:
    """The dataclass tree that ``to_json`` wrote. Unknown keys are ignored, so that newer files open.

    Raises TypeError or KeyError if the data does not fit.
    """
    return typing.cast(T, _decoder(typing.cast(Any, kind))(data))


@cache
def _decoder(kind: Any) -> Decoder:
    """How to read one kind. Made once per kind: a report holds tens of thousands of records."""
    if dataclasses.is_dataclass(kind):
        return _record_decoder(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = _decoder(next(a for a in arguments if a is not types.NoneType))
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin is dict:
        value = _decoder(arguments[1])
        return lambda data: {key: value(item) for key, item in data.items()}
    return float if kind is float else _as_it_is


def _record_decoder(kind: Any) -> Decoder:
    hints = typing.get_type_hints(kind)
    fields = [(f.name, _key(f), _decoder(hints[f.name])) for f in dataclasses.fields(kind) if f.init]

    def decode(data: Json) -> Any:
        return kind(**{name: read(data[key]) for name, key, read in fields if key in data})

    return decode


def _tuple_decoder(kinds: tuple[Any, ...]) -> Decoder:
    if kinds[-1] is Ellipsis:
        item = _decoder(kinds[0])
        return lambda data: tuple([item(one) for one in data])
    items = [_decoder(kind) for kind in kinds]
    return lambda data: tuple(item(one) for item, one in zip(items, data, strict=True))


def _as_it_is(data: Json) -> Any:
    return data


def schema(kind: type) -> dict[str, Json]:
    """JSON Schema (2020-12) of a dataclass tree; other properties are allowed everywhere."""
    definitions: dict[str, Json] = {}
    root = _describe(kind, definitions)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.__name__}
    return {**head, **root, "$defs": dict(sorted(definitions.items()))}


_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def _describe(kind: Any, definitions: dict[str, Json]) -> dict[str, Json]:
    if dataclasses.is_dataclass(kind):
        return _reference(kind, definitions)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin in (typing.Union, types.UnionType):
        inner = [_describe(a, definitions) for a in arguments if a is not types.NoneType]
        return {"anyOf": [*inner, {"type": "null"}]}
    if origin is tuple and arguments[-1] is Ellipsis:
        return {"type": "array", "items": _describe(arguments[0], definitions)}
    if origin is tuple:
        items = [_describe(a, definitions) for a in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _describe(arguments[1], definitions)}
    return {"type": _SCALARS[kind]}


def _reference(kind: Any, definitions: dict[str, Json]) -> dict[str, Json]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        hints = typing.get_type_hints(kind)
        fields = dataclasses.fields(kind)
        required = [_key(f) for f in fields if f.default is f.default_factory is dataclasses.MISSING]
        properties = {_key(f): _describe(hints[f.name], definitions) for f in fields}
        definitions[name] = {"type": "object", "properties": properties, "required": required}
    return {"$ref": f"#/$defs/{name}"}


def _key(field: dataclasses.Field[Any]) -> str:
    return str(field.metadata.get("json", field.name))
