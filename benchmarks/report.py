"""The results as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Record = dict[str, Any]

_GOLD_COLUMNS = (
    ("text", ("text_recovered",)),
    ("@1", ("indicator", "accuracy_at_1")),
    ("@1 lenient", ("indicator", "accuracy_at_1_lenient")),
    ("@3", ("indicator", "accuracy_at_3")),
    ("item", ("indicator", "item_accuracy")),
    ("filler left", ("filler_left_unmapped",)),
    ("aspect F1", ("aspect", "macro_f1")),
    ("missing ind. F1", ("missing_indicators", "f1")),
    ("missing asp. F1", ("missing_aspects", "f1")),
    ("KPI F1", ("kpi", "values", "f1")),
    ("unit", ("kpi", "unit_accuracy")),
    ("direction", ("kpi", "direction_accuracy")),
    ("target", ("kpi", "target_recall")),
    ("comparison", ("kpi", "comparison_recall")),
    ("KPI ind.", ("kpi", "indicator_accuracy")),
    ("prose", ("kpi", "prose_series_recall")),
    ("gaps F1", ("kpi_gaps", "f1")),
)


def to_markdown(results: Record) -> str:
    lines = ["# Results", "", "Made by `make eval` (`python -m benchmarks.evaluate`); do not edit.", ""]
    lines += machine_lines(results["machine"])
    if "pdf" in results:
        lines += [results["pdf"], ""]
    writers = {
        "gold": _gold,
        "gold-d": _gold_held_out,
        "margin": _margin,
        "findings": _findings,
        "full": _full,
        "speed": _speed,
        "start": _start,
        "real": _real,
        "mapping": _mapping,
    }
    for name, writer in writers.items():
        if name in results:
            part = results[name]
            lines += [f"## {name}", "", part.strip(), ""] if isinstance(part, str) else writer(part)
    return "\n".join(lines).rstrip() + "\n"


def machine_lines(machine: Record) -> list[str]:
    libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
    return [
        f"{machine['date']}, commit {machine['commit']}. {machine['cpu']}, {machine['cores']} cores "
        f"(load {machine['load']} at the start), {machine['memory_gib']} GiB, {machine['system']}, "
        f"Python {machine['python']}, {machine['libreoffice']}. {libraries}.",
        "",
    ]


def _gold_held_out(entries: Sequence[Record]) -> list[str]:
    return _gold(entries, "report_d", ", held out")


def _gold(entries: Sequence[Record], name: str = "report_c", note: str = "") -> list[str]:
    lines = [f"## Score by rendering: `{name}`{note}, checked as one submission of three files", ""]
    for part in ("report", "overview", "annual"):
        columns = [
            c for c in _GOLD_COLUMNS if any(_dig(e, ("parts", part, *c[1])) is not None for e in entries)
        ]
        head = ["rendering", "format", *(title for title, _ in columns)]
        rows = [
            [e["rendering"], e["format"], *(_dig(e, ("parts", part, *path)) for _, path in columns)]
            for e in entries
        ]
        lines += [f"### {part}", "", *table_lines(head, rows), ""]
    return lines + _failures(entries)


def _margin(results: Record) -> list[str]:
    lines = ["## What the margin notes say", ""]
    said = {
        "complete": (
            "`report_c_complete`, which has no gap: indicators and points wrongly called missing, lines "
            "that a reader sees (the same fault at many places is one).",
            ("indicators", "points", "lines_above_note", "notes"),
        ),
        "gaps": (
            "`report_c`: passages under a foreign item found, and others raised as such.",
            ("misplaced", "misplaced_wrongly", "lines_above_note", "notes"),
        ),
    }
    for name, (note, keys) in said.items():
        rows = [[e["rendering"], e["format"], *(e.get(key) for key in keys)] for e in results[name]]
        head = ["rendering", "format", *(key.replace("_", " ") for key in keys)]
        lines += [note, "", *table_lines(head, rows), "", *_failures(results[name])]
    return lines


def _findings(results: Record) -> list[str]:
    below = ", ".join(f"`{one}`" for one in results["below"]) or "none"
    text = (
        f"{results['checks']} checks, ten faults planted of each: {results['found']} found, "
        f"{results['wrongly']} raised on the report without faults; below the measure: {below}. "
        "By check: [findings.md](findings.md)."
    )
    return ["## Planted faults", "", text, ""]


def _full(entries: Sequence[Record]) -> list[str]:
    lines = ["## Reading and KPIs: the full-size volume of `make_report.py`", ""]
    lines += [
        "`words_…` and `surplus` are relative errors (0 is perfect), the rest shares (1 is perfect).",
        "",
    ]
    head = ["metric", *(f"{e['rendering']}, {e['format']}" for e in entries)]
    for group in ("reading", "assessment"):
        names = dict.fromkeys(name for e in entries for name in e.get(group, ()))
        rows = [[name, *(_dig(e, (group, name)) for e in entries)] for name in names]
        lines += [f"### {group}", "", *table_lines(head, rows), ""]
    return lines + _failures(entries)


def _failures(entries: Sequence[Record]) -> list[str]:
    rows = [[e["rendering"], e["format"], e["exit_code"], e["failed"]] for e in entries if "failed" in e]
    return ["Failed:", "", *table_lines(["rendering", "format", "exit", "said"], rows), ""] if rows else []


def _speed(entries: Sequence[Record]) -> list[str]:
    head = ["what", "format", "CPU s", "wall s", "RSS MiB", "exit", "runs"]
    keys = ("rendering", "format", "cpu_s", "wall_s", "rss_mib", "exit_code", "runs")
    rows = [[e[key] for key in keys] for e in entries]
    note = "Start and the reading child included; the run of median CPU time; RSS of the largest process."
    return ["## Speed of `ziping check … --format json`", "", note, "", *table_lines(head, rows), ""]


def _start(results: Record) -> list[str]:
    rows = [[f"`ziping {name}`", r["cpu_s"], r["exit_code"]] for name, r in results["cpu"].items()]
    lines = ["## Start", "", *table_lines(["command", "CPU s", "exit"], rows), ""]
    for name, libraries in results["imports"].items():
        lines.append(f"Heavy libraries imported by `ziping {name}`: {', '.join(libraries) or 'none'}.")
    return [*lines, ""]


def _real(results: Record) -> list[str]:
    groups = results["passages"]
    head = ["source and use", *next(iter(groups.values()), ())]
    rows = [[name, *scores.values()] for name, scores in groups.items()]
    lines = ["## Passages of real organisations, judged alone, without headings", ""]
    lines += [
        "Split by document as in `mapping.training.labelled`; the figures that count are those held out.",
        "",
    ]
    lines += [*table_lines(head, rows), ""]
    keys = (
        "rendering",
        "exit_code",
        "cpu_s",
        "rss_mib",
        "complete",
        "passages",
        "tables",
        "kpis",
        "findings",
    )
    found = [[entry.get(key) for key in keys] for entry in results["documents"]]
    lines += ["## Documents of real organisations", "", *table_lines(["file", *keys[1:]], found), ""]
    return lines + _failures(results["documents"])


def _mapping(_results: Record) -> list[str]:
    return [
        "## Mapping",
        "",
        "By signal, chapter and source, beside baselines: [mapping.md](mapping.md).",
        "",
    ]


def _dig(entry: Record, path: Iterable[str]) -> Any:
    """The value at the path; None where there is none, or where ``n`` says that nothing was labelled."""
    value: Any = entry
    for key in path:
        value = value.get(key) if isinstance(value, dict) and value.get("n") != 0 else None
    return value


def table_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines]


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) < 10 else f"{value:g}"
    return str(value).replace("\n", " ").replace("|", "\\|")
