"""Submissions as lines of the first page: a person's own, or what a reviewer is to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.store.job_views import JobView
from api.store.tables import Assignment, Revision, Submission

_JOBS = {
    "queued": "排队中",
    "reading": "正在阅读",
    "mapping": "正在对照",
    "done": "已检查",
    "failed": "没有读成",
    "cancelled": "已取消",
}
_STATUSES = {"draft": "草稿", "submitted": "已提交", "withdrawn": "已撤回"}
_SOON = 3
"""Days before a due date from which it is near."""


@dataclass(frozen=True, slots=True)
class Row:
    submission: Submission
    title: str
    revision: Revision | None
    job: JobView | None

    @property
    def status(self) -> str:
        return _STATUSES[self.submission.status]

    @property
    def reading(self) -> str:
        return _JOBS[self.job.status] if self.job else "没有文件"


@dataclass(frozen=True, slots=True)
class Task:
    """A report that a reviewer is to read."""

    assignment: Assignment
    row: Row
    done: int
    items: int
    today: date

    @property
    def due(self) -> str:
        return self.assignment.due.isoformat() if self.assignment.due else "未定"

    @property
    def haste(self) -> str:
        """late, near or empty."""
        if self.assignment.due is None or self.done >= self.items:
            return ""
        left = (self.assignment.due - self.today).days
        return "late" if left < 0 else "near" if left <= _SOON else ""

    @property
    def renewed(self) -> bool:
        """Whether new files came after the reader stopped, or nothing was read yet."""
        read = self.assignment.place.get("revision")
        return self.row.revision is not None and read != self.row.revision.number

    @property
    def resume(self) -> str:
        """Where the reader stopped, or the first item."""
        place, base = self.assignment.place, f"/submissions/{self.row.submission.id}/items"
        node = str(place.get("node") or "")
        if not node:
            return base
        item = ".".join(node.split(".")[:2])
        address = f"{base}/{item}" if node == item else f"{base}/{item}/{node}"
        return f"{address}#{place['passage']}" if place.get("passage") else address
