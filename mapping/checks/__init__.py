"""All checks: importing this package registers every family."""

from mapping.checks import annual, answers, kpi, kpi_claims, kpi_figures, kpi_results, kpi_sums, length, parts
from mapping.checks.registry import Check, all_checks, run_checks
from mapping.checks.rulebook import Rulebook, load_rules, shipped_rules

__all__ = [
    "Check",
    "Rulebook",
    "all_checks",
    "annual",
    "answers",
    "kpi",
    "kpi_claims",
    "kpi_figures",
    "kpi_results",
    "kpi_sums",
    "length",
    "load_rules",
    "parts",
    "run_checks",
    "shipped_rules",
]
