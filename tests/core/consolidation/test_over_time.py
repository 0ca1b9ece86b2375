"""Last year beside this year where units, elements, indicators and definitions changed in between."""

# ruff: noqa: ANN401 - the builders pass on whatever fields the class has

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.consolidation import Consolidated, consolidate
from desktop.model.element import EarlierDefinition, Nature
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.target import Operator, Window
from desktop.model.unit import Unit
from desktop.model.verdict import VerdictKind
from tests.core.consolidation.sections import Q4, accepted, section
from tests.core.plans import element, small_plan, target, with_changes

PLAN = small_plan()
BEFORE = Q4.same_last_year
YEAR_END = datetime.date(2023, 12, 31)
NEW_YEAR = datetime.date(2024, 1, 1)
STREET_C = Unit("street-c", "street", "演示丁街道", "丁街道", "YSDJD", "district", valid_from=NEW_YEAR)
STREET_D = replace(STREET_C, id="street-d", name="演示戊街道", short_name="戊街道")
UNITS = ("zone-a", "zone-b", "town-a")


def changed(collection: str, id_: str, plan: Plan = PLAN, **fields: Any) -> Plan:
    entries = getattr(plan, collection)
    return with_changes(
        plan, **{collection: tuple(replace(e, **fields) if e.id == id_ else e for e in entries)}
    )


def with_successors(*successors: Unit, of: tuple[str, ...]) -> Plan:
    ids = tuple(unit.id for unit in successors)
    units = (replace(u, valid_to=YEAR_END, successors=ids) if u.id in of else u for u in PLAN.units)
    return with_changes(PLAN, units=(*units, *successors))


def pledges(period: Period, **amounts: str) -> list[Section]:
    return [section(unit.replace("_", "-"), period, {"pledges": text}) for unit, text in amounts.items()]


def put_together(plan: Plan, *found: list[Section]) -> Consolidated:
    return consolidate(plan, Q4, accepted(*(one for sections in found for one in sections)))


def test_a_merged_street_grows_from_its_predecessors_sum() -> None:
    plan = with_successors(STREET_C, of=("street-a", "street-b"))
    result = put_together(
        plan,
        pledges(BEFORE, zone_a="100", zone_b="100", town_a="100", street_a="10", street_b="20"),
        pledges(Q4, zone_a="100", zone_b="100", town_a="100", street_c="60"),
    ).indicator("pledged")
    assert result.growth is not None and result.last_year is not None
    assert "street-c" in result.growth.units and len(result.growth.units) == 4
    assert result.growth.difference == 30
    assert result.last_year.by_unit["street-c"] == 30
    assert result.last_year.numerator == 330


def test_a_predecessor_that_did_not_report_leaves_its_successor_out_of_growth() -> None:
    plan = with_successors(STREET_C, of=("street-a", "street-b"))
    result = put_together(
        plan,
        pledges(BEFORE, zone_a="100", street_a="10"),
        pledges(Q4, zone_a="120", street_c="60"),
    ).indicator("pledged")
    assert result.growth is not None
    assert result.growth.units == ("zone-a",) and result.growth.difference == 20


def test_split_streets_are_left_out_and_named() -> None:
    plan = with_successors(STREET_C, STREET_D, of=("street-a",))
    result = put_together(
        plan,
        pledges(BEFORE, zone_a="100", street_a="10", street_b="5"),
        pledges(Q4, zone_a="120", street_b="6", street_c="60", street_d="70"),
    ).indicator("pledged")
    assert result.growth is not None
    assert result.growth.units == ("zone-a", "street-b") and result.growth.difference == 21
    assert len(result.left_out) == 2
    assert all("由“演示甲街道”拆分而来，原数无法分摊，重述以前不可比" in text for text in result.left_out)
    assert result.not_comparable == ""


def test_a_renamed_element_has_last_years_figure() -> None:
    plan = changed("elements", "pledges", valid_to=YEAR_END, successor="pledges_new")
    after = replace(PLAN.element("pledges"), id="pledges_new", name="质押登记金额（新）", valid_from=NEW_YEAR)
    plan = with_changes(plan, elements=(*plan.elements, after))
    plan = changed("indicators", "pledged", plan, numerator=("pledges_new",))
    now = [section(unit, Q4, {"pledges_new": "30000"}) for unit in UNITS]
    result = put_together(plan, pledges(BEFORE, zone_a="10000", zone_b="10000", town_a="10000"), now)
    indicator = result.indicator("pledged")
    assert indicator.last_year is not None and indicator.last_year.value == 3
    assert indicator.growth is not None and indicator.growth.rate == 200
    growth = next(entry for entry in result.targets if entry.target.id == "main-4")
    assert growth.verdict.value == 9


def test_a_changed_definition_makes_the_years_not_comparable() -> None:
    changed_on = EarlierDefinition("旧口径", datetime.date(2024, 3, 31), comparable=False)
    plan = changed("elements", "pledges", earlier_definitions=(changed_on,))
    found = put_together(plan, pledges(BEFORE, zone_a="100"), pledges(Q4, zone_a="120"))
    result = found.indicator("pledged")
    assert result.last_year is not None and result.last_year.value == Decimal("0.01")
    assert result.growth is None and result.difference is None
    assert result.not_comparable == "“质押登记金额”的口径在2024-03-31之后变更，前后不可比"
    assert found.indicator("licence_share").not_comparable == ""


def test_less_under_a_new_definition_is_no_regression() -> None:
    changed_on = EarlierDefinition("旧口径", datetime.date(2024, 3, 31), comparable=False)
    found = [pledges(BEFORE, zone_a="250000"), pledges(Q4, zone_a="240000")]
    found = [*found, pledges(BEFORE.previous, zone_a="240000")]
    later = target("later", Operator.AT_LEAST, "300000", element="pledges", due=datetime.date(2025, 12, 31))
    plan = with_changes(PLAN, targets=(*PLAN.targets, later))
    assert put_together(plan, *found).target("later").verdict.kind is VerdictKind.REGRESSED
    plan = changed("elements", "pledges", plan, earlier_definitions=(changed_on,))
    assert put_together(plan, *found).target("later").verdict.kind is not VerdictKind.REGRESSED


def test_an_indicator_is_judged_only_while_it_is_in_force() -> None:
    plan = changed("indicators", "pledged", valid_to=YEAR_END)
    now = put_together(plan, pledges(BEFORE, zone_a="100"), pledges(Q4, zone_a="120"))
    assert "pledged" not in {result.indicator.id for result in now.indicators}
    assert not {"main-4", "pledge-30", "pledge-growth"} & {entry.target.id for entry in now.targets}
    assert not any(entry.readings for entry in now.contradictions)
    then = consolidate(plan, BEFORE, accepted(*pledges(BEFORE, zone_a="100")))
    assert "pledged" in {result.indicator.id for result in then.indicators}
    assert {"main-4", "pledge-30"} <= {entry.target.id for entry in then.targets}


def test_a_units_own_target_counts_what_its_predecessors_reached() -> None:
    plan = with_successors(STREET_C, of=("street-a", "street-b"))
    own = target(
        "talents-c",
        Operator.AT_LEAST,
        "50",
        element="talents",
        unit="人",
        unit_id="street-c",
        window=Window.OVER_PLAN,
        starts=datetime.date(2023, 1, 1),
    )
    plan = with_changes(plan, targets=(*plan.targets, own))
    found = [
        [section("street-a", BEFORE, {"talents": "22"}), section("street-b", BEFORE, {"talents": "19"})],
        [section("street-c", Q4, {"talents": "10"})],
    ]
    judged = put_together(plan, *found).target("talents-c")
    assert judged.verdict.value == 51


def test_elements_merged_by_dates_add_up_in_last_years_figure() -> None:
    first = replace(PLAN.element("oversea"), valid_to=YEAR_END, successor="both")
    second = replace(PLAN.element("geo_products"), id="more", nature=Nature.FLOW, unit=first.unit)
    second = replace(second, valid_to=YEAR_END, successor="both")
    both = element("both", Nature.FLOW, name="合计", valid_from=NEW_YEAR)
    others = tuple(e for e in PLAN.elements if e.id != "oversea")
    plan = with_changes(PLAN, elements=(*others, first, second, both))
    plan = changed("indicators", "pledged", plan, numerator=("both",), factor=Decimal(1))
    before = [section("zone-a", BEFORE, {"oversea": "3", "more": "4"})]
    result = put_together(plan, before, [section("zone-a", Q4, {"both": "9"})]).indicator("pledged")
    assert result.last_year is not None and result.last_year.value == 7
    assert result.growth is not None and result.growth.difference == 2
