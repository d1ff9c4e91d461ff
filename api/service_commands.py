"""The service's commands: what was said on the command line, over settings, to the thing itself."""

from __future__ import annotations

import argparse
from pathlib import Path


def run(asked: argparse.Namespace) -> int:
    """Runs one of ``SERVICE_COMMANDS`` and returns its exit code."""
    from api.settings import load_settings, settings_text

    said = {name: getattr(asked, name, None) for name in ("data", "host", "port", "workers")}
    loaded = load_settings(**said)
    if asked.command == "settings":
        print(settings_text(loaded), end="")
        return 0
    if asked.command == "serve":
        from api.serve_command import serve

        return serve(loaded.settings)
    if asked.command == "open":
        from api.serve_command import open_files

        return open_files(loaded.settings, [Path(path) for path in asked.paths], browser=not asked.no_browser)
    return 2
