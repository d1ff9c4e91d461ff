"""A submission as a line of a list."""

from __future__ import annotations

from dataclasses import dataclass

from api.store.job_views import JobView
from api.store.tables import Revision, Submission

_JOBS = {
    "queued": "排队中",
    "reading": "正在阅读",
    "mapping": "正在对照",
    "done": "已检查",
    "failed": "没有读成",
    "cancelled": "已取消",
}
_STATUSES = {"draft": "草稿", "submitted": "已提交", "withdrawn": "已撤回"}


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
