"""Progress by stage and page on a terminal; none elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from api.options import Progress, silent


@contextmanager
def watched() -> Iterator[Progress]:
    """A progress that draws on stderr while the block runs, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[pages]}"),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("准备", total=None, pages="")

        def show(stage: str, filename: str, done: int, total: int | None) -> None:
            pages = f"第 {done} 页，共 {total} 页" if total else ""
            bars.update(
                task,
                description=f"{stage} {filename}",
                total=total,
                completed=done,
                pages=pages,
                refresh=True,
            )

        yield show
