"""The plan's own rules on one section: when they speak, what they say, and what makes their answer void."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.rule import Missing, Rule, RuleOperator
from desktop.model.submission import NIL, Figure, Section
from desktop.model.target import Operator
from desktop.validation import CheckContext, check_section
from tests.core.plans import small_plan, target, with_changes

PLAN = small_plan()
AT_LEAST = RuleOperator.GREATER_THAN_OR_EQUAL_TO
AT_MOST = RuleOperator.LESS_THAN_OR_EQUAL_TO


def rule(left: str, operator: RuleOperator, right: str, **more: Any) -> Rule:  # noqa: ANN401 - any field
    return Rule("r", "演示审核", left, operator, right, **more)


def section(unit: str, period: str, figures: Mapping[str, str]) -> Section:
    read = {id_: NIL if text == "nil" else Figure.number(Decimal(text)) for id_, text in figures.items()}
    return Section(unit, Period.parse(period), read)


def told(
    checked: Rule,
    figures: Mapping[str, str],
    *,
    unit: str = "zone-a",
    period: str = "2024Q3",
    before: Mapping[str, str] | None = None,
    last_year: Mapping[str, str] | None = None,
    others: Mapping[str, Section] | None = None,
    **parts: Any,  # noqa: ANN401 - parts of the plan
) -> list[Finding]:
    plan = with_changes(PLAN, rules=(checked,), **parts)
    now = section(unit, period, figures)
    at = now.period
    context = CheckContext(
        plan,
        form_for(plan, plan.unit(unit), at),
        now,
        previous=None if before is None else section(unit, str(at.previous), before),
        same_last_year=None if last_year is None else section(unit, str(at.same_last_year), last_year),
        others=others or {},
    )
    return [finding for finding in check_section(context) if finding.code == "rule.r"]


def test_the_sentence_has_the_figures_and_their_difference() -> None:
    text = "质押{left}万元，低于上期{right}万元，差{difference}；转让{licences}次，人才{talents}。"
    checked = rule("pledges", AT_LEAST, "prev(pledges)", text=text)
    (finding,) = told(checked, {"pledges": "1234.5", "licences": "7"}, before={"pledges": "2000"})
    expected = "质押1,234.50万元，低于上期2,000.00万元，差765.50；转让7次，人才（未报）。"
    assert message(finding) == expected
    assert (finding.address, finding.severity) == ("pledges", Severity.WARNING)


def test_a_rule_without_text_says_its_name_and_what_should_hold() -> None:
    (finding,) = told(rule("talents", AT_MOST, "licences"), {"talents": "5", "licences": "3"})
    assert message(finding) == "演示审核：5不应大于3，相差2。"


def test_sides_that_differ_never_print_equal() -> None:
    (finding,) = told(rule("talents / 3", AT_MOST, "0.3333"), {"talents": "1"})
    assert finding.params["left"] != finding.params["right"]
    assert finding.params["difference"].strip("0.") != ""


def test_braces_reach_no_attribute() -> None:
    text = "{left.__class__}{0}{left!r}{left[0]}{talents:>9}"
    (finding,) = told(rule("talents", AT_MOST, "3", text=text), {"talents": "4"})
    assert message(finding) == text


@pytest.mark.parametrize(("value", "speaks"), [("10", False), ("12", False), ("13", True)])
def test_what_is_off_by_no_more_than_the_tolerance_holds(value: str, speaks: bool) -> None:
    checked = rule("talents", AT_MOST, "10", tolerance=Decimal(2))
    assert bool(told(checked, {"talents": value})) == speaks


@pytest.mark.parametrize(
    ("missing", "figures", "speaks"),
    [
        (Missing.SKIP_IF_ANY, {"talents": "5"}, False),
        (Missing.SKIP_IF_ALL, {"talents": "5"}, True),
        (Missing.SKIP_IF_ALL, {}, False),
        (Missing.NEVER_SKIP, {"talents": "5"}, True),
        (Missing.SKIP_IF_ANY, {"talents": "5", "licences": "nil"}, True),
    ],
)
def test_strategies_for_missing_figures(missing: Missing, figures: dict[str, str], speaks: bool) -> None:
    assert bool(told(rule("talents", AT_MOST, "licences", missing=missing), figures)) == speaks


def test_never_skip_reads_two_blanks_as_zero() -> None:
    assert told(rule("talents + licences", RuleOperator.GREATER_THAN, "0", missing=Missing.NEVER_SKIP), {})


@pytest.mark.parametrize(
    "more",
    [
        {"applies_to": ("town",)},
        {"applies_to": ("town-a",)},
        {"slots": ("Q4",)},
        {"enabled": False},
        {"valid_from": datetime.date(2025, 1, 1)},
        {"valid_to": datetime.date(2024, 6, 30)},
    ],
)
def test_a_rule_not_meant_for_this_report_is_silent(more: dict[str, Any]) -> None:
    assert told(rule("talents", AT_MOST, "3"), {"talents": "5"})
    assert told(rule("talents", AT_MOST, "3", applies_to=("zones",)), {"talents": "5"})
    assert not told(rule("talents", AT_MOST, "3", **more), {"talents": "5"})


def test_a_unit_that_is_not_asked_for_any_of_the_figures_is_left_alone() -> None:
    checked = rule("talents", RuleOperator.GREATER_THAN, "0", missing=Missing.NEVER_SKIP)
    assert told(checked, {})
    assert not told(checked, {}, unit="court")


def test_a_flow_has_no_period_before_in_the_first_quarter_but_a_stock_has() -> None:
    flow, stock = (rule(id_, AT_LEAST, f"prev({id_})") for id_ in ("talents", "geo_products"))
    figures, before = {"talents": "1", "geo_products": "1"}, {"talents": "9", "geo_products": "9"}
    assert not told(flow, figures, period="2024Q1", before=before)
    assert told(flow, figures, period="2024Q2", before=before)
    assert told(stock, figures, period="2024Q1", before=before)


def test_a_division_by_zero_or_by_nothing_is_skipped() -> None:
    assert not told(rule("talents / licences", AT_MOST, "0"), {"talents": "5", "licences": "0"})
    assert told(rule("talents / licences", AT_MOST, "0"), {"talents": "5", "licences": "2"})


def test_the_units_own_target_comes_before_the_districts() -> None:
    own = target("own", Operator.AT_LEAST, "8", element="talents", unit="人", unit_id="zone-a")
    checked = rule("talents", AT_LEAST, "target(talents)")
    (by_district,) = told(checked, {"talents": "5"})
    assert by_district.params["right"] == "50"
    (by_unit,) = told(checked, {"talents": "5"}, targets=(*PLAN.targets, own))
    assert by_unit.params["right"] == "8"


def test_a_target_in_the_unit_that_is_shown_is_compared_in_the_unit_that_is_typed() -> None:
    shown = target("billions", Operator.AT_LEAST, "3", element="pledges", unit="亿元")
    (finding,) = told(rule("pledges", AT_LEAST, "target(pledges)"), {"pledges": "29999"}, targets=(shown,))
    assert finding.params["right"] == "30,000.00"


def test_a_sum_of_a_group_waits_until_all_its_units_have_reported() -> None:
    checked = rule("talents", AT_LEAST, "group_sum(talents, zones)", applies_to=("town-a",))
    a, b = (section(unit, "2024Q3", {"talents": "6"}) for unit in ("zone-a", "zone-b"))
    figures = {"talents": "10"}
    assert not told(checked, figures, unit="town-a")
    assert not told(checked, figures, unit="town-a", others={"zone-a": a})
    (finding,) = told(checked, figures, unit="town-a", others={"zone-a": a, "zone-b": b})
    assert finding.params["difference"] == "2"


def test_pairs_ask_whether_the_sides_were_reported() -> None:
    both = rule("talents", RuleOperator.COMPULSORY_PAIR, "licences + net_change")
    assert told(both, {"talents": "0"})
    assert not told(both, {"talents": "0", "net_change": "nil"})
    one = rule("talents", RuleOperator.EXCLUSIVE_PAIR, "licences")
    assert told(one, {"talents": "0", "licences": "0"})
    assert not told(one, {"talents": "0"})


def test_the_digest_covers_the_figures_of_other_periods() -> None:
    checked = rule("pledges", AT_LEAST, "prev(pledges)")
    first, again, other = (
        told(checked, {"pledges": "1"}, before={"pledges": before})[0].figures for before in ("5", "5", "6")
    )
    assert first == again
    assert first != other
