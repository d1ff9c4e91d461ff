"""The words of the service's commands on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable

SERVICE_COMMANDS = ("serve", "open", "settings", "backup", "restore", "audit")
MakeCommand = Callable[[str, str, str], argparse.ArgumentParser]
"""Makes a command's parser from its name, its line in the list of commands, and its description."""


def add_service_commands(make: MakeCommand) -> None:
    serve = make("serve", "启动服务", "启动供评审办公室、评审员和申报组织使用的服务（浏览器访问）。")
    _add_data(serve)
    serve.add_argument("--host", metavar="地址", help="监听的地址，默认 127.0.0.1")
    serve.add_argument("--port", type=int, metavar="端口", help="监听的端口，默认 8765")
    serve.add_argument("--workers", type=int, metavar="数目", help="工作进程数，默认与处理器核数相同")
    opened = make(
        "open", "在浏览器中检查自己的材料", "在本机浏览器中打开检查页面，不需要账号，资料不离开本机。"
    )
    opened.add_argument("paths", nargs="*", metavar="文件", help="一次提交的文件或文件夹")
    _add_data(opened)
    opened.add_argument("--port", type=int, metavar="端口", help="监听的端口，默认 8765；被占用时另选一个")
    opened.add_argument("--no-browser", action="store_true", help="只显示地址，不打开浏览器")
    opened.add_argument("--forget", action="store_true", help="删除本机保存的全部资料，然后退出")
    shown = make("settings", "显示设置", "显示服务的全部设置，以及每一项从哪里来。")
    _add_data(shown)
    backup = make("backup", "备份", "把数据文件夹备份成一个文件；服务运行时也可以备份。")
    backup.add_argument("file", metavar="文件", help="备份文件，如 ziping-2026.zip")
    _add_data(backup)
    restore = make("restore", "恢复备份", "把备份恢复到一个还没有数据的数据文件夹。")
    restore.add_argument("file", metavar="文件", help="备份文件")
    _add_data(restore)
    audit = make("audit", "核对审计记录", "核对审计记录是否完整、未被改动。")
    audit.add_argument("action", choices=("verify",), metavar="verify", help="核对")
    _add_data(audit)


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", metavar="文件夹", help="数据文件夹；不给则用系统中存放应用数据的位置")
