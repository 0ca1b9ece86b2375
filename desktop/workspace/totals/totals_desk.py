"""What the consolidator does about totals: trace them, declare, decide, note, and look at earlier exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from desktop.consolidation import (
    Consolidated,
    DifferenceNote,
    DifferenceState,
    IndicatorResult,
    Overlap,
)
from desktop.errors import InputError
from desktop.model.decimals import canonical
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.workspace.desk import Desk
from desktop.workspace.desk.references import stored_figures
from desktop.workspace.review.disputes import IssuedFigure, issued_figures
from desktop.workspace.totals import office_notes
from desktop.workspace.totals.exported import IndicatorTotal
from desktop.workspace.totals.exporting import (
    Exporting,
    beside,
    export_again,
    indicator_totals,
    material,
    material_of,
)
from desktop.workspace.totals.office_notes import OverlapToDeclare
from desktop.workspace.totals.reference_shapes import Table
from desktop.workspace.totals.reference_table import Defaults, ReferencePlan, plan_references
from desktop.workspace.totals.snapshots import Snapshot, snapshot, snapshots, then_desk
from desktop.workspace.totals.tracing import Material, Trace, trace


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """A unit whose content that counts is another one than at the export; None for none.

    `revision` is the revision that counts now, `revision_before` the one that counted then.
    """

    unit: str
    name: str
    before: str | None
    now: str | None
    revision: int | None = None
    revision_before: int | None = None


@dataclass(frozen=True, slots=True)
class ChangedTotal:
    """An element's or indicator's district figure that is another one than at the export, unrounded."""

    subject: str
    name: str
    before: Decimal | None
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """What is different now from an export; `said` are decisions, references and the plan, in sentences."""

    since: Snapshot
    units: tuple[ChangedUnit, ...]
    totals: tuple[ChangedTotal, ...]
    said: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether an export now would show the same."""
        return not (self.units or self.totals or self.said)


class TotalsDesk:
    """Answers for the units that one office consolidates, in the name of `office`."""

    def __init__(self, desk: Desk, office: Exporting, units: tuple[Unit, ...]) -> None:
        self._desk = desk
        self._office = office
        self._units = units

    def trace(self, period: Period, subject: str) -> Trace:
        """Everything behind the figure of an indicator (id, number, name) or element (id, name).

        Raises InputError for what the plan doesn't have.
        """
        return trace(self.material(period), subject)

    def indicators(self, period: Period) -> tuple[IndicatorTotal, ...]:
        """The indicators' figures as an export now would show them."""
        return indicator_totals(self.material(period).consolidated)

    def material(self, period: Period) -> Material:
        """A period put together, to trace more than one figure of it."""
        return material(self._desk, self._units, period)

    def overlaps(self, period: Period) -> tuple[Overlap, ...]:
        """What units share, element by element, declared or not."""
        return self.material(period).consolidated.overlaps

    def declare_overlap(self, period: Period, wanted: OverlapToDeclare) -> None:
        """Say what two units share, to be taken off the first one's figure. Raises InputError."""
        office_notes.declare_overlap(self._desk, period, wanted)

    def withdraw_overlap(self, period: Period, unit: str, other: str, element: str | None) -> None:
        """Take a declaration back; raises InputError if there is none."""
        office_notes.withdraw_overlap(self._desk, period, frozenset((unit, other)), element)

    def decide_duplicate(self, period: Period, key: str, keep: tuple[str, ...], reason: str) -> None:
        """Say whose an entry is that several units list; raises InputError for an unknown entry or unit."""
        found = [d for d in self.material(period).consolidated.duplicates if d.key == key]
        if not found or not set(keep) <= set(found[0].units):
            raise InputError("duplicate.unknown", "没有这样一条重复列报的条目或单位。", "请刷新后重新选择。")
        office_notes.decide_duplicate(self._desk, period, key, keep, reason)

    def undo_duplicate(self, period: Period, key: str) -> None:
        """Take a decision back; raises InputError if there is none."""
        office_notes.undo_duplicate(self._desk, period, key)

    def note_difference(self, period: Period, element: str, text: str, state: DifferenceState) -> None:
        """Keep why a department's figure differs from the units' sum; raises InputError."""
        rows = self.material(period).consolidated.reconciliation
        row = next((row for row in rows if row.element == element), None)
        if row is None or row.difference is None:
            raise InputError("difference.none", "这个数据项没有可核对的差异。", "请核对数据项。")
        note = DifferenceNote(element, text, state, canonical(row.difference))
        office_notes.note_difference(self._desk, period, element, note)

    def clear_difference(self, period: Period, element: str) -> None:
        """Take back what was said of a difference; it is open again. Raises InputError if nothing was."""
        office_notes.clear_difference(self._desk, period, element)

    def set_tolerance(self, element: str, amount: Decimal) -> bool:
        """Up to which difference nothing has to be explained, in the element's typed unit."""
        return office_notes.set_tolerance(self._desk, element, amount)

    def issued(self, period: Period) -> tuple[IssuedFigure, ...]:
        """Figures issued for a period with the units' answers; open disputes first."""
        references = self._desk.store.run(lambda connection: stored_figures(connection, self._desk.plan))
        return issued_figures(self.material(period).consolidated, references)

    def plan_references(self, table: Table, defaults: Defaults) -> ReferencePlan:
        """What a table of reference figures would bring; nothing is changed. Raises InputError for none."""
        known = self._desk.store.run(lambda connection: stored_figures(connection, self._desk.plan))
        return plan_references(self._desk.plan, table, defaults, known)

    def exports(self, period: Period) -> tuple[Snapshot, ...]:
        """The exports of a period, oldest first."""
        return snapshots(self._desk, period)

    def export_again(
        self, period: Period, out: Path, number: int | None = None, *, overwrite: bool = False
    ) -> Path:
        """Write the workbook of an earlier export (the last unless said) as it was, byte for byte.

        Raises InputError if there is no such export or the file exists, EnvironmentFault for the disk.
        """
        of = snapshot(self._desk, period, number)
        return export_again(self._desk, self._office, of, out, overwrite=overwrite)

    def changes_since(self, period: Period, number: int | None = None) -> ChangesSince:
        """What is different now from an export (the last unless said); raises InputError if there is none."""
        of = snapshot(self._desk, period, number)
        before = material_of(then_desk(self._desk, of), of)
        now = self.material(period)
        said = (*_said(of, before, now), *self._said_beside(of, period, now))
        return ChangesSince(
            of, _units(of, before, now), tuple(_totals(before.consolidated, now.consolidated)), said
        )

    def _said_beside(self, of: Snapshot, period: Period, now: Material) -> Iterator[str]:
        """What is different in an export beside its figures."""
        deadlines, extended, refused = beside(self._desk, period)
        references = self._desk.store.run(lambda connection: stored_figures(connection, self._desk.plan))
        if of.references != references:
            yield "参考数据有变化。"
        if (of.deadlines, of.extended) != (deadlines, extended):
            yield "期限或延期有变化。"
        if of.refused != refused:
            yield "未接收的文件有变化。"
        yield from _said_of_states(of, now)


def _said_of_states(of: Snapshot, now: Material) -> Iterator[str]:
    plan, then = now.consolidated.plan, {state.unit: state for state in of.states}
    moved = [
        f"{plan.unit(state.unit).short_name}（{then[state.unit].label}→{state.label}）"
        for state in now.states
        if state.unit in then and then[state.unit].state is not state.state
    ]
    if moved:
        yield f"报送状态有变化：{'、'.join(moved)}。"


def _units(of: Snapshot, before: Material, now: Material) -> tuple[ChangedUnit, ...]:
    plan = now.consolidated.plan
    digests = {unit: origin.digest for unit, origin in now.origins.items()}
    return tuple(
        ChangedUnit(
            unit,
            plan.unit(unit).short_name if plan.has_unit(unit) else unit,
            of.digests.get(unit),
            digests.get(unit),
            now.origins[unit].revision if unit in now.origins else None,
            before.origins[unit].revision if unit in before.origins else None,
        )
        for unit in dict.fromkeys((*of.digests, *digests))
        if of.digests.get(unit) != digests.get(unit)
    )


def _totals(before: Consolidated, now: Consolidated) -> list[ChangedTotal]:
    then = {result.indicator.id: result.main.value for result in before.indicators}
    found = [
        ChangedTotal(r.indicator.id, r.indicator.name, then.get(r.indicator.id), r.main.value)
        for r in now.indicators
        if then.get(r.indicator.id) != r.main.value
    ]
    for element in now.plan.elements:
        earlier = before.elements.get(element.id)
        was, is_ = earlier.net if earlier else None, now.elements[element.id].net
        if was != is_:
            found.append(ChangedTotal(element.id, element.name, was, is_))
    return found


def _said(of: Snapshot, before: Material, now: Material) -> tuple[str, ...]:
    was, is_ = before.consolidated, now.consolidated
    said = []
    if of.plan != is_.plan.digest:
        said.append(f"方案由第{of.plan_version}版换为第{is_.plan.version}版。")
    if was.title != is_.title:
        said.append(f"合计由“{was.title}”改称“{is_.title}”。")
    if was.overlaps != is_.overlaps:
        said.append("重叠数的声明有变化。")
    if was.duplicates != is_.duplicates:
        said.append("重复列报的条目或其核定有变化。")
    if _differences(was) != _differences(is_):
        said.append("部门数与单位合计的差异说明或容差有变化。")
    if _verdicts(was) != _verdicts(is_):
        said.append("完成情况的判定有变化。")
    return tuple(said)


def _differences(of: Consolidated) -> dict[str, tuple[object, ...]]:
    rows = ((row.element, row.tolerance, row.note) for row in of.reconciliation)
    return {element: (tolerance, n and (n.text, n.state)) for element, tolerance, n in rows}


def _verdicts(of: Consolidated) -> dict[str, str]:
    return {r.indicator.id: _verdict(r) for r in of.indicators}


def _verdict(result: IndicatorResult) -> str:
    return result.judged.verdict.kind.value if result.judged else ""
