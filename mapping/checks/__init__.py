"""All checks: importing this package registers every family."""

from mapping.checks import answers, kpi, kpi_claims, kpi_figures, kpi_results, kpi_sums, length, parts
from mapping.checks.registry import Check, all_checks, run_checks

__all__ = [
    "Check",
    "all_checks",
    "answers",
    "kpi",
    "kpi_claims",
    "kpi_figures",
    "kpi_results",
    "kpi_sums",
    "length",
    "parts",
    "run_checks",
]
