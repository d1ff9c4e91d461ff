"""Findings as lines to be read: one per fault, the most important first.

An assessment holds a finding for each place. For reading, findings of one check that ask for the same
thing are one line with its places. An item or indicator of the report that is not found keeps a line of
its own. What is said in the same words of two files of one kind, a report handed in as .docx and .pdf, is
said once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from api.export import wording
from models.assessment import Assessment, Finding, Severity, Where
from models.criteria import Criteria, Indicator, Item

ABOVE_NOTE = 15
"""Lines above a note that a first screen holds."""
_ERRORS = 10
_APART = frozenset({"item-missing", "indicator-missing"})
_NAMED = 6
_ABSENT = "-missing"
"""How the ids of checks end that look for something expected and do not find it."""


@dataclass(frozen=True, slots=True)
class Line:
    """``findings`` are those it stands for, the one that is told in full first."""

    severity: Severity
    message: str
    """One sentence of fact, and a second that names the others, where there are any."""
    advice: str
    places: tuple[Where, ...]
    """Places of all its findings, each once."""
    findings: tuple[Finding, ...]

    @property
    def group(self) -> str:
        """违反规定, 建议补充 or 请核对."""
        return wording.SEVERITIES[self.severity]

    @property
    def count(self) -> int:
        return len(self.findings)

    @property
    def check(self) -> str:
        return self.findings[0].check

    @property
    def document(self) -> str | None:
        return self.findings[0].document

    @property
    def indicator(self) -> str | None:
        return self.findings[0].indicator


def digest(assessment: Assessment, criteria: Criteria) -> tuple[Line, ...]:
    """Lines by group; in a group by the points of the item, most first, then what was expected and not
    found, then what is found most often. A breach that concerns a whole file comes first."""
    same: dict[object, list[Finding]] = {}
    for number, finding in enumerate(_by_points(assessment.findings, criteria)):
        same.setdefault(_fault(finding, number), []).append(finding)
    lines = _once([_line(found) for found in same.values()], assessment)
    return tuple(sorted(lines, key=lambda line: _weight(line, criteria)))


def first_screen(lines: Sequence[Line], notes: int) -> dict[Severity, int]:
    """How many lines of each group are shown at once: breaches first, what should be added in the room
    that is left, then ``notes``."""
    errors = min(sum(line.severity == "error" for line in lines), _ERRORS)
    return {"error": errors, "warning": ABOVE_NOTE - errors, "note": notes}


def _fault(finding: Finding, number: int) -> object:
    """What findings share that are one fault; the number of the finding where it stands for itself."""
    if finding.check in _APART and finding.severity != "note":
        return number
    return finding.check, finding.severity, finding.document, finding.advice


def _line(found: Sequence[Finding]) -> Line:
    first = found[0]
    others = list(dict.fromkeys(finding.subject for finding in found[1:]))
    message = first.message
    if len(found) > 1:
        message += f"同样情况另有 {len(found) - 1} 处{_named(others, first.subject)}。"
    places = tuple(dict.fromkeys(place for finding in found for place in finding.where))
    return Line(first.severity, message, first.advice, places, tuple(found))


def _once(lines: Sequence[Line], assessment: Assessment) -> list[Line]:
    """Lines of one wording on several files of a kind joined into one."""
    kinds = {document.id: document.kind for document in assessment.documents}
    same: dict[object, list[Line]] = {}
    for number, line in enumerate(lines):
        kind = kinds.get(line.document or "", number)
        same.setdefault((line.check, line.severity, line.message, line.advice, kind), []).append(line)
    return [_joined(found) if len(found) > 1 else found[0] for found in same.values()]


def _joined(lines: Sequence[Line]) -> Line:
    return replace(
        lines[0],
        message=f"{lines[0].message}（{len(lines)} 个文件均如此）",
        places=tuple(place for line in lines for place in line.places),
        findings=tuple(finding for line in lines for finding in line.findings),
    )


def _named(subjects: Sequence[str], first: str) -> str:
    told = [subject for subject in subjects if subject and subject != first]
    more = "等" if len(told) > _NAMED else ""
    return f"：{'、'.join(told[:_NAMED])}{more}" if told else ""


def _by_points(findings: Iterable[Finding], criteria: Criteria) -> list[Finding]:
    """Those of the weightiest items first, else as the checks gave them."""
    return sorted(findings, key=lambda finding: -points(finding, criteria))


def _weight(line: Line, criteria: Criteria) -> tuple[int, bool, int, bool, int]:
    whole_file = line.severity == "error" and line.indicator is None
    absent = line.check.endswith(_ABSENT)
    order = tuple(wording.SEVERITIES).index(line.severity)
    return order, not whole_file, -points(line.findings[0], criteria), not absent, -line.count


def points(finding: Finding, criteria: Criteria) -> int:
    """Points of the item that a finding falls under; 0 where it falls under none that is scored."""
    node = criteria.by_id.get(finding.indicator or "")
    item = criteria.by_id.get(node.item) if isinstance(node, Indicator) else node
    return item.points if isinstance(item, Item) else 0
