"""What an office can get wrong in its own rules: each slip is a finding at its key."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.definition.check_rules import check_rules
from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.model.rule import Rule, RuleOperator
from desktop.validation.expressions import LONGEST, parse
from tests.core.plans import small_plan, with_changes


def rule(left: str, right: str = "0", **more: Any) -> Rule:  # noqa: ANN401 - whatever fields the class has
    defaults: dict[str, Any] = {"operator": RuleOperator.GREATER_THAN_OR_EQUAL_TO}
    return Rule(id="r", name="演示审核", left=left, right=right, **{**defaults, **more})


def found(*rules: Rule) -> list[Finding]:
    findings = list(check_rules(with_changes(small_plan(), rules=rules)))
    assert all(f.params["remedy"] in message(f) for f in findings)
    return findings


def said(*rules: Rule) -> list[tuple[str, str]]:
    prefix = "rules.toml#rule.r"
    return [(f.code.removeprefix("plan."), f.address.removeprefix(prefix)) for f in found(*rules)]


@pytest.mark.parametrize(
    "sound",
    [
        rule("patents", "inventions + 3"),
        rule("（patents－inventions）× 0.5", "prev(inventions)÷2"),
        rule("pledges", "target(pledged) * 10000"),
        rule("pledged", "baseline(pledged)"),
        rule("licences / patents * 100", "licence_share"),
        rule("talents", 'group_sum(talents, "zones")', applies_to=("bureau", "zones", "street")),
        rule(
            "sum(patents, geo_products, max(licences, 1))", "abs(-3)", text="{left}与{patents}差{difference}"
        ),
        rule("cases_closed / cases_taken", "0.9"),
        rule("pledges", "licences", operator=RuleOperator.COMPULSORY_PAIR),
    ],
)
def test_sound_rules_have_no_finding(sound: Rule) -> None:
    assert said(sound) == []


PAIR = RuleOperator.COMPULSORY_PAIR


@pytest.mark.parametrize(
    ("broken", "code", "key"),
    [
        (rule(""), "rule_empty", ".left"),
        (rule("patents", " "), "rule_empty", ".right"),
        (rule("patents" * 400), "rule_too_long", ".left"),
        (rule("+".join(["patents"] * 210)), "rule_too_deep", ".left"),
        (rule("patents % 2"), "rule_character", ".left"),
        (rule("patents >= 2"), "rule_comparison", ".left"),
        (rule("patents≥2"), "rule_comparison", ".left"),
        (rule("patents ** 2"), "rule_operator", ".left"),
        (rule("patents // 2"), "rule_operator", ".left"),
        (rule("(patents"), "rule_bracket", ".left"),
        (rule("patents)"), "rule_bracket", ".left"),
        (rule("patents inventions"), "rule_syntax", ".left"),
        (rule("patents + 1e5"), "rule_number", ".left"),
        (rule("patents.real"), "rule_construct", ".left"),
        (rule("patents if patents else 1"), "rule_construct", ".left"),
        (rule("__import__(patents)"), "rule_function", ".left"),
        (rule("prev(patents + 1)"), "rule_arguments", ".left"),
        (rule("prev()"), "rule_arguments", ".left"),
        (rule("abs(patents, 1)"), "rule_arguments", ".left"),
        (rule("patent"), "rule_name", ".left"),
        (rule("zones"), "rule_not_a_figure", ".left"),
        (rule("patents", "bureau"), "rule_not_a_figure", ".right"),
        (rule("group_sum(talents, zone_s)"), "rule_group", ".left"),
        (rule("group_sum(talents, members)"), "rule_group_empty", ".left"),
        (rule("group_sum(pledged, zones)"), "rule_group_figure", ".left"),
        (rule("patents", "target(geo_products)"), "rule_no_target", ".right"),
        (rule("patents + pledges"), "rule_units", ""),
        (rule("patents", "pledges"), "rule_units", ""),
        (rule("pledges", "pledged"), "rule_units", ""),
        (rule("high_value_rate", "high_value"), "rule_units", ""),
        (rule("patents / (2 - 2)"), "rule_divided_by_zero", ".left"),
        (rule("patents+1", "patents  + 1"), "rule_same_sides", ".right"),
        (rule("1", "2"), "rule_no_figures", ".left"),
        (rule("target(pledged)", "baseline(pledged)"), "rule_no_figures", ".left"),
        (rule("patents", "3", operator=PAIR), "rule_no_figures", ".right"),
        (rule("patents", at="patent"), "unknown_reference", ".at"),
        (rule("patents", applies_to=("zonne",)), "unknown_reference", ".applies_to"),
        (rule("patents", slots=("Q5",)), "unknown_reference", ".slots"),
        (rule("patents", text="{patent}件"), "rule_placeholder", ".text"),
        (rule("patents", text="{left.real}{0}"), "rule_placeholder", ".text"),
        (rule("patents", text="{left"), "rule_brace", ".text"),
        (rule("patents", tolerance=Decimal(-1)), "rule_tolerance", ".tolerance"),
        (
            rule("patents", operator=RuleOperator.NOT_EQUAL_TO, tolerance=Decimal(1)),
            "rule_tolerance_unused",
            ".tolerance",
        ),
        (
            rule("patents", valid_from=datetime.date(2024, 1, 2), valid_to=datetime.date(2024, 1, 1)),
            "bad_validity",
            ".valid_to",
        ),
    ],
)
def test_each_slip_is_a_finding_at_its_key(broken: Rule, code: str, key: str) -> None:
    assert (code, key) in said(broken)


def test_messages_say_where_and_what_was_meant() -> None:
    (unknown_name,) = found(rule("patents + inventons"))
    assert "inventons" in message(unknown_name)
    assert "是否应为 inventions" in message(unknown_name)
    (by_name,) = found(rule("有效发明专利"))
    assert "是否应为 inventions" in message(by_name)
    (sign,) = found(rule("（patents）＋ 3％"))
    assert "第13个字符“％”" in message(sign)
    (function,) = found(rule("previous(patents)"))
    assert "prev" in message(function)
    (units,) = found(rule("patents + pledges"))
    assert "万元" in message(units)


def test_a_rule_that_stands_twice_is_told() -> None:
    assert ("duplicate_id", "") in said(rule("patents"), rule("inventions"))


@given(
    st.text(alphabet="ab01.+-*/()（）,，\"'“” _\n\t\\{}[]:;%#@é名\x00\ud800", max_size=60)
    | st.text(max_size=40)
)
def test_whatever_is_typed_gives_a_tree_or_a_slip_with_its_sentence(typed: str) -> None:
    parsed = parse(typed)
    assert (parsed.tree is None) != (parsed.slip is None)
    assert all(message(finding) for finding in found(rule(typed)))


@pytest.mark.parametrize(
    "absurd",
    [
        "(" * 5000,
        "-" * 1900 + "1",
        "a" * LONGEST * 3,
        "9" * 1999,
        "prev(" * 199 + "a",
        "(" * 99 + "a" + ")" * 99,
    ],
)
def test_hostile_texts_are_findings_or_harmless(absurd: str) -> None:
    assert all(message(finding) for finding in found(rule(absurd)))
