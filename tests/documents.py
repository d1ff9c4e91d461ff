"""Builds small documents and parts in code, so that a test shows all it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from models.document import Block, BlockKind, Cell, Document, Ledger, PageState, Part, PartKind, Place, Table

Spec = tuple[BlockKind, str] | tuple[BlockKind, str, int] | Block


def block(index: int, kind: BlockKind, text: str, level: int | None = None, **more: object) -> Block:
    return Block(index, kind, text, level=level, **more)  # type: ignore[arg-type]


def heading(text: str, level: int = 1) -> Spec:
    return ("heading", text, level)


def paragraph(text: str) -> Spec:
    return ("paragraph", text)


def document(
    specs: Sequence[Spec], filename: str = "自评报告.docx", states: tuple[PageState, ...] = ()
) -> Document:
    """Blocks from (kind, text) or (kind, text, level), numbered in order."""
    blocks = tuple(
        spec if isinstance(spec, Block) else block(n, spec[0], spec[1], spec[2] if len(spec) > 2 else None)  # type: ignore[misc]
        for n, spec in enumerate(specs)
    )
    ledger = Ledger(len(states) or None, states, sum(len(b.text) for b in blocks))
    return Document(filename, "0" * 64, "docx", blocks, ledger)


def part(specs: Sequence[Spec], kind: PartKind = "report", states: tuple[PageState, ...] = ()) -> Part:
    made = document(specs, states=states)
    return Part("d1", kind, made, 0, len(made.blocks) - 1)


def table(rows: Sequence[Sequence[str]], header_rows: int = 0) -> Table:
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(cells, len(rows), max(len(row) for row in rows), header_rows)


def table_block(index: int, rows: Sequence[Sequence[str]], page: int | None = None) -> Block:
    text = "\n".join("\t".join(row) for row in rows)
    return Block(index, "table", text, Place(page=page), table=table(rows))
