"""Every generated rule of a plan passes one record and fails another, by running the rule itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.definition import bundled_plan
from desktop.definition.proving import Proof, Record
from desktop.definition.proving.families import prove_families
from desktop.model.element import Nature
from desktop.model.family import Family, FamilySetting
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Figure, Section
from desktop.validation import CheckContext, check_section
from tests.core.plans import element, small_plan, with_changes

PLANS = {
    "small": small_plan(),
    "binhai": bundled_plan("binhai-ip-2022-2024"),
    "eco": bundled_plan("demo-eco-2024-2026"),
}


@pytest.mark.parametrize("name", PLANS)
def test_every_generated_rule_of_the_plans_is_alive(name: str) -> None:
    proofs = prove_families(PLANS[name])
    assert [proof.rule for proof in proofs if not proof.proved] == []
    assert len({proof.rule for proof in proofs}) == len(proofs)
    assert all(proof.runs for proof in proofs)


def test_every_family_is_proved_in_the_real_plan() -> None:
    assert {proof.family for proof in prove_families(PLANS["binhai"])} == {family.value for family in Family}


def of(plan: Plan, family: Family) -> dict[str, Proof]:
    return {p.rule.partition(":")[2]: p for p in prove_families(plan) if p.family == family.value}


def test_a_proof_names_the_rule_and_where_it_stands() -> None:
    proofs = of(PLANS["small"], Family.SUBSET)
    assert set(proofs) == {"inventions:patents", "high_value:inventions"}
    assert proofs["high_value:inventions"].element == "high_value"


def test_what_is_switched_off_has_no_rule_to_prove() -> None:
    off = FamilySetting(Family.JUMP, enabled=False)
    fewer = FamilySetting(Family.OUTLIER, except_for=("patents",))
    plan = with_changes(PLANS["small"], families=(off, fewer))
    assert of(plan, Family.JUMP) == {}
    assert set(of(PLANS["small"], Family.OUTLIER)) - set(of(plan, Family.OUTLIER)) == {"patents"}


def test_a_part_that_nobody_reports_beside_its_whole_is_dead() -> None:
    parted = tuple(
        replace(e, subset_of=("population",)) if e.id == "licences" else e for e in PLANS["small"].elements
    )
    proof = of(with_changes(PLANS["small"], elements=parted), Family.SUBSET)["licences:population"]
    assert not proof.proved
    assert not proof.runs
    assert (proof.passes, proof.fails) == (None, None)


@pytest.mark.parametrize(
    "parameters",
    [
        {"percent": "100000", "minimum_change": "1000000"},
        {"percent": "1", "minimum_change": "0"},
        {"percent": "33.33"},
    ],
)
def test_proofs_follow_the_parameters(parameters: dict[str, str]) -> None:
    setting = FamilySetting(
        Family.JUMP, parameters={name: Decimal(value) for name, value in parameters.items()}
    )
    proofs = of(with_changes(PLANS["small"], families=(setting,)), Family.JUMP)
    assert proofs
    assert all(proof.proved for proof in proofs.values())


def rerun(plan: Plan, record: Record) -> set[tuple[str, str]]:
    """The findings of a record, taken from what it says and nothing else."""
    by_period: dict[str, dict[str, Figure]] = {}
    for address, said in record.figures.items():
        for period, text in said.items():
            by_period.setdefault(period, {})[address] = Figure.number(Decimal(text))
    sections = {p: Section(record.unit, Period.parse(p), figures) for p, figures in by_period.items()}
    now = Period.parse(record.period)
    context = CheckContext(
        plan,
        form_for(plan, plan.unit(record.unit), now),
        sections[record.period],
        history=tuple(section for period, section in sections.items() if period != record.period),
        same_last_year=sections.get(str(now.same_last_year)),
    )
    return {(finding.code, finding.address) for finding in check_section(context)}


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        (Family.UNIT_SLIP, {"value.unit_slip"}),
        (Family.FALL, {"flow.fell", "stock.fell"}),
        (Family.OUTLIER, {"value.outlier", "value.outlier_added"}),
        (Family.JUMP, {"value.jump"}),
        (Family.SIGN, {"value.negative"}),
        (Family.RANGE, {"range.above", "range.below"}),
        (Family.SUBSET, {"subset.exceeds"}),
    ],
)
def test_a_records_text_is_enough_to_see_the_rule_pass_and_fail(family: Family, codes: set[str]) -> None:
    """With the families that could stand before it switched off, a whole check says the same."""
    before = (Family.UNIT_SLIP, Family.FALL, Family.OUTLIER, Family.JUMP)
    others = tuple(FamilySetting(f, enabled=False) for f in before if f is not family)
    plan = with_changes(
        PLANS["small"],
        families=others,
        elements=(*PLANS["small"].elements, element("monthly", Nature.FLOW, due=("Q2", "Q4"))),
    )
    for about, proof in of(plan, family).items():
        assert proof.passes is not None, about
        assert proof.fails is not None, about
        mine = {(code, proof.element) for code in codes}
        assert not mine & rerun(plan, proof.passes), about
        assert mine & rerun(plan, proof.fails), about
