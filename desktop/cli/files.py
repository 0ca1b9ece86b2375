"""Commands about files that need no workspace: demo, template, inspect."""

from __future__ import annotations

import argparse
import sys

from desktop.cli.output import Answer
from desktop.cli.words import KIND_LABELS, SIGNATURE_LABELS, content_text
from desktop.workspace import Workspace, inspect_file, run_demo, write_template


def demo(options: argparse.Namespace) -> Answer:
    """A whole round with synthetic figures."""
    done = run_demo(options.folder, say=lambda line: print(line, file=sys.stderr), plan_id=options.plan)
    lines = (
        (
            f"演示完成：{done.units} 个单位、{done.departments} 个部门，"
            f"共{len(done.periods)}期：{'、'.join(done.periods)}。"
        ),
        *(
            f"  {total.number:>2} {total.name}：{total.shown}（{total.verdict}，已报 {total.units_reporting}/"
            f"{total.units_expected}）"
            for total in done.exported.totals
        ),
        f"汇总工作簿（演示数据）：{done.exported.path}",
    )
    data = {
        "path": str(done.exported.path),
        "units": done.units,
        "departments": done.departments,
        "periods": list(done.periods),
        "submissions": done.submissions,
        "totals": [total.as_data() for total in done.exported.totals],
    }
    return Answer(lines, data)


def template(options: argparse.Namespace) -> Answer:
    """A blank workbook for a unit without the program."""
    if options.workspace is None:
        path = write_template(options.plan, options.unit, options.period, options.out)
    else:
        with Workspace.open(options.workspace, plan=options.plan) as workspace:
            path = workspace.template(options.unit, options.period, options.out)
    return Answer((f"已写出空白报表：{path}",), {"path": str(path)})


def inspect(options: argparse.Namespace) -> Answer:
    """What a travelling file is, and whether it was edited."""
    seen = inspect_file(options.file, options.workspace)
    lines = (
        f"{seen.path}：{KIND_LABELS[seen.kind]}",
        f"{content_text(seen.kind, seen.content)}，签名{SIGNATURE_LABELS[seen.signature]}。",
        *((f"指纹 {seen.fingerprint}",) if seen.fingerprint else ()),
        *((f"单位 {seen.unit}，报告期 {seen.period}，第{seen.revision}版。",) if seen.unit else ()),
        *(f"  {cell.element}：原为“{cell.was}”，现为“{cell.now}”" for cell in seen.edited),
        *seen.said,
        *((seen.reason,) if seen.reason else ()),
    )
    data = {
        "path": seen.path,
        "kind": seen.kind,
        "content": seen.content,
        "signature": seen.signature,
        "fingerprint": seen.fingerprint,
        "remarks": list(seen.said),
        "unit": seen.unit,
        "period": seen.period,
        "revision": seen.revision,
        "digest": seen.digest,
        "edited_cells": [
            {"unit": c.unit, "element": c.element, "was": c.was, "now": c.now} for c in seen.edited
        ],
        "reason": seen.reason,
        "code": seen.code,
    }
    return Answer(lines, data, seen.exit_status)
