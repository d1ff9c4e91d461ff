"""Writes the made batch: 40 organisations, three years each, ten files bad in ten ways; and its truth.

python -m benchmarks.annual.batch FOLDER
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.annual.bad_files import UNREADABLE, duplicate
from benchmarks.annual.content import YearText, texts
from benchmarks.annual.covers import Front, Organisation, front, organisations
from benchmarks.make_report import SECTIONS

ORGANISATIONS = 40
YEARS = (2018, 2019, 2020)
_PDF_EVERY = 11
_TITLES = {number: title for number, title, _ in SECTIONS}
_BAD = (
    "空文件",
    "截断",
    "图片改名",
    "网页改名",
    "加密",
    "正文损坏",
    "重复",
    "年度写错",
    "没有名称和年度",
    "两个年度",
)
"""Kinds of bad file, for the last year's report of every fourth organisation."""


@dataclass(frozen=True, slots=True)
class Made:
    """One file of the batch and the truth about it."""

    path: Path
    organisation: Organisation
    year: int
    text: YearText
    opening: str
    bad: str = ""


def make_batch(folder: Path, count: int = ORGANISATIONS, years: Sequence[int] = YEARS) -> tuple[Made, ...]:
    """Writes the files into a folder per year; the same arguments give the same texts."""
    made: list[Made] = []
    for org in organisations(count):
        rng = random.Random(7 + org.number)
        told = texts(org, years)
        for year, text in told.items():
            bad = _BAD[org.number // 4] if org.number % 4 == 3 and year == years[-1] else ""
            face = _spoiled(front(org, year, rng), org, year, bad)
            path = folder / str(year) / f"{face.file_name}.docx"
            while path.exists():
                path = path.with_stem(f"{path.stem} (1)")
            last_years = told[year - 1] if bad == "年度写错" else text
            _write(path, face, last_years, nameless=bad == "没有名称和年度")
            if bad in UNREADABLE:
                UNREADABLE[bad](path)
            elif bad == "重复":
                duplicate(path, made[-len(years)].path)
            made.append(Made(path, org, year, text, face.opening, bad))
    return _with_pdfs(made)


def _spoiled(face: Front, org: Organisation, year: int, bad: str) -> Front:
    title = "{}年度卓越绩效自我评价报告"
    if bad == "年度写错":
        return Front((org.name, title.format(year - 1)), "", "", "", f"{org.name}自评报告")
    if bad == "两个年度":
        opening = f"现将{year}年度自我评价情况报告如下。"
        return Front((org.name, title.format(year - 1)), "", opening, "", f"{org.short}{year}")
    if bad == "没有名称和年度":
        return Front(("自我评价报告",), "", "", "", "报告终稿")
    return face


def _write(path: Path, face: Front, text: YearText, *, nameless: bool) -> None:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    if face.head:
        document.sections[0].header.paragraphs[0].text = face.head
    for line in face.cover:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if face.title:
        document.add_heading(face.title, 0)
    if face.opening:
        document.add_paragraph(face.opening)
    for kind, content in _body(text):
        if kind == "table":
            if not nameless:
                _table(document, content)
        elif kind == "text":
            document.add_paragraph(content[0][0])
        else:
            document.add_heading(content[0][0], int(kind))
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def _body(text: YearText) -> Iterator[tuple[str, list[list[str]]]]:
    """Headings by their level, paragraphs and tables in order."""
    seen: set[str] = set()
    for number, paragraphs in text.leaves:
        yield from _headings(number, seen)
        for paragraph in paragraphs:
            yield "text", [[paragraph]]
    for number, rows in text.tables:
        yield from _headings(number, seen)
        yield "table", rows
    yield "1", [["下一步改进"]]
    for promise in text.promises:
        yield "text", [[f"{promise}。"]]


def _headings(number: str, seen: set[str]) -> Iterator[tuple[str, list[list[str]]]]:
    parts = number.split(".")
    for level in (1, 2):
        node = ".".join(parts[:level])
        if node not in seen:
            seen.add(node)
            yield str(level), [[f"{node} {_TITLES[node]}"]]


def _table(document: object, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = value


def _with_pdfs(made: Sequence[Made]) -> tuple[Made, ...]:
    """Some of the good files as .pdf, where LibreOffice is here."""
    import shutil

    soffice = shutil.which("soffice")
    chosen = [one for n, one in enumerate(made) if n % _PDF_EVERY == 5 and not one.bad] if soffice else []
    copied = {one.path for one in made if one.bad == "重复"}
    turned: dict[Path, Path] = {}
    for year in {one.path.parent for one in chosen}:
        paths = [one.path for one in chosen if one.path.parent == year]
        with tempfile.TemporaryDirectory() as profile:
            where = [f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
            command = [str(soffice), *where, "--outdir", str(year), *map(str, paths)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in paths:
            if path not in copied and path.with_suffix(".pdf").exists():
                path.unlink()
                turned[path] = path.with_suffix(".pdf")
    return tuple(
        Made(turned.get(o.path, o.path), o.organisation, o.year, o.text, o.opening, o.bad) for o in made
    )


if __name__ == "__main__":
    print(f"{len(make_batch(Path(sys.argv[1])))} files")
