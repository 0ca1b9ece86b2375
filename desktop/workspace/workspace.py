"""The workspace: the one door through which the window and the command line use the program.

A use case loads what it needs when it is used: who opens a form waits for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from desktop.model.canonical import Json
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import Figure
from desktop.store import audit
from desktop.workspace.clock import Clock, system_clock
from desktop.workspace.consolidating import ConsolidatingWorkspace
from desktop.workspace.desk.moving import earlier_sections, stored_reports
from desktop.workspace.desk.opened import read_workspace
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.form.forms import open_form, reopen
from desktop.workspace.held import HeldFile
from desktop.workspace.people.choosing import default_for_now
from desktop.workspace.sights import Sight, keep_sight

if TYPE_CHECKING:
    from desktop.model.unit import Unit
    from desktop.workspace.desk.groups import FilledGroup
    from desktop.workspace.desk.moving import MovedForm
    from desktop.workspace.handing_in.content import Sender
    from desktop.workspace.handing_in.reports import Reports
    from desktop.workspace.handing_in.submitted import Submitted
    from desktop.workspace.office.answers import OfficeAnswer
    from desktop.workspace.plans.arrivals import Arrival
    from desktop.workspace.plans.receiving import Coming


class Workspace(ConsolidatingWorkspace):
    """One office's file, opened. Close it, or use it as a context manager."""

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

        `plan` is a plan, or names one: a bundled id, a plan folder, a task package. Raises InputError for an
        unknown unit, a broken plan or an existing file, EnvironmentFault for disk and permission.
        """
        from desktop.workspace.plans.named import plan_for_workspace
        from desktop.workspace.plans.receiving import Coming
        from desktop.workspace.plans.starting import Start, start_workspace

        coming = Coming(plan) if isinstance(plan, Plan) else plan_for_workspace(plan)
        start = Start(path, tuple(units), consolidates, tuple(children), person, synthetic)
        store = start_workspace(start, coming, clock())
        made = cls(read_workspace(store, None), person, clock)
        made._prepare_keys()
        return made

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        person: str = "",
        clock: Clock = system_clock,
        plan: str | None = None,
        wholly: bool = True,
    ) -> Self:
        """Open a workspace; raises InputError, WorkspaceLocked, WorkspaceDamaged, EnvironmentFault.

        `plan` is the id of a plan it keeps, to work by for this opening; usually the one chosen last. Unless
        it is read `wholly`, `read_rest` is to follow: the first sight of a form doesn't need all.
        """
        return cls.of(HeldFile(path, person=person, clock=clock), plan=plan, wholly=wholly)

    @classmethod
    def of(cls, held: HeldFile, *, plan: str | None = None, wholly: bool = True) -> Self:
        """The same for a file that is held already; it is let go if the workspace can't be read."""
        try:
            opened = cls(read_workspace(held.store, plan, wholly=wholly), held.person, held.clock)
            opened._prepare_keys()
            return opened
        except BaseException:
            held.close()
            raise

    def read_rest(self) -> None:
        """Read what the first sight of a form didn't need; raises WorkspaceDamaged if that can't be read."""
        self._shelf.read_rest()

    def add_unit(self, name: str) -> Unit:
        """Report for one more unit from now on; raises InputError for an unknown or an own one."""
        from desktop.workspace.plans.starting import add_own_unit

        unit = add_own_unit(self._desk, self._own, name)
        self._reload(self.plan.id)
        return unit

    def switch_plan(self, plan: str) -> None:
        """Work by another plan that is kept here, from now on; raises InputError for an unknown id."""
        from desktop.store.plans import choose_plan

        self._settle()
        stamp = audit.Stamp("plan", self.person, self._clock())
        self._store.run(lambda conn: choose_plan(conn, plan, stamp))
        self._reload(plan)

    def receive(self, path: Path, fingerprint: str | None = None) -> Arrival:
        """Take in a task package: plan version, open periods, deadlines, figures; drafts move along.

        `fingerprint` is the office's as compared by telephone. Raises InputError, with nothing changed, for
        what isn't one, an older version, a plan without the own units, and one that isn't the office's;
        EnvironmentFault for the disk.
        """
        from desktop.workspace.plans.named import coming_package

        return self._received(coming_package(path, fingerprint))

    def take_from_office(self, path: Path, fingerprint: str | None = None) -> Arrival | OfficeAnswer:
        """Take in whatever the office sent: besides task packages, return notices and receipts.

        A return opens the form's next revision, a receipt restores what this computer lost. Raises like
        `receive`, and InputError for what is for others.
        """
        from desktop.workspace.office.answers import ComingAnswer, receive_answer
        from desktop.workspace.office.coming import coming_from_office

        coming = coming_from_office(path, fingerprint)
        if isinstance(coming, ComingAnswer):
            self._settle()
            return receive_answer(self._desk, self._own, coming)
        return self._received(coming)

    def look_from_office(self, path: Path, fingerprint: str | None = None) -> Arrival | OfficeAnswer:
        """What `take_from_office` would do; nothing is changed."""
        from desktop.workspace.office.answers import ComingAnswer, look_at_answer
        from desktop.workspace.office.coming import coming_from_office
        from desktop.workspace.plans.receiving import look

        coming = coming_from_office(path, fingerprint)
        if isinstance(coming, ComingAnswer):
            return look_at_answer(self._desk, self._own, coming)
        return look(self._desk, coming)

    def use_plan(self, name: str) -> Arrival:
        """Take in a plan, or a new version of it, by a bundled id, a folder or a plan workbook."""
        from desktop.workspace.plans.named import coming_plan

        return self._received(coming_plan(name))

    def look_at_plan(self, name: str) -> Arrival:
        """What `use_plan` would do; nothing is changed."""
        from desktop.workspace.plans.named import coming_plan
        from desktop.workspace.plans.receiving import look

        return look(self._desk, coming_plan(name))

    def moved_forms(self) -> tuple[MovedForm, ...]:
        """The reports of all drafts that moved to another version of the plan, the last first."""
        return self._store.run(lambda connection: stored_reports(connection, self.plan))

    def form(self, unit: str, period: Period) -> FormSession:
        """The open form of an own unit; raises InputError for a period the plan doesn't ask."""
        self._require_period(period)
        self._settle()
        return open_form(self._desk, self.plan.unit(self.unit_or_only(unit)), period)

    def keep_sight(self, session: FormSession, drawn: Json) -> bool:
        """Keep what the window drew of a form, if that is the form which it opens with next time.

        Where several people work here the first thing is the question who it is, and nothing is kept. Raises
        EnvironmentFault for the disk.
        """
        period, until = default_for_now(self._desk, self._own)
        first = self.own_units[0].id if self._own else None
        if len(self.people) > 1 or (first, period) != (session.form.unit.id, session.form.period):
            return False
        return keep_sight(self._store, Sight(drawn, self.today, until))

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
        self._settle()
        if not session.newer_version:
            session.start_revision().saved.result()
            return session
        period = session.form.period
        return self.form(reopen(self._desk, session.form.unit.id, period), period)

    @property
    def reports(self) -> Reports:
        """送审, 报出 and what was made of it, for forms of own units."""
        from desktop.workspace.handing_in.reports import Reports

        return Reports(self._desk, self._sender)

    def submit(self, unit: str, period: Period, out: Path, *, mail: bool = False) -> Submitted:
        """Hand in a unit's form: freeze it, write its workbook into the folder `out`, lock it."""
        return self.submit_form(self.form(unit, period), out, mail=mail)

    def submit_form(
        self, session: FormSession, out: Path, *, mail: bool = False, correction: bool | None = None
    ) -> Submitted:
        """The same for a form that is open already; `correction` says whether it is a 更正单.

        A consolidating unit's own revision counts as received; a zone's file carries its children's sections.
        """
        from desktop.workspace.handing_in.submitting import Wanted

        self._settle()
        done = self.reports.submit(session, Wanted(out, mail, correction))
        if next(own for own in self._own if own.unit == session.form.unit.id).consolidates:
            self.take_in([done.path])
        return done

    def template(self, unit: str, period: Period, out: Path) -> Path:
        """Write a unit's blank workbook with what is known here: earlier and issued figures, the deadline."""
        from desktop.workspace.handing_in.templates import template_from

        self._require_period(period)
        return template_from(self._desk, unit, period, out, synthetic=self._synthetic)

    def set_references(self, figures: Iterable[ReferenceFigure]) -> int:
        """Take in shared denominators and issued figures; returns how many changed."""
        from desktop.workspace.desk.references import store_figures

        wanted = tuple(figures)
        stamp = audit.Stamp("reference", self.person, self._clock())
        return self._store.run(lambda connection: store_figures(connection, self.plan, wanted, stamp))

    @property
    def groups(self) -> tuple[FilledGroup, ...]:
        """The plan's collectives, as the office has filled them."""
        from desktop.workspace.desk.groups import filled_groups

        return filled_groups(self.plan)

    def group_named(self, name: str) -> str:
        """The id of a collective by its id or name; raises InputError."""
        from desktop.workspace.desk.groups import group_named

        return group_named(self.plan, name).id

    def set_group(self, group: str, members: Sequence[str], lead: str | None = None) -> None:
        """Say who belongs to a collective and who leads for it; the next task package tells the others.

        Raises InputError for unknown ones, a lead that isn't in it, members where the plan says who they are.
        """
        from desktop.workspace.desk.groups import keep_group

        stamp = audit.Stamp("group", self.person, self._clock())
        self.plan = self._store.run(
            lambda connection: keep_group(connection, self.plan, group, members, lead, stamp)
        )
        self._shelf.forget()

    def load_wording(self, path: Path) -> int:
        """Take over the official wording of items from the office's own copy; returns how many were found."""
        from desktop.workspace.desk.wordings import keep_wording

        return keep_wording(self._desk, path)

    def wording(self) -> dict[int, str]:
        """Item number → official wording, as far as it was loaded."""
        from desktop.workspace.desk.wordings import kept_wording

        return kept_wording(self._desk)

    def _sender(self, unit: str, period: Period) -> Sender:
        from desktop.workspace.handing_in.content import sender_of
        from desktop.workspace.keys.own_keys import signing_key

        own = next(own for own in self._own if own.unit == unit)
        key = signing_key(self._key_desk, unit)
        return sender_of(self._desk, own, self._counted_units, period, key, synthetic=self._synthetic)

    def _received(self, coming: Coming) -> Arrival:
        from desktop.workspace.plans.receiving import receive

        self._settle()
        arrival = receive(self._desk, coming)
        self._reload(arrival.plan if arrival.works_by else self.plan.id)
        return arrival

    def _reload(self, plan: str) -> None:
        opened = read_workspace(self._store, plan)
        self.plan, self._own, self._shelf = opened.plan, opened.own, opened.shelf
        self._prepare_keys()
