"""The service under load: ``python -m benchmarks.service`` writes ``service.md``.

A server as ``ziping serve`` starts it, 50 people at once on loopback, each with an own session; and search
over 100,000 passages. Reports per hour are measured by ``benchmarks.jobs``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from api.options import silent
from api.service.app import create_app
from api.service.context import Context
from api.service.search_index import _dump
from api.service.searching import search
from api.settings import Settings
from api.store import contents, passwords, people, search_words, sign_ins, submissions
from api.store.data_folder import open_store
from api.store.tables import Organisation, PassageRow, Revision, Round, StoredFile, Submission, now
from api.work.assess import Assessor
from api.work.queue import TableQueue
from api.work.round_tools import Toolbox
from api.work.stages import StageStore
from benchmarks.machine import description
from benchmarks.samples import ROOT
from benchmarks.service_load import Load, serving, under_load

OUT = ROOT / "benchmarks" / "service.md"
PEOPLE = 50
REPORTS = 300
PASSAGES = 100_000
QUERIES = (
    "顾客满意度调查", "质量安全责任制", "高层领导以身作则", "供应商评价", "员工培训效果", "关键绩效指标",
    "设备维护保养", "标杆对比", "战略部署", "节能减排", "客户投诉怎么处理", "如何留住骨干员工",
    "新产品研发周期", "数据从哪里来",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0, help="for each kind of request")
    parser.add_argument("--passages", type=int, default=PASSAGES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data", workers=0)
        with opened(settings) as context:
            tokens, submission, revision = populate(context)
        with serving(settings) as address:
            loads = [
                under_load(address, tokens, name, kind, path, asked.seconds)
                for name, kind, path in (
                    ("Pre-check page", "GET", f"/submissions/{submission}"),
                    ("An item in the navigator", "GET", f"/submissions/{submission}/items/1.1"),
                    (
                        "REST, passages of an item",
                        "GET",
                        f"/api/v1/assessments/{revision}/passages?indicator=1.1",
                    ),
                    (
                        "Upload of the example report (.docx)",
                        "POST",
                        f"/api/v1/submissions/{submission}/files",
                    ),
                )
            ]
        with opened(settings) as context:
            many(context, asked.passages)
            first, times, processor = search_times(context)
    OUT.write_text(report(loads, asked.passages, first, times, processor), encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


@contextmanager
def opened(settings: Settings) -> Iterator[Context]:
    database, files = open_store(settings)
    yield create_app(settings, database, files, TableQueue(database)).state.context
    database.close()


def populate(context: Context) -> tuple[list[tuple[str, str]], str, str]:
    """The example report, read; people with sessions (token, CSRF); ids of submission and revision."""
    example = ROOT / "examples" / "自评报告.docx"
    kept = contents.keep(context.files, example.name, [example.read_bytes()], 1 << 30)
    hashed = passwords.hash_password(passwords.new_password())
    with context.database.writing() as session:
        organisation = Organisation(name="甲公司")
        round_ = Round(title="第一届", criteria="bjqa-2020")
        session.add_all([organisation, round_])
        session.flush()
        members = [
            people.add_hashed(
                session, f"person{n}", f"人员{n}", "applicant", hashed, organisation.id, must_change=False
            )
            for n in range(PEOPLE)
        ]
        submission = submissions.create(session, organisation, round_, "award")
        revision = submissions.add_revision(session, context.files, submission, [kept], {}, members[0])
        assert context.queue is not None
        context.queue.put(session, revision.id)
        sessions = [sign_ins.sign_in(session, person, 12) for person in members]
    work(context)
    return [(one.token, one.csrf) for one in sessions], submission.id, revision.id


def work(context: Context) -> None:
    data, queue = context.settings.data, context.queue
    assert queue is not None
    toolbox = Toolbox(None, None, None, data / "criteria")
    assessor = Assessor(context.database, context.files, StageStore(data / "stages"), toolbox, context.local)
    while job := queue.claim("benchmark"):
        assessor(queue, job, data / "scratch", silent)
    context.searcher.catch_up()


def many(context: Context, passages: int) -> None:
    """So many passages in a round: those of the example in ever other words, as 300 reports."""
    with context.database.reading() as session:
        texts = [row.text for row in session.query(PassageRow)]
        organisation = session.query(Organisation).one().id
    cut = search_words.cut_all(texts)
    vectors = context.tools.encoder.encode(texts)
    each = passages // REPORTS
    with context.database.writing() as session:
        round_ = Round(title="很多", criteria="bjqa-2020")
        session.add(round_)
        session.flush()
        for report in range(REPORTS):
            chosen = [(report + n) % len(texts) for n in range(each)]
            content = context.files.add([_dump(vectors[chosen], context.tools.encoder.dimensions)])
            if session.get(StoredFile, content.sha256) is None:
                session.add(StoredFile(sha256=content.sha256, size=content.size, type="npy"))
            submission = Submission(
                organisation_id=organisation, round_id=round_.id, kind="award", status="submitted"
            )
            session.add(submission)
            session.flush()
            revision = Revision(
                submission_id=submission.id, number=1, assessment="-", vectors=content.sha256, frozen=now()
            )
            session.add(revision)
            session.flush()
            session.add_all(
                PassageRow(
                    revision_id=revision.id,
                    position=n,
                    passage=f"p-{n}",
                    document="d1",
                    aspect="none",
                    text=f"{texts[place]}（{report}）",
                )
                for n, place in enumerate(chosen)
            )
            session.flush()
            search_words.put_words(session, revision.id, [cut[place] for place in chosen])


def search_times(context: Context) -> tuple[float, list[float], list[float]]:
    """Seconds of the first search, which loads vectors; of three of each query after it, and their CPU."""
    with context.database.writing() as session:
        office = people.add_person(
            session, "office", "办公室", "office", passwords.new_password(), must_change=False
        )
    times, processor = [], []
    for query in (QUERIES[0], *QUERIES * 3):
        start, used = time.perf_counter(), time.process_time()
        with context.database.reading() as session:
            search(context, session, office, query)
        times.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return times[0], times[1:], processor[1:]


def report(loads: list[Load], passages: int, first: float, times: list[float], processor: list[float]) -> str:
    machine = description()
    lines = [
        "# The service under load",
        "",
        "From `make bench-service` (`python -m benchmarks.service`). Reports per hour: [jobs.md](jobs.md).",
        "",
        f"{machine['date']}, commit {machine['commit']}, {machine['cpu']}, {machine['cores']} cores "
        f"(load {machine['load']} when this was written), Python {machine['python']}.",
        "",
        f"{PEOPLE} people at once on loopback, each asking again as soon as answered; the clients run on the "
        "same cores.",
        "",
        "| Request | per second | median ms | p95 ms | failed |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.name} | {one.rate:.0f} | {one.middle:.0f} | {one.p95:.0f} | {one.failed} |" for one in loads
    ]
    lines += [
        "",
        f"Search by words and meaning over {passages:,} passages in {REPORTS} reports (target: 100 ms): "
        f"median {median(times) * 1000:.0f} ms, p95 {quantiles(times, n=20)[-1] * 1000:.0f} ms; "
        f"median {median(processor) * 1000:.0f} ms of processor time on both cores together; the first "
        f"one, which loads the vectors, {first:.1f} s.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
