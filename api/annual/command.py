"""``ziping annual check`` and ``ziping annual letter``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from api.annual.batch import ToolSettings
from api.annual.letter import Letter, letter_lines, letter_title, write_letter
from api.annual.round import RoundResult, run_round
from api.annual.settle import Office
from api.annual.sheet import CellFault, as_date
from api.annual.summary import round_lines
from api.annual.watch import watched_files
from api.annual.winners import read_receipts, read_winners
from api.export.lookup import SEVERITIES as ORDER
from api.export.lookup import Lookup
from api.export.wording import SEVERITIES
from api.output import write_file
from mapping.yearly.terms import load_terms
from models.assessment import Finding
from models.duty import Receipt, Roll
from models.errors import UnreadableFile, UsageError


def run(asked: argparse.Namespace) -> int:
    """Runs the command and returns its exit code: 2 for a path that is not there or a faulty list, 3 for
    files that could not be read, 1 for findings against the rules, else 0."""
    return _check(asked) if asked.action == "check" else _letter(asked)


def _check(asked: argparse.Namespace) -> int:
    from api.annual.workbook import write_workbook

    _must_end(asked.output, ".xlsx")
    _must_end(asked.calendar, ".ics")
    terms, on = load_terms(), asked.on or date.today()
    roll, faults = _roll(asked.winners)
    receipts, received, more = _received(asked.received, on)
    for fault in (*faults, *more):
        _say(fault)
    result = _round(asked, asked.paths, Office(asked.covers, on, terms, roll, receipts, Receipt(received)))
    write_file(Path(asked.output), lambda path: write_workbook(result.annual, result.criteria, terms, path))
    print("\n".join(round_lines(result.annual, terms)))
    _say(f"已写出 {asked.output}")
    if asked.calendar:
        from api.annual.calendar import to_calendar

        _write(asked.calendar, to_calendar(result.annual.standings, terms, on).encode())
    return 2 if faults or more else _code(result)


def _letter(asked: argparse.Namespace) -> int:
    _must_end(asked.output, ".docx")
    on = asked.on or date.today()
    result = _round(asked, [asked.path], Office(asked.covers, on, load_terms()))
    if not result.annual.reports:
        raise UnreadableFile("；".join(one.reason for one in result.annual.not_read))
    report = result.annual.reports[0]
    found = Lookup(report.assessment).findings
    listed = {finding.id: finding for severity in ORDER for finding in found[severity]}
    if not asked.output:
        for finding in listed.values():
            print(f"{finding.id}　{SEVERITIES[finding.severity]}　{finding.message}")
        return _code(result)
    findings = _ticked(asked.tick, listed)
    if asked.kind == "correction" and not findings:
        raise UsageError("补正函至少要写一项发现：请用 --tick 给出编号；不给 --output 可列出全部编号。")
    letter = Letter(
        kind=asked.kind,
        organisation=asked.organisation or report.organisation,
        year=asked.covers,
        office=asked.office,
        on=on,
        received_on=asked.received,
        findings=findings,
        until=asked.until,
        contact=asked.contact,
    )
    write_file(Path(asked.output), lambda path: write_letter(letter, path))
    print("\n".join([letter_title(letter), "", *letter_lines(letter), "", letter.office]))
    _say(f"已写出 {asked.output}")
    return 0


def _round(asked: argparse.Namespace, paths: Sequence[str], office: Office) -> RoundResult:
    settings = ToolSettings(Path(asked.criteria) if asked.criteria else None, asked.model)
    workers = getattr(asked, "workers", None)
    with watched_files() as done:
        result = run_round(
            [Path(path) for path in paths],
            [Path(path) for path in asked.previous],
            office,
            settings,
            done,
            workers,
        )
    for sentence in result.missing:
        _say(sentence)
    return result


def _code(result: RoundResult) -> int:
    if result.missing:
        return 2
    if any(one.failed for one in result.annual.not_read):
        return 3
    findings = (f for report in result.annual.reports for f in report.assessment.findings)
    return int(any(finding.severity == "error" for finding in findings))


def _roll(given: str | None) -> tuple[Roll, tuple[str, ...]]:
    if given is None:
        return Roll(), ()
    winners = read_winners(Path(given))
    return winners.roll, winners.faults


def _received(given: str | None, on: date) -> tuple[Mapping[str, Receipt], date, tuple[str, ...]]:
    """Receipts by a list, the day of all others (the one given, else the day of the states), and faults."""
    if given is None:
        return {}, on, ()
    if Path(given).suffix.lower() in (".xlsx", ".csv"):
        receipts = read_receipts(Path(given))
        return receipts.receipts, on, receipts.faults
    try:
        return {}, as_date(given) or on, ()
    except CellFault as fault:
        raise UsageError(f"--received：{fault}，也可给出一个 .xlsx 或 .csv 清单。") from None


def _ticked(given: str | None, listed: Mapping[str, Finding]) -> tuple[Finding, ...]:
    ids = [one for one in (given or "").replace("，", ",").split(",") if one.strip()]
    unknown = [one.strip() for one in ids if one.strip() not in listed]
    if unknown:
        raise UsageError(f"没有编号为 {'、'.join(unknown)} 的发现；不给 --output 可列出全部编号。")
    return tuple(listed[one.strip()] for one in ids)


def _must_end(path: str | None, ending: str) -> None:
    if path and not path.lower().endswith(ending):
        raise UsageError(f"输出文件“{path}”应以 {ending} 结尾。")


def _write(path: str, content: bytes) -> None:
    def make(target: Path) -> None:
        target.write_bytes(content)

    write_file(Path(path), make)
    _say(f"已写出 {path}")


def _say(message: str) -> None:
    print(message, file=sys.stderr)
