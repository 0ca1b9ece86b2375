"""Figures of an earlier period beside those of today: mergers, splits, renames, changed definitions."""

# ruff: noqa: ANN401 - the builders pass on whatever fields the class has

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.migration import comparison, earlier_figures, element_lineage, predecessors, succeeded
from desktop.model.element import EarlierDefinition, ElementUnit, Mode, Nature
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import (
    BLANK,
    NIL,
    Deduction,
    DeductionKind,
    Figure,
    FigureState,
    Section,
)
from desktop.model.unit import FormerName, Unit
from tests.core.plans import element, small_plan, with_changes

PLAN = small_plan()
Q1, Q2, Q3 = (Period.parse(f"2024Q{n}") for n in (1, 2, 3))
LAST_YEAR = Q3.same_last_year
MERGER = datetime.date(2024, 5, 31)
"""The last day of the merged streets."""
NEXT_DAY = MERGER + datetime.timedelta(days=1)

STREET_C = Unit("street-c", "street", "演示丁街道", "丁街道", "YSDJD", "district", valid_from=NEXT_DAY)


def with_units(*changed: Unit) -> Plan:
    by_id = {unit.id: unit for unit in (*PLAN.units, *changed)}
    return with_changes(PLAN, units=tuple(by_id.values()))


def ended(unit: str, *successors: str, on: datetime.date = MERGER) -> Unit:
    return replace(PLAN.unit(unit), valid_to=on, successors=successors)


MERGED = with_units(ended("street-a", "street-c"), ended("street-b", "street-c"), STREET_C)


def number(text: str) -> Figure:
    return Figure.number(Decimal(text))


def section(unit: str, period: Period = Q1, **figures: Figure) -> Section:
    return Section(unit, period, figures)


def by_unit(*sections: Section) -> dict[str, Section]:
    return {one.unit: one for one in sections}


# --- units ----------------------------------------------------------------------------------------


def test_merged_streets_are_the_new_ones_past() -> None:
    assert [unit.id for unit in predecessors(MERGED, "street-c", Q1.end)] == ["street-a", "street-b"]
    assert predecessors(MERGED, "street-c", Q2.end) == ()
    assert succeeded(MERGED, "street-c", Q1.end, Q3.end).ids == ("street-a", "street-b")
    assert succeeded(MERGED, "street-c", Q2.end, Q3.end).ids == ("street-c",)


def test_a_street_taken_over_counts_from_that_day_on() -> None:
    plan = with_units(ended("street-a", "street-b"))
    assert succeeded(plan, "street-b", Q1.end, Q3.end).ids == ("street-a", "street-b")
    before = Period.parse("2023Q4")
    assert succeeded(plan, "street-b", before.end, Q1.end).ids == ("street-b",)


def test_mergers_in_a_row_are_followed_to_their_beginning() -> None:
    earlier = datetime.date(2023, 12, 31)
    plan = with_units(
        ended("town-a", "street-a", on=earlier),
        ended("street-a", "street-c"),
        ended("street-b", "street-c"),
        STREET_C,
    )
    assert succeeded(plan, "street-c", LAST_YEAR.end, Q3.end).ids == ("street-a", "street-b", "town-a")
    assert succeeded(plan, "street-c", Q1.end, Q3.end).ids == ("street-a", "street-b")


def test_a_split_is_not_comparable_and_says_of_what() -> None:
    second = replace(STREET_C, id="street-d", name="演示戊街道")
    plan = with_units(ended("street-a", "street-c", "street-d"), STREET_C, second)
    found = succeeded(plan, "street-c", Q1.end, Q3.end)
    assert not found.comparable and found.ids == ()
    assert found.why is not None
    assert found.why.text == "“演示丁街道”由“演示甲街道”拆分而来，原数无法分摊，重述以前不可比"
    told = comparison(plan, "street-d", Q1, by_unit(section("street-a", talents=number("5"))), Q3.end)
    assert told.section is None and told.why is not None and "演示戊街道" in told.why.text
    assert succeeded(plan, "street-c", Q3.end, Period.parse("2024Q4").end).ids == ("street-c",)


def test_a_unit_without_a_past_is_new() -> None:
    plan = with_units(STREET_C)
    found = succeeded(plan, "street-c", Q1.end, Q3.end)
    assert found.why is not None and found.why.text == "“演示丁街道”当时尚未设立"


def test_units_that_name_each_other_end_in_no_circle() -> None:
    plan = with_units(ended("street-a", "street-b"), ended("street-b", "street-a"))
    assert succeeded(plan, "street-a", Q1.end, Q3.end).ids == ("street-a", "street-b")


def test_a_unit_is_called_by_the_name_it_bore() -> None:
    names = (
        FormerName("演示旧称", datetime.date(2023, 12, 31)),
        FormerName("演示最早", datetime.date(2022, 12, 31)),
    )
    unit = replace(PLAN.unit("street-a"), former_names=names)
    days = (datetime.date(2022, 1, 1), datetime.date(2023, 12, 31), datetime.date(2024, 1, 1))
    assert [unit.name_on(day) for day in days] == ["演示最早", "演示旧称", "演示甲街道"]


# --- figures --------------------------------------------------------------------------------------


def test_the_figure_before_a_merger_is_the_predecessors_sum() -> None:
    overlap = Deduction(DeductionKind.OVERLAP, Decimal(2), "zone-b")
    first = Figure(FigureState.NUMBER, Decimal(10), deductions=(overlap,))
    sections = by_unit(
        section("street-a", talents=first, licences=NIL, oversea=NIL),
        section("street-b", talents=number("5"), licences=number("3"), oversea=NIL),
    )
    found = earlier_figures(MERGED, "street-c", Q1, sections, Q3.end)
    assert found is not None and (found.unit, found.period) == ("street-c", Q1)
    assert found.figure("talents").amount == 13
    assert found.figure("licences") == number("3")
    assert found.figure("oversea") == NIL


def test_half_a_sum_is_no_figure_to_compare_with() -> None:
    sections = by_unit(
        section("street-a", talents=number("10"), licences=number("1")), section("street-b", licences=NIL)
    )
    found = comparison(MERGED, "street-c", Q1, sections, Q3.end)
    assert found.section is not None
    assert found.section.figure("talents") == BLANK
    assert found.section.figure("licences") == number("1")
    assert found.left_out["talents"].text == "“引进人才”缺演示乙街道当时的数，前后不可比"
    alone = comparison(MERGED, "street-c", Q1, by_unit(section("street-a", talents=number("10"))), Q3.end)
    assert alone.section is not None and not alone.section.figures


def test_nobody_reported_is_not_the_same_as_not_comparable() -> None:
    found = comparison(MERGED, "street-c", Q1, {}, Q3.end)
    assert (found.section, found.why, found.units) == (None, None, ("street-a", "street-b"))


def test_what_a_predecessor_never_owed_is_not_missing() -> None:
    only_a = tuple(
        replace(e, mode={"street-a": Mode.ENTERED}) if e.id == "talents" else e for e in MERGED.elements
    )
    sections = by_unit(section("street-a", talents=number("10")), section("street-b"))
    found = earlier_figures(with_changes(MERGED, elements=only_a), "street-c", Q1, sections, Q3.end)
    assert found is not None and found.figure("talents") == number("10")


def test_a_figure_that_does_not_add_up_is_left_out() -> None:
    shares = tuple(replace(e, additive=False) if e.id == "talents" else e for e in MERGED.elements)
    sections = by_unit(section("street-a", talents=number("1")), section("street-b", talents=number("3")))
    found = comparison(with_changes(MERGED, elements=shares), "street-c", Q1, sections, Q3.end)
    assert found.section is not None and not found.section.figures
    assert "不能由各原单位的数相加" in found.left_out["talents"].text


def test_without_changes_the_section_is_what_it_was() -> None:
    content = section("street-a", talents=number("1"), licences=Figure(FigureState.UNREADABLE, typed="约三"))
    assert earlier_figures(PLAN, "street-a", Q1, by_unit(content), Q3.end) == content


# --- elements -------------------------------------------------------------------------------------

YEAR_END = datetime.date(2023, 12, 31)


def with_elements(**more: Any) -> Plan:
    """Licences ended with 2023 and go on as contracts."""
    old = replace(PLAN.element("licences"), valid_to=YEAR_END, successor="contracts")
    new = element(
        "contracts",
        Nature.FLOW,
        **{"name": "合同登记次数", "typed": "次", "valid_from": datetime.date(2024, 1, 1), **more},
    )
    others = tuple(e for e in PLAN.elements if e.id != "licences")
    return with_changes(PLAN, elements=(*others, old, new))


def test_a_renamed_element_is_compared_with_what_it_was() -> None:
    sections = by_unit(section("street-a", LAST_YEAR, licences=number("7")))
    found = earlier_figures(with_elements(), "street-a", LAST_YEAR, sections, Q3.end)
    assert found is not None and found.figure("contracts") == number("7")


def test_elements_that_became_one_are_added_for_merged_units_too() -> None:
    plan = with_elements()
    merged = tuple(
        replace(e, valid_to=YEAR_END, successor="contracts", unit=ElementUnit("次"))
        if e.id == "oversea"
        else e
        for e in plan.elements
    )
    plan = with_changes(MERGED, elements=merged)
    sections = by_unit(
        section("street-a", LAST_YEAR, licences=number("7"), oversea=number("1")),
        section("street-b", LAST_YEAR, licences=number("2"), oversea=NIL),
    )
    found = earlier_figures(plan, "street-c", LAST_YEAR, sections, Q3.end)
    assert found is not None and found.figure("contracts") == number("10")


def test_another_unit_of_measure_is_not_comparable() -> None:
    sections = by_unit(section("street-a", LAST_YEAR, licences=number("7")))
    found = comparison(with_elements(typed="万元"), "street-a", LAST_YEAR, sections, Q3.end)
    assert found.section is not None and "contracts" not in found.section.figures
    assert "含义或计量单位不同" in found.left_out["contracts"].text


def with_definition(*, comparable: bool) -> Plan:
    changed = EarlierDefinition("旧口径", datetime.date(2024, 3, 31), comparable)
    return with_changes(
        PLAN,
        elements=tuple(
            replace(e, earlier_definitions=(changed,)) if e.id == "talents" else e for e in PLAN.elements
        ),
    )


def test_a_changed_definition_breaks_the_comparison_only_across_the_change() -> None:
    plan = with_definition(comparable=False)
    across = element_lineage(plan, "talents", Q1.end, Q2.end)
    assert across.why is not None
    assert across.why.text == "“引进人才”的口径在2024-03-31之后变更，前后不可比"
    assert element_lineage(plan, "talents", Q2.end, Q3.end).ids == ("talents",)
    assert element_lineage(plan, "talents", LAST_YEAR.end, Q1.end).ids == ("talents",)
    assert element_lineage(with_definition(comparable=True), "talents", Q1.end, Q2.end).comparable
    sections = by_unit(section("street-a", talents=number("7"), licences=number("3")))
    found = comparison(plan, "street-a", Q1, sections, Q2.end)
    assert found.section is not None and set(found.section.figures) == {"licences"}


def test_the_definition_of_a_day_is_the_one_that_held() -> None:
    talents = with_definition(comparable=True).element("talents")
    assert talents.definition_on(Q1.end) == "旧口径"
    assert talents.definition_on(Q2.end) == talents.definition


def test_targets_end_with_their_indicator() -> None:
    ended_one = replace(PLAN.indicator("pledged"), valid_to=YEAR_END)
    others = tuple(i for i in PLAN.indicators if i.id != "pledged")
    plan = with_changes(PLAN, indicators=(*others, ended_one))
    gone = {t.id for t in plan.targets_on(YEAR_END)} - {t.id for t in plan.targets_on(Q1.end)}
    assert gone == {"main-4", "pledge-30", "pledge-growth"}
