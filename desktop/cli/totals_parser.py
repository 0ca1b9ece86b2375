"""The commands about totals."""

from __future__ import annotations

from pathlib import Path

from desktop.cli import totals
from desktop.cli.arguments import Commands, command, day, workspace_and_period


def add_totals(commands: Commands) -> None:
    """trace, changes, overlap, duplicates, difference, reference."""
    _add_tracing(commands)
    _add_deciding(commands)
    _add_differences(commands)


def _add_tracing(commands: Commands) -> None:
    trace = command(commands, "trace", totals.trace, "一个数从哪里来：各单位、单元格、文件和版次")
    workspace_and_period(trace, unit=False)
    trace.add_argument("subject", metavar="指标或数据项", help="指标序号、代码或名称，数据项代码或名称")

    changes = command(commands, "changes", totals.changes, "与某次导出相比有哪些变化")
    workspace_and_period(changes, unit=False)
    changes.add_argument("--export", type=int, metavar="次数", help="第几次导出，不写为最近一次")
    changes.add_argument("--again", type=Path, metavar="文件", help="按当时的内容重新写出汇总工作簿")
    changes.add_argument("--overwrite", action="store_true", help="覆盖已有文件")


def _add_deciding(commands: Commands) -> None:
    overlap = command(commands, "overlap", totals.overlap, "区域重叠：列出、申报或撤回")
    workspace_and_period(overlap, unit=False)
    overlap.add_argument("--unit", metavar="单位", help="从它的数中扣减")
    overlap.add_argument("--other", metavar="单位", help="与它重叠的单位")
    overlap.add_argument("--element", metavar="数据项", help="不写为全部数据项（只可申报无重叠）")
    overlap.add_argument("--value", default="0", metavar="数", help="重叠数，零为无重叠")
    overlap.add_argument("--reason", default="", metavar="文字", help="理由")
    overlap.add_argument("--withdraw", action="store_true", help="撤回申报")

    twice = command(commands, "duplicates", totals.duplicates, "名单中重复列报的条目：列出、核定或撤销")
    workspace_and_period(twice, unit=False)
    twice.add_argument("--key", metavar="编号", help="条目的编号")
    twice.add_argument("--keep", action="append", default=[], metavar="单位", help="由它列报，可写多次")
    twice.add_argument("--reason", default="", metavar="文字", help="理由")
    twice.add_argument("--undo", action="store_true", help="撤销核定")


def _add_differences(commands: Commands) -> None:
    difference = command(commands, "difference", totals.difference, "部门数与单位合计的差异：列出、说明")
    workspace_and_period(difference, unit=False)
    difference.add_argument("--element", metavar="数据项")
    difference.add_argument("--text", metavar="文字", help='差异的说明；写成空的（""）为清除说明')
    difference.add_argument("--settled", action="store_true", help="说明已经核定")
    difference.add_argument("--tolerance", metavar="数", help="容差，按数据项的计量单位")

    reference = command(
        commands, "reference", totals.reference, "参考数据：从表格取用；不写 --from 则列出各单位的核对和异议"
    )
    workspace_and_period(reference, unit=False)
    reference.add_argument("--from", dest="table", type=Path, metavar="文件", help=".xlsx、.csv 或 .txt")
    reference.add_argument("--date", type=day, metavar="日期", help="时点，不写为报告期末")
    reference.add_argument("--source", default="", metavar="文字", help="来源")
    reference.add_argument("--look", action="store_true", help="只看能取用哪些，不取用")
