"""All checks: importing this package registers every family."""

from mapping.checks import answers, length, parts
from mapping.checks.registry import Check, all_checks, run_checks

__all__ = ["Check", "all_checks", "answers", "length", "parts", "run_checks"]
