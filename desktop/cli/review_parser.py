"""The commands about what came in: conflicts, explanations, edits, decisions, paper."""

from __future__ import annotations

from desktop.cli import conflicts, reviewing
from desktop.cli.arguments import Commands, command, day, workspace_and_period
from desktop.cli.words import PAPER_STATES


def add_reviewing(commands: Commands) -> None:
    """conflicts, explanations, edits, decisions, paper."""
    _add_conflicts(commands)
    _add_explanations(commands)
    _add_edits(commands)
    _add_decisions(commands)


def _add_conflicts(commands: Commands) -> None:
    conflict = command(commands, "conflicts", conflicts.conflicts, "冲突：并排列出各份内容和上一版，或选定")
    workspace_and_period(conflict, unit=False)
    conflict.add_argument("--unit", metavar="单位", help="只列这一个单位；选定时必填")
    conflict.add_argument("--all", action="store_true", help="相同的地方也列出")
    conflict.add_argument("--take", metavar="哪一份", help="采用这一份：列出的序号，或内容摘要的开头")
    conflict.add_argument(
        "--cell",
        action="append",
        default=[],
        metavar="位置=哪一份",
        help="这一处改用另一份的，可写多次；位置照列出的写",
    )
    conflict.add_argument("--reason", default="", metavar="文字", help="理由，选定时必填")


def _add_explanations(commands: Commands) -> None:
    judge = command(commands, "explanations", reviewing.explanations, "出错说明：列出，逐条认可或不予认可")
    workspace_and_period(judge, unit=False)
    judge.add_argument("--unit", metavar="单位", help="只列这一个单位；审核时必填")
    judge.add_argument("finding", nargs="*", metavar="编号", help="说明的编号，可写几个")
    what = judge.add_mutually_exclusive_group()
    what.add_argument("--accept", action="store_true", help="认可")
    what.add_argument("--reject", action="store_true", help="不予认可；理由会写进退回通知")
    what.add_argument("--release", action="store_true", help="放行：带错上报的那条错误不改，照收")
    judge.add_argument("--reason", default="", metavar="文字", help="理由；认可时可省略")


def _add_edits(commands: Commands) -> None:
    edits = command(commands, "edits", reviewing.edits, "程序外的改动：列出，或核对后认可")
    workspace_and_period(edits, unit=False)
    edits.add_argument("--unit", metavar="单位", help="只列这一个单位；认可时必填")
    edits.add_argument("--accept", action="store_true", help="认可这份报表里的改动")
    edits.add_argument("--reason", default="", metavar="文字", help="怎么核对的，认可时必填")


def _add_decisions(commands: Commands) -> None:
    log = command(commands, "decisions", reviewing.decisions, "决定：列出、撤销，或撤销一份内容的接收")
    workspace_and_period(log, unit=False)
    log.add_argument("--unit", metavar="单位", help="只列这一个单位")
    log.add_argument("--undo", type=int, metavar="编号", help="撤销这个决定")
    log.add_argument("--set-aside", metavar="单位", help="撤销接收：这个单位计入的内容不再计入")
    log.add_argument("--reason", default="", metavar="文字", help="理由，撤销时必填")

    paper = command(commands, "paper", reviewing.paper, "纸质件：列出各单位的，或记下一个单位的")
    workspace_and_period(paper, unit=False)
    paper.add_argument("--unit", metavar="单位")
    paper.add_argument("--state", choices=PAPER_STATES, metavar="情况", help="、".join(PAPER_STATES))
    paper.add_argument("--date", type=day, metavar="日期", help="哪一天收到，不写为今天")
    paper.add_argument("--reason", default="", metavar="文字", help="哪里不符")
