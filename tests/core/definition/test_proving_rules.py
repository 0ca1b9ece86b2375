"""Proof of life: every rule passes one record and fails another; rules that can't are told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.config import plans_folder
from desktop.definition import bundled_plan
from desktop.definition.proving import Proof, dead_rules, prove_rules
from desktop.model.rule import Missing, Rule, RuleOperator
from tests.core.plans import small_plan, with_changes

AT_MOST = RuleOperator.LESS_THAN_OR_EQUAL_TO


def proof_of(rule: Rule) -> tuple[Proof, list[str]]:
    plan = with_changes(small_plan(), rules=(rule,))
    (proof,) = prove_rules(plan)
    return proof, [finding.code for finding in dead_rules(plan, [proof])]


@pytest.mark.parametrize("plan", sorted(folder.name for folder in plans_folder().iterdir()))
def test_every_rule_of_the_bundled_plans_is_alive(plan: str) -> None:
    proofs = prove_rules(bundled_plan(plan))
    assert proofs
    assert [proof.rule for proof in proofs if not proof.proved] == []


def test_the_records_stand_at_the_boundary() -> None:
    proof, dead = proof_of(Rule("r", "演示", "cases_closed", AT_MOST, "cases_taken * 2"))
    assert dead == []
    assert proof.passes is not None
    assert proof.fails is not None
    period = proof.passes.period
    closed, taken = (Decimal(proof.passes.figures[id_][period]) for id_ in ("cases_closed", "cases_taken"))
    assert closed <= taken * 2
    closed, taken = (Decimal(proof.fails.figures[id_][period]) for id_ in ("cases_closed", "cases_taken"))
    assert closed == taken * 2 + 1


@pytest.mark.parametrize(
    "rule",
    [
        Rule("r", "演示", "pledges", RuleOperator.EQUAL_TO, "prev(pledges) + 3.25", tolerance=Decimal("0.5")),
        Rule("r", "演示", "licence_share", AT_MOST, "target(licence_share)"),
        Rule("r", "演示", "talents", RuleOperator.NOT_EQUAL_TO, "7"),
        Rule("r", "演示", "net_change", RuleOperator.GREATER_THAN, "-3"),
        Rule("r", "演示", "talents", RuleOperator.COMPULSORY_PAIR, "licences"),
        Rule("r", "演示", "talents", RuleOperator.EXCLUSIVE_PAIR, "licences", missing=Missing.NEVER_SKIP),
        Rule("r", "演示", "talents", AT_MOST, "group_sum(talents, zones)", applies_to=("town-a",)),
        Rule("r", "演示", "satisfaction", AT_MOST, "same_period_last_year(satisfaction) * 1.1"),
    ],
)
def test_rules_of_every_kind_are_proved(rule: Rule) -> None:
    proof, dead = proof_of(rule)
    assert proof.proved
    assert dead == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule("r", "演示", "talents", RuleOperator.GREATER_THAN_OR_EQUAL_TO, "0"), "plan.rule_never_fails"),
        (Rule("r", "演示", "talents", RuleOperator.LESS_THAN, "-1"), "plan.rule_never_passes"),
        (Rule("r", "演示", "talents", AT_MOST, "3", applies_to=("court",)), "plan.rule_never_runs"),
        (Rule("r", "演示", "satisfaction", AT_MOST, "90", slots=("Q1",)), "plan.rule_never_runs"),
        (Rule("r", "演示", "talents", AT_MOST, "prev(talents)", slots=("Q1",)), "plan.rule_never_runs"),
    ],
)
def test_dead_rules_are_told(rule: Rule, code: str) -> None:
    proof, dead = proof_of(rule)
    assert not proof.proved
    assert dead == [code]
