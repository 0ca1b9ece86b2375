"""Slips in the mapping from older versions, in dates and in successors: each is a finding at its place."""

# ruff: noqa: ANN401 - the builders pass on whatever fields the class has

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.definition.checker import check_plan
from desktop.model.catalogue import REMEDIES, message
from desktop.model.catalogue.version_messages import MESSAGES
from desktop.model.element import EarlierDefinition, ElementUnit
from desktop.model.finding import Finding, Severity
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.plan import Plan
from desktop.model.unit import FormerName
from tests.core.plans import small_plan, with_changes

PLAN = replace(small_plan(), version="2")
KNOWN = {(f.code, f.address) for f in check_plan(PLAN)}
YEAR_END = datetime.date(2023, 12, 31)
NEW_YEAR = datetime.date(2024, 1, 1)


def found(plan: Plan) -> list[Finding]:
    """What the checks say of a plan beyond what they say of the small one."""
    return [f for f in check_plan(plan) if (f.code, f.address) not in KNOWN]


def mapped(*rows: MappingRow) -> list[Finding]:
    return found(with_changes(PLAN, mapping=rows))


def row(what: Mapped, old: str, *new: str, factor: str = "1", reason: str = "", **more: Any) -> MappingRow:
    return MappingRow(more.pop("version", "1"), what, old, new, Decimal(factor), reason, **more)


def changed(collection: str, id_: str, **fields: Any) -> Plan:
    entries = getattr(PLAN, collection)
    return with_changes(
        PLAN, **{collection: tuple(replace(e, **fields) if e.id == id_ else e for e in entries)}
    )


def test_a_mapping_in_order_is_silent() -> None:
    assert not mapped(
        row(Mapped.ELEMENT, "people", "talents"),
        row(Mapped.ELEMENT, "staff", "talents"),
        row(Mapped.ELEMENT, "pledges_old", "pledges", factor="10000"),
        row(Mapped.ELEMENT, "gone", reason="不再统计"),
        row(Mapped.UNIT, "street-x", "street-a", "street-b"),
        row(Mapped.UNIT, "street-y", "street-a"),
        row(Mapped.ITEM, "9", "1"),
        row(Mapped.ELEMENT, "people", "talents", version="0"),
        row(Mapped.ELEMENT, "people", "talents", version="2", from_plan="earlier-plan"),
    )


@pytest.mark.parametrize(
    ("rows", "code", "severity", "key"),
    [
        (
            [row(Mapped.ELEMENT, "x", "talents"), row(Mapped.ELEMENT, "x", "licences")],
            "plan.mapping_repeated",
            Severity.ERROR,
            "[1].old",
        ),
        ([row(Mapped.ELEMENT, "x", "talent")], "plan.unknown_reference", Severity.ERROR, "[1].new"),
        ([row(Mapped.UNIT, "x", "street-z")], "plan.unknown_reference", Severity.ERROR, "[1].new"),
        ([row(Mapped.ITEM, "7", "77")], "plan.unknown_reference", Severity.ERROR, "[1].new"),
        ([row(Mapped.ITEM, "七", "1")], "plan.mapping_item", Severity.ERROR, "[1].old"),
        (
            [row(Mapped.ELEMENT, "x", "talents", factor="0")],
            "plan.mapping_factor",
            Severity.ERROR,
            "[1].factor",
        ),
        (
            [row(Mapped.ELEMENT, "x", "talents", factor="-1")],
            "plan.mapping_factor",
            Severity.ERROR,
            "[1].factor",
        ),
        (
            [row(Mapped.UNIT, "x", "street-a", "street-b", factor="0.5")],
            "plan.mapping_factor_unused",
            Severity.ERROR,
            "[1].factor",
        ),
        (
            [row(Mapped.ELEMENT, "x", "talents", "licences", factor="0.5")],
            "plan.mapping_factor_unused",
            Severity.ERROR,
            "[1].factor",
        ),
        (
            [row(Mapped.ELEMENT, "x", "centres", factor="2")],
            "plan.mapping_factor_unused",
            Severity.ERROR,
            "[1].factor",
        ),
        (
            [row(Mapped.ELEMENT, "x", "talents", "licences")],
            "plan.mapping_split",
            Severity.WARNING,
            "[1].new",
        ),
        ([row(Mapped.ELEMENT, "x")], "plan.mapping_no_reason", Severity.WARNING, "[1].reason"),
        ([row(Mapped.ELEMENT, " ", "talents")], "plan.missing_key", Severity.ERROR, "[1].old"),
        (
            [row(Mapped.ELEMENT, "x", "talents", version="2")],
            "plan.mapping_own_version",
            Severity.ERROR,
            "[1].from_version",
        ),
        (
            [row(Mapped.ELEMENT, "talents", "licences"), row(Mapped.ELEMENT, "licences", "talents")],
            "plan.mapping_circle",
            Severity.WARNING,
            "[1].new",
        ),
    ],
)
def test_a_slip_in_the_mapping(rows: list[MappingRow], code: str, severity: Severity, key: str) -> None:
    told = mapped(*rows)
    assert [(f.code, f.severity, f.address) for f in told] == [(code, severity, f"plan.toml#mapping.{key}")]
    assert message(told[0]).endswith(REMEDIES[code].format_map(told[0].params))


def test_what_cannot_be_added_is_warned_of() -> None:
    plan = changed("elements", "satisfaction", additive=False)
    rows = (row(Mapped.ELEMENT, "first", "satisfaction"), row(Mapped.ELEMENT, "second", "satisfaction"))
    told = found(with_changes(plan, mapping=rows))
    assert [f.code for f in told] == ["plan.mapping_not_additive"]
    assert "“first”、“second”都转到“社会满意度”" in message(told[0])


@pytest.mark.parametrize(
    ("plan", "code", "address"),
    [
        (
            changed("indicators", "cases", valid_from=NEW_YEAR, valid_to=YEAR_END),
            "plan.bad_validity",
            "indicators.toml#cases.valid_to",
        ),
        (
            changed("indicators", "cases", valid_to=YEAR_END, successor="caes"),
            "plan.unknown_reference",
            "indicators.toml#cases.successor",
        ),
        (
            changed("units", "street-a", valid_to=YEAR_END, successors=("street-a",)),
            "plan.cycle",
            "units.toml#unit.street-a.successors",
        ),
        (
            changed("elements", "talents", successor="net_change"),
            "plan.successor_undated",
            "elements.toml#talents.successor",
        ),
        (
            changed("units", "street-a", successors=("street-b",)),
            "plan.successor_undated",
            "units.toml#unit.street-a.successors",
        ),
        (
            changed("elements", "oversea", valid_to=YEAR_END, successor="licences"),
            "plan.successor_differs",
            "elements.toml#oversea.successor",
        ),
        (
            changed("elements", "licences", valid_to=YEAR_END),
            "plan.element_outside",
            "indicators.toml#licence_share.numerator",
        ),
        (
            changed(
                "units",
                "street-a",
                former_names=(FormerName("乙", YEAR_END), FormerName("甲", datetime.date(2022, 1, 1))),
            ),
            "plan.dates_disordered",
            "units.toml#unit.street-a.former_names",
        ),
        (
            changed(
                "elements",
                "oversea",
                valid_from=NEW_YEAR,
                earlier_definitions=(EarlierDefinition("旧", YEAR_END),),
            ),
            "plan.dates_outside",
            "elements.toml#oversea.earlier_definitions",
        ),
    ],
)
def test_a_slip_in_dates_and_successors(plan: Plan, code: str, address: str) -> None:
    told = {(f.code, f.address): f for f in found(plan)}
    assert (code, address) in told
    assert message(told[code, address])


def test_a_gap_between_predecessor_and_successor_names_both() -> None:
    plan = changed("units", "street-b", valid_from=datetime.date(2024, 2, 1))
    units = tuple(
        replace(u, valid_to=YEAR_END, successors=("street-b",)) if u.id == "street-a" else u
        for u in plan.units
    )
    told = found(with_changes(plan, units=units))
    assert [f.code for f in told] == ["plan.successor_gap"]
    assert "“演示甲街道”到2023-12-31为止，而承接它的“演示乙街道”次日并不有效" in message(told[0])


def test_an_element_that_hands_over_to_one_of_the_same_measure_is_silent() -> None:
    after = replace(PLAN.element("oversea"), id="oversea_new", valid_from=NEW_YEAR, unit=ElementUnit("件"))
    plan = changed("elements", "oversea", valid_to=YEAR_END, successor="oversea_new")
    assert not found(with_changes(plan, elements=(*plan.elements, after)))


def test_every_message_has_a_remedy() -> None:
    assert MESSAGES.keys() <= REMEDIES.keys()
    assert all(text.endswith("{remedy}") for text in MESSAGES.values())
