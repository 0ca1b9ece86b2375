"""The commands and their options; every refusal is one Chinese sentence."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from desktop.cli import consolidating, entering, files, keys, plan_workbooks, plans, rounds
from desktop.cli.output import Answer
from desktop.config import VERSION
from desktop.model.period import Period


class UsageError(Exception):
    """The call is wrong; the text says how it should be."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{_in_chinese(message)}用法见：{self.prog} --help")


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001
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


def period(text: str) -> Period:
    """A period argument."""
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是报告期，应如 2024Q3、2024M05 或 2024（年报）。"
        ) from None


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The namespace of a call; raises UsageError. Its `run` takes the namespace and returns an Answer."""
    options, rest = build_parser().parse_known_args(arguments)
    # argparse gives a "*" or "+" positional nothing more if an option stands before its words
    many = next((name for name in ("values", "finding") if name in options), None)
    if rest and many and not any(word.startswith("-") for word in rest):
        setattr(options, many, [*getattr(options, many), *rest])
    elif rest:
        raise UsageError(f"多余的参数：{' '.join(rest)}。用法见：zhibao --help")
    return options


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = _Parser(prog="zhibao", description="知报：填报、审核、报送与汇总。不带命令时打开窗口。")
    parser.add_argument("--version", action="version", version=f"知报 {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=_Parser)
    _add_demo(commands)
    _add_entering(commands)
    _add_submitting(commands)
    _add_files(commands)
    _add_consolidating(commands)
    _add_rounds(commands)
    _add_keys(commands)
    _add_plan(commands)
    return parser


def _command(
    commands: _Commands,
    name: str,
    run: Callable[[argparse.Namespace], Answer],
    help_: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_, description=help_)
    parser.add_argument("--json", action="store_true", help="以一个 JSON 文档输出")
    parser.set_defaults(run=run)
    return parser


def _workspace_and_period(parser: argparse.ArgumentParser, *, unit: bool = True) -> None:
    parser.add_argument("workspace", type=Path, metavar="工作区", help="工作区文件（.zhibao）")
    parser.add_argument(
        "--period", type=period, required=True, metavar="报告期", help="如 2024Q3、2024M05，年报为 2024"
    )
    if unit:
        parser.add_argument("--unit", metavar="单位", help="单位代码或名称；工作区只有一个单位时可省略")
    _plan_here(parser)


def _plan_here(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", metavar="方案", help="工作区里有多个方案时，用其中哪一个（编号）")


def _add_demo(commands: _Commands) -> None:
    demo = _command(commands, "demo", files.demo, "用演示数据走完一轮：填报、审核、报送、汇总、导出")
    demo.add_argument("folder", type=Path, metavar="文件夹", help="演示文件写入的文件夹")
    demo.add_argument("--plan", metavar="方案", help="内置方案的编号；不写时用默认方案")


def _add_entering(commands: _Commands) -> None:
    init = _command(commands, "init", entering.init, "新建工作区")
    init.add_argument("workspace", type=Path, metavar="工作区")
    init.add_argument(
        "--unit", action="append", nargs="+", required=True, metavar="单位", help="本工作区的单位"
    )
    init.add_argument(
        "--child", action="append", nargs="+", default=[], metavar="单位", help="由本单位汇总的下级单位"
    )
    init.add_argument("--consolidates", action="store_true", help="本单位负责汇总")
    init.add_argument("--plan", metavar="方案", help="方案文件夹、任务包或内置方案的编号")

    fill = _command(commands, "fill", entering.fill, "录入数据")
    _workspace_and_period(fill)
    fill.add_argument(
        "--from", dest="source", type=Path, metavar="文件", help="从 .csv 或 .xlsx 录入（两列：代码、数值）"
    )
    fill.add_argument(
        "values", nargs="*", metavar="代码=数值", help="如 patents_valid=1,234；任务进展如 item/12=文字"
    )

    explain = _command(commands, "explain", entering.explain, "对审核结果作出说明")
    _workspace_and_period(explain)
    explain.add_argument(
        "finding", nargs="+", metavar="编号", help="审核结果的编号，见 zhibao check；同一原因的可一次写几个"
    )
    explain.add_argument("--reason", default="", metavar="原因", help="原因代码")
    explain.add_argument("--text", metavar="文字", help="说明文字")
    explain.add_argument("--forced", action="store_true", help="带错上报：错误不改，说明原因后上报")
    explain.add_argument("--withdraw", action="store_true", help="撤回说明")


def _add_submitting(commands: _Commands) -> None:
    check = _command(commands, "check", entering.check, "审核一个单位的报表")
    _workspace_and_period(check)

    submit = _command(commands, "submit", entering.submit, "报出：写出报送文件并锁定本期")
    _workspace_and_period(submit)
    submit.add_argument("--out", type=Path, required=True, metavar="文件夹")
    submit.add_argument("--mail", action="store_true", help="同时写出邮件草稿（.eml）")
    for option, label in (
        ("--responsible", "单位负责人"),
        ("--reviewer", "审核人"),
        ("--preparer", "填表人"),
    ):
        submit.add_argument(option, default="", metavar=label)


def _add_files(commands: _Commands) -> None:
    template = _command(commands, "template", files.template, "写出空白报表，供没有本程序的单位填写")
    template.add_argument("--unit", required=True, metavar="单位")
    template.add_argument("--period", type=period, required=True, metavar="报告期")
    template.add_argument("--out", type=Path, required=True, metavar="文件")
    template.add_argument("--plan", metavar="方案")
    template.add_argument(
        "--workspace", type=Path, metavar="工作区", help="写上这个工作区里的上期数、下发数、期限和联系方式"
    )

    inspect = _command(commands, "inspect", files.inspect, "查看一个往来文件是什么、是否被改动")
    inspect.add_argument("file", type=Path, metavar="文件")
    inspect.add_argument("--workspace", type=Path, metavar="工作区")


def _add_consolidating(commands: _Commands) -> None:
    merge = _command(commands, "merge", consolidating.merge, "收取报送文件")
    merge.add_argument("workspace", type=Path, metavar="工作区")
    merge.add_argument("paths", type=Path, nargs="+", metavar="文件、文件夹、.zip 或 .eml")
    merge.add_argument("--period", type=period, metavar="报告期", help="只收这一期的文件")
    merge.add_argument(
        "--convert", action="store_true", help=".xls 和 .et 文件先用这台电脑上的 LibreOffice 转换"
    )
    _plan_here(merge)

    status = _command(commands, "status", consolidating.status, "各单位报送情况")
    _workspace_and_period(status, unit=False)

    remind = _command(commands, "remind", consolidating.remind, "写出催报邮件草稿，每个未报单位一封")
    _workspace_and_period(remind, unit=False)
    remind.add_argument("--out", type=Path, required=True, metavar="文件夹")
    remind.add_argument("--template", action="store_true", help="附上空白报表，供没有本程序的单位填写")

    export = _command(commands, "export", consolidating.export, "导出汇总工作簿")
    _workspace_and_period(export, unit=False)
    export.add_argument("--out", type=Path, required=True, metavar="文件")
    export.add_argument("--overwrite", action="store_true", help="覆盖已有文件")


def _add_rounds(commands: _Commands) -> None:
    publish = _command(commands, "publish", rounds.publish, "写出任务包")
    publish.add_argument("workspace", type=Path, metavar="工作区", help="工作区文件（.zhibao）")
    publish.add_argument(
        "--period",
        type=period,
        action="append",
        required=True,
        metavar="报告期",
        help="开放的报告期，可写多次",
    )
    publish.add_argument(
        "--deadline",
        action="append",
        default=[],
        metavar="单位=日期",
        help="单位或单位种类的报送期限，如 镇=2024-10-12；只管一期的写成 2024Q3:单位=日期",
    )
    publish.add_argument("--contact", metavar="文字", help="联系方式；不写时同上次")
    publish.add_argument("--note", default="", metavar="文字", help="备注")
    _plan_here(publish)
    publish.add_argument("--out", type=Path, required=True, metavar="文件")

    receive = _command(commands, "receive", rounds.receive, "接收任务包：方案版本、报告期、期限和下发数据")
    receive.add_argument("workspace", type=Path, metavar="工作区")
    receive.add_argument("file", type=Path, metavar="文件")
    receive.add_argument(
        "--fingerprint", metavar="指纹", help="与汇总单位电话核对过的指纹；相符才接收，并记为已核对"
    )
    receive.add_argument("--look", action="store_true", help="只看会有什么变化，不接收")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应如 2024-10-12。") from None


def _add_keys(commands: _Commands) -> None:
    key = commands.add_parser("key", help="本单位的签名密钥")
    actions = key.add_subparsers(dest="action", required=True, metavar="操作", parser_class=_Parser)
    for name, run, help_ in (
        ("show", keys.show, "显示本单位密钥的指纹"),
        ("new", keys.new, "新建密钥；原密钥在本机时由它签发"),
        ("export", keys.export, f"导出密钥，用口令保护（提示输入，或取自 {keys.PASSPHRASE}）"),
        ("import", keys.import_, "导入从别的电脑导出的密钥"),
    ):
        action = _command(actions, name, run, help_)
        action.add_argument("workspace", type=Path, metavar="工作区")
        if name == "import":
            action.add_argument("file", type=Path, metavar="文件")
        elif name != "show":
            action.add_argument("--unit", metavar="单位", help="工作区只有一个单位时可省略")
        if name == "export":
            action.add_argument("--out", type=Path, required=True, metavar="文件")
    roster = _command(commands, "roster", keys.roster, "密钥名册：各单位的密钥，电话核对后确认，或停用")
    roster.add_argument("workspace", type=Path, metavar="工作区")
    roster.add_argument("--confirm", metavar="单位", help="该单位的指纹已电话核对；office 为下发任务包的单位")
    roster.add_argument("--fingerprint", metavar="指纹", help="核对的是哪一个指纹")
    roster.add_argument("--end", metavar="单位", help="停用该单位的密钥，如已遗失")
    roster.add_argument("--date", type=_day, metavar="日期", help="停用前的最后一天，不写为今天")


def _add_plan(commands: _Commands) -> None:
    parser = commands.add_parser("plan", help="查看、检查方案")
    actions = parser.add_subparsers(dest="action", required=True, metavar="操作", parser_class=_Parser)
    for name, run, help_ in (
        ("show", plans.show, "列出方案内容"),
        ("check", plans.check, "检查方案，列出自相矛盾之处"),
    ):
        action = _command(actions, name, run, help_)
        action.add_argument("plan", nargs="?", metavar="方案", help="方案文件夹或内置方案的编号")
        action.add_argument(
            "--wording", type=Path, metavar="文件", help="本单位的方案文件（文本或 .docx），用于显示原文"
        )
    new = _command(actions, "new", plan_workbooks.new, "写出新方案的工作簿，供粘贴公文里的表格")
    new.add_argument("--from", dest="older", metavar="方案", help="单位、分组和审核设置取自这个方案")
    new.add_argument("--out", type=Path, required=True, metavar="文件")
    export = _command(actions, "export", plan_workbooks.export, "把方案写成可编辑的工作簿")
    export.add_argument("plan", nargs="?", metavar="方案")
    export.add_argument("--out", type=Path, required=True, metavar="文件")
    import_ = _command(actions, "import", plan_workbooks.import_, "从工作簿读入方案")
    import_.add_argument("file", type=Path, metavar="文件")
    import_.add_argument("--out", type=Path, required=True, metavar="文件夹")
    list_ = _command(actions, "list", rounds.list_plans, "列出工作区里的方案和版本")
    list_.add_argument("workspace", type=Path, metavar="工作区")
    use = _command(actions, "use", rounds.use_plan, "在工作区里启用方案或方案的新版本；已录入的草稿随之转入")
    use.add_argument("workspace", type=Path, metavar="工作区")
    use.add_argument(
        "plan", metavar="方案", help="工作区里的方案编号、内置方案的编号、方案文件夹或方案工作簿"
    )
