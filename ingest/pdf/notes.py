"""What the reader could not read or read with doubt, in sentences for the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.ocr import INSTALL
from ingest.pdf.pages import PageContent
from models.document import Note

_LISTED = 20


def notes_of(pages: Sequence[PageContent], *, recognised: bool = False) -> tuple[Note, ...]:
    """``recognised``: whether pages without text could be recognised from their image."""
    return (*_of_images(pages, recognised), *_of_text(pages))


def _of_images(pages: Sequence[PageContent], recognised: bool) -> Iterator[Note]:
    help_ = "没能识别，请对照原件核对" if recognised else f"要识别它们，请安装文字识别组件：{INSTALL}"
    scans = [page.number for page in pages if page.state == "image_only"]
    if scans:
        message = f"{_listed(scans)}只有图片，没有文字层，这些页上的文字没有读取；{help_}。"
        yield Note("image-only", message, scans[0])
    broken = [page.number for page in pages if page.state == "unreadable"]
    if broken:
        message = f"{_listed(broken)}的文字层无法识别，这些页的内容不可靠；{help_}。"
        yield Note("unreadable", message, broken[0])
    read = [page.number for page in pages if page.state == "ocr"]
    if read:
        message = f"{_listed(read)}的文字由图像识别得出，可能有错字，字数仅供参考。"
        yield Note("recognised", message, read[0])
    doubtful = [page.number for page in pages if page.doubtful]
    if doubtful:
        message = f"{_listed(doubtful)}识别的把握不大，请对照原件核对；这些页上没有找到的内容不算未找到。"
        yield Note("recognised-with-doubt", message, doubtful[0])


def _of_text(pages: Sequence[PageContent]) -> Iterator[Note]:
    layered = [page.number for page in pages if page.layered]
    if layered:
        message = f"{_listed(layered)}是扫描件，文字取自文件自带的识别结果，可能有错字。"
        yield Note("scan-text", message, layered[0])
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
