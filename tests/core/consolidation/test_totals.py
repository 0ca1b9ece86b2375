"""Totals, ratios and shared denominators: what is added, what is withheld, and what is said beside it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from desktop.consolidation import Ledger, consolidate, element_total, subtotal
from desktop.consolidation.duplicates import duplicates
from desktop.model.element import Mode, Nature
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import NIL, Answer, Deduction, DeductionKind, Figure, FigureState
from desktop.model.verdict import VerdictKind
from tests.core.consolidation.sections import Q4, accepted, section
from tests.core.plans import element, small_plan, with_changes

PLAN = small_plan()
UNITS = ("zone-a", "zone-b", "street-a", "street-b", "town-a")
Q3 = Period.parse("2024Q3")


def with_elements(*elements: object) -> Plan:
    names = {e.id for e in elements}  # type: ignore[attr-defined]
    return with_changes(PLAN, elements=(*(e for e in PLAN.elements if e.id not in names), *elements))


def test_nil_counts_as_reported_and_as_zero_blank_does_not() -> None:
    figures = accepted(
        section("zone-a", figures={"talents": "3"}),
        section("zone-b", figures={"talents": NIL}),
        section("town-a", figures={"talents": "0"}),
        section("street-a"),
    )[Q4]
    total = element_total(PLAN, PLAN.element("talents"), Q4, figures)
    assert total.net == 3
    assert total.coverage.reported == ("zone-a", "zone-b", "town-a")
    assert total.coverage.missing == ("street-a", "street-b")


def test_deductions_are_taken_off_visibly() -> None:
    overlap = Deduction(DeductionKind.OVERLAP, Decimal("4.5"), "street-a")
    figure = Figure(FigureState.NUMBER, Decimal("10.25"), deductions=(overlap,))
    figures = accepted(
        section("zone-a", figures={"pledges": figure}), section("town-a", figures={"pledges": "1"})
    )
    total = element_total(PLAN, PLAN.element("pledges"), Q4, figures[Q4])
    assert (total.gross, total.deductions, total.net) == (Decimal("11.25"), Decimal("4.5"), Decimal("6.75"))


def test_an_unreadable_figure_is_no_report_and_never_zero() -> None:
    figures = accepted(section("zone-a", figures={"talents": Figure(FigureState.UNREADABLE, typed="三个")}))
    total = element_total(PLAN, PLAN.element("talents"), Q4, figures[Q4])
    assert (total.net, total.reason) == (None, "no_report")


def test_a_disputed_figure_counts_with_the_unit_s_own_and_is_marked() -> None:
    disputed = Figure(FigureState.NUMBER, Decimal(7), answer=Answer.DISPUTED)
    confirmed = Figure(FigureState.NUMBER, Decimal(5), answer=Answer.CONFIRMED)
    figures = accepted(
        section("zone-a", figures={"patents": disputed}), section("zone-b", figures={"patents": confirmed})
    )
    total = element_total(PLAN, PLAN.element("patents"), Q4, figures[Q4])
    assert (total.net, total.disputed) == (Decimal(12), ("zone-a",))


def test_a_department_is_never_part_of_the_units_sum() -> None:
    figures = accepted(
        section("bureau", figures={"patents": "99"}), section("zone-a", figures={"patents": "1"})
    )
    assert element_total(PLAN, PLAN.element("patents"), Q4, figures[Q4]).net == 1


def test_a_subtotal_holds_a_unit_and_those_that_report_to_it() -> None:
    figures = accepted(*(section(unit, figures={"talents": "1"}) for unit in UNITS))[Q4]
    total = subtotal(PLAN, PLAN.element("talents"), Q4, figures, "zone-b")
    assert (total.net, total.coverage.reported) == (Decimal(2), ("zone-b", "street-a"))


def test_outside_its_due_periods_an_element_has_neither_total_nor_coverage() -> None:
    figures = accepted(section("zone-a", Q3, {"centres": "1"}))
    total = element_total(PLAN, PLAN.element("centres"), Q3, figures[Q3])
    assert (total.net, total.coverage.due, total.reason) == (None, (), "not_due")


def test_what_cannot_be_added_is_not() -> None:
    plan = with_elements(element("score", Nature.STOCK, additive=False))
    figures = accepted(section("zone-a", figures={"score": "80"}))
    assert element_total(plan, plan.element("score"), Q4, figures[Q4]).reason == "not_additive"


def test_the_missing_units_share_is_that_of_their_last_report() -> None:
    sections = accepted(
        section("zone-a", Q3, {"talents": "60"}),
        section("zone-b", Q3, {"talents": "30"}),
        section("street-a", Q3, {"talents": "10"}),
        section("zone-a", figures={"talents": "70"}),
        section("street-b", figures={"talents": "1"}),
        section("town-a", figures={"talents": "1"}),
    )
    total = element_total(PLAN, PLAN.element("talents"), Q4, sections[Q4], earlier=sections)
    assert total.coverage.missing == ("zone-b", "street-a")
    assert total.coverage.last_share == 40


def test_the_share_is_unknown_where_a_missing_unit_never_reported() -> None:
    sections = accepted(section("zone-a", Q3, {"talents": "60"}), section("town-a", figures={"talents": "1"}))
    assert (
        element_total(PLAN, PLAN.element("talents"), Q4, sections[Q4], earlier=sections).coverage.last_share
        is None
    )


def test_owners_of_one_fact_are_not_added_unless_declared_disjoint() -> None:
    mode = {"bureau": Mode.ENTERED, "court": Mode.ENTERED}
    same = with_elements(element("aid", Nature.FLOW, mode=mode))
    apart = with_elements(element("aid", Nature.FLOW, mode=mode, disjoint=True))
    differing = accepted(section("bureau", figures={"aid": "3"}), section("court", figures={"aid": "4"}))
    agreeing = accepted(section("bureau", figures={"aid": "3"}), section("court", figures={"aid": "3"}))
    assert Ledger(apart, differing).department("aid", Q4).value == 7
    assert Ledger(same, agreeing).department("aid", Q4).value == 3
    assert Ledger(same, differing).department("aid", Q4).reason == "owners_disagree"


def test_a_ratio_is_made_of_totals_and_its_denominator_says_its_date() -> None:
    result = consolidate(
        PLAN,
        Q4,
        accepted(
            section("bureau", figures={"high_value": "5000"}),
            section("statistics", figures={"population": "200"}),
        ),
    ).indicator("high_value_rate")
    assert result.main.value == 25
    assert result.main.denominators[0].date == datetime.date(2024, 12, 31)


def test_a_shared_denominator_falls_back_to_the_owner_s_last_and_then_to_a_reference() -> None:
    year = Period.parse("2023")
    bureau = section("bureau", Q3, {"high_value": "5000"})
    owner_s = consolidate(PLAN, Q3, accepted(bureau, section("statistics", year, {"population": "250"})))
    assert owner_s.indicator("high_value_rate").main.value == 20
    assert owner_s.indicator("high_value_rate").main.denominators[0].period == year
    reference = consolidate(PLAN, Q3, accepted(bureau)).indicator("high_value_rate").main
    assert (reference.value, reference.denominators[0].date) == (Decimal(25), datetime.date(2021, 12, 31))
    later = ReferenceFigure("population", "district", Decimal(1), datetime.date(2025, 1, 1))
    assert consolidate(PLAN, Q3, accepted(bureau), [later]).indicator("high_value_rate").main.value == 25


def test_a_ratio_over_the_whole_district_is_withheld_while_units_are_missing() -> None:
    some = [section(unit, figures={"high_value": "10"}) for unit in UNITS[:3]]
    everyone = [section(unit, figures={"high_value": "10"}) for unit in UNITS]
    [check] = consolidate(PLAN, Q4, accepted(*some)).indicator("high_value_rate").checks
    assert (check.value.value, check.value.reason, check.value.incomplete) == (None, "incomplete", True)
    assert check.value.numerator == 30
    [whole] = consolidate(PLAN, Q4, accepted(*everyone)).indicator("high_value_rate").checks
    assert whole.value.value == Decimal("0.25")


def test_units_that_own_both_parts_are_divided_sum_by_sum() -> None:
    figures = accepted(
        section("zone-a", figures={"licences": "1", "patents": "10"}),
        section("zone-b", figures={"licences": "30", "patents": "115"}),
        section("town-a", figures={"licences": "1000"}),
    )
    main = consolidate(PLAN, Q4, figures).indicator("licence_share").main
    assert main.value == Decimal("24.8")
    assert main.coverage.reported == ("zone-a", "zone-b")
    assert main.incomplete


def test_a_zero_denominator_gives_a_reason_not_a_figure() -> None:
    figures = accepted(section("court", figures={"cases_closed": "0", "cases_taken": "0"}))
    main = consolidate(PLAN, Q4, figures).indicator("closing_rate").main
    assert (main.value, main.reason) == (None, "zero_denominator")


def test_check_sources_stand_beside_the_main_one_with_difference_and_verdict() -> None:
    figures = accepted(
        section("bureau", figures={"inventions": "25000"}),
        *(section(unit, figures={"inventions": "4999"}) for unit in UNITS),
    )
    result = consolidate(PLAN, Q4, figures)
    [check] = result.indicator("inventions_held").checks
    assert (check.difference, check.verdict_differs) == (Decimal(-5), True)
    row = next(row for row in result.reconciliation if row.element == "inventions")
    assert (row.department, row.units, row.difference, row.verdict_differs) == (
        Decimal(25000),
        Decimal(24995),
        Decimal(-5),
        True,
    )


def test_a_unit_has_its_own_ratio_only_where_the_plan_allows_it() -> None:
    figures = accepted(section("zone-a", figures={"licences": "1", "patents": "10"}))
    assert consolidate(PLAN, Q4, figures).indicator("licence_share").own == {}
    allowed = with_changes(
        PLAN,
        indicators=tuple(
            type(i)(**{**{f: getattr(i, f) for f in i.__slots__}, "own_ratio": True}) for i in PLAN.indicators
        ),
    )
    assert consolidate(allowed, Q4, figures).indicator("licence_share").own["zone-a"].value == 10


def test_growth_takes_the_units_present_in_both_periods() -> None:
    before = Q4.same_last_year
    figures = accepted(
        section("zone-a", before, {"pledges": "100"}),
        section("zone-b", before, {"pledges": "900"}),
        section("zone-a", figures={"pledges": "150"}),
        section("town-a", figures={"pledges": "5000"}),
    )
    growth = consolidate(PLAN, Q4, figures).indicator("pledged").growth
    assert growth is not None
    assert (growth.units, growth.rate, growth.difference) == (("zone-a",), Decimal(50), Decimal(50))


def test_the_year_s_own_figure_is_judged_once_it_is_accepted() -> None:
    quarter = section("bureau", figures={"inventions": "24000"})
    year = section("bureau", Period.parse("2024"), {"inventions": "25001"})
    alone = consolidate(PLAN, Q4, accepted(quarter)).target("main-2").verdict
    both = consolidate(PLAN, Q4, accepted(quarter, year)).target("main-2").verdict
    assert (alone.kind, alone.basis) == (VerdictKind.MISSED, "2024Q4")
    assert (both.kind, both.basis) == (VerdictKind.ACHIEVED, "2024")


def test_a_verdict_on_an_incomplete_total_is_marked() -> None:
    entry = consolidate(PLAN, Q4, accepted(section("zone-a", figures={"pledges": "400000"}))).target(
        "pledge-30"
    )
    assert (entry.verdict.kind, entry.verdict.incomplete) == (VerdictKind.ACHIEVED, True)


def test_contradicting_readings_are_both_judged() -> None:
    figures = accepted(*(section(unit, figures={"pledges": "62000"}) for unit in UNITS))
    [found] = consolidate(PLAN, Q4, figures).contradictions
    kinds = {reading.statement: reading.judged.verdict.kind for reading in found.readings}
    assert kinds == {"pledge-30": VerdictKind.ACHIEVED, "pledge-growth": VerdictKind.MISSED}


def test_totals_for_scripts_are_exact_texts_with_their_coverage() -> None:
    figures = accepted(
        section("zone-a", figures={"pledges": "123456.78"}), section("zone-b", figures={"pledges": NIL})
    )
    entry = next(e for e in consolidate(PLAN, Q4, figures).totals() if e["indicator"] == "pledged")
    assert (entry["value"], entry["units_reporting"], entry["units_expected"]) == ("12.345678", 2, 5)


def test_an_entry_that_two_units_list_is_shown_for_a_person_to_decide() -> None:
    def listing(code: str, name: str = "演示中心") -> Figure:
        return Figure(FigureState.NUMBER, Decimal(1), rows=({"name": name, "credit_code": code},))

    figures = accepted(
        section("zone-a", figures={"centres": listing("X1")}),
        section("zone-b", figures={"centres": listing("X1")}),
        section("street-a", figures={"centres": listing("X3", "另一中心")}),
        section("street-b", figures={"centres": listing("X4", "演示 中心")}),
    )
    [found] = duplicates(PLAN, Q4, figures[Q4])
    assert (found.name, found.units) == ("演示中心", ("zone-a", "zone-b", "street-b")), "by code or by name"
