"""How soon pages come with many reports in the store: ``python -m benchmarks.pages`` writes ``pages.md``.

The store holds 300 reports, all of them the full-size one under other names, so that none is the one that
was just shown. One person asks; the times are those to the first byte and to the last, on loopback.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx2

from api.service.context import Context
from api.settings import Settings
from api.store import contents, passwords, people, sign_ins, submissions
from api.store.tables import Job, Organisation, Revision, RevisionFile, Round, StoredFile, Submission, now
from benchmarks.machine import description
from benchmarks.samples import ROOT, full_samples
from benchmarks.service import opened, work
from benchmarks.service_load import serving

OUT = ROOT / "benchmarks" / "pages.md"
REPORTS = 300
ITEMS = ("1.1", "2.2", "3.2", "4.1", "5.1", "6.2", "7.1", "7.2", "7.4")
INDICATORS = ("1.1/1.1.3", "2.1/2.1.1", "4.1/4.1.2", "7.1/7.1.1", "7.4/7.4.1")
_SEED = 8


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of many requests for one kind of page."""

    name: str
    target: str
    first: tuple[float, ...]
    last: tuple[float, ...]
    size: int


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data", workers=0)
        with opened(settings) as context:
            token, ids = populate(context)
            context.searcher.catch_up()  # as it is some minutes after 300 reports came in
        with serving(settings) as address, httpx2.Client(cookies={"ziping": token}) as client:
            timings = list(measure(client, address, ids))
    OUT.write_text(report(timings), encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


def populate(context: Context) -> tuple[str, list[str]]:
    """A person's token, and the ids of the submissions."""
    sample = next(one for one in full_samples(("pdf",)) if one.name == "typed numbers")
    path = sample.files[0]
    kept = contents.keep(context.files, path.name, [path.read_bytes()], 1 << 30)
    with context.database.writing() as session:
        organisation, round_ = Organisation(name="甲公司"), Round(title="第一届", criteria="bjqa-2020")
        session.add_all([organisation, round_])
        session.flush()
        person = people.add_person(
            session, "one", "人员", "applicant", passwords.new_password(), organisation.id, must_change=False
        )
        submission = submissions.create(session, organisation, round_, "award")
        revision = submissions.add_revision(session, context.files, submission, [kept], {}, person)
        assert context.queue is not None
        context.queue.put(session, revision.id)
        token = sign_ins.sign_in(session, person, 12).token
        first = submission.id, revision.id, organisation.id, round_.id
    work(context)
    return token, [first[0], *copies(context, *first[1:], kept.sha256)]


def copies(context: Context, revision: str, organisation: str, round_: str, file: str) -> Iterator[str]:
    """The same report under other names, each with an assessment of its own."""
    with context.database.reading() as session:
        made = session.get(Revision, revision)
        assert made is not None and made.assessment is not None
        told = json.loads(context.files.read(made.assessment))
    for number in range(1, REPORTS):
        for document in told["documents"]:
            document["filename"] = f"自评报告{number}.pdf"
        content = context.files.add([json.dumps(told, ensure_ascii=False).encode()])
        with context.database.writing() as session:
            submission = Submission(organisation_id=organisation, round_id=round_, kind="award")
            session.add(submission)
            session.flush()
            session.add(StoredFile(sha256=content.sha256, size=content.size, type="json"))
            session.flush()
            copy = Revision(submission_id=submission.id, number=1, assessment=content.sha256)
            session.add(copy)
            session.flush()
            session.add(RevisionFile(revision_id=copy.id, position=0, filename="自评报告.pdf", sha256=file))
            session.add(Job(revision_id=copy.id, state="done", started=now(), finished=now()))
            yield submission.id


def measure(client: httpx2.Client, address: str, ids: Sequence[str]) -> Iterator[Timing]:
    random.seed(_SEED)

    def ask(name: str, target: str, paths: Sequence[str]) -> Timing:
        client.get(f"{address}{paths[0]}").raise_for_status()
        return timed(client, name, target, [f"{address}{path}" for path in paths[1:]])

    def of_reports(tail: str, number: int = 40) -> list[str]:
        return [f"/submissions/{one}{tail}" for one in random.sample(list(ids), number)]

    yield ask("pre-check of another report", "100", of_reports(""))
    yield ask("item of another report", "100", of_reports("/items/4.1"))
    one = f"/submissions/{ids[7]}"
    yield ask("another item of the same report", "100", [f"{one}/items/{i}" for i in ITEMS * 4])
    yield ask("another indicator of the same report", "100", [f"{one}/items/{i}" for i in INDICATORS * 6])
    yield ask("KPI series of another report", "100", of_reports("/kpis?item=7.4"))
    yield ask("whole text of another report", "100", of_reports("/text", 20))
    yield ask("search in another report", "100", of_reports("/search?q=顾客满意度", 20))
    pages = [f"{one}/pages/d1/{n}.jpg" for n in range(1, 41)]
    yield ask("page image, the first time", "150", pages)
    yield ask("page image, again", "150", pages)
    yield ask("page with its text and boxes", "150", [f"{one}/pages/d1/{n}" for n in range(1, 41)])
    yield ask("first page, 50 lines", "100", ["/"] * 40)


def timed(client: httpx2.Client, name: str, target: str, addresses: Sequence[str]) -> Timing:
    first, last, size = [], [], 0
    for address in addresses:
        start = time.perf_counter()
        with client.stream("GET", address) as answer:
            answer.raise_for_status()
            first.append((time.perf_counter() - start) * 1000)
            size = max(size, len(answer.read()))
            last.append((time.perf_counter() - start) * 1000)
    return Timing(name, target, tuple(first), tuple(last), size)


def report(timings: Sequence[Timing]) -> str:
    machine = description()
    lines = [
        "# Pages with 300 reports in the store",
        "",
        "From `make bench-pages` (`python -m benchmarks.pages`). Every report is the full-size one "
        "(58,000 字, 112 pages, 210 series) as .pdf under another name.",
        "",
        f"{machine['date']}, commit {machine['commit']}, {machine['cpu']}, {machine['cores']} cores "
        f"(load {machine['load']} when this was written), Python {machine['python']}.",
        "",
        "| Page | first byte, median ms | p95 ms | target ms | whole, p95 ms | largest KB |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.name} | {median(one.first):.0f} | {quantiles(one.first, n=20)[-1]:.0f} | {one.target} "
        f"| {quantiles(one.last, n=20)[-1]:.0f} | {one.size / 1024:.0f} |"
        for one in timings
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
