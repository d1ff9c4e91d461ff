"""A picture or a print of an HTML page, made with an installed Chromium; used for the documents.

    python -m benchmarks.screenshot PAGE.html OUT.png [--size 1280x900] [--dark] [--at ANCHOR]
    python -m benchmarks.screenshot PAGE.html OUT.pdf

Ends with code 0 and says so if there is no browser, for a picture is never needed to work.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
)


def browser() -> str | None:
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


def command(program: str, page: str, out: Path, size: str, *, dark: bool, profile: str) -> list[str]:
    """Chromium's command line for a PNG of the window or a PDF of the whole page."""
    made = (
        [f"--print-to-pdf={out}", "--no-pdf-header-footer"]
        if out.suffix.lower() == ".pdf"
        else [f"--screenshot={out}", f"--window-size={size.replace('x', ',')}"]
    )
    shade = ["--force-dark-mode"] if dark else []
    return [program, *_QUIET, f"--user-data-dir={profile}", *shade, *made, page]


def shoot(page: Path, out: Path, size: str = "1280x900", *, dark: bool = False, at: str = "") -> bool:
    """Whether a picture was made. Raises CalledProcessError if the browser failed."""
    program = browser()
    if program is None:
        return False
    address = page.resolve().as_uri()
    with tempfile.TemporaryDirectory() as profile:
        if at:
            address = framed(f"{address}#{at}", Path(profile) / "frame.html")
        line = command(program, address, out.resolve(), size, dark=dark, profile=profile)
        subprocess.run(line, check=True, capture_output=True)
    return out.is_file()


def framed(address: str, frame: Path) -> str:
    """A page that holds another one: a scrolled page of its own is photographed blank."""
    style = "position:fixed;inset:0;width:100%;height:100%;border:0"
    frame.write_text(f'<body><iframe style="{style}" src="{address}"></iframe>', encoding="utf-8")
    return frame.as_uri()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Picture or print of an HTML page.")
    parser.add_argument("page", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1280x900")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--at", default="", help="anchor to show")
    asked = parser.parse_args(arguments)
    if not shoot(asked.page, asked.out, asked.size, dark=asked.dark, at=asked.at):
        print("没有找到 Chromium，未生成图片。", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
