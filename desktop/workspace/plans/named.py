"""Plans by name: bundled ones, folders, task packages."""

from __future__ import annotations

import re
from pathlib import Path

from desktop import config
from desktop.definition import bundled_plan, load_plan_folder, read_wording
from desktop.definition.proving import dead_rules, prove
from desktop.definition.workbook import read_plan_workbook
from desktop.errors import InputError
from desktop.exchange.office.office_file import OfficeFile
from desktop.exchange.office.office_reading import read_office_file
from desktop.exchange.office.task_package import read_package
from desktop.model.catalogue import message
from desktop.model.finding import Severity
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.workspace.plans.checked import CheckedPlan, ProvedPlan
from desktop.workspace.plans.publishing import plan_of_package
from desktop.workspace.plans.receiving import Coming, Packed


def available_plans() -> tuple[tuple[str, str], ...]:
    """Ids and names of the bundled plans."""
    found = sorted(
        folder.name for folder in config.plans_folder().iterdir() if (folder / "plan.toml").is_file()
    )
    return tuple((id_, bundled_plan(id_).name) for id_ in found)


def named_plan(name: str | None) -> Plan:
    """The plan of a folder or a bundled id; raises InputError with the first thing that is wrong."""
    checked = check_named_plan(name)
    errors = [finding for finding in checked.findings if finding.severity is Severity.ERROR]
    if checked.plan is None or errors:
        first = message(errors[0]) if errors else ""
        raise InputError("plan.broken", f"方案不能使用：{first}", "请用 zhibao plan check 查看全部问题。")
    return checked.plan


def check_named_plan(name: str | None) -> CheckedPlan:
    """A plan with its findings; raises InputError if there is no such plan."""
    loaded = load_plan_folder(_folder(name or config.DEFAULT_PLAN))
    return CheckedPlan(loaded.plan, loaded.findings)


def prove_named_plan(name: str | None) -> ProvedPlan:
    """A plan with its findings, each of its rules put to the proof; raises InputError if there is none."""
    checked = check_named_plan(name)
    broken = any(finding.severity is Severity.ERROR for finding in checked.findings)
    if checked.plan is None or broken:
        return ProvedPlan(checked.plan, checked.findings)
    proofs = prove(checked.plan)
    return ProvedPlan(checked.plan, (*checked.findings, *dead_rules(checked.plan, proofs)), proofs)


def plan_for_workspace(name: str | None) -> Coming:
    """The plan with which a workspace starts: a bundled one, a folder's, or that of a task package."""
    if name is not None and name.lower().endswith(".xlsx"):
        return coming_package(Path(name))
    return Coming(named_plan(name))


def unit_in_name(plan: Plan, path: Path) -> Unit | None:
    """The one unit whose short name stands in a file's name between _, -, blanks and brackets; else None."""
    words = re.split(r"[\s_\-（）()【】]+", path.stem)
    found = [unit for unit in plan.units if unit.short_name in words or unit.name in words]
    return found[0] if len(found) == 1 else None


def coming_package(path: Path, fingerprint: str | None = None) -> Coming:
    """A task package as it comes in; `fingerprint` is the office's as somebody compared it by telephone.

    Raises InputError if the file isn't one, its plan is broken, or its signature isn't over its content.
    """
    file = read_office_file(path)
    return coming_file(file, path.name, fingerprint)


def coming_file(file: OfficeFile, name: str, fingerprint: str | None = None) -> Coming:
    """The same of a file that was read already; `name` is the file's."""
    package = read_package(file, name)
    return Coming(plan_of_package(package), Packed(package, file), fingerprint)


def coming_plan(name: str) -> Coming:
    """A plan as it comes in by name: a bundled id, a plan folder or a plan workbook."""
    if not name.lower().endswith(".xlsx"):
        return Coming(named_plan(name))
    loaded = read_plan_workbook(Path(name))
    if loaded.plan is None:
        first = message(loaded.findings[0]) if loaded.findings else ""
        raise InputError("plan.broken", f"方案不能使用：{first}", "请用 zhibao plan import 查看全部问题。")
    return Coming(loaded.plan)


def plan_to_start(name: str | None) -> Plan:
    """The plan with which a workspace would start under that name; raises InputError if it can't."""
    return plan_for_workspace(name).plan


def load_wording_file(path: Path, plan: Plan) -> dict[int, str]:
    """The official wording of items, by number, from the office's own copy of the document."""
    return dict(read_wording(path, plan).texts)


def _folder(name: str) -> Path:
    bundled = config.plans_folder() / name
    if "/" not in name and "\\" not in name and (bundled / "plan.toml").is_file():
        return bundled
    folder = Path(name)
    if folder.name == "plan.toml":
        folder = folder.parent
    if not (folder / "plan.toml").is_file():
        raise InputError(
            "plan.not_found",
            f"没有找到方案“{name}”。",
            "请给出内置方案的编号，或含有 plan.toml 的方案文件夹。",
        )
    return folder
