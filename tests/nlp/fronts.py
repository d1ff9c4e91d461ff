"""Parts that hold the first lines of a report and a little text."""

from __future__ import annotations

from models.document import Block, BlockKind, Cell, Document, Ledger, Part, Table


def part(*lines: str, file: str = "报告.docx", head: str = "", years: tuple[str, ...] = ()) -> Part:
    """``lines`` are paragraphs; ``head`` a running head; ``years`` the columns of a table."""
    blocks = [_block(n, "paragraph", line) for n, line in enumerate(lines)]
    if head:
        blocks.append(_block(len(blocks), "margin", head))
    if years:
        cells = [Cell(text, 0, n) for n, text in enumerate(("指标", *years))]
        cells += [Cell(text, 1, n) for n, text in enumerate(("满意度", *("90" for _ in years)))]
        grid = Table(tuple(cells), 2, len(years) + 1, 1)
        blocks.append(Block(len(blocks), "table", "\t".join(c.text for c in cells), table=grid))
    document = Document(file, "0" * 64, "docx", tuple(blocks), Ledger(None))
    return Part("d1", "annual", document, 0, len(blocks) - 1)


def _block(number: int, kind: BlockKind, text: str) -> Block:
    return Block(number, kind, text)
