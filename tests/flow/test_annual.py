"""``ziping annual`` from a folder of reports to the workbook, as the office runs it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from api.annual.batch import Job, ToolSettings, check_files
from api.annual.intake import take_in
from api.annual.round import run_round
from api.annual.settle import Office
from api.cli import main
from benchmarks.annual.batch import Made, make_batch
from mapping.yearly.terms import load_terms
from models.annual_round import AnnualRound
from models.duty import Receipt, Roll, Winner

YEARS = (2019, 2020)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, tuple[Made, ...]]]:
    """Two organisations, two years; beside them an empty file, a copy and a picture in the last year."""
    folder = tmp_path_factory.mktemp("annual")
    reports = make_batch(folder, 2, YEARS)
    last = folder / "2020"
    (last / "空.docx").write_bytes(b"")
    shutil.copyfile(reports[1].path, last / "zz副本.docx")
    (last / "照片.jpg").write_bytes(b"\xff\xd8")
    yield folder, reports


@pytest.fixture(scope="module")
def annual(made: tuple[Path, tuple[Made, ...]]) -> AnnualRound:
    folder, reports = made
    names = [one.organisation.name for one in reports]
    roll = Roll(
        (Winner(names[0], 2018), Winner(names[-1], 2018, obliged=False), Winner("未交有限公司", 2019))
    )
    office = Office(2020, date(2021, 4, 2), load_terms(), roll, received=Receipt(date(2021, 3, 28)))
    return run_round([folder / "2020"], [folder / "2019"], office, ToolSettings(), lambda *_: None).annual


def test_year_and_organisation_are_found(annual: AnnualRound, made: tuple[Path, tuple[Made, ...]]) -> None:
    names = sorted({one.organisation.name for one in made[1]})
    assert [(r.organisation, r.year) for r in annual.reports] == [(name, 2020) for name in names]
    assert [r.year for r in annual.earlier] == [2019, 2019]
    assert all(report.asks == () for report in annual.reports)


def test_each_report_stands_beside_its_own_of_the_year_before(
    annual: AnnualRound, made: tuple[Path, tuple[Made, ...]]
) -> None:
    texts = {one.organisation.name: one.text for one in made[1] if one.year == 2020}
    for report in annual.reports:
        assert report.record is not None
        (beside,) = report.record.comparisons
        assert (beside.year, beside.kind) == ("2019", "annual")
        told = {(change.name, change.year) for change in beside.changes}
        assert told == set(texts[report.organisation].restated)


def test_what_is_not_read_stops_nothing_and_is_told(annual: AnnualRound) -> None:
    told = {one.name: one for one in annual.not_read}
    assert "空的" in told["空.docx"].reason
    assert told["空.docx"].failed
    (copy,) = (one for one in annual.not_read if "内容完全相同" in one.reason)
    assert not copy.failed
    assert any("照片.jpg" in one.reason for one in annual.not_read)


def test_duties_stand_as_the_facts_say(annual: AnnualRound) -> None:
    states = {(one.duty.organisation, one.duty.year): one for one in annual.standings}
    first = annual.winners[0].name
    assert states[first, 2020].state == "received"
    assert states[first, 2020].days_late == 0
    assert states["未交有限公司", 2020].state == "late"
    assert states["未交有限公司", 2020].days_late == 2
    assert not any(name == annual.winners[1].name for name, _ in states)


def test_several_processes_give_what_one_gives(made: tuple[Path, tuple[Made, ...]], tmp_path: Path) -> None:
    intake = take_in([made[0]], tmp_path)
    jobs = [Job(file, None) for file in intake.files]
    settings = ToolSettings()
    done: list[int] = []
    alone = check_files(jobs, settings, settings.build(), lambda n, *_: done.append(n), workers=1)
    together = check_files(jobs, settings, settings.build(), lambda *_: None, workers=2)
    assert alone == together
    assert done == list(range(1, len(jobs) + 1))


def test_the_command_writes_workbook_and_calendar(
    made: tuple[Path, tuple[Made, ...]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, reports = made
    packed = tmp_path / "年度报告.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(reports[1].path, reports[1].path.name)
    winners = tmp_path / "名单.csv"
    rows = (f"{reports[1].organisation.name},2018,2020,2021-04-20,停工", "未交有限公司,2019,,,")
    winners.write_text("\n".join(("组织名称,获奖年度,延期年度,延期至,延期原因", *rows)))
    book, calendar = tmp_path / "结果.xlsx", tmp_path / "应交.ics"
    command = ["annual", "check", str(packed), "--covers", "2020", "--previous", str(reports[0].path)]
    command += ["--winners", str(winners), "--received", "2021-04-10", "--on", "2021-04-12"]
    assert main([*command, "--output", str(book), "--calendar", str(calendar)]) in (0, 1)
    assert "未交有限公司" in capsys.readouterr().out
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == [
        "看板", "应交与逾期", "报告", "指标", "发现", "与上年相同", "改进事项", "提示", "未读文件",
    ]  # fmt: skip
    board = [[cell.value for cell in row] for row in sheets["看板"].iter_rows()]
    row = next(row for row in board if row[0] == reports[1].organisation.name)
    assert row[board[0].index("2020年度")] == "● 已收\n2021-04-10"
    assert [cell.value for cell in sheets["报告"][2]][2:4] == ["2021-04-10", "2021-04-20（星期二）"]
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == 3


def test_a_sheet_holds_no_formula(made: tuple[Path, tuple[Made, ...]], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    document = docx.Document()
    for line in (
        '=HYPERLINK("http://x")有限公司',
        "2020年度卓越绩效自我评价报告",
        "=1+1，7月发生火灾事故1起，损失3万元。",
    ):
        document.add_paragraph(line)
    document.save(str(folder / "=cmd.docx"))
    book = tmp_path / "o.xlsx"
    main(["annual", "check", str(folder), "--covers", "2020", "--output", str(book)])
    cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=") for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_check_beside_last_years_report(
    made: tuple[Path, tuple[Made, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    last, this = made[1][0].path, made[1][1].path
    kind = ["--kind", "annual"]
    assert main(["check", str(this), *kind, "--covers", "2021", "--previous", str(last)]) == 1
    out = capsys.readouterr().out.replace("\n", "").replace(" ", "")
    assert "而应报告的是2021年度" in out
    assert main(["check", str(this), *kind, "--previous", str(last.with_name("没有.docx"))]) == 2


def test_a_letter_takes_the_ticked_findings_only(
    made: tuple[Path, tuple[Made, ...]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["annual", "letter", str(made[1][1].path), "--covers", "2021", "--on", "2022-04-02"]
    assert main(command) == 1
    first, *others = capsys.readouterr().out.splitlines()
    identity, _, message = first.split("　", 2)
    target = tmp_path / "函.docx"
    more = ["--kind", "correction", "--output", str(target)]
    assert main([*command, *more, "--tick", identity]) == 0
    text = "\n".join(p.text for p in docx.Document(str(target)).paragraphs)
    assert message in text
    assert not any(other.split("　", 2)[2] in text for other in others)
    assert main([*command, *more, "--tick", "f-none"]) == 2
    assert main([*command, *more]) == 2
