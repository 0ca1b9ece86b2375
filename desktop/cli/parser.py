"""The commands and their options; every refusal is one Chinese sentence."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from desktop.cli import consolidating, entering, files, keys, plan_workbooks, plans, rounds
from desktop.cli.arguments import (
    Commands,
    Parser,
    UsageError,
    command,
    day,
    period,
    plan_here,
    workspace_and_period,
)
from desktop.cli.review_parser import add_reviewing
from desktop.cli.round_parser import add_rounds
from desktop.cli.totals_parser import add_totals
from desktop.config import VERSION


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
    parser = Parser(prog="zhibao", description="知报：填报、审核、报送与汇总。不带命令时打开窗口。")
    parser.add_argument("--version", action="version", version=f"知报 {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Parser)
    _add_demo(commands)
    _add_entering(commands)
    _add_submitting(commands)
    _add_files(commands)
    _add_consolidating(commands)
    add_reviewing(commands)
    add_rounds(commands)
    add_totals(commands)
    _add_keys(commands)
    _add_plan(commands)
    return parser


def _add_demo(commands: Commands) -> None:
    demo = command(commands, "demo", files.demo, "用演示数据走完一轮：填报、审核、报送、汇总、导出")
    demo.add_argument("folder", type=Path, metavar="文件夹", help="演示文件写入的文件夹")
    demo.add_argument("--plan", metavar="方案", help="内置方案的编号；不写时用默认方案")


def _add_entering(commands: Commands) -> None:
    init = command(commands, "init", entering.init, "新建工作区")
    init.add_argument("workspace", type=Path, metavar="工作区")
    init.add_argument(
        "--unit", action="append", nargs="+", required=True, metavar="单位", help="本工作区的单位"
    )
    init.add_argument(
        "--child", action="append", nargs="+", default=[], metavar="单位", help="由本单位汇总的下级单位"
    )
    init.add_argument("--consolidates", action="store_true", help="本单位负责汇总")
    init.add_argument("--plan", metavar="方案", help="方案文件夹、任务包或内置方案的编号")

    fill = command(commands, "fill", entering.fill, "录入数据")
    workspace_and_period(fill)
    fill.add_argument(
        "--from", dest="source", type=Path, metavar="文件", help="从 .csv 或 .xlsx 录入（两列：代码、数值）"
    )
    fill.add_argument(
        "values", nargs="*", metavar="代码=数值", help="如 patents_valid=1,234；任务进展如 item/12=文字"
    )

    explain = command(commands, "explain", entering.explain, "对审核结果作出说明")
    workspace_and_period(explain)
    explain.add_argument(
        "finding", nargs="+", metavar="编号", help="审核结果的编号，见 zhibao check；同一原因的可一次写几个"
    )
    explain.add_argument("--reason", default="", metavar="原因", help="原因代码")
    explain.add_argument("--text", metavar="文字", help="说明文字")
    explain.add_argument("--forced", action="store_true", help="带错上报：错误不改，说明原因后上报")
    explain.add_argument("--withdraw", action="store_true", help="撤回说明")


def _add_submitting(commands: Commands) -> None:
    check = command(commands, "check", entering.check, "审核一个单位的报表")
    workspace_and_period(check)

    review = command(commands, "review", entering.review, "送审：写出给负责人看的打印件（PDF），记下校验码")
    submit = command(commands, "submit", entering.submit, "报出：写出报送文件并锁定本期")
    for made in (review, submit):
        workspace_and_period(made)
        made.add_argument("--out", type=Path, required=True, metavar="文件夹")
        made.add_argument("--correction", action="store_true", help="上一版已被接收，本次为更正单")
        for option, label in (
            ("--responsible", "单位负责人"),
            ("--reviewer", "审核人"),
            ("--preparer", "填表人"),
        ):
            made.add_argument(option, default="", metavar=label)
    submit.add_argument("--mail", action="store_true", help="同时写出邮件草稿（.eml）")
    submit.add_argument("--sheet", action="store_true", help="同时写出盖章件（.pdf）")

    revise = command(commands, "revise", entering.revise, "修订：已报出的一期转为下一版草稿")
    workspace_and_period(revise)


def _add_files(commands: Commands) -> None:
    template = command(commands, "template", files.template, "写出空白报表，供没有本程序的单位填写")
    template.add_argument("--unit", required=True, metavar="单位")
    template.add_argument("--period", type=period, required=True, metavar="报告期")
    template.add_argument("--out", type=Path, required=True, metavar="文件")
    template.add_argument("--plan", metavar="方案")
    template.add_argument(
        "--workspace", type=Path, metavar="工作区", help="写上这个工作区里的上期数、下发数、期限和联系方式"
    )

    inspect = command(commands, "inspect", files.inspect, "查看一个往来文件是什么、是否被改动")
    inspect.add_argument("file", type=Path, metavar="文件")
    inspect.add_argument("--workspace", type=Path, metavar="工作区")


def _add_consolidating(commands: Commands) -> None:
    merge = command(commands, "merge", consolidating.merge, "收取报送文件")
    merge.add_argument("workspace", type=Path, metavar="工作区")
    merge.add_argument("paths", type=Path, nargs="+", metavar="文件、文件夹、.zip 或 .eml")
    merge.add_argument("--period", type=period, metavar="报告期", help="只收这一期的文件")
    merge.add_argument(
        "--convert", action="store_true", help=".xls 和 .et 文件先用这台电脑上的 LibreOffice 转换"
    )
    merge.add_argument(
        "--received", type=day, metavar="日期", help="这些文件是哪一天收到的；邮件按邮件上的时间"
    )
    plan_here(merge)

    status = command(commands, "status", consolidating.status, "各单位报送情况")
    workspace_and_period(status, unit=False)
    status.add_argument("--files", action="store_true", help="列出这一期收到过的每个文件，不接收的也在内")

    remind = command(commands, "remind", consolidating.remind, "写出催报邮件草稿，每个未报单位一封")
    workspace_and_period(remind, unit=False)
    remind.add_argument("--out", type=Path, required=True, metavar="文件夹")
    remind.add_argument("--template", action="store_true", help="附上空白报表，供没有本程序的单位填写")

    export = command(commands, "export", consolidating.export, "导出汇总工作簿")
    workspace_and_period(export, unit=False)
    export.add_argument("--out", type=Path, required=True, metavar="文件")
    export.add_argument("--overwrite", action="store_true", help="覆盖已有文件")


def _add_keys(commands: Commands) -> None:
    key = commands.add_parser("key", help="本单位的签名密钥")
    actions = key.add_subparsers(dest="action", required=True, metavar="操作", parser_class=Parser)
    for name, run, help_ in (
        ("show", keys.show, "显示本单位密钥的指纹"),
        ("new", keys.new, "新建密钥；原密钥在本机时由它签发"),
        ("export", keys.export, f"导出密钥，用口令保护（提示输入，或取自 {keys.PASSPHRASE}）"),
        ("import", keys.import_, "导入从别的电脑导出的密钥"),
    ):
        action = command(actions, name, run, help_)
        action.add_argument("workspace", type=Path, metavar="工作区")
        if name == "import":
            action.add_argument("file", type=Path, metavar="文件")
        elif name != "show":
            action.add_argument("--unit", metavar="单位", help="工作区只有一个单位时可省略")
        if name == "export":
            action.add_argument("--out", type=Path, required=True, metavar="文件")
    roster = command(commands, "roster", keys.roster, "密钥名册：各单位的密钥，电话核对后确认，或停用")
    roster.add_argument("workspace", type=Path, metavar="工作区")
    roster.add_argument("--confirm", metavar="单位", help="该单位的指纹已电话核对；office 为下发任务包的单位")
    roster.add_argument("--fingerprint", metavar="指纹", help="核对的是哪一个指纹")
    roster.add_argument("--end", metavar="单位", help="停用该单位的密钥，如已遗失")
    roster.add_argument("--date", type=day, metavar="日期", help="停用前的最后一天，不写为今天")


def _add_plan(commands: Commands) -> None:
    parser = commands.add_parser("plan", help="查看、检查方案")
    actions = parser.add_subparsers(dest="action", required=True, metavar="操作", parser_class=Parser)
    for name, run, help_ in (
        ("show", plans.show, "列出方案内容"),
        ("check", plans.check, "检查方案，列出自相矛盾之处"),
    ):
        action = command(actions, name, run, help_)
        action.add_argument("plan", nargs="?", metavar="方案", help="方案文件夹或内置方案的编号")
        action.add_argument(
            "--wording", type=Path, metavar="文件", help="本单位的方案文件（文本或 .docx），用于显示原文"
        )
    new = command(actions, "new", plan_workbooks.new, "写出新方案的工作簿，供粘贴公文里的表格")
    new.add_argument("--from", dest="older", metavar="方案", help="单位、分组和审核设置取自这个方案")
    new.add_argument("--out", type=Path, required=True, metavar="文件")
    export = command(actions, "export", plan_workbooks.export, "把方案写成可编辑的工作簿")
    export.add_argument("plan", nargs="?", metavar="方案")
    export.add_argument("--out", type=Path, required=True, metavar="文件")
    import_ = command(actions, "import", plan_workbooks.import_, "从工作簿读入方案")
    import_.add_argument("file", type=Path, metavar="文件")
    import_.add_argument("--out", type=Path, required=True, metavar="文件夹")
    list_ = command(actions, "list", rounds.list_plans, "列出工作区里的方案和版本")
    list_.add_argument("workspace", type=Path, metavar="工作区")
    use = command(actions, "use", rounds.use_plan, "在工作区里启用方案或方案的新版本；已录入的草稿随之转入")
    use.add_argument("workspace", type=Path, metavar="工作区")
    use.add_argument(
        "plan", metavar="方案", help="工作区里的方案编号、内置方案的编号、方案文件夹或方案工作簿"
    )
