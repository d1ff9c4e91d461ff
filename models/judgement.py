"""What the model says of one passage, before it is put into the assessment."""

from __future__ import annotations

from dataclasses import dataclass

from models.assessment import AspectLabel, IndicatorScore, Numbering, Why


@dataclass(frozen=True, slots=True)
class Match:
    """The indicators that a passage answers, best first, and why. Empty: it answers none.

    ``best`` is the closest indicator even where it stays under the threshold."""

    indicators: tuple[IndicatorScore, ...]
    requirements: tuple[str, ...]
    why: Why | None
    best: IndicatorScore | None = None


@dataclass(frozen=True, slots=True)
class Aspect:
    """Shares of approach, deployment and result; they add up to at most 1, the rest is none."""

    label: AspectLabel
    approach: float
    deployment: float
    result: float
    learning: bool = False
    integration: bool = False

    @property
    def shares(self) -> dict[str, float]:
        """By aspect."""
        return {"approach": self.approach, "deployment": self.deployment, "result": self.result}


@dataclass(frozen=True, slots=True)
class HeadingTarget:
    """The node of the criteria that one heading of the report names."""

    block: int
    node: str | None
    """Id of a chapter, item or indicator; None where the heading names none."""
    certainty: float
    """1.0 for number and title alike, lower for one of the two or a similar title."""


@dataclass(frozen=True, slots=True)
class Outline:
    """How a part numbers its headings, and what each of them stands for."""

    numbering: Numbering
    targets: tuple[HeadingTarget, ...]

    def target(self, block: int) -> HeadingTarget | None:
        return next((target for target in self.targets if target.block == block), None)
