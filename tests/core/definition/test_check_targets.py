"""What an office can get wrong in targets: each slip is a finding at its key, and a good target has none."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

import pytest

from desktop.definition.check_targets import check_targets
from desktop.model.catalogue import message
from desktop.model.catalogue.target_messages import MESSAGES, REMEDIES
from desktop.model.finding import Finding, Severity
from desktop.model.indicator import Better
from desktop.model.plan import Plan
from desktop.model.target import Operator, Path, PathKind, Target, Window
from tests.core.plans import small_plan, target, with_changes

PLAN = small_plan()
PLAN_START = datetime.date(2022, 1, 1)
OURS = set(MESSAGES)


def with_targets(*more: Target) -> Plan:
    """The small plan with only these targets."""
    return with_changes(PLAN, targets=more, contradictions=(), items=())


def found(*more: Target, plan: Plan = PLAN) -> list[Finding]:
    """Findings of the checks made here, each with a sentence that ends in what to do."""
    findings = [f for f in check_targets(with_changes(plan, targets=more)) if f.code in OURS]
    assert all(f.params["remedy"] and f.params["remedy"] in message(f) for f in findings)
    return findings


def said(*more: Target, plan: Plan = PLAN) -> list[tuple[str, str]]:
    return [(f.code, f.address.removeprefix("targets.toml#target.")) for f in found(*more, plan=plan)]


def held(operator: Operator = Operator.AT_LEAST, value: str | None = "25000", **more: Any) -> Target:  # noqa: ANN401
    """A target on a stock of patents with a baseline."""
    fields: dict[str, Any] = {"element": "patents", "baseline": Decimal(13000)}
    return target("held", operator, value, **{**fields, **more})


def flow(operator: Operator = Operator.AT_LEAST, value: str | None = "300", **more: Any) -> Target:  # noqa: ANN401
    """A target on the flow of granted patents with a baseline."""
    fields: dict[str, Any] = {"element": "oversea", "baseline": Decimal(200)}
    return target("flow", operator, value, **{**fields, **more})


STEPS = Path(PathKind.STEPS, steps=((2022, Decimal(17000)), (2023, Decimal(21000))))
STAIR: dict[str, Any] = {"path": STEPS}


@pytest.mark.parametrize(
    "good",
    [
        held(),
        held(**STAIR),
        held(Operator.CAGR, "20", unit="%/年", path=Path(PathKind.COMPOUND)),
        held(Operator.BUILD, "3", value_max=Decimal(5)),
        held(Operator.WITHIN, "3", value_max=Decimal(5)),
        held(Operator.AT_MOST, "100", baseline=None),
        held(window=Window.ONCE),
        held(Operator.IMPROVE, None, window=Window.EACH_YEAR, starts=PLAN_START),
        flow(window=Window.EACH_YEAR, starts=PLAN_START),
        flow(Operator.GROWTH_EACH_YEAR, "5", unit="%", window=Window.EACH_YEAR),
        flow(window=Window.OVER_PLAN, opening=Decimal(22), starts=PLAN_START, baseline=None),
        target("done", Operator.COMPLETE, None, unit="", items=(1,)),
    ],
)
def test_a_target_that_can_be_judged_has_no_findings(good: Target) -> None:
    assert said(good) == []


SLIPS = [
    (held(Operator.CAGR, "20", unit="%", window=Window.ONCE), "plan.target_combination", "window"),
    (held(Operator.CAGR, "20", unit="%", window=Window.EACH_YEAR), "plan.target_combination", "window"),
    (
        flow(Operator.GROWTH_EACH_YEAR, "5", unit="%", window=Window.OVER_PLAN),
        "plan.target_combination",
        "window",
    ),
    (held(Operator.IMPROVE, None, window=Window.ONCE), "plan.target_combination", "window"),
    (held(window=Window.OVER_PLAN), "plan.target_over_plan_stock", "window"),
    (flow(window=Window.EACH_YEAR, **STAIR), "plan.target_unused", "path"),
    (held(window=Window.ONCE, path=Path(PathKind.COMPOUND)), "plan.target_unused", "path"),
    (held(Operator.CAGR, "20", unit="%", **STAIR), "plan.target_unused", "path"),
    (held(path=Path(PathKind.LINEAR, steps=STEPS.steps)), "plan.target_unused", "path"),
    (held(opening=Decimal(5)), "plan.target_unused", "opening"),
    (held(value_max=Decimal(26000)), "plan.target_unused", "value_max"),
    (held(starts=PLAN_START), "plan.target_unused", "starts"),
    (held(due=datetime.date(2030, 12, 31)), "plan.target_due_outside", "due"),
    (held(due=datetime.date(2021, 12, 31)), "plan.target_due_outside", "due"),
    (
        held(Operator.CAGR, "20", unit="%", due=datetime.date(2024, 6, 30)),
        "plan.target_growth_due",
        "due",
    ),
    (held(Operator.CAGR, "20", unit="%", baseline=None), "plan.target_no_baseline", "baseline"),
    (held(baseline=None), "plan.target_no_baseline", "baseline"),
]


@pytest.mark.parametrize(("slip", "code", "key"), SLIPS)
def test_each_slip_is_a_finding_at_its_key(slip: Target, code: str, key: str) -> None:
    assert said(slip) == [(code, f"{slip.id}.{key}")]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (((2022, 17000), (2025, 26000)), "plan.target_step_outside"),
        (((2021, 13000), (2023, 17000)), "plan.target_step_outside"),
        (((2022, 17000), (2023, 16000)), "plan.target_steps_turn"),
        (((2022, 12000),), "plan.target_steps_turn"),
        (((2023, 25001),), "plan.target_steps_turn"),
        (((2022, 17000), (2022, 17000)), "plan.target_step_repeated"),
    ],
)
def test_steps_lead_from_the_baseline_to_the_target(steps: tuple[tuple[int, int], ...], code: str) -> None:
    path = Path(PathKind.MILESTONES, steps=tuple((year, Decimal(value)) for year, value in steps))
    assert (code, "held.path.steps") in said(held(path=path))


def test_a_path_may_lead_down() -> None:
    path = Path(PathKind.STEPS, steps=((2022, Decimal(8)), (2023, Decimal(6))))
    assert said(held(Operator.AT_MOST, "5", baseline=Decimal(10), path=path)) == []


def test_growth_without_a_baseline_warns_and_a_path_without_one_is_told() -> None:
    (growth,) = found(held(Operator.CAGR, "20", unit="%", baseline=None))
    (path,) = found(held(baseline=None))
    assert (growth.severity, path.severity) == (Severity.WARNING, Severity.NOTICE)


def test_a_range_has_two_different_limits() -> None:
    narrow = held(Operator.WITHIN, "5", value_max=Decimal(5))
    errors = [f for f in check_targets(with_targets(narrow)) if f.severity is Severity.ERROR]
    assert [(f.code, f.address) for f in errors] == [("plan.bad_value", "targets.toml#target.held.value_max")]


def test_an_indicator_has_one_main_target_and_it_is_the_districts() -> None:
    one = target("one", Operator.AT_LEAST, "30", unit="亿元", indicator="pledged", baseline=Decimal(17))
    main = dataclasses.replace(one, main=True)
    twice = (main, dataclasses.replace(main, id="two"))
    assert said(*twice) == [("plan.target_main_twice", "two.main")]
    odd = dataclasses.replace(main, id="zone", unit_id="zone-a", value=Decimal(30))
    assert ("plan.target_main_odd", "zone.main") in said(main, odd)
    assert said(held(main=True)) == [("plan.target_main_odd", "held.main")]


def test_a_target_against_the_indicators_direction_is_told() -> None:
    lower = tuple(
        dataclasses.replace(i, better=Better.LOWER) if i.id == "pledged" else i for i in PLAN.indicators
    )
    plan = with_changes(PLAN, indicators=lower)
    one = target("one", Operator.AT_LEAST, "30", unit="亿元", indicator="pledged", baseline=Decimal(17))
    assert said(one, plan=plan) == [("plan.target_direction", "one.operator")]
    assert said(one) == []
    limit = dataclasses.replace(one, operator=Operator.AT_MOST)
    assert said(limit) == [("plan.target_direction", "one.operator")]
    assert said(limit, plan=plan) == []


def of_unit(whose: str, value: str = "10", **what: Any) -> Target:  # noqa: ANN401
    fields: dict[str, Any] = {"unit": "件", "baseline": Decimal(1), **what}
    return target(f"of-{whose}", Operator.AT_LEAST, value, unit_id=whose, **fields)


@pytest.mark.parametrize(
    "unjudged",
    [
        of_unit("zone-a", indicator="licence_share", unit="%"),  # the plan allows no own ratio
        of_unit("zone-a", indicator="cases"),  # not by unit
        of_unit("zone-a", element="cases_closed"),  # the court's
        of_unit("court", element="oversea"),  # the units'
        target("items", Operator.COMPLETE, None, unit="", items=(1,), unit_id="zone-a"),
    ],
)
def test_a_unit_target_without_a_figure_of_the_unit_cannot_be_judged(unjudged: Target) -> None:
    assert said(unjudged) == [("plan.unit_target_unjudged", f"{unjudged.id}.unit_id")]


def test_unit_targets_on_what_the_unit_brings_are_fine() -> None:
    ratios = tuple(
        dataclasses.replace(i, own_ratio=True) if i.id == "licence_share" else i for i in PLAN.indicators
    )
    plan = with_changes(PLAN, indicators=ratios)
    assert said(of_unit("zone-a", indicator="licence_share", unit="%"), plan=plan) == []
    assert said(of_unit("zone-a", element="oversea"), of_unit("court", indicator="cases")) == []


def test_a_unit_that_is_gone_at_the_due_date_is_told() -> None:
    units = tuple(
        dataclasses.replace(u, valid_to=datetime.date(2023, 6, 30)) if u.id == "town-a" else u
        for u in PLAN.units
    )
    plan = with_changes(PLAN, units=units)
    assert said(of_unit("town-a", element="oversea"), plan=plan) == [
        ("plan.unit_target_gone", "of-town-a.unit_id")
    ]


def test_the_remainder_of_a_district_target_is_told_and_more_than_it_is_a_warning() -> None:
    parts = (of_unit("zone-a", "120", element="oversea"), of_unit("street-a", "80.5", element="oversea"))
    (left,) = found(flow(), *parts)
    assert (left.code, left.severity) == ("plan.unit_targets_remainder", Severity.NOTICE)
    assert "已分解到2个单位200.5件，还有99.5件未分解" in message(left)
    whole = of_unit("town-a", "99.5", element="oversea")
    assert found(flow(), *parts, whole) == []
    more = of_unit("town-a", "100", element="oversea")
    (over,) = found(flow(), *parts, more)
    assert (over.code, over.severity) == ("plan.unit_targets_exceed", Severity.WARNING)
    assert "多出0.5件" in message(over)


def test_only_targets_of_the_same_window_and_date_share_a_remainder() -> None:
    part = of_unit("zone-a", "120", element="oversea")
    yearly = dataclasses.replace(part, window=Window.EACH_YEAR)
    earlier = dataclasses.replace(part, due=datetime.date(2023, 12, 31))
    assert found(flow(), yearly) == []
    assert found(flow(), earlier) == []


def test_scores_and_ratios_have_no_remainder() -> None:
    ratios = tuple(
        dataclasses.replace(i, own_ratio=True) if i.id == "licence_share" else i for i in PLAN.indicators
    )
    share = target(
        "share", Operator.AT_LEAST, "5", unit="%", indicator="licence_share", baseline=Decimal("3.7")
    )
    own = dataclasses.replace(share, id="own", unit_id="zone-a")
    assert found(share, own, plan=with_changes(PLAN, indicators=ratios)) == []


def test_every_code_on_a_plan_has_a_remedy() -> None:
    assert {code for code in MESSAGES if code.startswith("plan.")} == set(REMEDIES)


def test_the_remainder_is_in_the_districts_unit_whatever_the_units_are_told_in() -> None:
    whole = target("whole", Operator.AT_LEAST, "30", element="pledges", unit="亿元", baseline=Decimal(17))
    (left,) = found(whole, of_unit("zone-a", "125000.5", element="pledges", unit="万元"))
    assert "已分解到1个单位12.50005亿元，还有17.49995亿元未分解" in message(left)


@pytest.mark.parametrize(("unit", "warned"), [("亿元", False), ("万元", False), ("元", True)])
def test_an_amounts_target_is_in_the_unit_that_is_typed_or_shown(unit: str, *, warned: bool) -> None:
    wanted = target("one", Operator.AT_LEAST, "3", element="pledges", unit=unit, baseline=Decimal(1))
    codes = [finding.code for finding in check_targets(with_targets(wanted))]
    assert codes == (["plan.target_unit"] if warned else [])
