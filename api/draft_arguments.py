"""The words of the commands that look at a draft again: answers to it, and another draft beside it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from api.service_arguments import MakeCommand


def add_draft_commands(make: MakeCommand, add_submission: Callable[[argparse.ArgumentParser], None]) -> None:
    """``add_submission`` adds the words that say which files are read, and how."""
    answers = make(
        "answers",
        "写出答复文件的样子",
        "检查文件，写出一个答复文件：列出每条发现和它的编号，删去不要的、填上一句话，"
        "再用 ziping check --answers 交回。也可给出已存的 .json 结果。",
    )
    add_submission(answers)
    answers.add_argument("--output", metavar="路径", help="写到文件；不给则显示在屏幕上")
    diff = make(
        "diff",
        "比较两稿",
        "比较同一份材料的两稿：按指标列出增加、删去、移动和改写的段落，解决了的和新出现的发现，变了的数据。",
    )
    diff.add_argument("old", metavar="旧稿", help="旧稿：文件、文件夹，或已存的 .json 结果")
    diff.add_argument("new", metavar="新稿", help="新稿：文件、文件夹，或已存的 .json 结果")
    diff.add_argument(
        "--format", choices=("text", "html", "json"), default="text", help="输出格式，默认 text"
    )
    diff.add_argument("--output", metavar="路径", help="输出到文件；不给则输出到屏幕")
    diff.add_argument("--answers", metavar="文件", help="对旧稿的答复文件；仍适用的带到新稿")
    diff.add_argument("--carry", metavar="路径", help="把仍适用于新稿的答复另存为一个答复文件")
    diff.add_argument("--criteria", metavar="文件", help="评价准则文件；不给则用随程序附带的")
    diff.add_argument("--model", metavar="路径", help="另一个 SentenceTransformer 编码模型的文件夹")
