"""The length of a part in sentences: what was counted, what decides, how much room is left."""

from __future__ import annotations

from models.assessment import Length


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
