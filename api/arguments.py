"""The command line's words: what may be asked, in Chinese, and what is wrong with what was asked."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from functools import partial
from typing import NoReturn

from api.annual.arguments import add_annual, covered_year
from api.checks_arguments import add_checks, add_settings
from models.errors import UsageError

FORMATS = ("text", "json", "html", "xlsx", "docx")
KINDS = ("overview", "report", "annual")
PARTS = (*KINDS, "evidence", "other")

EXIT_CODES = """退出码（同时出现时按 2、3、1、0 的次序取第一个）：
  2  用法不对，或找不到文件
  3  有文件不能读取（其余文件照常检查）
  1  有“违反规定”的发现
  0  其他情况
"""

_TRANSLATIONS = (
    (re.compile(r"the following arguments are required: (.*)"), r"缺少参数：\1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"不认识的参数：\1"),
    (re.compile(r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)"), r"\1 不能是 \2，可选：\3"),
    (re.compile(r"argument (.*?): expected one argument"), r"\1 后面缺少一个值"),
    (re.compile(r"argument (.*?): expected at least one argument"), r"\1 后面至少要有一个值"),
    (re.compile(r"argument (.*?): not allowed with argument (.*)"), r"\1 不能与 \2 同时使用"),
    (re.compile(r"argument (.*?): (.*)"), r"\1：\2"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{translate(message)}。用 {self.prog} --help 查看用法。")


def translate(message: str) -> str:
    """An argparse message in Chinese; unchanged if it is none of the known ones."""
    for pattern, chinese in _TRANSLATIONS:
        if pattern.fullmatch(message):
            return pattern.sub(chinese, message)
    return message


def build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="ziping",
        description="自评：离线检查政府质量奖组织概述、自评报告和年度自我评价报告。",
        epilog=EXIT_CODES,
        formatter_class=_Formatter,
        add_help=False,
    )
    _add_help(parser)
    parser.add_argument("--version", action="store_true", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令")
    _add_check(commands)
    _add_kpis(commands)
    _add_criteria(commands)
    _add_models(commands)
    add_checks(commands, _command)
    add_annual(commands, {"formatter_class": _Formatter, "add_help": False})
    _add_drafts(commands)
    _add_service(commands)
    return parser


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser._positionals.title = "参数"
    parser._optionals.title = "选项"
    parser.add_argument("-h", "--help", action="help", help="显示帮助")


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, line: str, description: str
) -> argparse.ArgumentParser:
    made = commands.add_parser(
        name, help=line, description=description, formatter_class=_Formatter, add_help=False
    )
    _add_help(made)
    return made


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = commands.add_parser(
        "check",
        help="检查一次提交的文件",
        description="把一次提交的文件（.docx、.pdf、.doc、装有它们的 .zip 或文件夹）作为一个整体，"
        "对照评价准则检查。",
        epilog=EXIT_CODES,
        formatter_class=_Formatter,
        add_help=False,
    )
    _add_help(check)
    _add_submission(check)
    check.add_argument(
        "--format",
        action="append",
        choices=FORMATS,
        metavar="格式",
        help="输出格式：text、json、html、xlsx、docx（缺口清单），可重复；默认 text。"
        "多个格式时 --output 须是文件夹",
    )
    check.add_argument("--output", metavar="路径", help="输出到文件或文件夹；不给则输出到屏幕")
    add_settings(check)
    check.add_argument("--covers", type=covered_year, metavar="2020", help="年度报告应报告的年度")
    check.add_argument(
        "--previous",
        action="append",
        default=[],
        metavar="文件",
        help="与之比较的上年年度报告或获奖时的自评报告，可重复",
    )


def _add_submission(command: argparse.ArgumentParser) -> None:
    """The files of one submission, and how they are to be read."""
    command.add_argument("paths", nargs="+", metavar="文件", help="一次提交的文件或文件夹")
    command.add_argument(
        "--kind", choices=KINDS, help="文件的种类：组织概述、自评报告、年度报告；不给则从内容判断"
    )
    command.add_argument("--years", type=_years, metavar="2017-2019", help="报告期；不给则从内容判断")
    command.add_argument(
        "--parts",
        type=_parts,
        metavar="overview=12-140,…",
        help="合订本各部分的起止段块编号（检查结果里有）：overview、report、annual、evidence、other",
    )
    command.add_argument("--criteria", metavar="文件", help="评价准则文件；不给则用随程序附带的")
    command.add_argument("--model", metavar="路径", help="另一个 SentenceTransformer 编码模型的文件夹")
    command.add_argument("--password", metavar="口令", help="打开加密文件的口令")
    command.add_argument(
        "--answers", metavar="文件", help="答复文件：不适用、识别有误、已处理等；用 ziping answers 写出样子"
    )


def _add_kpis(commands: argparse._SubParsersAction[_Parser]) -> None:
    kpis = commands.add_parser(
        "kpis",
        help="列出指标数据",
        description="列出文件中按年份给出数值的指标：各年数值、目标、对比、走势和位置。",
        formatter_class=_Formatter,
        add_help=False,
    )
    _add_help(kpis)
    _add_submission(kpis)
    kpis.add_argument("--csv", metavar="路径", help="另存为 CSV 文件（UTF-8，可用 Excel 打开）")


def _add_criteria(commands: argparse._SubParsersAction[_Parser]) -> None:
    criteria = commands.add_parser(
        "criteria",
        help="查看评价准则",
        description="列出评价准则，或显示其中一条。",
        formatter_class=_Formatter,
        add_help=False,
    )
    _add_help(criteria)
    criteria.add_argument("--criteria", metavar="文件", help="评价准则文件；不给则用随程序附带的")
    actions = criteria.add_subparsers(dest="action", metavar="show", title="命令")
    show = actions.add_parser(
        "show",
        help="显示一条",
        description="显示一章、一条或一个指标的要求。",
        formatter_class=_Formatter,
        add_help=False,
    )
    _add_help(show)
    show.add_argument("--criteria", metavar="文件", default=argparse.SUPPRESS, help="评价准则文件")
    show.add_argument("node", metavar="编号", help="如 4.3.2、4.3、4、0.1.1 或 4.3.2-1")


def _add_models(commands: argparse._SubParsersAction[_Parser]) -> None:
    models = commands.add_parser(
        "models",
        help="查看编码模型",
        description="列出本机的编码模型和换用其他模型的方法，或在附带的标注段落上比较一个模型。",
        formatter_class=_Formatter,
        add_help=False,
    )
    _add_help(models)
    actions = models.add_subparsers(dest="action", metavar="eval", title="命令")
    evaluation = actions.add_parser(
        "eval",
        help="测量正确率和用时",
        description="在附带的标注段落上测量编码模型的正确率和用时，与自带的并列，供决定是否换用。",
        formatter_class=_Formatter,
        add_help=False,
    )
    _add_help(evaluation)
    evaluation.add_argument("--model", metavar="路径", help="另一个编码模型的文件夹；不给则只测自带的")


def _add_drafts(commands: argparse._SubParsersAction[_Parser]) -> None:
    from api.draft_arguments import add_draft_commands

    add_draft_commands(partial(_command, commands), _add_submission)


def _add_service(commands: argparse._SubParsersAction[_Parser]) -> None:
    from api.service_arguments import add_service_commands

    add_service_commands(partial(_command, commands))


def _years(text: str) -> tuple[str, ...]:
    """``2017-2019`` or ``2017,2018,2019`` as years, oldest first."""
    span = re.fullmatch(r"(\d{4})\s*[-—–~至]+\s*(\d{4})", text.strip())
    if span and 0 <= int(span[2]) - int(span[1]) < 20:
        return tuple(str(year) for year in range(int(span[1]), int(span[2]) + 1))
    years = re.split(r"[,，、\s]+", text.strip())
    if all(re.fullmatch(r"\d{4}", year) for year in years):
        return tuple(sorted(set(years)))
    raise argparse.ArgumentTypeError(f"“{text}”不是年份，请写成 2017-2019 的样子")


def _parts(text: str) -> dict[str, tuple[int, int]]:
    """``overview=12-140,report=141-803`` as bounds by kind."""
    bounds: dict[str, tuple[int, int]] = {}
    for entry in re.split(r"[,，]", text):
        found = re.fullmatch(r"\s*(\w+)\s*=\s*(\d+)\s*-\s*(\d+)\s*", entry)
        if not found or found[1] not in PARTS or found[1] in bounds:
            raise argparse.ArgumentTypeError(
                f"“{entry}”不合格式，请写成 overview=12-140,report=141-803 的样子"
            )
        bounds[found[1]] = (int(found[2]), int(found[3]))
    return bounds
