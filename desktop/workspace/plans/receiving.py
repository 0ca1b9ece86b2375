"""Taking in a task package or a new version of the plan: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.definition import plan_to_document
from desktop.definition.comparison import compare_plans
from desktop.errors import InputError
from desktop.exchange.office.office_file import OfficeFile
from desktop.exchange.office.task_package import TaskPackage
from desktop.model.canonical import canonical_text
from desktop.model.plan import Plan
from desktop.model.versions import version_key
from desktop.store import Connection, audit, plans, settings
from desktop.store.plans import StoredPlan
from desktop.store.settings import OwnUnit
from desktop.workspace.desk import Desk
from desktop.workspace.desk.groups import keep_groups
from desktop.workspace.desk.moving import Mover, move_drafts
from desktop.workspace.desk.references import carry_figures, store_figures
from desktop.workspace.desk.rounds import Round, keep_round
from desktop.workspace.keys.office_keys import OfficeSignature, accept, keep_roster
from desktop.workspace.plans.arrivals import Arrival, Opened
from desktop.workspace.plans.own_units import Resolved, resolve_own_units
from desktop.workspace.plans.publishing import round_of

_RECEIVE = "receive"


@dataclass(frozen=True, slots=True)
class Packed:
    """A task package, and the file with its signature."""

    package: TaskPackage
    file: OfficeFile


@dataclass(frozen=True, slots=True)
class Coming:
    """A plan on its way in, and the package it came in, if it came in one.

    `fingerprint` is the office's, as somebody compared it by telephone.
    """

    plan: Plan
    packed: Packed | None = None
    fingerprint: str | None = None


class _OnlyLooked(Exception):
    """Ends the transaction of a look without keeping anything; carries what would have been done."""

    def __init__(self, arrival: Arrival) -> None:
        super().__init__()
        self.arrival = arrival


def receive(desk: Desk, coming: Coming) -> Arrival:
    """Take it in. Raises InputError for an older version, one that names none of the own units, or one with
    another content under the same version; EnvironmentFault for the disk. Nothing is changed then.
    """
    return desk.store.run(lambda connection: _take(connection, desk, coming))


def look(desk: Desk, coming: Coming) -> Arrival:
    """What `receive` would do: the same work, with nothing kept; raises the same."""

    def only_look(connection: Connection) -> None:
        raise _OnlyLooked(_take(connection, desk, coming))

    try:
        desk.store.run(only_look)
    except _OnlyLooked as looked:
        return looked.arrival
    finally:
        desk.shelf.forget()
    raise AssertionError("a look always ends by saying what it saw")


def start_with(
    connection: Connection, coming: Coming, stamp: audit.Stamp
) -> tuple[int, OfficeSignature | None]:
    """Keep what a package brings beside its plan.

    Returns how many figures are new or changed, and what its signature came to. Raises InputError if it isn't
    the office's whose key is pinned.
    """
    if coming.packed is None:
        return 0, None
    package, file = coming.packed.package, coming.packed.file
    signature = accept(connection, file, stamp, coming.fingerprint)
    keep_roster(connection, file, package.roster, stamp)
    keep_groups(connection, coming.plan.id, package.groups, stamp)
    keep_round(connection, coming.plan.id, round_of(package), stamp)
    own = set(coming.plan.references)
    sent = [figure for figure in package.references if figure not in own]
    return store_figures(connection, coming.plan, sent, stamp), signature


def _take(connection: Connection, desk: Desk, coming: Coming) -> Arrival:
    newest = plans.current_plan(connection, coming.plan.id)
    _require_newer(coming.plan, newest)
    stamp = audit.Stamp(_RECEIVE, desk.person, desk.clock())
    before = desk.shelf.get(connection, newest.digest) if newest else None
    started = audit.head(connection).sequence
    resolved = _resolve(connection, desk, coming.plan, before)
    _keep_plan(connection, coming, stamp)
    desk.shelf.forget()
    figures = 0
    if before is not None and before.digest != coming.plan.digest:
        figures = carry_figures(connection, desk.shelf, before, coming.plan, stamp)
    brought, signature = start_with(connection, coming, stamp)
    desk.shelf.forget()  # the groups may have come with it
    plan = desk.shelf.get(connection, coming.plan.digest)
    assert plan is not None  # just kept
    if resolved is not None:
        settings.set_own_units(connection, plan.id, resolved.units, stamp)
    if before is None:
        plans.choose_plan(connection, plan.id, stamp)
    moved = move_drafts(connection, Mover(plan, desk.shelf, desk.person, stamp.now))
    said = _said(connection, desk, coming, before, plan)
    return replace(
        said,
        unchanged=audit.head(connection).sequence == started,
        figures=figures + brought,
        signature=signature,
        moved=moved,
        remarks=(*(resolved.remarks if resolved else ()), *said.remarks),
        lost=resolved.lost if resolved else (),
    )


def _said(connection: Connection, desk: Desk, coming: Coming, before: Plan | None, plan: Plan) -> Arrival:
    """What is to be said of a plan that has come, beside what it changed here."""
    round_ = round_of(coming.packed.package) if coming.packed else Round()
    current = plans.current_plan(connection)
    works_by = current is not None and current.id == plan.id
    return Arrival(
        plan=plan.id,
        plan_name=plan.name,
        version_before=before.version if before else "",
        version=plan.version,
        works_by=works_by,
        unchanged=False,
        from_package=coming.packed is not None,
        opened=_opened(plan, settings.own_units(connection, plan.id), round_),
        office=round_.office,
        contact=round_.contact,
        note=round_.note,
        changes=compare_plans(before, plan) if before and before.digest != plan.digest else (),
        remarks=tuple(_not_worked_by(plan, desk.plan, works_by=works_by)),
    )


def _require_newer(plan: Plan, newest: StoredPlan | None) -> None:
    if newest is None or newest.digest == plan.digest:
        return
    if version_key(plan.version) > version_key(newest.version):
        return
    if version_key(plan.version) == version_key(newest.version):
        raise InputError(
            "package.same_version",
            f"《{plan.name}》的版本号没有变（第{plan.version}版），内容却与本工作区的不同，没有接收。",
            "请汇总单位提高方案的版本号后重新下发。",
        )
    raise InputError(
        "package.older_plan",
        f"方案是较旧的第{plan.version}版，本工作区已是第{newest.version}版，没有接收。",
        "请核对是否选错了文件，或索取最新的任务包。",
    )


def _keep_plan(connection: Connection, coming: Coming, stamp: audit.Stamp) -> None:
    plan = coming.plan
    document = canonical_text(plan_to_document(plan))
    plans.save_plan(connection, StoredPlan(plan.digest, plan.id, plan.version, document), stamp)


def _resolve(connection: Connection, desk: Desk, plan: Plan, before: Plan | None) -> Resolved | None:
    """The own units under the plan; None where nothing about them changes."""
    if before is not None and before.digest == plan.digest:
        return None
    old = before or desk.plan
    own = settings.own_units(connection, old.id)
    resolved = resolve_own_units(connection, desk.shelf, own, old, plan)
    if not resolved.units:
        names = "、".join(old.unit(unit.unit).name for unit in own)
        raise InputError(
            "package.no_own_unit",
            f"《{plan.name}》第{plan.version}版里没有本工作区的单位（{names}），没有接收。",
            "请核对是否拿错了其他地区的任务包，或与汇总单位联系。",
        )
    return resolved


def _opened(plan: Plan, own: Sequence[OwnUnit], round_: Round) -> tuple[Opened, ...]:
    return tuple(
        Opened(
            open_.period,
            tuple(
                (plan.unit(unit.unit).short_name, day)
                for unit in own
                if (day := open_.deadlines.get(unit.unit)) is not None
            ),
        )
        for open_ in round_.periods
    )


def _not_worked_by(plan: Plan, current: Plan, *, works_by: bool) -> Iterator[str]:
    if not works_by:
        yield f"本工作区现在按《{current.name}》工作，《{plan.name}》可以在方案列表中选用。"
