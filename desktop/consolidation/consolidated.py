"""Consolidation of one period: everything the merged workbook, the board and the command line say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.consolidation.aggregation import Accepted, DepartmentFigure, ElementTotal, Figures
from desktop.consolidation.duplicates import Duplicate
from desktop.consolidation.indicators import IndicatorValue, Ledger
from desktop.consolidation.judgement import (
    JudgedContradiction,
    JudgedTarget,
    judge_contradictions,
    judge_targets,
    latest_reports,
)
from desktop.consolidation.office_notes import (
    NOTHING_SAID,
    WHOLE,
    Notes,
    Overlap,
    decided_duplicates,
    overlaps,
    with_notes,
)
from desktop.consolidation.over_time import earlier_value
from desktop.consolidation.reconciliation import (
    Check,
    ReconciliationRow,
    checks_of,
    reconcile,
)
from desktop.model.canonical import Json
from desktop.model.decimals import EXACT, canonical, display
from desktop.model.finding import Finding
from desktop.model.indicator import Indicator, Measure
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import ItemReport
from desktop.progress import Growth, growth_over_common
from desktop.validation import peer_findings


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator of the period: the main source, the checks below it, last year, and the table's own
    target.

    `growth` compares counts and amounts over those present in both periods; ratios and scores only have
    `difference` (百分点, 分). `own` holds units' own figures by unit id. `last_year` names who brought it by
    today's units, to which their predecessors' figures are added. `not_comparable` says why the two years
    aren't (不可比), `left_out` which units were split in between and don't enter into growth.
    """

    indicator: Indicator
    main: IndicatorValue
    checks: tuple[Check, ...]
    last_year: IndicatorValue | None
    growth: Growth | None
    difference: Decimal | None
    judged: JudgedTarget | None
    own: Mapping[str, IndicatorValue] = field(default_factory=dict, hash=False)
    not_comparable: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A period put together.

    `title` is 汇总数 until nothing is in a sum twice and nobody is missing in one, else 全区数. `figures` are
    those added up: with what the office takes off them; `reported` are as they came.
    """

    plan: Plan = field(repr=False, hash=False, compare=False)
    period: Period
    title: str
    figures: Figures = field(repr=False, hash=False)
    elements: Mapping[str, ElementTotal] = field(repr=False, hash=False)
    departments: Mapping[str, DepartmentFigure] = field(repr=False, hash=False)
    indicators: tuple[IndicatorResult, ...]
    targets: tuple[JudgedTarget, ...]
    contradictions: tuple[JudgedContradiction, ...]
    reconciliation: tuple[ReconciliationRow, ...]
    duplicates: tuple[Duplicate, ...]
    items: Mapping[int, ItemReport] = field(repr=False, hash=False)
    peers: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict, repr=False, hash=False)
    """Units that stand apart from others of their kind: unit id → findings."""
    overlaps: tuple[Overlap, ...] = ()
    reported: Figures = field(default_factory=dict, repr=False, hash=False)

    def indicator(self, id_: str) -> IndicatorResult:
        """The result of an indicator; raises KeyError."""
        for result in self.indicators:
            if result.indicator.id == id_:
                return result
        raise KeyError(id_)

    def target(self, id_: str) -> JudgedTarget:
        """A judged target; raises KeyError."""
        for entry in self.targets:
            if entry.target.id == id_:
                return entry
        raise KeyError(id_)

    def totals(self) -> list[Json]:
        """Each indicator's district figure as JSON: value as canonical text, unrounded, or None where there
        is none.
        """
        return [
            {
                "indicator": result.indicator.id,
                "number": result.indicator.number,
                "name": result.indicator.name,
                "unit": result.indicator.unit,
                "value": canonical(result.main.value) if result.main.value is not None else None,
                "shown": shown(self.plan, result.indicator, result.main.value),
                "verdict": result.judged.verdict.kind.value if result.judged else "no_target",
                "incomplete": result.main.incomplete,
                "reason": result.main.reason,
                "source": result.main.source.label,
                "units_reporting": len(result.main.coverage.reported),
                "units_expected": len(result.main.coverage.due),
            }
            for result in self.indicators
        ]


def shown(plan: Plan, indicator: Indicator, value: Decimal | None) -> str:
    """An indicator's figure as people see it, rounded once; empty if there is none."""
    return "" if value is None else display(value, indicator.decimals, plan.rounding)


def consolidate(
    plan: Plan,
    period: Period,
    accepted: Accepted,
    references: Iterable[ReferenceFigure] = (),
    notes: Notes = NOTHING_SAID,
) -> Consolidated:
    """Put a period together from the accepted sections of all periods.

    `accepted` maps periods to accepted sections by unit id; other periods serve series, comparisons and
    shared denominators. `references` come on top of the plan's own, `notes` are the office's.
    """
    ledger = Ledger(plan, with_notes(plan, accepted, notes), references)
    targets = judge_targets(ledger, period)
    reported = accepted.get(period, {})
    shared = overlaps(plan, period, reported, notes)
    twice = decided_duplicates(plan, period, reported, notes)
    elements = {element.id: ledger.total(element.id, period) for element in plan.elements}
    return Consolidated(
        plan=plan,
        period=period,
        title=_title(plan, elements.values(), shared, twice),
        figures=ledger.figures(period),
        elements=elements,
        departments={element.id: ledger.department(element.id, period) for element in plan.elements},
        indicators=tuple(
            _result(ledger, indicator, period, targets)
            for indicator in plan.indicators
            if indicator.valid_on(period.end)
        ),
        targets=targets,
        contradictions=judge_contradictions(plan, targets),
        reconciliation=reconcile(ledger, period, notes),
        duplicates=twice,
        items=latest_reports(ledger, tuple(item.number for item in plan.items), period),
        peers=peer_findings(plan, period, ledger.figures(period), ledger.references),
        overlaps=shared,
        reported=reported,
    )


def _title(
    plan: Plan,
    elements: Iterable[ElementTotal],
    shared: tuple[Overlap, ...],
    twice: tuple[Duplicate, ...],
) -> str:
    """全区数 only where overlaps were declared, all of them, and every sum is complete."""
    open_ = any(not overlap.declared for overlap in shared) or any(not found.keep for found in twice)
    incomplete = any(total.coverage.due and not total.coverage.complete for total in elements)
    return plan.title_before_overlaps if open_ or incomplete or not shared else WHOLE


def _result(
    ledger: Ledger, indicator: Indicator, period: Period, targets: tuple[JudgedTarget, ...]
) -> IndicatorResult:
    main = ledger.value(indicator, indicator.main_source, period)
    earlier = earlier_value(ledger, indicator, indicator.main_source, period.same_last_year, period)
    before = earlier.value
    counted = indicator.measure in (Measure.COUNT, Measure.AMOUNT)
    grown = counted and bool(before.by_unit) and earlier.why is None
    return IndicatorResult(
        indicator=indicator,
        main=main,
        checks=checks_of(ledger, indicator, period),
        last_year=before if before.value is not None else None,
        growth=growth_over_common(main.by_unit, before.by_unit) if grown else None,
        difference=EXACT.subtract(main.value, before.value)
        if main.value is not None and before.value is not None and not counted and earlier.why is None
        else None,
        not_comparable=earlier.why.text if earlier.why is not None else "",
        left_out=tuple(note.text for note in earlier.left_out),
        judged=_own_target(indicator, targets),
        own=_own_values(ledger, indicator, period),
    )


def _own_target(indicator: Indicator, targets: tuple[JudgedTarget, ...]) -> JudgedTarget | None:
    """The target of the plan's table: the one marked main, else the first that judges the indicator."""
    mine = [e for e in targets if e.target.indicator == indicator.id and e.target.unit_id is None]
    return next((entry for entry in mine if entry.target.main), mine[0] if mine else None)


def _own_values(ledger: Ledger, indicator: Indicator, period: Period) -> dict[str, IndicatorValue]:
    found = {}
    if indicator.by_unit and (indicator.own_ratio or not indicator.is_ratio):
        for unit in ledger.plan.units_on(period.end):
            if ledger.plan.is_territorial(unit):
                value = ledger.own_value(indicator, unit, period)
                if value.reason != "not_due":
                    found[unit.id] = value
    return found
