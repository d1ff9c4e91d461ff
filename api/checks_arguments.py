"""The words of ``ziping checks``, and of the settings of checks that ``ziping check`` takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

MakeCommand = Callable[..., Any]
"""Makes a command's parser from the commands, its name, its line in the list, and its description."""
_FILE = "评审办的检查设置文件；不给则用随程序附带的"


def add_checks(commands: Any, make: MakeCommand) -> None:
    checks = make(
        commands, "checks", "查看检查项", "列出全部检查：分组、查什么、依据；或显示一项的措辞和阈值。"
    )
    checks.add_argument("--checks", metavar="文件", help=_FILE)
    checks.add_argument("--write", metavar="文件", help="把随程序附带的设置写成文件，作为另写设置的底本")
    actions = checks.add_subparsers(dest="action", metavar="show", title="命令")
    show = make(actions, "show", "显示一项", "显示一项检查的分组、依据、措辞和阈值。")
    show.add_argument("check", metavar="编号", help="如 length-over")
    show.add_argument("--checks", metavar="文件", default=argparse.SUPPRESS, help=_FILE)


def add_settings(check: argparse.ArgumentParser) -> None:
    """What ``ziping check`` is told of the checks themselves."""
    check.add_argument("--checks", metavar="文件", help=_FILE)
    check.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="编号,…",
        help="不做这些检查（编号见 ziping checks），可重复",
    )
