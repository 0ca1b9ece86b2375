"""The workspace: the one door through which the window and the command line use the program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.config import folders
from desktop.consolidation import Consolidated, DecisionKind
from desktop.definition import plan_to_document, read_wording, stored_plan
from desktop.errors import InputError, WorkspaceDamaged
from desktop.model.canonical import canonical_text
from desktop.model.content import figure_from_json
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import Figure, Section, Submission
from desktop.model.unit import Unit
from desktop.store import Connection, Facts, Store, audit, create_store, entries, open_store, settings
from desktop.store.backup import back_up
from desktop.store.plans import StoredPlan, current_plan
from desktop.store.settings import OwnUnit
from desktop.workspace import deciding, exporting, publishing, taking_in
from desktop.workspace.board import board, consolidated_units
from desktop.workspace.clock import Clock, system_clock
from desktop.workspace.form_session import FormSession
from desktop.workspace.forms import Desk, open_form
from desktop.workspace.groups import apply_stored_groups, keep_group
from desktop.workspace.inbox import accepted, content
from desktop.workspace.plans import plan_for_workspace
from desktop.workspace.references import store_figures
from desktop.workspace.results import Board, Exported, FileOutcome, Progress, Submitted
from desktop.workspace.submitting import submit

SYNTHETIC, WORDING = "synthetic", "wording"
"""Names of settings."""


@dataclass(frozen=True, slots=True)
class _Open:
    """What a workspace holds while it is open."""

    store: Store
    plan: Plan
    own: tuple[OwnUnit, ...]
    synthetic: bool


class Workspace:
    """One office's file, opened. Close it, or use it as a context manager."""

    def __init__(self, opened: _Open, person: str, clock: Clock) -> None:
        self._store = opened.store
        self.plan = opened.plan
        self.person = person
        self._own = opened.own
        self._synthetic = opened.synthetic
        self._clock = clock

    @classmethod
    def create(
        cls,
        path: Path,
        units: Sequence[str],
        *,
        consolidates: bool = False,
        plan: Plan | str | None = None,
        children: Sequence[str] = (),
        person: str = "",
        synthetic: bool = False,
        clock: Clock = system_clock,
    ) -> Self:
        """Make a workspace for one or more units (ids, names or aliases) and open it.

        `plan` is a plan, or names one: a bundled id, a plan folder, a task package. Raises InputError
        for an unknown unit, a broken plan
        or an existing file, EnvironmentFault for disk and permission.
        """
        chosen, references = (plan, ()) if isinstance(plan, Plan) else plan_for_workspace(plan)
        own_ids = [_unit(chosen, name).id for name in units]
        child_ids = tuple(_unit(chosen, name).id for name in children)
        own = tuple(OwnUnit(chosen.id, id_, consolidates, child_ids) for id_ in dict.fromkeys(own_ids))
        now = clock()
        stored = StoredPlan(
            chosen.digest, chosen.id, chosen.version, canonical_text(plan_to_document(chosen))
        )
        people = (person,) if person else ()
        store = create_store(path, Facts(stored, own, person, now, people))
        stamp = audit.Stamp("init", person, now)
        store.run(lambda connection: store_figures(connection, chosen, references, stamp))
        if synthetic:
            store.run(lambda connection: settings.set_setting(connection, SYNTHETIC, "true", stamp))
        return cls(_Open(store, chosen, own, synthetic), person, clock)

    @classmethod
    def open(cls, path: Path, *, person: str = "", clock: Clock = system_clock) -> Self:
        """Open a workspace; raises InputError, WorkspaceLocked, WorkspaceDamaged, EnvironmentFault."""
        store = open_store(path, person)
        try:
            return cls(_read(store), person, clock)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Finish what is being saved and release the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The workspace file."""
        return self._store.path

    @property
    def own_units(self) -> tuple[Unit, ...]:
        """The units this workspace reports for."""
        return tuple(self.plan.unit(own.unit) for own in self._own)

    @property
    def consolidates(self) -> bool:
        """Whether it takes in the files of others."""
        return any(own.consolidates for own in self._own)

    @property
    def synthetic(self) -> bool:
        """Whether its figures are 演示."""
        return self._synthetic

    @property
    def consolidated_units(self) -> tuple[Unit, ...]:
        """The units whose files it takes in."""
        return consolidated_units(self._desk, self._own)

    def set_person(self, name: str) -> None:
        """Say who is working from now on; the name goes into the list of people."""
        self.person = name.strip()
        stamp = audit.Stamp("person", self.person, self._clock())

        def add(connection: Connection) -> None:
            known = settings.people(connection)
            if self.person and self.person not in known:
                settings.set_people(connection, (*known, self.person), stamp)

        self._store.run(add)

    @property
    def people(self) -> tuple[str, ...]:
        """The names of those who work here."""
        return self._store.run(settings.people)

    def unit_or_only(self, name: str | None) -> str:
        """The id of an own unit by any of its names, or the only one; raises InputError."""
        own = self.own_units
        if name is None:
            if len(own) == 1:
                return own[0].id
            names = "、".join(unit.short_name for unit in own)
            raise InputError("unit.which", f"本工作区有多个单位（{names}）。", "请用 --unit 指明。")
        unit = _unit(self.plan, name)
        if unit.id not in {u.id for u in own}:
            raise InputError(
                "unit.not_own", f"{unit.short_name}不是本工作区的单位。", "请打开该单位的工作区。"
            )
        return unit.id

    def periods(self) -> tuple[Period, ...]:
        """The plan's periods and, after its end, those up to today; newest last."""
        today = self._clock().date()
        later = (
            Period(type_, year, number)
            for year in range(self.plan.last_year + 1, today.year + 1)
            for type_ in self.plan.period_types
            for number in range(1, Period(type_, year).per_year + 1)
        )
        return tuple(sorted((*self.plan.periods(), *(p for p in later if p.start <= today))))

    def default_period(self) -> Period:
        """The period that ended last, within those that can be reported."""
        today = self._clock().date()
        ended = [period for period in self.periods() if period.end <= today]
        return ended[-1] if ended else self.periods()[0]

    def form(self, unit: str, period: Period) -> FormSession:
        """The open form of an own unit; raises InputError for a period the plan doesn't ask."""
        self._require_period(period)
        return open_form(self._desk, self.plan.unit(self.unit_or_only(unit)), period)

    def history(self, unit: str, element: str) -> tuple[tuple[Period, Figure], ...]:
        """What a unit entered for an element over time, oldest first."""
        found = self._store.run(
            lambda connection: entries.over_time(connection, self.plan.id, unit, entries.FIGURE + element)
        )
        figures = {
            Period.parse(text): figure_from_json(json.loads(content)) for text, content in found.items()
        }
        return tuple((period, figures[period]) for period in sorted(figures))

    def submit(self, unit: str, period: Period, out: Path, *, mail: bool = False) -> Submitted:
        """Hand in a unit's form: freeze it, write its workbook into the folder `out`, lock it."""
        session = self.form(unit, period)
        return self.submit_form(session, out, mail=mail)

    def submit_form(self, session: FormSession, out: Path, *, mail: bool = False) -> Submitted:
        """The same for a form that is open already.

        A consolidating unit's own revision counts as received; a zone's file carries its children's sections.
        """
        unit = session.form.unit
        own = next(own for own in self._own if own.unit == unit.id)
        children: tuple[Section, ...] = ()
        if own.consolidates and unit.id != self.plan.consolidator:
            found = accepted(self._desk, session.form.period, self._clock().date())
            wanted = {u.id for u in self.consolidated_units} - {unit.id}
            children = tuple(found[id_] for id_ in sorted(found) if id_ in wanted)
        done = submit(self._desk, session, children, out, synthetic=self._synthetic, mail=mail)
        if own.consolidates:
            self.take_in([done.path])
        return done

    def take_in(
        self, paths: Sequence[Path], *, progress: Progress | None = None, only: Period | None = None
    ) -> tuple[FileOutcome, ...]:
        """Take in files and folders; raises InputError if this workspace doesn't consolidate."""
        self._require_consolidating()
        return taking_in.take_in(self._desk, paths, progress, only)

    def board(self, period: Period) -> Board:
        """All units by state."""
        self._require_consolidating()
        self._require_period(period)
        return board(self._desk, self.consolidated_units, period)

    def content(self, digest: str) -> Submission:
        """A content that was received, whether it counts or not; raises KeyError for an unknown digest."""
        return content(self._desk, digest)

    def decide(self, unit: str, period: Period, digest: str, *, take: bool, reason: str) -> None:
        """Take one content of a conflict, or send one back."""
        kind = DecisionKind.ACCEPT if take else DecisionKind.REJECT
        deciding.decide(self._desk, unit, period, kind, digest, reason=reason)

    def release(self, unit: str, period: Period, digest: str, rule: str, *, reason: str) -> None:
        """放行: let one error that was sent along pass."""
        deciding.decide(self._desk, unit, period, DecisionKind.RELEASE, digest, reason=reason, rule=rule)

    def consolidated(self, period: Period) -> Consolidated:
        """Everything that can be said of a period."""
        self._require_consolidating()
        self._require_period(period)
        return exporting.consolidated_period(self._desk, self.consolidated_units, period)

    def export(self, period: Period, out: Path, *, overwrite: bool = False) -> Exported:
        """Write the merged workbook of a period."""
        self._require_consolidating()
        self._require_period(period)
        office = next(own.unit for own in self._own if own.consolidates)
        units = self.consolidated_units
        return exporting.export(
            self._desk, office, units, period, out, synthetic=self._synthetic, overwrite=overwrite
        )

    def publish(self, period: Period, out: Path) -> Path:
        """Write the task package of a period."""
        self._require_consolidating()
        self._require_period(period)
        return publishing.publish(self._desk, self.consolidated_units, period, out, synthetic=self._synthetic)

    def set_references(self, figures: Iterable[ReferenceFigure]) -> int:
        """Take in shared denominators and issued figures; returns how many changed."""
        wanted = tuple(figures)
        stamp = audit.Stamp("reference", self.person, self._clock())
        return self._store.run(lambda connection: store_figures(connection, self.plan, wanted, stamp))

    def set_group(self, group: str, members: Sequence[str], lead: str | None = None) -> None:
        """Say who belongs to a collective and who leads for it; raises InputError for unknown ones."""
        stamp = audit.Stamp("group", self.person, self._clock())
        self.plan = self._store.run(
            lambda connection: keep_group(connection, self.plan, group, members, lead, stamp)
        )

    def back_up(self, folder: Path | None = None) -> Path:
        """Copy the workspace into the backup folder, check the copy, rotate older ones; waits for the disk.

        Raises EnvironmentFault, and WorkspaceDamaged if the copy doesn't check out.
        """
        done = back_up(self._store, folder or folders().data / "backups", self._clock())
        return done.backup.path

    def load_wording(self, path: Path) -> int:
        """Take over the official wording of items from the office's own copy; returns how many were found."""
        found = {str(number): text for number, text in read_wording(path, self.plan).texts.items()}
        stamp = audit.Stamp("wording", self.person, self._clock())
        content = canonical_text(found)
        self._store.run(lambda connection: settings.set_setting(connection, WORDING, content, stamp))
        return len(found)

    def wording(self) -> dict[int, str]:
        """Item number → official wording, as far as it was loaded."""
        text = self._store.run(lambda connection: settings.setting(connection, WORDING))
        return {int(number): wording for number, wording in json.loads(text).items()} if text else {}

    @property
    def _desk(self) -> Desk:
        return Desk(self._store, self.plan, self.person, self._clock)

    def _require_period(self, period: Period) -> None:
        if not self.plan.asks(period):
            raise InputError("period.not_asked", f"方案不要求报送{period.label}。", "请核对报告期。")
        if period.year > self.plan.last_year and period.start > self._clock().date():
            raise InputError("period.not_begun", f"{period.label}尚未开始。", "请核对报告期。")

    def _require_consolidating(self) -> None:
        if not self.consolidates:
            raise InputError(
                "workspace.not_consolidating", "本工作区不负责汇总。", "请打开汇总单位的工作区。"
            )


def _read(store: Store) -> _Open:
    kept = store.run(current_plan)
    if kept is None:
        raise WorkspaceDamaged("workspace.no_plan", "工作区里没有方案。", "请从备份恢复。")
    base = stored_plan(json.loads(kept.content), kept.digest)
    plan = store.run(lambda connection: apply_stored_groups(connection, base))
    own = store.run(lambda connection: settings.own_units(connection, plan.id))
    synthetic = store.run(lambda connection: settings.setting(connection, SYNTHETIC)) == "true"
    return _Open(store, plan, own, synthetic)


def _unit(plan: Plan, name: str) -> Unit:
    unit = plan.find_unit(name)
    if unit is None or unit.id == plan.district.id:
        raise InputError(
            "unit.unknown", f"方案中没有单位“{name}”。", "请核对名称，或用 zhibao plan show 查看单位。"
        )
    return unit
