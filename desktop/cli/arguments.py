"""What the commands' options are made of; every refusal is one Chinese sentence."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

from desktop.cli.output import Answer
from desktop.model.period import Period


class UsageError(Exception):
    """The call is wrong; the text says how it should be."""


class Parser(argparse.ArgumentParser):
    """One that raises UsageError and speaks Chinese."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{_in_chinese(message)}用法见：{self.prog} --help")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001
"""What `add_subparsers` gives; argparse has no public name for it."""

_USAGE_TEXTS = (
    (r"the following arguments are required: (.*)", "缺少参数：{0}。"),
    (r"unrecognized arguments: (.*)", "多余的参数：{0}。"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(.*", "没有“{1}”这个命令或选项。"),
    (r"argument (.*?): expected .*", "参数 {0} 缺少内容。"),
    (r"argument (.*?): (.*)", "参数 {0}：{1}"),
)


def _in_chinese(message: str) -> str:
    for pattern, text in _USAGE_TEXTS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return text.format(*match.groups())
    return f"调用有误（{message}）。"


def command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], Answer],
    help_: str,
) -> argparse.ArgumentParser:
    """Add a command that is carried out by `run`."""
    parser = commands.add_parser(name, help=help_, description=help_)
    parser.add_argument("--json", action="store_true", help="以一个 JSON 文档输出")
    parser.set_defaults(run=run)
    return parser


def workspace_and_period(parser: argparse.ArgumentParser, *, unit: bool = True) -> None:
    """Add workspace and period, and which unit where that is asked."""
    parser.add_argument("workspace", type=Path, metavar="工作区", help="工作区文件（.zhibao）")
    parser.add_argument(
        "--period", type=period, required=True, metavar="报告期", help="如 2024Q3、2024M05，年报为 2024"
    )
    if unit:
        parser.add_argument("--unit", metavar="单位", help="单位代码或名称；工作区只有一个单位时可省略")
    plan_here(parser)


def plan_here(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a plan that the workspace keeps."""
    parser.add_argument("--plan", metavar="方案", help="工作区里有多个方案时，用其中哪一个（编号）")


def period(text: str) -> Period:
    """A period argument."""
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是报告期，应如 2024Q3、2024M05 或 2024（年报）。"
        ) from None


def day(text: str) -> datetime.date:
    """A day as an argument."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应如 2024-10-12。") from None
