"""Every generated family honours what the plan says of it; one change is explained once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.model.catalogue import message
from desktop.model.element import EarlierDefinition
from desktop.model.family import Family, FamilySetting
from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import (
    Answer,
    Deduction,
    DeductionKind,
    Figure,
    ItemReport,
    ItemStatus,
    Section,
)
from desktop.validation import CheckContext, check_section
from tests.core.plans import small_plan, with_changes

Q3 = Period.parse("2024Q3")


def number(text: str) -> Figure:
    return Figure.number(Decimal(text))


def section(period: str, unit: str = "zone-a", **figures: Figure | str) -> Section:
    given = {name: number(f) if isinstance(f, str) else f for name, f in figures.items()}
    return Section(unit, Period.parse(period), given)


def check(plan: Plan, checked: Section, *earlier: Section, **more: object) -> tuple[Finding, ...]:
    form = form_for(plan, plan.unit(checked.unit), checked.period)
    found = check_section(CheckContext(plan, form, checked, history=earlier, **more))  # type: ignore[arg-type]
    assert all(message(finding) for finding in found)
    return found


def plan_with(*settings: FamilySetting) -> Plan:
    return with_changes(small_plan(), families=settings)


def of(found: tuple[Finding, ...], *codes: str) -> list[Finding]:
    return [finding for finding in found if finding.code.startswith(codes)]


DEDUCTED = replace(number("3"), deductions=(Deduction(DeductionKind.OVERLAP, Decimal(9), "street-a"),))
DISPUTED = replace(number("990"), answer=Answer.DISPUTED)
ISSUED = {"patents": Decimal(1000)}
LISTED = Figure.number(Decimal(3))

BROKEN: dict[Family, tuple[str, str, Section, tuple[Section, ...]]] = {
    Family.REQUIRED: ("value.required", "oversea", section("2024Q3"), ()),
    Family.DECIMALS: ("value.integer", "oversea", section("2024Q3", oversea="1.5"), ()),
    Family.SIGN: ("value.negative", "oversea", section("2024Q3", oversea="-1"), ()),
    Family.RANGE: ("range.above", "oversea", section("2024Q3", oversea="5001"), ()),
    Family.DEDUCTIONS: ("deductions.exceed", "oversea", section("2024Q3", oversea=DEDUCTED), ()),
    Family.SUBSET: ("subset.exceeds", "inventions", section("2024Q3", inventions="2", patents="1"), ()),
    Family.ISSUED: ("issued.disputed", "patents", section("2024Q3", patents=DISPUTED), ()),
    Family.LISTS: ("list.no_rows", "centres", section("2024Q4", centres=LISTED), ()),
    Family.UNIT_SLIP: (
        "value.unit_slip",
        "pledges",
        section("2024Q3", pledges="30000000"),
        (section("2024Q2", pledges="3000"),),
    ),
    Family.FALL: (
        "flow.fell",
        "oversea",
        section("2024Q3", oversea="5"),
        (section("2024Q2", oversea="6"),),
    ),
    Family.JUMP: (
        "value.jump",
        "patents",
        section("2024Q3", patents=replace(number("200"), answer=Answer.DISPUTED)),
        (section("2024Q2", patents="100"),),
    ),
    Family.OUTLIER: (
        "value.outlier",
        "geo_products",
        section("2024Q3", geo_products="60"),
        tuple(section(p, geo_products="41") for p in ("2023Q3", "2023Q4", "2024Q1", "2024Q2")),
    ),
    Family.TARGETS: (
        "target.behind",
        "cases_closed",
        section("2024Q3", "court", cases_closed="80", cases_taken="100"),
        (),
    ),
    Family.ITEMS: (
        "item.done_no_narrative",
        "item/2",
        replace(section("2024Q3"), items={2: ItemReport(ItemStatus.DONE, 100)}),
        (),
    ),
}


def broken(family: Family, plan: Plan) -> list[Finding]:
    code, address, checked, earlier = BROKEN[family]
    found = check(plan, checked, *earlier, reference=ISSUED if family is Family.ISSUED else {})
    return [finding for finding in found if finding.code == code and finding.address == address]


def test_every_family_of_a_section_has_a_record_here() -> None:
    assert {*BROKEN, Family.PEERS} == set(Family)


@pytest.mark.parametrize("family", BROKEN)
def test_a_family_is_on_by_default_and_can_be_switched_off(family: Family) -> None:
    assert len(broken(family, small_plan())) == 1
    assert broken(family, plan_with(FamilySetting(family, enabled=False))) == []


@pytest.mark.parametrize("family", [family for family in BROKEN if family is not Family.ITEMS])
def test_a_family_can_be_switched_off_for_one_element(family: Family) -> None:
    _, address, _, _ = BROKEN[family]
    assert broken(family, plan_with(FamilySetting(family, except_for=(address,)))) == []
    assert len(broken(family, plan_with(FamilySetting(family, except_for=("licences",))))) == 1


def test_an_indicator_stands_for_the_elements_it_is_computed_from() -> None:
    assert broken(Family.UNIT_SLIP, plan_with(FamilySetting(Family.UNIT_SLIP, except_for=("pledged",)))) == []
    assert (
        broken(Family.TARGETS, plan_with(FamilySetting(Family.TARGETS, except_for=("closing_rate",)))) == []
    )
    others = plan_with(FamilySetting(Family.TARGETS, except_for=("cases",)))
    assert len(broken(Family.TARGETS, others)) == 1  # shares an element with the other indicator


@pytest.mark.parametrize("family", BROKEN)
def test_a_severity_replaces_that_of_warnings_only(family: Family) -> None:
    (before,) = broken(family, small_plan())
    (after,) = broken(family, plan_with(FamilySetting(family, severity=Severity.NOTICE)))
    expected = Severity.NOTICE if before.severity is Severity.WARNING else before.severity
    assert after.severity is expected
    assert after.key == before.key


def test_an_element_outside_its_dates_is_asked_of_nobody() -> None:
    plan = small_plan()
    ended = tuple(
        replace(e, valid_to=datetime.date(2024, 6, 30)) if e.id == "oversea" else e for e in plan.elements
    )
    plan = with_changes(plan, elements=ended)
    assert of(check(plan, section("2024Q2")), "value.required")[0].address == "oversea"
    assert [f for f in check(plan, section("2024Q3", oversea="-1")) if f.address == "oversea"] == [
        f for f in check(plan, section("2024Q3", oversea="-1")) if f.code == "value.not_asked"
    ]


# Jumps


def jumps(checked: Section, *earlier: Section, plan: Plan | None = None) -> list[Finding]:
    return of(check(plan or small_plan(), checked, *earlier), "value.jump")


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("100", "150", False),  # exactly 50 %
        ("100", "151", True),
        ("100", "49", True),
        ("10", "19", False),  # 90 %, but nine pieces
        ("10", "20", True),
        ("0", "9", False),
        ("0", "10", True),  # growth over zero says nothing, the amount does
    ],
)
def test_a_stock_jumps_by_a_share_and_an_amount(before: str, now: str, said: bool) -> None:
    found = jumps(section("2024Q1", geo_products=now), section("2023Q4", geo_products=before))
    fell = Decimal(now) < Decimal(before)
    # what only grows and falls is told once, as a fall
    assert len(found) == (1 if said and not fell else 0)
    plain = jumps(
        section("2024Q1", patents=now, inventions="1"), section("2023Q4", patents=before, inventions="1")
    )
    assert len(plain) == (1 if said else 0)


def test_a_jump_says_from_where_to_where_and_how_much() -> None:
    (finding,) = jumps(section("2024Q1", patents="160"), section("2023Q4", patents="100"))
    assert message(finding) == (
        "有效专利本期160件，比2023年第四季度的100件增加60件（变动幅度60.0%），变动较大。"
    )
    assert finding.severity is Severity.WARNING
    (over_zero,) = jumps(section("2024Q1", patents="60"), section("2023Q4", patents="0"))
    assert "变动幅度—" in message(over_zero)


def test_a_flow_is_compared_with_the_same_period_of_last_year() -> None:
    last_year = section("2023Q1", oversea="100")
    assert jumps(section("2024Q1", oversea="120"), section("2023Q4", oversea="900"), last_year) == []
    (finding,) = jumps(section("2024Q1", oversea="200"), section("2023Q4", oversea="900"), last_year)
    assert "2023年第一季度的100件" in message(finding)


def test_without_last_year_what_a_flow_added_is_compared() -> None:
    first, second = section("2024Q1", oversea="100"), section("2024Q2", oversea="200")
    assert jumps(section("2024Q3", oversea="310"), first, second) == []  # 110 after 100
    (finding,) = jumps(section("2024Q3", oversea="400"), first, second)  # 200 after 100
    assert finding.code == "value.jump_added"
    assert "本期新增200件，比2024年第二季度新增的100件增加100件" in message(finding)
    assert jumps(section("2024Q3", oversea="400"), first) == []  # the second quarter is unknown
    assert jumps(section("2024Q1", oversea="400"), section("2023Q4", oversea="800")) == []


def test_a_figure_of_years_ago_is_no_period_before() -> None:
    assert jumps(section("2024Q1", patents="160"), section("2022Q4", patents="100")) == []


def test_an_element_may_have_parameters_of_its_own() -> None:
    setting = FamilySetting(Family.JUMP, parameters={"percent": Decimal(80), "patents.percent": Decimal(20)})
    plan = plan_with(setting)
    checked = section("2024Q1", patents="130", geo_products="170")
    before = section("2023Q4", patents="100", geo_products="100")
    assert [f.address for f in jumps(checked, before, plan=plan)] == ["patents"]


def test_what_was_confirmed_as_issued_and_what_has_rows_is_no_jump() -> None:
    confirmed = replace(number("200"), answer=Answer.CONFIRMED)
    assert jumps(section("2024Q1", patents=confirmed), section("2023Q4", patents="100")) == []
    assert jumps(section("2024Q4", centres="40"), section("2023Q4", centres="3")) == []


def test_figures_under_another_definition_are_not_compared() -> None:
    plan = small_plan()

    def redefined(*, comparable: bool) -> Plan:
        old = EarlierDefinition("演示旧定义", datetime.date(2023, 12, 31), comparable=comparable)
        elements = (replace(e, earlier_definitions=(old,)) if e.id == "patents" else e for e in plan.elements)
        return with_changes(plan, elements=tuple(elements))

    checked, before = section("2024Q1", patents="200"), section("2023Q4", patents="100")
    assert jumps(checked, before, plan=redefined(comparable=False)) == []
    assert len(jumps(checked, before, plan=redefined(comparable=True))) == 1
    later = section("2024Q2", patents="400")
    assert len(jumps(later, section("2024Q1", patents="200"), plan=redefined(comparable=False))) == 1


# One change, one finding


def changes(found: tuple[Finding, ...]) -> list[str]:
    return [
        f.code for f in of(found, "value.unit_slip", "flow.fell", "stock.fell", "value.jump", "value.out")
    ]


HISTORY = tuple(section(p, geo_products="40") for p in ("2023Q3", "2023Q4", "2024Q1", "2024Q2"))


@pytest.mark.parametrize(
    ("value", "off", "code"),
    [
        ("400000", (), "value.unit_slip"),
        ("400000", (Family.UNIT_SLIP,), "value.outlier"),
        ("400000", (Family.UNIT_SLIP, Family.OUTLIER), "value.jump"),
        ("10", (), "stock.fell"),
        ("10", (Family.FALL,), "value.outlier"),
        ("10", (Family.FALL, Family.OUTLIER), "value.jump"),
    ],
)
def test_one_change_is_said_once_by_the_most_telling_rule(
    value: str, off: tuple[Family, ...], code: str
) -> None:
    plan = plan_with(*(FamilySetting(family, enabled=False) for family in off))
    assert changes(check(plan, section("2024Q3", geo_products=value), *HISTORY)) == [code]


def test_a_fall_below_its_minimum_is_nothing() -> None:
    plan = plan_with(FamilySetting(Family.FALL, parameters={"minimum_change": Decimal(5)}))
    before = section("2024Q2", geo_products="40")
    assert changes(check(plan, section("2024Q3", geo_products="36"), before)) == []
    assert changes(check(plan, section("2024Q3", geo_products="35"), before)) == ["stock.fell"]


@pytest.mark.parametrize(
    "change",
    [
        lambda s: replace(s, figures={**s.figures, "geo_products": number("41")}),
        lambda s: replace(s, figures={**s.figures, "geo_products": number("39")}),
    ],
)
def test_an_outliers_digest_changes_with_each_figure_of_its_history(
    change: Callable[[Section], Section],
) -> None:
    checked = section("2024Q3", geo_products="90")
    (before,) = of(check(small_plan(), checked, *HISTORY), "value.outlier")
    (after,) = of(check(small_plan(), checked, change(HISTORY[0]), *HISTORY[1:]), "value.outlier")
    assert before.figures != after.figures
