"""Counters for Prometheus: requests by route, their time, and how the store and its jobs stand."""

from __future__ import annotations

from prometheus_client import REGISTRY, Counter, Histogram, generate_latest

_REQUESTS = Counter("ziping_requests", "Requests answered", ("method", "route", "status"))
_SECONDS = Histogram(
    "ziping_request_seconds",
    "Time of a request",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """``route`` is the route's pattern, never the address: addresses are without number."""
    method = method if method in _METHODS else "other"
    _REQUESTS.labels(method, route or "other", str(status)).inc()
    _SECONDS.labels(method, route or "other").observe(seconds)


def metrics_text() -> bytes:
    return generate_latest(REGISTRY)
