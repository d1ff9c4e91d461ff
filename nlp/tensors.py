"""The safetensors format, as far as a table of vectors needs it: a JSON header and raw bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_LENGTH = 8
"""Bytes of the little-endian length in front of the header."""
_TYPES = {"I8": "int8", "F16": "float16", "F32": "float32", "F64": "float64", "I32": "int32", "I64": "int64"}


def read_tensors(path: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Arrays by name, read-only views of the file's bytes. Raises ValueError if it is not such a file
    or holds a type that is not in the table above."""
    import numpy as np

    data = path.read_bytes()
    start = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
    if len(data) < start:
        raise ValueError("no safetensors header")
    arrays = {}
    for name, entry in json.loads(data[_LENGTH:start]).items():
        if name == "__metadata__":
            continue
        if entry["dtype"] not in _TYPES:
            raise ValueError(f"type {entry['dtype']} is not read")
        first, last = entry["data_offsets"]
        flat = np.frombuffer(data[start + first : start + last], dtype=_TYPES[entry["dtype"]])
        arrays[name] = flat.reshape(entry["shape"])
    return arrays


def read_metadata(path: Path) -> dict[str, str]:
    """What the writer noted beside the arrays."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH), "little")
        found: dict[str, str] = json.loads(file.read(length)).get("__metadata__", {})
    return found


def write_tensors(
    path: Path, arrays: Mapping[str, np.ndarray[Any, Any]], metadata: Mapping[str, str] | None = None
) -> None:
    """Writes arrays under their names; the header is padded so that the data start at a multiple of 8."""
    names = {python: code for code, python in _TYPES.items()}
    header: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    offset = 0
    for name, array in arrays.items():
        last = offset + array.nbytes
        header[name] = {
            "dtype": names[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [offset, last],
        }
        offset = last
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    body = b"".join(array.tobytes() for array in arrays.values())
    path.write_bytes(len(text).to_bytes(_LENGTH, "little") + text + body)
