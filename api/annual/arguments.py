"""The words of ``ziping annual``."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

_DESCRIPTION = "获奖组织每年的自我评价报告：成批核对、与上年比较、登记应交与逾期、写回执或补正函。"


def add_annual(commands: Any, options: dict[str, Any]) -> None:
    """Adds the command. ``options``: what every command of the program is built with."""
    annual = commands.add_parser(
        "annual", help="核对获奖组织的年度报告（评审办）", description=_DESCRIPTION, **options
    )
    _help(annual)
    actions = annual.add_subparsers(dest="action", metavar="命令", title="命令", required=True)
    _add_check(actions, options)
    _add_letter(actions, options)


def _help(parser: argparse.ArgumentParser) -> None:
    parser._positionals.title, parser._optionals.title = "参数", "选项"
    parser.add_argument("-h", "--help", action="help", help="显示帮助")


def _add_check(actions: Any, options: dict[str, Any]) -> None:
    check = actions.add_parser(
        "check",
        help="成批核对，结果写成一个工作簿",
        description="核对文件夹、压缩包或若干文件中的年度报告，写成一个 .xlsx；不能读取的文件不影响其余。",
        **options,
    )
    _help(check)
    check.add_argument("paths", nargs="+", metavar="文件夹", help="本年度的报告：文件夹、.zip 或文件")
    check.add_argument("--covers", required=True, type=covered_year, metavar="2020", help="报告所属年度")
    check.add_argument(
        "--previous",
        action="append",
        default=[],
        metavar="文件夹",
        help="以前年度的报告或获奖时的自评报告，可重复",
    )
    check.add_argument("--output", required=True, metavar="文件.xlsx", help="工作簿")
    check.add_argument("--winners", metavar="名单.xlsx", help="获奖组织名单（.xlsx 或 .csv）")
    check.add_argument(
        "--received",
        metavar="日期或清单",
        help="收到日期（2021-03-28），或列有收到日期的 .xlsx、.csv；默认今天",
    )
    check.add_argument("--on", type=_day, metavar="日期", help="按哪一天显示状态；默认今天")
    check.add_argument("--calendar", metavar="文件.ics", help="另存应交日期的日历")
    check.add_argument("--workers", type=_count, metavar="数", help="同时使用的进程数；默认每个处理器核一个")
    _tools(check)


def _add_letter(actions: Any, options: dict[str, Any]) -> None:
    letter = actions.add_parser(
        "letter",
        help="写回执或补正函",
        description="核对一份年度报告，列出发现及其编号；给出 --tick 时把选中的发现写进函件（.docx）。",
        **options,
    )
    _help(letter)
    letter.add_argument("path", metavar="文件", help="年度报告")
    letter.add_argument("--covers", required=True, type=covered_year, metavar="2020", help="报告所属年度")
    letter.add_argument(
        "--previous", action="append", default=[], metavar="文件", help="上年的报告或获奖时的自评报告，可重复"
    )
    letter.add_argument(
        "--kind", choices=("receipt", "correction"), default="receipt", help="receipt 回执，correction 请补正"
    )
    letter.add_argument("--tick", metavar="编号,…", help="写进函件的发现，按给出的次序；编号见列表")
    letter.add_argument("--organisation", metavar="名称", help="收件组织；不给则用报告中的名称")
    letter.add_argument("--received", type=_day, metavar="日期", help="收到日期")
    letter.add_argument("--until", type=_day, metavar="日期", help="请在哪一天前补正")
    letter.add_argument(
        "--office", default="北京市人民政府质量管理奖评审委员会办公室", metavar="名称", help="落款"
    )
    letter.add_argument("--contact", default="", metavar="文字", help="联系方式")
    letter.add_argument("--on", type=_day, metavar="日期", help="落款日期；默认今天")
    letter.add_argument("--output", metavar="文件.docx", help="函件；不给则只列出发现")
    _tools(letter)


def _tools(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--criteria", metavar="文件", help="评价准则文件；不给则用随程序附带的")
    parser.add_argument("--model", metavar="路径", help="另一个 SentenceTransformer 编码模型的文件夹")


def covered_year(text: str) -> int:
    """Raises ArgumentTypeError for what is no year."""
    if len(text) == 4 and text.isdecimal() and 1990 <= int(text) <= 2100:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是年份，请写成 2020 的样子")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2021-03-31 的样子") from None


def _count(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 64:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”应为 1 到 64 的整数")
