"""The task package: what the consolidator hands out before a round, and taking its plan and figures in."""

from __future__ import annotations

from pathlib import Path

from desktop.consolidation import deadline
from desktop.definition import plan_from_document, plan_to_document
from desktop.errors import InputError
from desktop.exchange.task_package import TaskPackage, read_task_package, write_task_package
from desktop.model.catalogue import message
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.workspace.forms import Desk
from desktop.workspace.references import stored_figures


def publish(desk: Desk, units: tuple[Unit, ...], period: Period, out: Path, *, synthetic: bool) -> Path:
    """Write the package of one period: plan, units, deadlines and reference figures."""
    references = desk.store.run(lambda connection: stored_figures(connection, desk.plan))
    package = TaskPackage(
        plan=plan_to_document(desk.plan),
        period=period,
        deadlines={unit.id: day for unit in units if (day := deadline(desk.plan, unit, period)) is not None},
        references=tuple(references),
        created=desk.clock(),
        synthetic=synthetic,
    )
    write_task_package(package, desk.plan, out)
    return out


def plan_of_package(path: Path) -> tuple[Plan, TaskPackage]:
    """The plan in a task package; raises InputError if the file isn't one or its plan is broken."""
    package = read_task_package(path)
    loaded = plan_from_document(package.plan)
    if loaded.plan is None:
        first = message(loaded.findings[0]) if loaded.findings else ""
        raise InputError("package.broken", f"任务包里的方案不能使用：{first}", "请向汇总单位重新索取任务包。")
    return loaded.plan, package
