"""The documents that are evaluated: rendered once, and again only when their sources change.

They lie under `build/samples/`, in a folder named by the hash of what they are made from.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
ROOT = HERE.parent
GOLD = HERE / "gold" / "report_c.json"
HELD_OUT = HERE / "gold" / "report_d.json"  # only measured, never tuned on
COMPLETE = HERE / "gold" / "report_c_complete.json"  # report C without its gaps
BUILD = ROOT / "build" / "samples"
PARTS = ("overview", "report", "annual")
Format = Literal["docx", "pdf"]
FORMATS: tuple[Format, ...] = ("docx", "pdf")

GOLD_RENDERINGS: dict[str, tuple[str, ...]] = {
    "styled": (),
    "auto numbers": ("--auto-numbers",),
    "plain headings, no numbers": ("--plain-headings", "--no-numbers"),
    "no headings": ("--no-headings",),
}
FULL_RENDERINGS: dict[str, tuple[str, ...]] = {
    "typed numbers": ("--numbering", "text"),
    "auto numbers": ("--numbering", "auto"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """The files of one submission in one rendering and one format; ``truth`` says what is in them."""

    name: str
    format: Format
    files: tuple[Path, ...]
    truth: Path


def can_make_pdf() -> bool:
    return shutil.which("soffice") is not None


def gold_samples(formats: Sequence[Format] = FORMATS, gold: Path = GOLD) -> list[Sample]:
    """A gold report as three files, overview, report and annual report."""
    samples = []
    for name, options in GOLD_RENDERINGS.items():
        folder = _folder(options, (HERE / "gold" / "render.py", gold))
        for part in PARTS:
            _render_gold(gold, folder / f"{part}.docx", part, options)
        samples += [_sample(name, folder, PARTS, form, gold) for form in formats]
    return samples


def full_samples(formats: Sequence[Format] = FORMATS) -> list[Sample]:
    """`make_report.py` at full size, overview and report in one volume."""
    samples = []
    script = HERE / "make_report.py"
    for name, options in FULL_RENDERINGS.items():
        pdf = ("--pdf", "--toc-pages") if can_make_pdf() else ()
        folder = _folder((*options, *pdf), (script,))
        if not (folder / ("report.pdf" if pdf else "report.truth.json")).exists():
            _run(script, "--out", str(folder), *options, *pdf)
        samples += [_sample(name, folder, ("report",), f, folder / "report.truth.json") for f in formats]
    return samples


def _sample(name: str, folder: Path, parts: Sequence[str], form: Format, truth: Path) -> Sample:
    return Sample(name, form, tuple(folder / f"{part}.{form}" for part in parts), truth)


def _folder(options: Sequence[str], sources: Sequence[Path]) -> Path:
    digest = hashlib.sha256("\0".join(options).encode())
    for source in sources:
        digest.update(source.read_bytes())
    folder = BUILD / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _render_gold(gold: Path, out: Path, part: str, options: Sequence[str]) -> None:
    pdf = ("--pdf",) if can_make_pdf() else ()
    if not out.with_suffix(".pdf" if pdf else ".docx").exists():
        _run(HERE / "gold" / "render.py", str(gold), str(out), "--part", part, *options, *pdf)


def _run(script: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{script.name} failed: {done.stderr[-2000:]}")
