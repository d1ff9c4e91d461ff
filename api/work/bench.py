"""What a worker works with: the data folder, what the office set, and how it takes jobs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from api.data_layout import DataLayout
from api.store.jobs import Patience
from api.work.stages import StageStore

if TYPE_CHECKING:
    from api.settings import Settings


@dataclass(frozen=True, slots=True)
class Bench(DataLayout):
    """The same for all workers of a pool; they get it as their command line."""

    data: Path
    criteria: Path | None = None
    model: str | None = None
    checks: Path | None = None
    local: bool = False
    """Whether rounds are not held to the engine they began with: one's own machine, one's own reports."""
    jobs: int = 50
    """Jobs after which a worker ends and a fresh one takes its place."""
    seconds: float = 1800.0
    """Longest that one job may take."""
    patience: Patience = field(default_factory=Patience)
    log_level: str = "info"

    @classmethod
    def of(cls, settings: Settings, *, local: bool = False) -> Self:
        return cls(
            data=settings.data.absolute(),
            criteria=settings.criteria,
            model=settings.model,
            checks=settings.checks,
            local=local,
            seconds=settings.job_seconds,
            log_level="error" if local else settings.log_level,
        )

    @property
    def stages(self) -> StageStore:
        return StageStore(self.cache_folder / "stages")

    @property
    def scratch_folder(self) -> Path:
        """Beside the files, so that these can be linked and need not be copied."""
        return self.cache_folder / "scratch"

    def scratch(self, worker: str) -> Path:
        return self.scratch_folder / worker

    def arguments(self) -> list[str]:
        """The command line that ``parse`` makes this bench of again."""
        given = {
            "--data": self.data,
            "--criteria": self.criteria,
            "--model": self.model,
            "--checks": self.checks,
            "--jobs": self.jobs,
            "--seconds": self.seconds,
            "--lease": self.patience.lease,
            "--attempts": self.patience.attempts,
            "--first-wait": self.patience.first,
            "--log-level": self.log_level,
        }
        words = [f"{name}={value}" for name, value in given.items() if value is not None]
        return [*words, *(["--local"] if self.local else [])]


def parse(arguments: Sequence[str] | None) -> tuple[Bench, str | None]:
    """Bench and name of a worker from its command line."""
    usual, patience = Bench(Path()), Patience()
    parser = argparse.ArgumentParser(
        prog="python -m api.work.worker", description="Takes jobs and does them."
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--name", help="its own, never used before; without it a random one")
    parser.add_argument("--criteria", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--checks", type=Path)
    parser.add_argument("--local", action="store_true")
    parser.add_argument("--jobs", type=int, default=usual.jobs)
    parser.add_argument("--seconds", type=float, default=usual.seconds)
    parser.add_argument("--lease", type=float, default=patience.lease)
    parser.add_argument("--attempts", type=int, default=patience.attempts)
    parser.add_argument("--first-wait", type=float, default=patience.first)
    parser.add_argument("--log-level", default=usual.log_level)
    asked = parser.parse_args(arguments)
    bench = Bench(
        data=asked.data,
        criteria=asked.criteria,
        model=asked.model,
        checks=asked.checks,
        local=asked.local,
        jobs=asked.jobs,
        seconds=asked.seconds,
        patience=Patience(lease=asked.lease, attempts=asked.attempts, first=asked.first_wait),
        log_level=asked.log_level,
    )
    return bench, asked.name
