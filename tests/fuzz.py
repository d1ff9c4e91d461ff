"""Bent files through the whole reader: each ends with a document or with one of our sentences.

    python -m tests.fuzz [--minutes 10] [--first SEED] [--keep FOLDER]
    python -m tests.fuzz --case NAME:SEED

A case is a name of a base file and a seed, and always gives the same bytes. Cases that failed once are kept
in `tests/data/fuzz_cases.txt` and run with the tests.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path

from ingest.characters import solid
from ingest.limits import ReadLimits
from ingest.read import read_document
from models.document import Document
from models.errors import UnreadableFile
from tests.conftest import ROOT

KEPT = ROOT / "tests" / "data" / "fuzz_cases.txt"
LIMITS = ReadLimits(memory_bytes=700 * 1024 * 1024, cpu_seconds=10, wall_seconds=40.0)
_CRASH = "异常中止"
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483647",
    b"-2147483648",
    b"4294967296",
    b"1e38",
    b"NaN",
)
_PDF_TOKENS = tuple(
    b"[ ] << >> null /Kids /Parent /Length obj endobj stream endstream q Q BT ET Do Tj ( ) < > /F".split()
)
_XML_TOKENS = (
    *b"<w:p> </w:p> <w:tbl> </w:tc> <w:r/> &amp; &x; ]]> <!-- <w:numPr/> <![CDATA[ <?xml?>".split(),
    b"<w:gridSpan w:val='99999999'/>",
    b"\xff\xfe",
    b"\x00",
)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--first", type=int, default=int(time.time()), help="seed to start from")
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz", help="folder for what failed")
    parser.add_argument("--case", help="one case, NAME:SEED, written to the folder and read")
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    if asked.case:
        name, _, seed = asked.case.partition(":")
        print(_keep(asked.keep, name, int(seed)))
        print(judged(name, int(seed)))
        return 0
    return _run(asked.minutes, asked.first, asked.keep)


def _run(minutes: float, first: int, keep: Path) -> int:
    """Cases until the time is up; prints how they ended and returns 1 if any failed."""
    end = time.monotonic() + 60 * minutes
    ends: Counter[str] = Counter()
    cases = ((name, seed) for seed in itertools.count(first) for name in BASES)
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        running: dict[Future[str], tuple[str, int]] = {}
        while running or time.monotonic() < end:
            while len(running) < workers and time.monotonic() < end:
                case = next(cases)
                running[pool.submit(judged, *case)] = case
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                name, seed = running.pop(done)
                ends[done.result()] += 1
                if done.result().startswith("FAILED"):
                    print(f"{name}:{seed} {done.result()} {_keep(keep, name, seed)}", flush=True)
    for how, count in ends.most_common():
        print(f"{count:6} {how}")
    return int(any(how.startswith("FAILED") for how in ends))


def _keep(folder: Path, name: str, seed: int) -> Path:
    path = folder / f"{name}-{seed}{BASES[name][1]}"
    path.write_bytes(bent(name, seed))
    return path


def judged(name: str, seed: int) -> str:
    """How the reading of a case ends; ``FAILED …`` where it may not."""
    with tempfile.TemporaryDirectory(prefix="ziping-fuzz-") as folder:
        path = Path(folder) / f"报告{BASES[name][1]}"
        path.write_bytes(bent(name, seed))
        try:
            document = read_document(path, limits=LIMITS)
        except UnreadableFile as error:
            whole = error.message.endswith("。") and "\n" not in error.message
            if _CRASH in error.message or not whole:
                return f"FAILED {type(error).__name__}: {error.message}"
            return type(error).__name__
        except Exception as error:
            return f"FAILED {type(error).__name__}"
        return _fault(document) or "read"


def _fault(document: Document) -> str | None:
    """What is wrong with a document, whatever was in the file."""
    if [block.index for block in document.blocks] != list(range(len(document.blocks))):
        return "FAILED numbering of blocks"
    held = sum(solid(block.text) for block in document.blocks if block.kind != "picture")
    if held > document.ledger.found or (document.format == "pdf" and held != document.ledger.found):
        return f"FAILED ledger: {held} in blocks, {document.ledger.found} found"
    return None


def bent(name: str, seed: int) -> bytes:
    """The bytes of a case."""
    make, _, bend = BASES[name]
    choose = random.Random(f"{name}:{seed}")
    return bend(make(), choose)


def _bend_bytes(data: bytes, choose: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(choose.choice((1, 1, 2, 4, 16))):
        _bend_once(changed, choose)
    return bytes(changed)


def _bend_once(data: bytearray, choose: random.Random) -> None:
    place, size = choose.randrange(len(data) or 1), choose.choice((1, 2, 8, 64, 700))
    action = choose.randrange(5)
    if action == 0:
        data[place : place + 1] = bytes([choose.randrange(256)])
    elif action == 1:
        del data[place : place + size]
    elif action == 2:
        data[place:place] = data[choose.randrange(len(data) or 1) :][:size]
    elif action == 3:
        data[place : place + size] = bytes(choose.randrange(256) for _ in range(min(size, 64)))
    else:
        del data[place + size * 50 :]


def _bend_pdf(data: bytes, choose: random.Random) -> bytes:
    """Numbers, references and tokens changed; the offsets are then often wrong, as in damaged files."""
    for _ in range(choose.choice((1, 1, 2, 3, 8))):
        action = choose.randrange(4)
        if action == 0:
            data = _replaced(data, rb"-?\d+(?:\.\d+)?", choose.choice(_NUMBERS), choose)
        elif action == 1:
            data = _replaced(data, rb"\d+ 0 R", b"%d 0 R" % choose.randrange(12), choose)
        elif action == 2:
            data = _replaced(data, rb"/[A-Za-z]+", choose.choice(_PDF_TOKENS), choose)
        else:
            data = _bend_bytes(data, choose)
    return data


def _replaced(data: bytes, pattern: bytes, by: bytes, choose: random.Random) -> bytes:
    found = [match.span() for match in re.finditer(pattern, data)]
    if not found:
        return data
    first, last = choose.choice(found)
    return data[:first] + by + data[last:]


def _bend_package(data: bytes, choose: random.Random) -> bytes:
    """The XML of a part changed, or the zip itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    if choose.randrange(4) == 0:
        return _bend_bytes(_packed(dict(parts)), choose)
    for _ in range(choose.choice((1, 1, 2, 4))):
        number = choose.randrange(len(parts))
        name, part = parts[number]
        action = choose.randrange(5)
        if action == 0:
            parts[number] = (name, _replaced(part, rb'(?<==")[^"]*(?=")', choose.choice(_NUMBERS), choose))
        elif action == 1:
            parts[number] = (name, _replaced(part, rb"<[^>]*>", choose.choice(_XML_TOKENS), choose))
        elif action == 2:
            parts[number] = (name, _moved(part, choose))
        elif action == 3:
            parts[number] = (name, _bend_bytes(part, choose))
        else:
            parts[number] = (parts[choose.randrange(len(parts))][0] + choose.choice(("", "x", "/../x")), part)
    return _packed(dict(parts))


def _packed(parts: dict[str, bytes]) -> bytes:
    """The zip of these parts, the same at any time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, part in parts.items():
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _moved(part: bytes, choose: random.Random) -> bytes:
    """One element put in the place of another: the XML stays sound, its sense does not."""
    found = list(re.finditer(rb"<(w:p|w:r|w:tc|w:tr|w:tbl|w:pPr|w:sdt)>.*?</\1>", part, re.DOTALL))
    if not found:
        return part
    one, other = choose.choice(found), choose.choice(found)
    return part[: one.start()] + other.group() * choose.choice((1, 1, 2, 40)) + part[one.end() :]


@cache
def _rich_docx() -> bytes:
    from tests.ingest.docx_builder import write_docx
    from tests.ingest.test_docx_fuzz import BODY, NOTES, NUMBERING

    with tempfile.TemporaryDirectory() as folder:
        parts: dict[str, tuple[str, str | bytes]] = {"footnotes.xml": ("footnotes", NOTES)}
        return write_docx(Path(folder) / "a.docx", BODY, numbering=NUMBERING, parts=parts).read_bytes()


@cache
def _small_pdf() -> bytes:
    """Two pages in plain text: prose, a table, a picture, an outline."""
    from tests.ingest.pdf_fixture import PROSE, PageDraft, make_pdf, write_prose

    pages = []
    for _ in range(2):
        page = PageDraft()
        page.text(90, 60, "4.1 领导作用", 16, bold=True)
        write_prose(page, 100, PROSE)
        page.table([90, 200, 300, 400], 300, [["指标", "2018", "2019"], ["满意度", "93.4", "95"]])
        page.image(90, 400, 300, 500)
        page.text(90, 600, "看不见", mode=3)
        pages.append(page)
    return make_pdf(pages, outline=[("4.1 领导作用", 0), ("4.2 战略", 1)])


@cache
def _example(name: str) -> bytes:
    return (ROOT / "examples" / name).read_bytes()


Bend = Callable[[bytes, random.Random], bytes]
BASES: dict[str, tuple[Callable[[], bytes], str, Bend]] = {
    "docx": (_rich_docx, ".docx", _bend_package),
    "pdf": (_small_pdf, ".pdf", _bend_pdf),
    "example-docx": (lambda: _example("年度自我评价报告.docx"), ".docx", _bend_package),
    "example-pdf": (lambda: _example("自评报告.pdf"), ".pdf", _bend_bytes),
}
"""By name: the sound file, its ending, and how it is bent."""


def kept_cases() -> Iterator[tuple[str, int]]:
    for line in KEPT.read_text(encoding="utf-8").splitlines():
        name, _, seed = line.partition("#")[0].strip().partition(":")
        if seed:
            yield name, int(seed)


if __name__ == "__main__":
    sys.exit(main())
