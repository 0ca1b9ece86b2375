"""Where a total comes from: its units, and for each the figure, the cell, the file and the revision."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.consolidation import (
    Accepted,
    Consolidated,
    DepartmentFigure,
    ElementTotal,
    IndicatorResult,
    ReconciliationRow,
    UnitState,
)
from desktop.errors import InputError
from desktop.exchange.format.layout import Sheet
from desktop.model.catalogue import message
from desktop.model.decimals import canonical, divide
from desktop.model.element import DataElement, ElementKind
from desktop.model.indicator import SourceKind
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import BLANK, DeductionKind, Figure
from desktop.store import Connection, inbox
from desktop.workspace.desk import Desk

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that brought a unit's report: its name, SHA-256 and moment of receipt; the content's digest.

    `via` names the unit whose file it was, if it wasn't the unit's own.
    """

    digest: str = ""
    revision: int | None = None
    file: str = ""
    sha256: str = ""
    received: datetime.datetime | None = None
    via: str = ""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """What one unit brought to a total, in the element's typed unit.

    `cell` is where it stands in the unit's workbook (sheet and code). `share` is its part of the total in per
    cent. Where the unit is missing, `last_period`, `last_figure` and `last_share` are those of its last
    report.
    """

    unit: str
    name: str
    figure: Decimal | None
    net: Decimal | None
    cell: str
    origin: Origin = Origin()
    deductions: tuple[str, ...] = ()
    vintage: str = ""
    disputed: bool = False
    share: Decimal | None = None
    last_period: Period | None = None
    last_figure: Decimal | None = None
    last_share: Decimal | None = None
    odd: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether nothing of it is in the total."""
        return self.net is None


@dataclass(frozen=True, slots=True)
class ElementTrace:
    """One element's total, whose it is, and what its owners say of it."""

    element: DataElement
    total: ElementTotal
    rows: tuple[TraceRow, ...]
    department: DepartmentFigure
    owners: tuple[TraceRow, ...]
    difference: ReconciliationRow | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """An indicator or an element of one period down to files. `title` is 汇总数 or 全区数.

    For an indicator `indicator` is its result, and `elements` are those of numerator and denominator;
    `shared` says where denominators come from that nobody here reports.
    """

    period: Period
    subject: str
    name: str
    title: str
    elements: tuple[ElementTrace, ...]
    indicator: IndicatorResult | None = None
    shared: tuple[str, ...] = ()
    by_departments: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """What is traced: a period put together, all accepted sections, origins by unit, states."""

    consolidated: Consolidated
    sections: Accepted
    origins: Mapping[str, Origin] = field(default_factory=dict)
    states: tuple[UnitState, ...] = ()


def origins(desk: Desk, states: tuple[UnitState, ...]) -> dict[str, Origin]:
    """Unit id → the file that brought the content that counts."""

    def load(connection: Connection) -> dict[str, Origin]:
        found = {}
        for state in states:
            if state.accepted is not None:
                came = next(iter(inbox.files_of(connection, state.accepted)), None)
                found[state.unit] = Origin(
                    state.accepted,
                    state.accepted_revision,
                    came.name if came else state.file,
                    came.sha256 if came else "",
                    came.received.astimezone(desk.clock().tzinfo) if came else state.received_at,
                    state.via or "",
                )
        return found

    return desk.store.run(load)


def trace(material: Material, subject: str) -> Trace:
    """Everything behind an indicator or element, by id, number or name.

    Raises InputError for what the plan doesn't have.
    """
    consolidated = material.consolidated
    plan, period, title = consolidated.plan, consolidated.period, consolidated.title
    result = _indicator(consolidated, subject)
    if result is not None:
        indicator, main = result.indicator, result.main
        parts = dict.fromkeys((*indicator.numerator, *indicator.denominator))
        if main.source.stated:
            parts = dict.fromkeys((main.source.stated,))
        shared = tuple(
            f"{plan.element(known.element).name}：{canonical(known.value)}（{known.date.isoformat()}，"
            f"{known.source or '参考数据'}）"
            for known in main.denominators
        )
        return Trace(
            period,
            indicator.id,
            indicator.name,
            title,
            tuple(_element(material, plan.element(id_)) for id_ in parts),
            result,
            shared,
            main.source.kind is not SourceKind.UNITS,
        )
    element = _find_element(plan, subject)
    return Trace(period, element.id, element.name, title, (_element(material, element),))


def _indicator(consolidated: Consolidated, subject: str) -> IndicatorResult | None:
    for result in consolidated.indicators:
        indicator = result.indicator
        if subject in (indicator.id, str(indicator.number), indicator.name, indicator.short_name):
            return result
    return None


def _find_element(plan: Plan, subject: str) -> DataElement:
    found = [element for element in plan.elements if subject in (element.id, element.name)]
    if len(found) != 1:
        raise InputError(
            "trace.unknown", f"方案中没有指标或数据项“{subject}”。", "请写代码、名称或指标序号。"
        )
    return found[0]


def _element(material: Material, element: DataElement) -> ElementTrace:
    consolidated = material.consolidated
    total = consolidated.elements[element.id]
    department = consolidated.departments[element.id]
    found = (row for row in consolidated.reconciliation if row.element == element.id)
    return ElementTrace(
        element,
        total,
        tuple(_rows(material, element, total.coverage.due, total.net)),
        department,
        tuple(_rows(material, element, department.coverage.due, None)),
        next(found, None),
    )


def _rows(
    material: Material, element: DataElement, units: tuple[str, ...], whole: Decimal | None
) -> Iterator[TraceRow]:
    consolidated = material.consolidated
    for unit in units:
        section = consolidated.figures.get(unit)
        figure = BLANK if section is None else section.figure(element.id)
        if figure.amount is None:
            yield _missing(material, element, unit, figure)
            continue
        odd = consolidated.peers.get(unit, ())
        yield TraceRow(
            unit=unit,
            name=consolidated.plan.unit(unit).short_name,
            figure=Decimal(0) if figure.value is None else figure.value,
            net=figure.amount,
            cell=_cell(element),
            origin=material.origins.get(unit, Origin()),
            deductions=tuple(_deductions(consolidated.plan, figure)),
            vintage=figure.vintage,
            disputed=figure.answer.value == "disputed",
            share=divide(figure.amount * HUNDRED, whole) if whole else None,
            odd=tuple(message(finding) for finding in odd if finding.address == element.id),
        )


def _missing(material: Material, element: DataElement, unit: str, figure: Figure) -> TraceRow:
    now = material.consolidated.period
    name = material.consolidated.plan.unit(unit).short_name
    origin = material.origins.get(unit, Origin())
    for then in sorted((p for p in material.sections if p < now), reverse=True):
        amounts = {
            id_: amount
            for id_, section in material.sections[then].items()
            if (amount := section.figure(element.id).amount) is not None
            and material.consolidated.plan.is_territorial(material.consolidated.plan.unit(id_))
        }
        if unit in amounts:
            whole = sum(amounts.values(), Decimal(0))
            share = divide(amounts[unit] * HUNDRED, whole) if whole else None
            return TraceRow(
                unit,
                name,
                None,
                None,
                _cell(element),
                origin,
                last_period=then,
                last_figure=amounts[unit],
                last_share=share,
            )
    return TraceRow(
        unit, name, None, None, _cell(element), origin, odd=(figure.typed,) if figure.typed else ()
    )


def _cell(element: DataElement) -> str:
    sheet = Sheet.LISTS if element.kind is ElementKind.LIST else Sheet.FIGURES
    return f"{sheet.value}!{element.id}"


def _deductions(plan: Plan, figure: Figure) -> Iterator[str]:
    for deduction in figure.deductions:
        if deduction.kind is DeductionKind.OUTSIDE:
            yield f"区外 {canonical(deduction.value)}"
        else:
            name = plan.unit(deduction.unit).short_name if plan.has_unit(deduction.unit) else deduction.unit
            yield f"与{name}重复 {canonical(deduction.value)}"
