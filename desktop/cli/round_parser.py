"""The commands of a round: publish, receive, return, receipt."""

from __future__ import annotations

from pathlib import Path

from desktop.cli import rounds
from desktop.cli.arguments import Commands, command, day, period, plan_here, workspace_and_period


def add_rounds(commands: Commands) -> None:
    publish = command(commands, "publish", rounds.publish, "写出任务包")
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
    plan_here(publish)
    publish.add_argument("--each", action="store_true", help="另给每个单位写一份，文件名带单位名称")
    publish.add_argument("--out", type=Path, required=True, metavar="文件")

    longer = command(commands, "extend", rounds.extend, "延期：给一个单位、撤销，或列出已延期的单位")
    workspace_and_period(longer, unit=False)
    longer.add_argument("--unit", metavar="单位")
    what = longer.add_mutually_exclusive_group()
    what.add_argument("--until", type=day, metavar="日期", help="延期后的最后一天")
    what.add_argument("--withdraw", action="store_true", help="撤销最近一次延期")
    longer.add_argument("--reason", default="", metavar="文字", help="理由")
    longer.add_argument("--approver", default="", metavar="姓名", help="批准人")
    _add_group(commands)
    _add_answers(commands)


def _add_group(commands: Commands) -> None:
    group = command(commands, "group", rounds.group, "集体：列出，或指定成员和牵头单位，随下一个任务包下发")
    group.add_argument("workspace", type=Path, metavar="工作区", help="工作区文件（.zhibao）")
    group.add_argument("group", nargs="?", metavar="集体", help="名称或代码；不写则列出全部")
    group.add_argument(
        "--member",
        action="append",
        default=[],
        metavar="单位",
        help="成员，可写多次；代替原来的成员；方案已规定成员的集体不写",
    )
    group.add_argument("--lead", metavar="单位", help="牵头单位；不写则不指定")
    plan_here(group)


def _add_answers(commands: Commands) -> None:
    back = command(commands, "return", rounds.send_back, "退回一个单位的报表：写出退回通知")
    workspace_and_period(back, unit=False)
    back.add_argument("--unit", required=True, metavar="单位")
    back.add_argument("--comment", required=True, metavar="文字", help="退回意见")
    back.add_argument(
        "--at",
        action="append",
        default=[],
        metavar="位置=意见",
        help="某一处的意见，可写多次；位置是数据项代码、item/序号，或不予认可的说明的编号",
    )
    back.add_argument("--deadline", type=day, metavar="日期", help="重报期限")
    back.add_argument("--out", type=Path, required=True, metavar="文件或文件夹")
    back.add_argument("--mail", action="store_true", help="同时写出邮件草稿（.eml）")

    receipt = command(commands, "receipt", rounds.receipt, "写出回执：已接收的单位每个一份")
    workspace_and_period(receipt, unit=False)
    receipt.add_argument("--unit", metavar="单位", help="只写这一个单位的")
    receipt.add_argument("--out", type=Path, required=True, metavar="文件夹")
    receipt.add_argument("--mail", action="store_true", help="同时写出邮件草稿（.eml）")

    receive = command(commands, "receive", rounds.receive, "接收任务包、退回通知或回执")
    receive.add_argument("workspace", type=Path, metavar="工作区")
    receive.add_argument("file", type=Path, metavar="文件", help=".xlsx，或带有它的 .eml、.zip")
    receive.add_argument(
        "--fingerprint", metavar="指纹", help="与汇总单位电话核对过的指纹；相符才接收，并记为已核对"
    )
    receive.add_argument("--look", action="store_true", help="只看会有什么变化，不接收")
