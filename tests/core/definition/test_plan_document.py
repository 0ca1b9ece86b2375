"""A plan as a document: what a workspace stores gives the same plan back."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.config import DEFAULT_PLAN
from desktop.definition import bundled_plan, plan_digest, plan_from_document, plan_to_document, stored_plan
from desktop.model.canonical import canonical_text, digest
from desktop.model.plan import Plan

REAL = bundled_plan(DEFAULT_PLAN)
_TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1, max_size=20)
_FIGURES = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


def through_json(plan: Plan) -> Plan:
    return stored_plan(json.loads(canonical_text(plan_to_document(plan))), plan.digest)


def test_the_bundled_plan_survives_storing() -> None:
    again = through_json(REAL)
    assert again == REAL
    assert plan_from_document(json.loads(canonical_text(plan_to_document(REAL)))).plan == REAL


def test_order_survives_where_people_see_it() -> None:
    assert list(through_json(REAL).explanations.reasons.values())[-1] == "其他"


def test_the_digest_is_that_of_the_document() -> None:
    assert REAL.digest == plan_digest(REAL) == digest(plan_to_document(REAL))


def test_the_document_holds_no_float_and_no_digest() -> None:
    assert "digest" not in plan_to_document(REAL)
    canonical_text(plan_to_document(REAL))  # refuses floats


@given(name=_TEXT, low=_FIGURES, baseline=_FIGURES | st.none(), days=st.integers(0, 366))
def test_any_figures_and_texts_survive_storing(
    name: str, low: Decimal, baseline: Decimal | None, days: int
) -> None:
    element = dataclasses.replace(REAL.elements[0], definition=name, minimum=low)
    indicator = dataclasses.replace(REAL.indicators[0], baseline=baseline)
    changed = dataclasses.replace(
        REAL,
        elements=(element, *REAL.elements[1:]),
        indicators=(indicator, *REAL.indicators[1:]),
        deadlines={"street": days},
    )
    again = through_json(changed)
    assert plan_digest(again) == plan_digest(changed)
    assert again.elements[0].minimum == low
    assert again.indicators[0].baseline == baseline
    assert again.deadlines == {"street": days}


@given(low=_FIGURES)
def test_a_changed_figure_changes_the_digest(low: Decimal) -> None:
    element = REAL.elements[0]
    changed = dataclasses.replace(
        REAL, elements=(dataclasses.replace(element, minimum=low), *REAL.elements[1:])
    )
    assert (plan_digest(changed) == REAL.digest) == (low == element.minimum)


def test_writing_a_figure_otherwise_leaves_the_digest() -> None:
    target = REAL.targets[0]
    assert target.value == Decimal("0.8")
    rewritten = dataclasses.replace(target, value=Decimal("0.800"))
    assert plan_digest(dataclasses.replace(REAL, targets=(rewritten, *REAL.targets[1:]))) == REAL.digest


def test_a_stored_document_that_is_none_is_refused() -> None:
    whole = plan_to_document(REAL)
    strange = {**whole["elements"][0], "nature": "sideways"}
    for broken in ({"id": "x"}, {**whole, "unheard_of": 1}, {**whole, "elements": [strange]}):
        with pytest.raises(ValueError, match=r"missing|unheard_of|sideways"):
            stored_plan(broken, "sha256:0")


def test_parts_of_a_stored_document_are_read_when_they_are_asked_for() -> None:
    whole = plan_to_document(REAL)
    broken = {**whole, "targets": [{**whole["targets"][0], "due": "soon"}]}
    plan = stored_plan(broken, REAL.digest)
    assert plan.rules == REAL.rules
    with pytest.raises(ValueError, match="soon"):
        _ = plan.targets
