"""Plans as workbooks that an office edits, and back."""

from __future__ import annotations

from pathlib import Path

from desktop.definition.workbook import (
    plan_workbook,
    read_plan_workbook,
    refuse_taken,
    starter_workbook,
    write_plan_folder,
)
from desktop.exchange.atomic import write_whole
from desktop.workspace.plans.checked import ImportedPlan
from desktop.workspace.plans.named import named_plan


def export_plan(name: str | None, out: Path) -> Path:
    """Write a plan (a bundled id or a folder, None for the default) as a workbook.

    Raises InputError if there is no such plan or the file exists, EnvironmentFault if it can't be written.
    """
    write_whole(out, plan_workbook(named_plan(name)), "写入方案工作簿")
    return out


def start_plan(name: str | None, out: Path) -> Path:
    """Write a workbook for a new plan, with units, groups, kinds and families of an older one if named.

    Raises InputError if there is no such plan or the file exists, EnvironmentFault if it can't be written.
    """
    plan = named_plan(name) if name is not None else None
    write_whole(out, starter_workbook(plan), "写入方案工作簿")
    return out


def import_plan(file: Path, out: Path) -> ImportedPlan:
    """Write a workbook's plan as a folder; with errors nothing is written and the path is None.

    Raises InputError if the file is no plan workbook or `out` holds something, EnvironmentFault for the disk.
    """
    refuse_taken(out)
    loaded = read_plan_workbook(file)
    if loaded.plan is None:
        return ImportedPlan(None, loaded.findings)
    write_plan_folder(loaded.plan, out)
    return ImportedPlan(out, loaded.findings)
