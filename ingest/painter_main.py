"""The painter's side: a line of JSON for each page on standard input, image and text on standard output."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from dataclasses import astuple
from pathlib import Path
from typing import IO, Any

from ingest.fences import fence_in
from ingest.limits import limits_from
from ingest.painter import HEADER, TEXTS, painting_error
from ingest.pdf.file import open_pdf
from models.sheet import TextRun

_MOST_PIXELS = 12_000_000
"""A page larger than this is painted smaller: plans come as large as a table."""
_QUALITY = 86
_MOST_RUNS = 4000
_ENOUGH_CPU = 0.8
"""Share of the processor time after which the painter ends between two pages, for a new one to go on."""


def main() -> int:
    answers = _private_output()
    limits = limits_from(os.environ)
    import PIL.JpegImagePlugin  # noqa: F401 - before the fence: it looks for programs when first imported

    fence_in(limits)
    opened: tuple[tuple[str, str | None], Any] | None = None
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        key = (asked["path"], asked["password"])
        try:
            if opened is None or opened[0] != key:
                opened = (key, open_pdf(Path(asked["path"]).read_bytes(), asked["password"]))
            told, image = (
                _paint(opened[1], int(asked["page"]), float(asked["scale"]))
                if asked["page"] != TEXTS
                else ({"texts": [_text(page) for page in opened[1]]}, b"")
            )
        except Exception as error:  # whatever a page holds: it is not shown, and the next one is asked for
            told, image = painting_error(error), b""
        _answer(answers, told, image)
        if time.process_time() > limits.cpu_seconds * _ENOUGH_CPU:
            return 0
    return 0


def _answer(answers: IO[bytes], told: dict[str, Any], image: bytes) -> None:
    head = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    answers.write(HEADER.pack(len(head), len(image)) + head + image)
    answers.flush()


def _paint(document: Any, number: int, scale: float) -> tuple[dict[str, Any], bytes]:
    if not 1 <= number <= len(document):
        raise IndexError(number)
    page = document[number - 1]
    try:
        width, height = page.get_size()
        bitmap = page.render(scale=min(scale, (_MOST_PIXELS / (width * height)) ** 0.5))
        image = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(image, "JPEG", quality=_QUALITY)
        runs = [astuple(run) for run in _runs(page)]
    finally:
        page.close()
    told = {"pages": len(document), "width": width, "height": height, "runs": runs}
    return told, image.getvalue()


def _text(page: Any) -> str:
    text = page.get_textpage()
    try:
        return "".join(text.get_text_bounded().split())
    finally:
        text.close()
        page.close()


def _runs(page: Any) -> list[TextRun]:
    """The text by pieces of lines; none of a turned page, whose letters would lie across."""
    if page.get_rotation():
        return []
    left, _, _, top = page.get_cropbox()
    text = page.get_textpage()
    try:
        runs = []
        for n in range(min(text.count_rects(), _MOST_RUNS)):
            x0, y0, x1, y1 = text.get_rect(n)
            said = text.get_text_bounded(x0, y0, x1, y1).strip()
            if said and x1 > x0 and y1 > y0:
                size = round(y1 - y0, 1)
                base = round(top - y0 - size * 0.15, 1)
                runs.append(TextRun(said, round(x0 - left, 1), base, round(x1 - x0, 1), size))
        return runs
    finally:
        text.close()


def _private_output() -> IO[bytes]:
    """Standard output for answers alone: what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


if __name__ == "__main__":
    raise SystemExit(main())
