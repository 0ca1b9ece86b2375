"""The bundled plan, loaded: its forms, where each figure comes from, and what the check tells of it."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop.config import DEFAULT_PLAN, plans_folder
from desktop.definition import Loaded, bundled_plan, load_plan_folder
from desktop.errors import InputError
from desktop.model.catalogue import message
from desktop.model.element import ElementKind, Mode
from desktop.model.finding import Severity
from desktop.model.form import Form, form_for
from desktop.model.indicator import Measure
from desktop.model.period import Period
from desktop.model.plan import Plan

RATIOS = [1, 2, 3, 6, 9, 10, 14, 15, 19]
QUARTER = Period.parse("2024Q3")
YEAR = Period.parse("2024")


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_plan_folder(plans_folder() / DEFAULT_PLAN)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return bundled_plan(DEFAULT_PLAN)


def form(plan: Plan, unit: str, period: Period = QUARTER) -> Form:
    return form_for(plan, plan.unit(unit), period)


def entered(shown: Form) -> set[str]:
    return {row.element.id for row in shown.rows if row.mode is Mode.ENTERED}


def test_the_bundled_plan_has_no_errors(loaded: Loaded) -> None:
    assert [message(finding) for finding in loaded.errors] == []
    assert loaded.plan is not None
    assert loaded.plan.digest.startswith("sha256:")


def test_nine_indicators_are_ratios(plan: Plan) -> None:
    assert [i.number for i in plan.indicators] == list(range(1, 21))
    assert [i.number for i in plan.indicators if i.is_ratio] == RATIOS
    assert [i.number for i in plan.indicators if i.measure is Measure.RATIO] == RATIOS


def test_only_the_number_of_court_cases_is_merely_watched(plan: Plan) -> None:
    assert [i.id for i in plan.indicators if i.monitor_only] == ["i13"]


def test_the_shared_denominators_are_typed_by_one_owner_and_seen_on_no_other_form(plan: Plan) -> None:
    shared = {e.id: [u.id for u in plan.owners(e)] for e in plan.elements if e.shared}
    assert shared == {
        "population": ["tjj"],
        "large_industrial_firms": ["tjj"],
        "market_entities": ["scjg"],
        "patents_valid": ["scjg"],
    }


def test_every_element_of_several_departments_is_disjoint(plan: Plan) -> None:
    """Adding departments up is only right where no case is counted by two of them."""
    for indicator in plan.indicators:
        owners = {u.id for id_ in indicator.numerator for u in plan.owners(plan.element(id_))}
        if len(owners) > 1:
            assert all(plan.element(id_).disjoint for id_ in indicator.numerator), indicator.id
    assert plan.indicator("i12").numerator == ("aid_cases", "mediation_cases")


@pytest.mark.parametrize("unit", ["tanggu", "xincheng", "chadian", "taiping"])
@pytest.mark.parametrize("period", [QUARTER, YEAR])
def test_streets_and_towns_have_a_short_form_that_is_mostly_confirmed(
    plan: Plan, unit: str, period: Period
) -> None:
    shown = form(plan, unit, period)
    typed = [row for row in shown.due_rows if row.mode is Mode.ENTERED]
    assert 0 < len(typed) <= 5
    assert len(typed) < len(shown.due_rows) <= 25


def test_nobody_types_patents_trademarks_or_pledges_but_the_bureau(plan: Plan) -> None:
    for id_ in (
        "patents_valid",
        "patents_invention_valid",
        "patents_high_value",
        "trademarks_valid",
        "pledge_amount",
    ):
        element = plan.element(id_)
        modes = {unit.id: plan.mode(element, unit) for unit in plan.units}
        assert [id_ for id_, mode in modes.items() if mode is Mode.ENTERED] == ["scjg"]
        assert all(modes[u.id] is Mode.ISSUED for u in plan.units if plan.is_territorial(u))


def test_what_units_see_differs(plan: Plan) -> None:
    shown = {
        id_: {row.element.id for row in form(plan, id_).rows} for id_ in ("jingkai", "tanggu", "scjg", "fy")
    }
    assert len({frozenset(ids) for ids in shown.values()}) == 4
    assert shown["fy"] == {
        "court_cases_accepted", "court_cases_pending", "court_cases_closed", "court_clearance_stated",
    }  # fmt: skip
    assert {"contract_total", "contract_patent"} <= entered(form(plan, "jingkai"))
    assert "contract_total" not in shown["tanggu"]
    assert "operation_centres" in shown["jingkai"]
    assert "operation_centres" not in {row.element.id for row in form(plan, "shengtai").rows}


def test_only_places_of_origin_report_the_output_of_their_products(plan: Plan) -> None:
    element = plan.element("gi_output_value")
    assert {u.id for u in plan.reporters(element, YEAR)} == {"chadian", "taiping"}
    assert plan.reporters(element, QUARTER) == ()


def test_satisfaction_and_lists_are_not_asked_for_inside_the_year(plan: Plan) -> None:
    yearly = [e for e in plan.elements if e.kind is ElementKind.LIST or e.id == "satisfaction"]
    assert len(yearly) == 6
    for element in yearly:
        assert element.is_due("Y")
        assert not any(element.is_due(slot) for slot in ("Q1", "Q2", "Q3"))


def test_parts_stand_under_their_wholes(plan: Plan) -> None:
    rows = [(row.element.id, row.indent) for row in form(plan, "jingkai").rows]
    start = rows.index(("patents_valid", 0))
    assert rows[start : start + 3] == [
        ("patents_valid", 0), ("patents_invention_valid", 1), ("patents_high_value", 2),
    ]  # fmt: skip


def test_the_court_may_close_more_cases_than_it_took_in(plan: Plan) -> None:
    assert plan.element("court_cases_closed").subset_of == ()
    assert plan.indicator("i14").denominator == ("court_cases_accepted", "court_cases_pending")


def test_trademarks_are_counted_on_the_fifteenth(plan: Plan) -> None:
    assert {e.id: e.cutoff_day for e in plan.elements if e.cutoff_day} == {"trademarks_valid": 15}


def test_streets_report_before_the_zones_that_may_merge_them(plan: Plan) -> None:
    assert max(plan.deadlines["street"], plan.deadlines["town"]) < plan.deadlines["development_zone"]


def test_each_contradiction_is_told_with_all_its_places(loaded: Loaded, plan: Plan) -> None:
    found = [f for f in loaded.findings if f.code == "plan.contradiction"]
    assert len(found) == len(plan.contradictions) == 9
    said = {q.id: q.place for t in plan.targets for q in t.quotations} | {t.id: t.place for t in plan.targets}
    for finding, contradiction in zip(found, plan.contradictions, strict=True):
        text = message(finding)
        assert contradiction.subject in text
        for statement in contradiction.statements:
            assert statement in text
            assert said[statement].reference in text
            assert f"第{said[statement].line}行" in text


def test_a_contradiction_shows_how_its_readings_differ(loaded: Loaded) -> None:
    pledge = next(message(f) for f in loaded.findings if f.address.endswith("contradiction.pledge"))
    assert "≥30亿元" in pledge
    assert "年均增长30%" in pledge


def test_what_the_plan_leaves_open_is_said(loaded: Loaded) -> None:
    codes = Counter((f.code, f.severity) for f in loaded.findings)
    assert codes[("plan.group_undefined", Severity.WARNING)] == 2
    assert codes[("plan.item_inferred", Severity.NOTICE)] == 1
    assert codes[("plan.item_without_lead", Severity.WARNING)] == 4
    assert codes[("plan.unit_confidence", Severity.NOTICE)] >= 1
    undefined = next(message(f) for f in loaded.findings if f.address.endswith("group.cydw.members"))
    assert "附件4" in undefined
    assert "附件90" in undefined


@pytest.mark.parametrize("id_", ["no-such-plan", "../plans", ""])
def test_an_unknown_plan_is_the_callers_mistake(id_: str) -> None:
    with pytest.raises(InputError) as raised:
        bundled_plan(id_)
    assert raised.value.remedy
