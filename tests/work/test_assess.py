"""One job: the command line's bytes, rows beside them, the round's tools, and what goes wrong."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from api.cli import main
from api.options import Options, silent
from api.store.files import FileStore
from api.store.jobs import Patience
from api.store.tables import PassageRow, Revision, Round, StoredFile
from api.work import stages
from api.work.assess import Assessor, options_of, safe_name
from api.work.queue import Lost, TableQueue, Work
from api.work.round_tools import RoundSettings, Toolbox, engine_of, refuse_other
from api.work.stages import StageStore
from models.assessment import Assessment
from models.codec import from_json
from models.errors import MissingPath, UnreadableFile, UsageError
from tests.conftest import ROOT
from tests.work.desk import Desk, open_desk, small_report

EXAMPLES = [ROOT / "examples" / name for name in ("组织概述.docx", "年度自我评价报告.docx")]


@pytest.fixture(scope="module")
def toolbox() -> Toolbox:
    return Toolbox(None, None, None, Path("nowhere"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "data")


@pytest.fixture
def queue(desk: Desk) -> TableQueue:
    return TableQueue(desk.database, Patience())


def assessor(desk: Desk, toolbox: Toolbox, *, local: bool = False) -> Assessor:
    return Assessor(desk.database, desk.files, StageStore(desk.data / "stages"), toolbox, local)


def do(desk: Desk, queue: TableQueue, toolbox: Toolbox, revision: str, *, local: bool = False) -> Work:
    work = queue.claim("w" + revision)
    assert work is not None and work.revision == revision
    assessor(desk, toolbox, local=local)(queue, work, desk.data / "scratch", silent)
    return work


def read(data: bytes) -> Assessment:
    import json

    return from_json(Assessment, json.loads(data))


def test_the_bytes_are_those_of_the_command_line(
    desk: Desk, queue: TableQueue, toolbox: Toolbox, tmp_path: Path
) -> None:
    main(["check", *map(str, EXAMPLES), "--format", "json", "--output", str(tmp_path / "cli.json")])
    revision = desk.queued(EXAMPLES)
    do(desk, queue, toolbox, revision)
    assert desk.assessment(revision) == (tmp_path / "cli.json").read_bytes()


def test_the_rows_are_the_assessments_passages(desk: Desk, queue: TableQueue, toolbox: Toolbox) -> None:
    revision = desk.queued(EXAMPLES[:1])
    do(desk, queue, toolbox, revision)
    passages = read(desk.assessment(revision)).passages
    with desk.database.reading() as session:
        rows = session.scalars(select(PassageRow).order_by(PassageRow.position)).all()
        kept = session.get_one(StoredFile, session.get_one(Revision, revision).assessment)
    assert [(r.passage, r.document, r.page, r.aspect, r.text) for r in rows] == [
        (p.id, p.document, p.page, p.aspect, p.text) for p in passages
    ]
    assert [r.indicator for r in rows] == [p.indicators[0].id if p.indicators else None for p in passages]
    assert (kept.type, kept.size) == ("json", len(desk.assessment(revision)))
    assert not (desk.data / "scratch").exists()


def test_options_are_the_persons_and_then_the_rounds(
    desk: Desk, queue: TableQueue, toolbox: Toolbox, tmp_path: Path
) -> None:
    desk.set_round(reporting_years=["2016", "2017", "2018"])
    report = small_report(tmp_path, 1)
    rounds, own = desk.queued([report]), desk.queued([report], {"kind": "annual", "years": ["2020", "2021"]})
    do(desk, queue, toolbox, rounds)
    do(desk, queue, toolbox, own)
    assert read(desk.assessment(rounds)).years.reporting == ("2016", "2017", "2018")
    made = read(desk.assessment(own))
    assert made.years.reporting == ("2020", "2021")
    assert [d.kind for d in made.documents] == ["annual"]


def test_options_from_json() -> None:
    given = {"kind": "report", "years": ["2019"], "parts": {"overview": [0, 9]}, "covers": "2019"}
    assert options_of(given) == Options("report", ("2019",), {"overview": (0, 9)}, covers="2019")
    assert options_of({}) == Options()


def test_a_document_that_was_read_before_the_worker_died_is_not_read_again(
    desk: Desk, queue: TableQueue, toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = desk.queued(EXAMPLES)

    def die(stage: str, filename: str, done: int, total: int | None) -> None:
        if stage == "对照":
            raise KeyboardInterrupt

    work = queue.claim("w1")
    assert work is not None
    with pytest.raises(KeyboardInterrupt):
        assessor(desk, toolbox)(queue, work, desk.data / "scratch", die)
    queue.lose("w1")
    monkeypatch.setattr(stages, "read_document", None)  # whoever reads now fails
    do(desk, queue, toolbox, revision)
    assert desk.job(revision).state == "done"


def test_a_cancelled_job_leaves_nothing(desk: Desk, queue: TableQueue, toolbox: Toolbox) -> None:
    revision = desk.queued(EXAMPLES[:1])
    work = queue.claim("w")
    assert work is not None
    with desk.database.writing() as session:
        queue.cancel(session, revision)
    with pytest.raises(Lost):
        assessor(desk, toolbox)(queue, work, desk.data / "scratch", silent)
    with desk.database.reading() as session:
        assert session.get_one(Revision, revision).assessment is None
        assert session.scalars(select(PassageRow)).all() == []


def test_a_bad_file_beside_a_good_one_is_recorded_and_alone_is_the_jobs_end(
    desk: Desk, queue: TableQueue, toolbox: Toolbox, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    both = desk.queued([bad, small_report(tmp_path, 1)])
    do(desk, queue, toolbox, both)
    assert [file.filename for file in read(desk.assessment(both)).unreadable] == ["坏.pdf"]
    alone = desk.queued([bad])
    with pytest.raises(UnreadableFile, match=r"《坏\.pdf》"):
        do(desk, queue, toolbox, alone)


def test_an_archive_is_taken_apart_and_what_it_holds_besides_is_said(
    desk: Desk, queue: TableQueue, toolbox: Toolbox, tmp_path: Path
) -> None:
    packed, broken = tmp_path / "材料.zip", tmp_path / "坏.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(small_report(tmp_path, 1), "自评报告.docx")
        archive.writestr("照片.jpg", b"x")
    broken.write_bytes(b"PK\x03\x04" + bytes(100))
    revision = desk.queued([packed])
    do(desk, queue, toolbox, revision)
    assert [d.filename for d in read(desk.assessment(revision)).documents] == ["自评报告.docx"]
    assert "照片.jpg" in desk.job(revision).notes[0]
    alone = desk.queued([broken])
    with pytest.raises(UnreadableFile, match=r"《坏\.zip》"):
        do(desk, queue, toolbox, alone)


def test_a_file_that_is_gone_is_said(desk: Desk, queue: TableQueue, toolbox: Toolbox, tmp_path: Path) -> None:
    revision = desk.queued([small_report(tmp_path, 1)])
    for sha256 in FileStore(desk.data / "files").names():
        desk.files.delete(sha256)
    with pytest.raises(MissingPath, match="重新上传"):
        do(desk, queue, toolbox, revision)


def test_a_round_keeps_the_engine_it_began_with(
    desk: Desk, queue: TableQueue, toolbox: Toolbox, tmp_path: Path
) -> None:
    first = desk.queued([small_report(tmp_path, 1)])
    do(desk, queue, toolbox, first)
    with desk.database.reading() as session:
        engine = session.get_one(Round, desk.round).engine
    assert engine == engine_of(toolbox.usual())
    desk.set_round(engine={**engine, "version": "0.0.1"})
    second = desk.queued([small_report(tmp_path, 2)])
    work = queue.claim("w")
    assert work is not None
    with pytest.raises(UsageError, match="程序版本"):
        assessor(desk, toolbox)(queue, work, desk.data / "scratch", silent)
    assessor(desk, toolbox, local=True)(queue, work, desk.data / "scratch", silent)
    assert desk.job(second).state == "done"


def test_a_round_lays_down_limits_counting_and_checks(toolbox: Toolbox) -> None:
    tools = toolbox.tools(
        RoundSettings(
            "bjqa-2020",
            limits={"overview": {"limit": 5000, "source": "某通知"}},
            counting={"charts": False, "source": "某通知"},
            checks={"item-missing": {"severity": "note"}},
        )
    )
    overview = tools.criteria.limit("overview")
    assert overview is not None
    assert (overview.words, overview.source, overview.charts) == (5000, "某通知", False)
    assert tools.rules["item-missing"].severity == "note"
    usual = toolbox.usual()
    assert engine_of(tools)["settings"] != engine_of(usual)["settings"]
    with pytest.raises(UsageError, match="准则或检查设置"):
        refuse_other(engine_of(usual), engine_of(tools))
    refuse_other({}, engine_of(tools))


def test_a_round_that_lays_down_what_there_is_not_is_told_so(toolbox: Toolbox) -> None:
    with pytest.raises(UsageError, match="准则“nowhere-1”"):
        toolbox.tools(RoundSettings("nowhere-1"))
    with pytest.raises(UsageError, match="准则"):
        toolbox.tools(RoundSettings("../bjqa-2020"))
    with pytest.raises(UsageError, match="字数上限"):
        toolbox.tools(RoundSettings("bjqa-2020", limits={"letter": {"limit": 1}}))
    with pytest.raises(UsageError, match="本轮次的检查设置"):
        toolbox.tools(RoundSettings("bjqa-2020", checks={"nothing": {}}))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("自评报告.docx", "自评报告.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\材料\\自评报告.pdf", "自评报告.pdf"),
        ("..", "未命名"),
        ("", "未命名"),
        ("评" * 100 + ".docx", "评" * 65 + ".docx"),
        ("x." + "评" * 100, "x." + "评" * 66),
    ],
)
def test_names_that_file_systems_take(name: str, safe: str) -> None:
    assert safe_name(name) == safe
