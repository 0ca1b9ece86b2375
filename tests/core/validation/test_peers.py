"""Outliers among units of one kind: what the consolidator sees and a unit can't."""

from __future__ import annotations

import datetime
import statistics
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.consolidation import consolidate
from desktop.model.catalogue import message
from desktop.model.element import Mode
from desktop.model.family import Family, FamilySetting
from desktop.model.finding import Finding, Severity
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import NIL, Figure, Section
from desktop.model.unit import Unit
from desktop.validation import peer_findings
from tests.core.plans import small_plan, with_changes

Q3 = Period.parse("2024Q3")
TOWNS = tuple(f"town-{number}" for number in range(8))
TYPED = {"zone": Mode.ENTERED, "street": Mode.ENTERED, "town": Mode.ENTERED, "department": Mode.ENTERED}


def plan_of_towns(*settings: FamilySetting) -> Plan:
    plan = small_plan()
    towns = tuple(Unit(id_, "town", f"演示{id_}镇", f"{id_}镇", "YSZ", "district") for id_ in TOWNS)
    elements = tuple(
        replace(e, mode=TYPED) if e.id in ("patents", "licences", "inventions", "high_value") else e
        for e in plan.elements
    )
    return with_changes(plan, units=(*plan.units, *towns), elements=elements, families=settings)


def figure(said: str | Figure) -> Figure:
    return said if isinstance(said, Figure) else Figure.number(Decimal(said))


def sections(element: str, *values: str | Figure, **more: tuple[str, ...]) -> dict[str, Section]:
    columns: dict[str, tuple[str | Figure, ...]] = {element: values, **more}
    return {
        unit: Section(
            unit, Q3, {id_: figure(said[place]) for id_, said in columns.items() if place < len(said)}
        )
        for place, unit in enumerate(TOWNS[: len(values)])
    }


def found(
    reported: dict[str, Section], plan: Plan | None = None, *references: ReferenceFigure
) -> list[Finding]:
    by_unit = peer_findings(plan or plan_of_towns(), Q3, reported, references)
    assert all(finding.unit == unit for unit, findings in by_unit.items() for finding in findings)
    findings = [finding for findings in by_unit.values() for finding in findings]
    assert all(message(finding) for finding in findings)
    return findings


def test_a_unit_apart_from_its_peers_is_named_with_their_median() -> None:
    (finding,) = found(sections("geo_products", "10", "11", "9", "12", "90"))
    assert (finding.code, finding.unit, finding.address) == ("peers.outlier", TOWNS[4], "geo_products")
    assert finding.severity is Severity.WARNING
    assert message(finding) == (
        "地理标志产品为90个，偏离镇的一般水平：本期5个单位的中位数为11个，相差79个（偏离度53.3）。"
    )


def test_four_units_are_too_few_and_those_without_such_business_are_no_peers() -> None:
    assert found(sections("geo_products", "10", "11", "9", "90")) == []
    assert found(sections("geo_products", "10", "11", "9", "90", NIL, NIL)) == []
    plan = plan_of_towns(FamilySetting(Family.PEERS, parameters={"units": Decimal(4)}))
    assert len(found(sections("geo_products", "10", "11", "9", "90"), plan)) == 1


def test_a_distance_needs_a_least_amount() -> None:
    assert found(sections("geo_products", "1", "1", "1", "1", "10")) == []
    assert len(found(sections("geo_products", "1", "1", "1", "1", "11"))) == 1


def test_units_of_another_kind_and_departments_are_no_peers() -> None:
    reported = sections("licences", "10", "11", "9", "12")
    for unit in ("zone-a", "street-a"):
        reported[unit] = Section(unit, Q3, {"licences": Figure.number(Decimal(900))})
    assert found(reported) == []
    departments = {
        unit: Section(unit, Q3, {"licences": Figure.number(Decimal(value))})
        for unit, value in {"bureau": 1, "statistics": 1, "court": 900}.items()
    }
    plan = plan_of_towns(FamilySetting(Family.PEERS, parameters={"units": Decimal(2)}))
    assert found(departments, plan) == []


def test_a_figure_is_scaled_by_its_indicators_denominator() -> None:
    patents = ("1000", "1100", "900", "1200", "20000")

    def of_licences(last: str) -> list[Finding]:
        reported = sections("licences", "10", "11", "9", "12", last, patents=patents)
        return [finding for finding in found(reported) if finding.address == "licences"]

    assert of_licences("200") == []  # as large as its patents
    (finding,) = of_licences("900")
    assert (finding.code, finding.unit) == ("peers.ratio", TOWNS[4])
    assert "按有效专利和5个单位的中位数推算约为200次，相差700次" in message(finding)


def test_a_published_denominator_serves_where_a_unit_has_none_of_its_own() -> None:
    day = datetime.date(2024, 6, 30)
    sizes = dict(zip(TOWNS, ("10", "11", "9", "12", "200"), strict=False))
    known = [ReferenceFigure("population", unit, Decimal(size), day) for unit, size in sizes.items()]
    reported = sections("high_value", "100", "110", "90", "120", "2000")
    assert [f.code for f in found(reported)] == ["peers.outlier"]
    assert found(reported, None, *known) == []
    later = [replace(figure, date=datetime.date(2024, 12, 31)) for figure in known]
    assert [f.code for f in found(reported, None, *later)] == ["peers.outlier"]


def test_too_few_denominators_leave_the_plain_figures() -> None:
    reported = sections("licences", "10", "11", "9", "12", "900", patents=("1000", "1100", "900"))
    assert [(f.code, f.unit) for f in found(reported)] == [("peers.outlier", TOWNS[4])]


def test_peers_follow_the_plans_settings() -> None:
    reported = sections("geo_products", "10", "11", "9", "12", "90")
    assert found(reported, plan_of_towns(FamilySetting(Family.PEERS, enabled=False))) == []
    assert found(reported, plan_of_towns(FamilySetting(Family.PEERS, except_for=("geo_products",)))) == []
    (quiet,) = found(reported, plan_of_towns(FamilySetting(Family.PEERS, severity=Severity.NOTICE)))
    assert quiet.severity is Severity.NOTICE
    own = FamilySetting(Family.PEERS, parameters={"geo_products.minimum_change": Decimal(100)})
    assert found(reported, plan_of_towns(own)) == []


def test_a_consolidated_period_holds_what_stands_apart() -> None:
    reported = sections("geo_products", "10", "11", "9", "12", "90")
    consolidated = consolidate(plan_of_towns(), Q3, {Q3: reported})
    assert [(unit, [f.code for f in of]) for unit, of in consolidated.peers.items()] == [
        (TOWNS[4], ["peers.outlier"])
    ]


def test_order_does_not_matter() -> None:
    reported = sections("geo_products", "10", "11", "9", "12", "90", "70")
    backwards = dict(reversed(reported.items()))
    assert {f.unit: f for f in found(reported)} == {f.unit: f for f in found(backwards)}
    assert {f.unit: f.figures for f in found(reported)} == {f.unit: f.figures for f in found(backwards)}


@given(st.lists(st.integers(0, 300), min_size=5, max_size=8))
def test_the_units_found_are_those_of_a_slow_version(values: list[int]) -> None:
    middle = statistics.median([Fraction(value) for value in values])
    deviation = statistics.median([abs(value - middle) for value in values])
    scale = max(Fraction(deviation), middle / 20, Fraction(1))
    expected = {
        unit
        for unit, value in zip(TOWNS, values, strict=False)
        if abs(value - middle) >= 10 and Fraction(6745, 10000) * abs(value - middle) / scale > Fraction(7, 2)
    }
    assert {f.unit for f in found(sections("geo_products", *map(str, values)))} == expected
