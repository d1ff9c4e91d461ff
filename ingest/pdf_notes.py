"""What the reader could not read or read with doubt, in sentences for the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.pdf_pages import PageContent
from models.document import Note

_LISTED = 20


def notes_of(pages: Sequence[PageContent]) -> tuple[Note, ...]:
    return tuple(_notes(pages))


def _notes(pages: Sequence[PageContent]) -> Iterator[Note]:
    scans = [page.number for page in pages if page.state == "image_only"]
    if scans:
        message = f"{_listed(scans)}只有图片，没有文字层，这些页上的文字没有读取。"
        yield Note("image-only", message, scans[0])
    layered = [page.number for page in pages if page.layered]
    if layered:
        message = f"{_listed(layered)}是扫描件，文字取自文件自带的识别结果，可能有错字。"
        yield Note("scan-text", message, layered[0])
    broken = [page.number for page in pages if page.state == "unreadable"]
    if broken:
        yield Note("unreadable", f"{_listed(broken)}的文字层无法识别，这些页的内容不可靠。", broken[0])
    garbled = [page for page in pages if page.unknown and page.state == "text"]
    if garbled:
        count = sum(page.unknown for page in garbled)
        where = _listed([page.number for page in garbled])
        yield Note(
            "unknown-characters",
            f"{where}有 {count} 个字符在文件里没有对应的文字，已记为“\ufffd”。",
            garbled[0].number,
        )
    hidden = [page for page in pages if page.hidden]
    if hidden:
        count = sum(len(page.hidden) for page in hidden)
        where = _listed([page.number for page in hidden])
        yield Note("invisible-text", f"{where}有 {count} 个看不见的字符，未计入字数。", hidden[0].number)
    cut = [page.number for page in pages if page.cut]
    if cut:
        yield Note("page-limit", f"{_listed(cut)}的内容超过单页上限，没有全部读取。", cut[0])


def _listed(numbers: Sequence[int]) -> str:
    """第 3、5–9 页: page numbers with runs drawn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = "、".join(str(a) if a == b else f"{a}–{b}" for a, b in runs[:_LISTED])
    more = f"等 {len(numbers)} " if len(runs) > _LISTED else " "
    return f"第 {shown}{more}页"
