"""Proof of life: every rule of a plan passes one record and fails another. Loading a plan doesn't run it."""

from __future__ import annotations

from desktop.definition.proving.dead import dead_rules
from desktop.definition.proving.families import prove_families
from desktop.definition.proving.proof import OWN_RULE, Proof, Record
from desktop.definition.proving.rules import prove_rules
from desktop.model.plan import Plan

__all__ = ["OWN_RULE", "Proof", "Record", "dead_rules", "prove", "prove_families", "prove_rules"]


def prove(plan: Plan) -> tuple[Proof, ...]:
    """A proof for each rule of a sound plan: its own ones, then the generated ones."""
    return (*prove_rules(plan), *prove_families(plan))
