"""The task package: what the consolidator hands out before a round, and the plan in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.consolidation import deadline
from desktop.definition import plan_from_document
from desktop.definition.comparison import PlanChange, compare_plans
from desktop.errors import InputError
from desktop.exchange.atomic import write_whole
from desktop.exchange.office.office_file import ASK_AGAIN
from desktop.exchange.office.task_package import TaskPackage, package_file
from desktop.exchange.office.task_package_sheets import ChangedLine, write_task_package
from desktop.exchange.signing.keyring import HeldKey
from desktop.model.canonical import Json
from desktop.model.catalogue import message
from desktop.model.file_name import safe_part
from desktop.model.period import OpenPeriod, Period
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.store import Connection, audit, plans
from desktop.store.texts import kept
from desktop.workspace.desk import Desk
from desktop.workspace.desk.groups import stored_groups
from desktop.workspace.desk.references import stored_figures
from desktop.workspace.desk.rounds import Deadline, Round, chosen_deadlines, keep_round, stored_round
from desktop.workspace.keys.office_keys import roster_to_issue


@dataclass(frozen=True, slots=True)
class Published:
    """A task package that was written, and what it opens."""

    path: Path
    periods: tuple[OpenPeriod, ...]
    fingerprint: str = ""
    """Of the key that signed it; empty where the office's isn't on this computer."""
    addressed: tuple[Path, ...] = ()
    """Copies that bear the names of units."""


@dataclass(frozen=True, slots=True)
class ToPublish:
    """What the office says beside the plan; None for contact and note means as last time."""

    periods: Sequence[Period]
    deadlines: Sequence[Deadline] = ()
    contact: str | None = None
    note: str = ""
    addressed: bool = False
    """Whether each unit gets a copy that bears its name."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the workspace holds that goes into a package."""

    document: Json
    round: Round
    groups: Json = field(default_factory=dict)
    before: Plan | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Who publishes, for which units; its key if that is on this computer; whether figures are 演示."""

    unit: Unit
    units: tuple[Unit, ...]
    key: HeldKey | None
    synthetic: bool


def publish(desk: Desk, office: Office, wanted: ToPublish, out: Path) -> Published:
    """Write the package: plan, units, open periods, deadlines and reference figures; remember the round.

    Signed, with the roster, where the office's key is on this computer.

    Raises InputError for a deadline nobody can keep or an existing file, EnvironmentFault for the disk.
    """
    kept = desk.store.run(lambda connection: _kept(connection, desk))
    usual = _open_periods(desk.plan, office.units, wanted)
    periods = tuple(_with_extensions(open_, office.units, kept.round) for open_ in usual)
    contact = kept.round.contact if wanted.contact is None else wanted.contact.strip()
    # extensions stay decisions: one that is taken back leaves nothing behind here
    round_ = Round(usual, office.unit.name, contact, wanted.note.strip())
    package = TaskPackage(
        plan=kept.document,
        periods=periods,
        groups=kept.groups,
        references=desk.store.run(lambda connection: stored_figures(connection, desk.plan)),
        office=round_.office,
        contact=round_.contact,
        note=round_.note,
        created=desk.clock(),
        synthetic=office.synthetic,
        unit=office.unit.id,
    )
    held = office.key
    if held is not None:
        roster = desk.store.run(lambda connection: roster_to_issue(connection, held))
        package = replace(package, roster=roster)
    file = package_file(package)
    if held is not None:
        file = file.signed(held.key, held.certificate)
    changes = compare_plans(kept.before, desk.plan) if kept.before else ()
    before = kept.before.version if kept.before else ""
    write_task_package(package, file, desk.plan, out, before=before, changes=[_line(c) for c in changes])
    stamp = audit.Stamp("publish", desk.person, desk.clock())
    desk.store.run(lambda connection: keep_round(connection, desk.plan.id, round_, stamp))
    others = (unit for unit in office.units if unit != office.unit)
    copies = address(out, others) if wanted.addressed else ()
    return Published(out, periods, held.fingerprint if held else "", copies)


def address(package: Path, units: Iterable[Unit]) -> tuple[Path, ...]:
    """Copy a package beside itself once for each unit, whose name its file then bears; returns the files.

    The start page of a unit that gets such a file needs not ask which unit it is. Files of that name that lie
    there are replaced. Raises EnvironmentFault for the disk.
    """
    content = package.read_bytes()
    made = []
    for unit in units:
        path = package.with_name(f"{package.stem}_{safe_part(unit.short_name)}{package.suffix}")
        write_whole(path, content, "写出任务包", overwrite=True)
        made.append(path)
    return tuple(made)


def plan_of_package(package: TaskPackage) -> Plan:
    """The plan in a task package; raises InputError if it is broken."""
    loaded = plan_from_document(package.plan)
    if loaded.plan is None:
        first = message(loaded.findings[0]) if loaded.findings else ""
        raise InputError("package.broken_plan", f"任务包里的方案不能使用：{first}", ASK_AGAIN)
    return loaded.plan


def round_of(package: TaskPackage) -> Round:
    """What a package opens."""
    return Round(package.periods, package.office, package.contact, package.note)


def _kept(connection: Connection, desk: Desk) -> _Kept:
    text = plans.plan_json(connection, desk.plan.digest)
    assert text is not None, "the plan a workspace works by is in it"
    versions = desk.shelf.versions(connection, desk.plan.id)
    earlier = [version for version in versions if version.digest != desk.plan.digest]
    return _Kept(
        document=kept(text, dict, "方案"),
        round=stored_round(connection, desk.plan.id),
        groups=stored_groups(connection, desk.plan.id),
        before=earlier[-1] if earlier else None,
    )


def _open_periods(plan: Plan, units: tuple[Unit, ...], wanted: ToPublish) -> tuple[OpenPeriod, ...]:
    periods = tuple(dict.fromkeys(wanted.periods))
    chosen = chosen_deadlines(plan, wanted.deadlines, periods)
    opened = []
    for period in periods:
        there = [unit for unit in units if unit.exists_on(period.end)]
        usual = {unit.id: day for unit in there if (day := deadline(plan, unit, period)) is not None}
        said = {id_: day for id_, day in chosen[period].items() if id_ in {unit.id for unit in there}}
        opened.append(OpenPeriod(period, {**usual, **said}))
    return tuple(opened)


def _with_extensions(open_: OpenPeriod, units: tuple[Unit, ...], before: Round) -> OpenPeriod:
    granted = before.extended.get(open_.period, {})
    there = [unit.id for unit in units if unit.exists_on(open_.period.end)]
    longer = {unit: granted[unit] for unit in there if unit in granted}
    return OpenPeriod(open_.period, {**open_.deadlines, **longer})


def _line(change: PlanChange) -> ChangedLine:
    return ChangedLine(change.what, change.name, change.kind, change.detail)
