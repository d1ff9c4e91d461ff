"""A reliability diagram as SVG: how often answers of a score are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_SIDE, _LEFT, _TOP = 360, 60, 20
_COLOURS = ("#1f5fa8", "#c2571a", "#2f7d4f", "#7a4a9e")
Points = Sequence[tuple[float, float, int]]
"""(mean score, share right, count) per bin."""


def calibration_svg(curves: Mapping[str, Points]) -> str:
    """A curve per name; the larger a dot, the more answers it stands for."""
    width, height = _LEFT + _SIDE + 250, _TOP + _SIDE + 60
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_axes(),
    ]
    for n, (name, points) in enumerate(curves.items()):
        lines += _curve(name, points, _COLOURS[n % len(_COLOURS)], _TOP + 20 + 22 * n)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _x(score: float) -> float:
    return round(_LEFT + score * _SIDE, 1)


def _y(right: float) -> float:
    return round(_TOP + (1 - right) * _SIDE, 1)


def _axes() -> list[str]:
    lines = [
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" stroke-dasharray="4"/>'
    ]
    for step in range(0, 11, 2):
        at = step / 10
        lines += [
            f'<line x1="{_x(0)}" y1="{_y(at)}" x2="{_x(1)}" y2="{_y(at)}" stroke="#ddd"/>',
            f'<text x="{_LEFT - 8}" y="{_y(at) + 4}" text-anchor="end">{at:.1f}</text>',
            f'<text x="{_x(at)}" y="{_y(0) + 18}" text-anchor="middle">{at:.1f}</text>',
        ]
    middle = _TOP + _SIDE / 2
    return [
        *lines,
        f'<text x="{_x(0.5)}" y="{_y(0) + 42}" text-anchor="middle">score of the first indicator</text>',
        f'<text x="18" y="{middle}" text-anchor="middle" transform="rotate(-90 18 {middle})">right</text>',
    ]


def _curve(name: str, points: Points, colour: str, legend: int) -> list[str]:
    most = max((count for *_, count in points), default=1)
    path = " ".join(f"{_x(score)},{_y(right)}" for score, right, _ in points)
    dots = [
        f'<circle cx="{_x(score)}" cy="{_y(right)}" r="{2 + 5 * (count / most) ** 0.5:.1f}" fill="{colour}"/>'
        for score, right, count in points
    ]
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
        *dots,
        f'<circle cx="{_x(1) + 24}" cy="{legend - 4}" r="5" fill="{colour}"/>',
        f'<text x="{_x(1) + 36}" y="{legend}">{escape(name)}</text>',
    ]
