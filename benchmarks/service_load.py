"""People at once at a server: what they ask, and how long it takes."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

import httpx2

from api.settings import Settings
from benchmarks.samples import ROOT

_EXAMPLE = ROOT / "examples" / "自评报告.docx"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Load:
    """Times in milliseconds."""

    name: str
    rate: float
    middle: float
    p95: float
    failed: int


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """``ziping serve`` without workers, and its address."""
    command = [
        sys.executable,
        "-m",
        "api",
        "serve",
        "--data",
        str(settings.data),
        "--port",
        "0",
        "--workers",
        "0",
    ]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "ZIPING_LOG_LEVEL": "error"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if found := re.search(r"http://[^\s（]+", line):
                yield found[0].rstrip("/")
                break
    finally:
        process.terminate()
        process.communicate()


def under_load(
    address: str, tokens: Sequence[tuple[str, str]], name: str, method: str, path: str, seconds: float
) -> Load:
    """One kind of request by all people, after a moment to warm up."""
    asyncio.run(_all(address, tokens, method, path, 1.0))
    start = time.perf_counter()
    answers = asyncio.run(_all(address, tokens, method, path, seconds))
    wall = time.perf_counter() - start
    times = [taken for taken, status in answers if status < 400]
    failed = len(answers) - len(times)
    if len(times) < 2:
        raise RuntimeError(f"{name}: {failed} failed, first with {answers[0][1]}")
    return Load(name, len(times) / wall, median(times) * 1000, quantiles(times, n=20)[-1] * 1000, failed)


async def _all(
    address: str, tokens: Sequence[tuple[str, str]], method: str, path: str, seconds: float
) -> list[tuple[float, int]]:
    until = time.perf_counter() + seconds
    each = await asyncio.gather(*(_person(address, token, method, path, until) for token in tokens))
    return [answer for own in each for answer in own]


async def _person(
    address: str, token: tuple[str, str], method: str, path: str, until: float
) -> list[tuple[float, int]]:
    headers = {"Cookie": f"ziping={token[0]}", "X-CSRF-Token": token[1]}
    answers = []
    async with httpx2.AsyncClient(base_url=address, headers=headers, timeout=120) as client:
        while time.perf_counter() < until:
            start = time.perf_counter()
            answer = await client.request(method, path, **_content(method))
            answers.append((time.perf_counter() - start, answer.status_code))
    return answers


def _content(method: str) -> dict[str, Any]:
    if method == "GET":
        return {}
    content = _EXAMPLE.read_bytes() + os.urandom(8)  # a file of its own each time
    return {"files": {"files": (_EXAMPLE.name, content, _DOCX)}}
