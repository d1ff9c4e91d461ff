"""What the data file says of one check: its severity, its rule, its words and its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.assessment import Finding, Severity, Where


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of fact and one of advice, with the names of values in braces."""

    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One check as ``mapping/data/checks.toml`` has it."""

    id: str
    title: str
    """What the check looks for, in a few words of Chinese."""
    severity: Severity
    """The highest severity that its findings take; the check may take a lower one."""
    source: str
    """Paragraph of the rules, or C-number of the domain notes, in Chinese."""
    sayings: Mapping[str, Saying]
    """Wordings by their names; ``usual`` is there always."""
    numbers: Mapping[str, float] = field(default_factory=dict)
    """Thresholds by their names."""
    off: bool = False
    instead_of: tuple[str, ...] = ()
    """Checks that tell less of the same fault: beside a finding of this one, theirs on the same indicator
    are left out."""

    def finding(
        self,
        document: str | None,
        subject: str,
        *,
        indicator: str | None = None,
        where: Iterable[Where] = (),
        saying: str = "usual",
        severity: Severity | None = None,
        **values: object,
    ) -> Finding:
        """A finding in the words of the data file.

        ``severity`` may only lower that of the rule, so that an office which made a check a note gets
        notes. Raises KeyError where the wording names a value that is not given.
        """
        said = self.sayings[saying]
        return Finding(
            self.id,
            self.level(severity),
            document,
            indicator,
            subject,
            said.message.format_map(values),
            said.advice.format_map(values),
            tuple(where),
        )

    def level(self, severity: Severity | None) -> Severity:
        """The lower of the two: a check never says more than its rule."""
        return max(self.severity, severity or self.severity, key=SEVERITIES.index)


SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
