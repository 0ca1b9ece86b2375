"""What the office says about totals: overlaps and entries listed twice come off visibly."""

from __future__ import annotations

from decimal import Decimal

from desktop.consolidation import consolidate
from desktop.consolidation.office_notes import (
    DeclaredOverlap,
    DifferenceNote,
    DifferenceState,
    DuplicateDecision,
    Notes,
    OfficeNotes,
)
from desktop.model.period import Period
from desktop.model.submission import Deduction, DeductionKind, Figure, FigureState, Section
from tests.core.consolidation.sections import Q4, accepted, section
from tests.core.plans import small_plan

PLAN = small_plan()
Q3 = Period.parse("2024Q3")


def said(period: Period = Q4, **more: object) -> Notes:
    return Notes({period: OfficeNotes(**more)})  # type: ignore[arg-type]


def overlap(
    value: str, element: str = "talents", unit: str = "zone-b", other: str = "street-a"
) -> OfficeNotes:
    return OfficeNotes(
        overlaps=(DeclaredOverlap(unit, other, element, Decimal(value), "演示：园区在街道内"),)
    )


def listing(*rows: tuple[str, str, str]) -> Figure:
    made = tuple({"name": name, "credit_code": code, "until": until} for name, code, until in rows)
    valid = sum(1 for _, _, until in rows if not until or until >= "2024-12-31")
    return Figure(FigureState.NUMBER, Decimal(valid), rows=made)


BOTH = accepted(
    section("zone-b", figures={"talents": "30"}),
    section("street-a", figures={"talents": "12"}),
    section("town-a", figures={"talents": "1"}),
)


def test_an_undeclared_overlap_is_counted_in_both_and_says_so() -> None:
    found = consolidate(PLAN, Q4, BOTH)
    assert found.elements["talents"].net == 43
    [open_] = found.overlaps
    assert (open_.element, {open_.unit, open_.other}, open_.declared) == (
        "talents",
        {"zone-b", "street-a"},
        False,
    )
    assert found.title == "汇总数"


def test_a_declared_overlap_is_taken_off_where_everyone_can_see_it() -> None:
    found = consolidate(PLAN, Q4, BOTH, notes=Notes({Q4: overlap("5")}))
    total = found.elements["talents"]
    assert (total.gross, total.deductions, total.net) == (Decimal(43), Decimal(5), Decimal(38))
    assert total.by_unit == {"zone-b": 25, "street-a": 12, "town-a": 1}
    assert found.reported["zone-b"].figure("talents").deductions == (), "the report stays as it came"


def test_what_a_unit_typed_itself_is_not_taken_off_again() -> None:
    mine = Figure(
        FigureState.NUMBER,
        Decimal(30),
        deductions=(Deduction(DeductionKind.OVERLAP, Decimal(4), "street-a"),),
    )
    figures = accepted(
        section("zone-b", figures={"talents": mine}), section("street-a", figures={"talents": "12"})
    )
    found = consolidate(PLAN, Q4, figures, notes=Notes({Q4: overlap("5")}))
    assert found.elements["talents"].net == 38
    assert [(o.by, o.value) for o in found.overlaps] == [("unit", Decimal(4))]


def test_that_nothing_is_shared_holds_for_later_periods_and_a_figure_does_not() -> None:
    nothing = Notes({Q3: overlap("0", "*")})
    assert all(o.declared for o in consolidate(PLAN, Q4, BOTH, notes=nothing).overlaps)
    figure = Notes({Q3: overlap("5")})
    assert not any(o.declared for o in consolidate(PLAN, Q4, BOTH, notes=figure).overlaps)


def complete_year() -> dict[Period, dict[str, Section]]:
    """Everyone reports everything that is due."""
    units = ("zone-a", "zone-b", "street-a", "street-b", "town-a")
    sections = []
    for unit in units:
        figures: dict[str, str | Figure] = {
            element.id: "1"
            for element in PLAN.elements
            if PLAN.mode(element, PLAN.unit(unit)).value != "none" and element.id != "centres"
        }
        sections.append(section(unit, figures=figures | {"centres": Figure(FigureState.NIL)}))
    return accepted(*sections)


def test_a_sum_is_called_the_district_s_only_when_all_is_declared_and_everyone_is_in() -> None:
    figures = complete_year()
    declared = Notes({Q4: overlap("0", "*")})
    assert consolidate(PLAN, Q4, figures).title == "汇总数"
    assert consolidate(PLAN, Q4, figures, notes=declared).title == "全区数"
    del figures[Q4]["town-a"]
    assert consolidate(PLAN, Q4, figures, notes=declared).title == "汇总数"


def test_an_entry_listed_twice_counts_where_a_person_says() -> None:
    figures = accepted(
        section("zone-a", figures={"centres": listing(("演示中心", "X1", ""), ("另一中心", "", ""))}),
        section("zone-b", figures={"centres": listing(("演示中心有限公司", "X1", ""))}),
        section("town-a", figures={"centres": listing(("演示 中心", "", ""))}),
    )
    before = consolidate(PLAN, Q4, figures)
    assert before.elements["centres"].net == 4
    [twice] = before.duplicates
    assert twice.units == ("zone-a", "zone-b", "town-a"), "by code, and by the name however spaced"
    decided = said(duplicates=(DuplicateDecision(twice.key, ("zone-b",), "演示：在第二开发区登记"),))
    after = consolidate(PLAN, Q4, figures, notes=decided)
    assert (after.elements["centres"].gross, after.elements["centres"].net) == (Decimal(4), Decimal(2))
    assert after.elements["centres"].by_unit == {"zone-a": 1, "zone-b": 1, "town-a": 0}
    assert (after.duplicates[0].keep, after.duplicates[0].reason) == (("zone-b",), "演示：在第二开发区登记")
    both = said(duplicates=(DuplicateDecision(twice.key, twice.units, "演示：名同实异"),))
    assert consolidate(PLAN, Q4, figures, notes=both).elements["centres"].net == 4


def test_a_row_that_expired_isn_t_taken_off_and_a_new_unit_asks_again() -> None:
    rows = {"zone-a": listing(("演示中心", "X1", "2020-01-01")), "zone-b": listing(("演示中心", "X1", ""))}
    figures = accepted(*(section(unit, figures={"centres": figure}) for unit, figure in rows.items()))
    [twice] = consolidate(PLAN, Q4, figures).duplicates
    decided = said(duplicates=(DuplicateDecision(twice.key, ("zone-b",), "演示"),))
    assert consolidate(PLAN, Q4, figures, notes=decided).elements["centres"].net == 1
    more = figures[Q4] | {"town-a": section("town-a", figures={"centres": listing(("演示中心", "X1", ""))})}
    [again] = consolidate(PLAN, Q4, {Q4: more}, notes=decided).duplicates
    assert again.keep == ()


def test_a_difference_is_open_until_it_is_explained_and_again_when_it_changes() -> None:
    def row(value: str, notes: Notes) -> object:
        figures = accepted(
            section("bureau", figures={"patents": "100"}), section("zone-a", figures={"patents": value})
        )
        rows = consolidate(PLAN, Q4, figures, notes=notes).reconciliation
        return next(row for row in rows if row.element == "patents").state

    note = DifferenceNote("patents", "演示：统计时点不同", DifferenceState.EXPLAINED, "-3")
    explained = Notes({Q4: OfficeNotes(differences={"patents": note})})
    assert row("97", Notes()) is DifferenceState.OPEN
    assert row("97", explained) is DifferenceState.EXPLAINED
    assert row("96", explained) is DifferenceState.OPEN
    assert row("97", Notes(tolerances={"patents": Decimal(3)})) is None
