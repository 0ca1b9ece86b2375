"""Commands about plan workbooks: new, export, import."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.workspace import export_plan, import_plan, start_plan

_DEFAULTS = "plan.default."
_MOST_DEFAULTS = 10


def new(options: argparse.Namespace) -> Answer:
    """Write a workbook for a new plan."""
    path = start_plan(options.older, options.out)
    lines = (
        f"已写出新方案的工作簿：{path}",
        "请把公文里的两张表贴进“指标对照表”和“任务分解表”，再用 zhibao plan import 读入。",
    )
    return Answer(lines, {"path": str(path)})


def export(options: argparse.Namespace) -> Answer:
    """Write a plan as a workbook."""
    path = export_plan(options.plan, options.out)
    return Answer((f"已写出方案工作簿：{path}",), {"path": str(path)})


def import_(options: argparse.Namespace) -> Answer:
    """Read a plan from a workbook."""
    done = import_plan(options.file, options.out)
    data = {
        "path": str(done.path) if done.path else None,
        "findings": [
            {"code": f.code, "severity": f.severity.value, "where": f.address, "message": message(f)}
            for f in done.findings
        ],
    }
    lines = tuple(_grouped(done.findings))
    if done.path is None:
        return Answer(("方案工作簿有错误，没有写出。", *lines), data, 2)
    status = NEEDS_A_PERSON if done.findings else DONE
    return Answer((f"已写入方案文件夹：{done.path}", *lines), data, status)


def _grouped(findings: Iterable[Finding]) -> Iterator[str]:
    """Lines under headings: errors, warnings, notices in full, of the defaults the first ones."""
    groups: dict[str, list[Finding]] = {"错误": [], "待处理": [], "提示": [], "取默认值": []}
    names = {Severity.ERROR: "错误", Severity.WARNING: "待处理", Severity.NOTICE: "提示"}
    for finding in findings:
        default = finding.code.startswith(_DEFAULTS) and finding.severity is Severity.NOTICE
        groups["取默认值" if default else names[finding.severity]].append(finding)
    for name, found in groups.items():
        if found:
            yield f"{name}（{len(found)}）"
        shown = found[:_MOST_DEFAULTS] if name == "取默认值" else found
        yield from (f"  {finding.address}：{message(finding)}" for finding in shown)
        if len(shown) < len(found):
            yield f"  …… 另有{len(found) - len(shown)}处，加 --json 列出全部。"
