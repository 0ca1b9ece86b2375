"""The use cases of an office that takes in the files of others. Each loads what it needs when it is used."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import InputError
from desktop.model.period import Period
from desktop.model.submission import Submission
from desktop.model.unit import Unit
from desktop.store import audit
from desktop.workspace.basis import OpenWorkspace

if TYPE_CHECKING:
    from desktop.consolidation import Consolidated
    from desktop.workspace.desk.extensions import Extension
    from desktop.workspace.intake.outcome import FileOutcome, Progress
    from desktop.workspace.office.office_desk import OfficeDesk
    from desktop.workspace.office.reminding import Reminder
    from desktop.workspace.plans.publishing import Published, ToPublish
    from desktop.workspace.review.board_rows import Board
    from desktop.workspace.review.review_desk import ReviewDesk
    from desktop.workspace.totals.exported import Exported
    from desktop.workspace.totals.totals_desk import TotalsDesk


class ConsolidatingWorkspace(OpenWorkspace):
    """What is done with the reports of others."""

    @property
    def consolidated_units(self) -> tuple[Unit, ...]:
        """The units whose files it takes in."""
        from desktop.workspace.review.board import consolidated_units

        return consolidated_units(self._desk, self._own)

    def take_in(
        self,
        paths: Sequence[Path],
        *,
        progress: Progress | None = None,
        only: Period | None = None,
        convert: bool = False,
        received: datetime.date | None = None,
    ) -> tuple[FileOutcome, ...]:
        """Take in files and folders, those that are no mails as of the day `received` if that is said.

        Raises InputError if this workspace doesn't consolidate, and for a day that lies ahead.
        """
        from desktop.workspace.intake import taking_in

        self._require_consolidating()
        if received is not None and received > self.today:
            raise InputError("received.ahead", "收到日期在今天之后。", "请核对日期。")
        return taking_in.take_in(self._desk, paths, progress, only, convert=convert, received=received)

    def remind(self, period: Period, out: Path, *, templates: bool = False) -> tuple[Reminder, ...]:
        """Write a reminder for every unit whose report is missing, with a blank workbook where asked for."""
        from desktop.workspace.office.reminding import remind

        self._require_consolidating()
        self._require_period(period)
        others = tuple(unit for unit in self.consolidated_units if unit not in self.own_units)
        return remind(self._desk, others, period, out, templates=templates, synthetic=self._synthetic)

    def board(self, period: Period) -> Board:
        """All units by state."""
        from desktop.workspace.review.board import board

        self._require_consolidating()
        self._require_period(period)
        return board(self._desk, self.consolidated_units, period)

    def content(self, digest: str) -> Submission:
        """A content that was received, whether it counts or not; raises KeyError for an unknown digest."""
        from desktop.workspace.intake.inbox import content

        return content(self._desk, digest)

    def decide(self, unit: str, period: Period, digest: str, *, take: bool, reason: str) -> None:
        """Take one content of a conflict, or send one back."""
        from desktop.consolidation import DecisionKind
        from desktop.workspace.review import deciding

        kind = DecisionKind.ACCEPT if take else DecisionKind.REJECT
        deciding.decide(self._desk, unit, period, kind, digest, reason=reason)

    def release(self, unit: str, period: Period, digest: str, rule: str, *, reason: str) -> None:
        """放行: let one error that was sent along pass."""
        from desktop.consolidation import DecisionKind
        from desktop.workspace.review import deciding

        deciding.decide(self._desk, unit, period, DecisionKind.RELEASE, digest, reason=reason, rule=rule)

    def consolidated(self, period: Period) -> Consolidated:
        """Everything that can be said of a period."""
        from desktop.workspace.totals import exporting

        self._require_consolidating()
        self._require_period(period)
        return exporting.consolidated_period(self._desk, self._counted_units, period)

    def export(self, period: Period, out: Path, *, overwrite: bool = False) -> Exported:
        """Write the merged workbook of a period."""
        from desktop.workspace.totals import exporting

        self._require_consolidating()
        self._require_period(period)
        office = exporting.Exporting(self._consolidating_unit.id, self._synthetic)
        return exporting.export(self._desk, office, self._counted_units, period, out, overwrite=overwrite)

    def extend(self, wanted: Extension) -> bool:
        """延期: let a unit report later; false if that was so already. Raises InputError."""
        from desktop.workspace.desk.extensions import extend

        self._require_consolidating()
        self._require_period(wanted.period)
        stamp = audit.Stamp("extend", self.person, self._clock())
        return self._store.run(lambda connection: extend(connection, self.plan.id, wanted, stamp))

    def withdraw_extension(self, unit: str, period: Period, *, reason: str) -> None:
        """Take an extension back; the one before it holds again. Raises InputError without a reason, or if
        the unit has none.
        """
        from desktop.workspace.desk.extensions import withdraw
        from desktop.workspace.review import deciding

        self._require_consolidating()
        why = deciding.require_reason(reason)
        stamp = audit.Stamp("undo", self.person, self._clock())
        self._store.run(lambda connection: withdraw(connection, self.plan.id, (unit, period), why, stamp))

    def extensions(self, period: Period) -> tuple[Extension, ...]:
        """What was granted for a period."""
        from desktop.workspace.desk.extensions import all_extensions

        granted = self._store.run(lambda connection: all_extensions(connection, self.plan.id))
        return tuple(one for one in granted if one.period == period)

    @property
    def totals(self) -> TotalsDesk:
        """Where totals come from and what is said of them; raises InputError if nothing is consolidated."""
        from desktop.workspace.totals.exporting import Exporting
        from desktop.workspace.totals.totals_desk import TotalsDesk

        self._require_consolidating()
        office = Exporting(self._consolidating_unit.id, self._synthetic)
        return TotalsDesk(self._desk, office, self._counted_units)

    def publish(self, wanted: Period | ToPublish, out: Path) -> Published:
        """Write the task package that opens one period, or several with their deadlines."""
        from desktop.workspace.keys.own_keys import signing_key
        from desktop.workspace.plans import publishing

        self._require_consolidating()
        package = publishing.ToPublish((wanted,)) if isinstance(wanted, Period) else wanted
        for period in package.periods:
            self._require_period(period)
        unit = self._consolidating_unit
        key = signing_key(self._key_desk, unit.id)
        office = publishing.Office(unit, self.consolidated_units, key, self._synthetic)
        return publishing.publish(self._desk, office, package, out)

    @property
    def review(self) -> ReviewDesk:
        """Inbox, conflicts, explanations, paper; raises InputError if this workspace doesn't
        consolidate.
        """
        from desktop.workspace.review.review_desk import ReviewDesk

        self._require_consolidating()
        return ReviewDesk(self._desk, self.consolidated_units)

    @property
    def office(self) -> OfficeDesk:
        """Returns and receipts; raises InputError if this workspace doesn't consolidate."""
        from desktop.model.office_word import Office
        from desktop.workspace.keys.own_keys import signing_key
        from desktop.workspace.office.office_desk import OfficeDesk
        from desktop.workspace.office.returning import Answering

        self._require_consolidating()
        unit = self._consolidating_unit
        round_ = self.round
        office = Office(unit.id, round_.office or unit.name, round_.contact, self._synthetic)
        return OfficeDesk(
            self._desk, Answering(office, signing_key(self._key_desk, unit.id)), self.consolidated_units
        )

    @property
    def _counted_units(self) -> tuple[Unit, ...]:
        from desktop.workspace.review.board import counted_units

        return counted_units(self._desk, self._own)

    @property
    def _consolidating_unit(self) -> Unit:
        return next(self.plan.unit(own.unit) for own in self._own if own.consolidates)

    def _require_consolidating(self) -> None:
        if not self.consolidates:
            raise InputError(
                "workspace.not_consolidating", "本工作区不负责汇总。", "请打开汇总单位的工作区。"
            )
