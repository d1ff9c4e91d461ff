"""The length of a part in sentences: what was counted, what decides, how much room is left."""

from __future__ import annotations

from models.assessment import DocumentRecord, Length

_APART = {"text_boxes": "文本框", "footnotes": "脚注和尾注", "charts": "图表"}
"""Parts of the sum that Word's status bar leaves out."""


def verdict(length: Length) -> str:
    """One sentence. With uncounted pictures it never says plainly that the limit is kept."""
    if length.limit is None:
        return f"规则没有为这一部分设字数上限；共计 {length.count:,} 字。"
    low, high = length.range
    if length.status == "over":
        return f"超过上限：按最宽松的口径也超出 {low - length.limit:,} 字。"
    if length.status == "depends":
        return (
            f"取决于计数口径：不同口径下为 {low:,}–{high:,} 字，"
            f"上限 {length.limit:,} 字落在其间，请向主办方确认。"
        )
    room = max(0, length.limit - high)
    if length.uncounted_pictures:
        return (
            f"已计入的文字按最严的口径距上限还有 {room:,} 字；"
            f"另有 {length.uncounted_pictures} 张图片中的文字无法计数，请确认不超过这一余量。"
        )
    if length.status == "near":
        return f"未超过上限但已接近：按最严的口径还有 {room:,} 字。"
    return f"在限额内：按最严的口径还有 {room:,} 字。"


def reconciling(document: DocumentRecord) -> tuple[str, ...]:
    """Why the sum differs from the count of Word's status bar, and a PDF's from that of its .docx."""
    by_part, excluded = document.length.by_part, document.length.excluded
    apart = [name for key, name in _APART.items() if by_part.get(key)]
    sentences = ["Word 状态栏的字数是整个文件的，包括目录和封面"]
    if apart:
        sentences[0] += f"，默认不含{'、'.join(apart)}"
    sentences[0] += (
        f"；限额只计这一部分，不含目录（{excluded['contents']:,} 字）。"
        if excluded.get("contents")
        else "；限额只计这一部分。"
    )
    if document.format == "pdf":
        sentences.append(
            "PDF 中的自动编号、脚注标记、图表上的文字和打印出来的修订都是正文的一部分，"
            "所以与同一份 .docx 的字数可能相差约 0.5%；以 .docx 为准。"
        )
    return tuple(sentences)


def short_verdict(length: Length) -> str:
    """A few words, for a table or one line of the terminal."""
    if length.limit is None:
        return "未设上限"
    low, high = length.range
    if length.status == "over":
        return f"超出 {low - length.limit:,} 字"
    if length.status == "depends":
        return "取决于口径"
    room = f"余 {max(0, length.limit - high):,} 字"
    if length.uncounted_pictures:
        return f"{room}，另有 {length.uncounted_pictures} 张图未计"
    return f"接近上限，{room}" if length.status == "near" else f"在限额内，{room}"
