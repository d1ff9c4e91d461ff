"""All checks: importing this package registers every family."""

from mapping.checks import (
    accidents,
    annual,
    answers,
    claims,
    cycle,
    forecast,
    kpi,
    kpi_claims,
    kpi_figures,
    kpi_results,
    kpi_sums,
    length,
    method,
    parts,
    thin,
)
from mapping.checks.registry import Check, all_checks, run_checks
from mapping.checks.rulebook import Rulebook, load_rules, shipped_rules

__all__ = [
    "Check",
    "Rulebook",
    "accidents",
    "all_checks",
    "annual",
    "answers",
    "claims",
    "cycle",
    "forecast",
    "kpi",
    "kpi_claims",
    "kpi_figures",
    "kpi_results",
    "kpi_sums",
    "length",
    "load_rules",
    "method",
    "parts",
    "run_checks",
    "shipped_rules",
    "thin",
]
