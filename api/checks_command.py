"""``ziping checks``: what is checked, in which words and from which thresholds on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from api.columns import fold, width
from api.export.wording import SEVERITIES, SEVERITY_MEANINGS
from api.output import write_file
from mapping.checks import Rulebook
from mapping.checks.rule import Rule, Saying
from mapping.checks.rulebook import SHIPPED
from models.errors import UsageError

_INDENT = " " * 4
_CLOSING = (
    "用 ziping checks show 编号 查看一项的措辞和阈值。评审办可以另写一个设置文件改变分组、措辞和阈值，"
    "或停用某些检查：ziping checks --write 文件 写出自带的设置作底本，ziping check --checks 文件 按它检查。"
)


def checks_text(rules: Rulebook) -> str:
    """All checks in the three groups of findings, each with what it rests on."""
    column = max(map(len, rules)) + 2
    lines: list[str] = []
    for severity, title in SEVERITIES.items():
        group = [rule for rule in rules.values() if rule.severity == severity]
        lines.append(f"{title}（{len(group)} 项）")
        lines += [fold(SEVERITY_MEANINGS[severity], "  "), ""]
        for rule in group:
            lines += _row(rule, column)
        lines.append("")
    off = sum(rule.off for rule in rules.values())
    stopped = f"，其中停用 {off} 项" if off else ""
    return "\n".join([*lines, f"共 {len(rules)} 项{stopped}。", fold(_CLOSING)]) + "\n"


def _row(rule: Rule, column: int) -> Iterator[str]:
    off = "（停用）" if rule.off else ""
    yield f"  {rule.id}{' ' * (column - width(rule.id))}{rule.title}{off}"
    yield fold(f"依据：{rule.source}", " " * 12, " " * 6)


def check_text(rules: Rulebook, identity: str) -> str:
    """One check with all its words and numbers. Raises UsageError if there is none of that id."""
    rule = rules[known(rules, [identity])[0]]
    lines = [
        f"{rule.id}　{rule.title}{'（停用）' if rule.off else ''}",
        f'分组：{SEVERITIES[rule.severity]}（severity = "{rule.severity}"，把握不足时自动降低）',
        fold(f"依据：{rule.source}", " " * 6, ""),
        "",
        "措辞（花括号中的内容由程序填入）：",
    ]
    for name, said in rule.sayings.items():
        lines += _saying(name, said, rule.sayings["usual"])
    if rule.numbers:
        lines += ["", "阈值：", *(f"  {name} = {number:g}" for name, number in rule.numbers.items())]
    return "\n".join(lines) + "\n"


def _saying(name: str, said: Saying, usual: Saying) -> Iterator[str]:
    """The usual wording, or what another case says otherwise."""
    if name != "usual":
        yield f"  另一种情形：{name}"
    if said is usual or said.message != usual.message:
        yield fold(f"发现：{said.message}", _INDENT + " " * 6, _INDENT)
    if said is usual or said.advice != usual.advice:
        yield fold(f"建议：{said.advice}", _INDENT + " " * 6, _INDENT)


def known(rules: Mapping[str, Rule], identities: Iterable[str]) -> tuple[str, ...]:
    """The ids, if all are ids of checks. Raises UsageError that names the nearest ones otherwise."""
    wanted = tuple(identity.strip() for identity in identities if identity.strip())
    for identity in wanted:
        if identity not in rules:
            near = "、".join(get_close_matches(identity, rules, n=3, cutoff=0.4))
            like = f"相近的有：{near}。" if near else ""
            raise UsageError(f"没有名为“{identity}”的检查。{like}用 ziping checks 查看全部检查。")
    return wanted


def write_shipped(path: Path) -> None:
    """Writes the shipped file, for an office to start from. Raises UsageError where a file stands already."""
    if path.exists():
        raise UsageError(f"“{path}”已经存在，没有覆盖。请换一个文件名。")
    content = SHIPPED.read_bytes()
    write_file(path, lambda place: _write(content, place))


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)
