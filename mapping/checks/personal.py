"""Personal data that a report need not hold (C54), shown with the middle digits hidden."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mapping.checks.prose import listed, passages_of, places
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{6}(?:18|19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<![\d.\-])(?:\+?86[-\s]?)?(1[3-9]\d[-\s]?\d{4}[-\s]?\d{4})(?![\d.\-])")
_MAIL = re.compile(
    r"[A-Za-z0-9._%+-]+@(?:qq|vip\.qq|163|126|yeah|sina|sohu|gmail|outlook|hotmail|foxmail|139|189|icloud|aliyun|yahoo)"
    r"(?:\.[a-z]+)+", re.IGNORECASE
)  # fmt: skip
_CARD = re.compile(r"(?<![\d.\-])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\d.\-])")
_BANK = re.compile(r"卡号|账号|帐号|账户|帐户|开户|银行卡|储蓄")
_MAYBE = re.compile(r"@|\d[\d -]{10}")
_NEAR = 24
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@check("personal-data")
def personal_data(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per kind of data and document."""
    for document in draft.documents:
        found: dict[str, dict[str, PassageRecord]] = {}
        for passage in passages_of(draft, "overview", "report", "annual"):
            if passage.document == document.id:
                for kind, value in personal(passage.text):
                    found.setdefault(kind, {}).setdefault(value, passage)
        for kind, values in found.items():
            hidden = [masked(value) for value in values]
            yield rule.finding(
                document.id,
                f"{kind} {hidden[0]}",
                where=places(values.values()),
                kind=kind,
                values=listed(hidden, 3),
                number=len(hidden),
            )


def personal(text: str) -> Iterator[tuple[str, str]]:
    """(kind, value) of personal data: what passes its check digit, or can hardly be anything else."""
    text = unicodedata.normalize("NFKC", text)
    if not _MAYBE.search(text):
        return
    for match in _IDENTITY.finditer(text):
        if valid_identity(match.group(0)):
            yield "身份证号", match.group(0)
    for match in _MOBILE.finditer(text):
        yield "手机号", re.sub(r"[-\s]", "", match.group(1))
    for match in _MAIL.finditer(text):
        yield "私人邮箱", match.group(0)
    for match in _CARD.finditer(text):
        digits = re.sub(r"[ -]", "", match.group(0))
        near = text[max(0, match.start() - _NEAR) : match.start()]
        if valid_card(digits) and not valid_identity(digits) and (digits[:2] == "62" or _BANK.search(near)):
            yield "银行卡号", digits


def valid_identity(number: str) -> bool:
    """GB 11643: 18 characters, the last a check character over the first 17."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def valid_card(number: str) -> bool:
    """16 to 19 digits with Luhn's check digit, not all alike."""
    if not 16 <= len(number) <= 19 or len(set(number)) < 3:
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = (2 * digit - 9 * (digit > 4) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def masked(value: str) -> str:
    """The middle hidden: 138****5678, 1101**********1234, z***@qq.com."""
    name, at, host = value.partition("@")
    if at:
        return f"{name[0]}***@{host}"
    left, right = (3, 4) if len(value) == 11 else (4, 4)
    return value[:left] + "*" * (len(value) - left - right) + value[-right:]
