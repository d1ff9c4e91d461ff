"""Progress of a batch on a terminal; none elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.annual.batch import Done


@contextmanager
def watched_files() -> Iterator[Done]:
    """What is told of each file that is done, while the block runs."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("核对", total=None)

        def done(number: int, total: int, name: str) -> None:
            bars.update(task, description=f"核对 {name}", completed=number, total=total)

        yield done


def _silent(number: int, total: int, name: str) -> None:
    """Nobody watches."""
