"""The ``ziping`` command. Heavy libraries are imported only by the command that needs them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from api.arguments import build_parser
from api.service_arguments import SERVICE_COMMANDS
from models.errors import MissingPath, ZipingError

if TYPE_CHECKING:
    from models.assessment import Assessment
    from models.criteria import Criteria

    Deliver = Callable[[Assessment, Criteria], int]
    """What is done with an assessment, and the exit code it asks for."""

_PRIORITY = (2, 3, 1, 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; errors are one sentence on stderr."""
    _speak_chinese()
    parser = build_parser()
    try:
        asked = parser.parse_args(arguments)
        if asked.version:
            return _version()
        commands = {"check": _check, "kpis": _kpis, "criteria": _criteria, "models": _models}
        commands |= {"answers": _answers, "diff": _diff, "annual": _annual, "checks": _checks}
        if asked.command in commands:
            return commands[asked.command](asked)
        if asked.command in SERVICE_COMMANDS:
            from api.service_commands import run

            return run(asked)
        parser.print_help()
        return 2
    except ZipingError as error:
        _say(error.message)
        return error.exit_code
    except KeyboardInterrupt:
        _say("已停止，没有写出结果。")
        return 130
    except BrokenPipeError:  # the reader of a pipe went away: nobody is left to tell
        sys.stderr.close()
        return 0


def worst(codes: Sequence[int]) -> int:
    """The exit code that wins when several apply."""
    return next(code for code in _PRIORITY if code in codes or code == 0)


def _check(asked: argparse.Namespace) -> int:
    from api.output import Target, write

    target = Target.of(tuple(asked.format or ("text",)), asked.output)

    def deliver(assessment: Assessment, criteria: Criteria) -> int:
        for path in write(assessment, criteria, target):
            _say(f"已写出 {path}")
        return int(any(finding.severity == "error" for finding in assessment.findings))

    return _submission(asked, deliver)


def _kpis(asked: argparse.Namespace) -> int:
    def deliver(assessment: Assessment, _: Criteria) -> int:
        from api.export.kpi_csv import to_csv
        from api.export.kpi_table import write_table
        from api.output import write_file

        write_table(assessment)
        if asked.csv:
            write_file(Path(asked.csv), partial(_write_bytes, to_csv(assessment).encode()))
            _say(f"已写出 {asked.csv}")
        return 0

    return _submission(asked, deliver)


def _answers(asked: argparse.Namespace) -> int:
    from api.answers_command import write_template
    from api.stored import stored_assessment
    from mapping.criteria import load_criteria

    def deliver(assessment: Assessment, criteria: Criteria) -> int:
        write_template(assessment, criteria, asked.output)
        return 0

    stored = stored_assessment(Path(asked.paths[0])) if len(asked.paths) == 1 else None
    if stored is None:
        return _submission(asked, deliver)
    return deliver(stored, load_criteria(Path(asked.criteria) if asked.criteria else None))


def _diff(asked: argparse.Namespace) -> int:
    from api.diff_command import diff

    return diff(asked)


def _write_bytes(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _submission(asked: argparse.Namespace, deliver: Deliver) -> int:
    """Reads and judges the files, hands the assessment on, and gives the exit code for all of it."""
    from api.files import submission_files

    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
        found = submission_files([Path(path) for path in asked.paths], Path(scratch))
        for message in (*found.missing, *found.left_out, *found.unreadable):
            _say(message)
        if not found.files and not found.unreadable:
            raise MissingPath("没有可检查的文件。请给出 .docx 或 .pdf 文件，或它们所在的文件夹。")
        code = _assess(asked, found.files, deliver) if found.files else 0
    return worst([2 if found.missing else 0, 3 if found.unreadable else 0, code])


def _assess(asked: argparse.Namespace, files: Sequence[Path], deliver: Deliver) -> int:
    from api.options import Options

    covers, previous = getattr(asked, "covers", None), getattr(asked, "previous", [])
    checks, without = getattr(asked, "checks", None), getattr(asked, "without", [])
    options = Options(
        kind=asked.kind,
        years=asked.years or (),
        parts=asked.parts or {},
        password=asked.password,
        covers=str(covers) if covers else None,
        checks_off=_without(without) if without else frozenset(),
    )

    from api.annual.beside import beside_files
    from api.bootstrap import build_tools
    from api.pipeline import assess
    from api.progress import watched
    from mapping.correction import correct
    from models.answers_file import load_answers

    answers = load_answers(Path(asked.answers)) if asked.answers else ()

    with watched() as progress:
        tools = build_tools(
            Path(asked.criteria) if asked.criteria else None, asked.model, Path(checks) if checks else None
        )
        read = assess(files, tools, options, progress)
        if covers or previous:
            read = beside_files([Path(path) for path in previous], read, tools)
    assessment = correct(read, answers, tools.criteria, tools.rules, off=options.checks_off)
    for reply in assessment.answers:
        if not reply.applied:
            _say(reply.message)
    code = deliver(assessment, tools.criteria)
    for file in assessment.unreadable:
        _say(file.message)
    return worst([3 if assessment.unreadable else 0, code])


def _without(given: Sequence[str]) -> frozenset[str]:
    from api.checks_command import known
    from mapping.checks import shipped_rules

    return frozenset(known(shipped_rules(), ",".join(given).replace("，", ",").split(",")))


def _checks(asked: argparse.Namespace) -> int:
    from api.checks_command import check_text, checks_text, write_shipped
    from mapping.checks import load_rules

    if asked.write:
        write_shipped(Path(asked.write))
        _say(f"已写出 {asked.write}")
        return 0
    rules = load_rules(Path(asked.checks) if asked.checks else None)
    text = check_text(rules, asked.check) if asked.action == "show" else checks_text(rules)
    print(text.rstrip("\n"))
    return 0


def _criteria(asked: argparse.Namespace) -> int:
    from api.catalogue import catalogue_text, node_text
    from mapping.criteria import load_criteria

    criteria = load_criteria(Path(asked.criteria) if asked.criteria else None)
    text = node_text(criteria, asked.node) if asked.action == "show" else catalogue_text(criteria)
    print(text.rstrip("\n"))
    return 0


def _models(asked: argparse.Namespace) -> int:
    from api.models_command import evaluation_text, models_text

    text = evaluation_text(asked.model) if asked.action == "eval" else models_text()
    print(text.rstrip("\n"))
    return 0


def _annual(asked: argparse.Namespace) -> int:
    from api.annual.command import run

    return run(asked)


def _version() -> int:
    from importlib.metadata import version

    print(f"ziping {version('ziping')}")
    return 0


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _speak_chinese() -> None:
    """A terminal that cannot show a character gets a question mark, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


if __name__ == "__main__":
    raise SystemExit(main())
