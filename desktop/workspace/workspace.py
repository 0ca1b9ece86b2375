"""The workspace: the one door through which the window and the command line use the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.config import folders
from desktop.consolidation import Consolidated, DecisionKind
from desktop.errors import InputError
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import Figure, Section, Submission
from desktop.model.unit import Unit
from desktop.store import audit, open_store, settings
from desktop.store.backup import back_up
from desktop.store.plans import choose_plan
from desktop.workspace import choosing, deciding, exporting, publishing, receiving, taking_in
from desktop.workspace.arrivals import Arrival
from desktop.workspace.board import board, consolidated_units
from desktop.workspace.clock import Clock, system_clock
from desktop.workspace.form_session import FormSession
from desktop.workspace.forms import Desk, open_form, reopen
from desktop.workspace.groups import keep_group
from desktop.workspace.inbox import accepted, content
from desktop.workspace.keys import Keys
from desktop.workspace.moving import MovedForm, earlier_sections, stored_reports
from desktop.workspace.own_keys import KeyDesk, key_ring, prepare_keys, signing_key
from desktop.workspace.people import remember_person
from desktop.workspace.plans import coming_package, coming_plan, plan_for_workspace
from desktop.workspace.publishing import Office, Published, ToPublish
from desktop.workspace.receiving import Coming
from desktop.workspace.references import store_figures
from desktop.workspace.reminding import Reminder, remind
from desktop.workspace.results import Board, Exported, FileOutcome, Progress, Submitted
from desktop.workspace.rounds import Round, stored_round
from desktop.workspace.starting import Opened, Start, read_workspace, start_workspace, unit_named
from desktop.workspace.submitting import Sender, submit
from desktop.workspace.templates import template_from
from desktop.workspace.wordings import keep_wording, kept_wording


class Workspace:
    """One office's file, opened. Close it, or use it as a context manager."""

    def __init__(self, opened: Opened, person: str, clock: Clock) -> None:
        self._store = opened.store
        self.plan = opened.plan
        self.person = person
        self._own = opened.own
        self._synthetic = opened.synthetic
        self._clock = clock
        self._shelf = opened.shelf

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
        coming = Coming(plan) if isinstance(plan, Plan) else plan_for_workspace(plan)
        start = Start(path, tuple(units), consolidates, tuple(children), person, synthetic)
        store = start_workspace(start, coming, clock())
        made = cls(read_workspace(store, None), person, clock)
        made._prepare_keys()
        return made

    @classmethod
    def open(
        cls, path: Path, *, person: str = "", clock: Clock = system_clock, plan: str | None = None
    ) -> Self:
        """Open a workspace; raises InputError, WorkspaceLocked, WorkspaceDamaged, EnvironmentFault.

        `plan` is the id of a plan it keeps, to work by for this opening; usually the one chosen last.
        """
        store = open_store(path, person)
        try:
            opened = cls(read_workspace(store, plan), person, clock)
            opened._prepare_keys()
            return opened
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
        remember_person(self._desk)

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
        unit = unit_named(self.plan, name)
        if unit.id not in {u.id for u in own}:
            raise InputError(
                "unit.not_own", f"{unit.short_name}不是本工作区的单位。", "请打开该单位的工作区。"
            )
        return unit.id

    def periods(self) -> tuple[Period, ...]:
        """The plan's periods and, after its end, those up to today; newest last."""
        return choosing.periods(self.plan, self._clock().date())

    def default_period(self) -> Period:
        """The open period with the nearest deadline not handed in yet, else the one that ended last."""
        return choosing.default_period(self._desk, self._own)

    @property
    def round(self) -> Round:
        """The open periods and deadlines, as last published or received."""
        return self._store.run(lambda connection: stored_round(connection, self.plan.id))

    def plans(self) -> tuple[Plan, ...]:
        """The plans kept here, each in its newest version, in the order in which they came."""
        return self._store.run(self._shelf.newest)

    def versions(self) -> tuple[Plan, ...]:
        """The versions of the plan worked by, in the order in which they came."""
        return self._store.run(lambda connection: self._shelf.versions(connection, self.plan.id))

    def switch_plan(self, plan: str) -> None:
        """Work by another plan that is kept here, from now on; raises InputError for an unknown id."""
        stamp = audit.Stamp("plan", self.person, self._clock())
        self._store.run(lambda connection: choose_plan(connection, plan, stamp))
        self._reload(plan)

    def receive(self, path: Path, fingerprint: str | None = None) -> Arrival:
        """Take in a task package: plan version, open periods, deadlines, figures; drafts move along.

        `fingerprint` is the office's as compared by telephone. Raises InputError, with nothing changed, for
        what isn't one, an older version, a plan without the own units, and one that isn't the office's;
        EnvironmentFault for the disk.
        """
        return self._received(coming_package(path, fingerprint))

    def look_at(self, path: Path, fingerprint: str | None = None) -> Arrival:
        """What `receive` would do; nothing is changed."""
        return receiving.look(self._desk, coming_package(path, fingerprint))

    def use_plan(self, name: str) -> Arrival:
        """Take in a plan, or a new version of it, by a bundled id, a folder or a plan workbook."""
        return self._received(coming_plan(name))

    def look_at_plan(self, name: str) -> Arrival:
        """What `use_plan` would do; nothing is changed."""
        return receiving.look(self._desk, coming_plan(name))

    def moved_forms(self) -> tuple[MovedForm, ...]:
        """The reports of all drafts that moved to another version of the plan, the last first."""
        return self._store.run(lambda connection: stored_reports(connection, self.plan))

    def form(self, unit: str, period: Period) -> FormSession:
        """The open form of an own unit; raises InputError for a period the plan doesn't ask."""
        self._require_period(period)
        return open_form(self._desk, self.plan.unit(self.unit_or_only(unit)), period)

    def history(self, unit: str, element: str) -> tuple[tuple[Period, Figure], ...]:
        """What a unit entered for an element over time, oldest first."""
        sections = self._store.run(
            lambda connection: earlier_sections(connection, self._shelf, self.plan, unit)
        )
        return tuple(
            (period, sections[period].figures[element])
            for period in sorted(sections)
            if element in sections[period].figures
        )

    def start_revision(self, session: FormSession) -> FormSession:
        """修订: unlock a form that was handed in; one of an older plan version moves to the current one."""
        if not session.newer_version:
            session.start_revision().saved.result()
            return session
        unit, period = session.form.unit.id, session.form.period
        id_ = reopen(self._desk, unit, period)
        return self.form(id_, period)

    def submit(self, unit: str, period: Period, out: Path, *, mail: bool = False) -> Submitted:
        """Hand in a unit's form: freeze it, write its workbook into the folder `out`, lock it."""
        session = self.form(unit, period)
        return self.submit_form(session, out, mail=mail)

    def submit_form(self, session: FormSession, out: Path, *, mail: bool = False) -> Submitted:
        """The same for a form that is open already.

        A consolidating unit's own revision counts as received; a zone's file carries its children's sections.
        """
        if session.plan.digest != self.plan.digest and not session.locked:
            raise InputError("form.outdated", "方案已换版，这份报表还是旧版的。", "请重新打开报表后再报出。")
        unit = session.form.unit
        own = next(own for own in self._own if own.unit == unit.id)
        children: tuple[Section, ...] = ()
        if own.consolidates and unit.id != self.plan.consolidator:
            found = accepted(self._desk, session.form.period, self._clock().date())
            wanted = {u.id for u in self.consolidated_units} - {unit.id}
            children = tuple(found[id_] for id_ in sorted(found) if id_ in wanted)
        sender = Sender(children, signing_key(self._key_desk, unit.id), self._synthetic)
        done = submit(self._desk, session, sender, out, mail=mail)
        if own.consolidates:
            self.take_in([done.path])
        return done

    def take_in(
        self,
        paths: Sequence[Path],
        *,
        progress: Progress | None = None,
        only: Period | None = None,
        convert: bool = False,
    ) -> tuple[FileOutcome, ...]:
        """Take in files and folders; raises InputError if this workspace doesn't consolidate."""
        self._require_consolidating()
        return taking_in.take_in(self._desk, paths, progress, only, convert=convert)

    def template(self, unit: str, period: Period, out: Path) -> Path:
        """Write a unit's blank workbook with what is known here: earlier and issued figures, the deadline."""
        self._require_period(period)
        return template_from(self._desk, unit, period, out, synthetic=self._synthetic)

    def remind(self, period: Period, out: Path, *, templates: bool = False) -> tuple[Reminder, ...]:
        """Write a reminder for every unit whose report is missing, with a blank workbook where asked for."""
        self._require_consolidating()
        self._require_period(period)
        others = tuple(unit for unit in self.consolidated_units if unit not in self.own_units)
        return remind(self._desk, others, period, out, templates=templates, synthetic=self._synthetic)

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

    def publish(self, wanted: Period | ToPublish, out: Path) -> Published:
        """Write the task package that opens one period, or several with their deadlines."""
        self._require_consolidating()
        package = ToPublish((wanted,)) if isinstance(wanted, Period) else wanted
        for period in package.periods:
            self._require_period(period)
        unit = next(self.plan.unit(own.unit) for own in self._own if own.consolidates)
        key = signing_key(self._key_desk, unit.id)
        office = Office(unit, self.consolidated_units, key, self._synthetic)
        return publishing.publish(self._desk, office, package, out)

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
        self._shelf.forget()

    def back_up(self, folder: Path | None = None) -> Path:
        """Copy the workspace into the backup folder, check the copy, rotate older ones; waits for the disk.

        Raises EnvironmentFault, and WorkspaceDamaged if the copy doesn't check out.
        """
        return back_up(self._store, folder or folders().data / "backups", self._clock()).backup.path

    def load_wording(self, path: Path) -> int:
        """Take over the official wording of items from the office's own copy; returns how many were found."""
        return keep_wording(self._desk, path)

    def wording(self) -> dict[int, str]:
        """Item number → official wording, as far as it was loaded."""
        return kept_wording(self._desk)

    @property
    def keys(self) -> Keys:
        """Own keys and the roster."""
        return Keys(self._key_desk, [own.unit for own in self._own])

    @property
    def _key_desk(self) -> KeyDesk:
        ring = key_ring(synthetic=self._synthetic)
        return KeyDesk(self._store, self.plan, self.person, self._clock(), ring)

    def _prepare_keys(self) -> None:
        prepare_keys(self._key_desk, [own.unit for own in self._own])

    @property
    def _desk(self) -> Desk:
        return Desk(self._store, self.plan, self.person, self._clock, self._shelf)

    def _received(self, coming: Coming) -> Arrival:
        arrival = receiving.receive(self._desk, coming)
        self._reload(arrival.plan if arrival.works_by else self.plan.id)
        return arrival

    def _reload(self, plan: str) -> None:
        opened = read_workspace(self._store, plan)
        self.plan, self._own, self._shelf = opened.plan, opened.own, opened.shelf
        self._prepare_keys()

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
