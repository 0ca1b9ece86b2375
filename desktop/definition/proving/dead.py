"""Rules that could not be proved alive, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.definition.places import entry_of, plan_finding
from desktop.definition.proving.proof import Proof
from desktop.model.catalogue.family_messages import FAMILY_LABELS
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan


def dead_rules(plan: Plan, proofs: Iterable[Proof]) -> Iterator[Finding]:
    """A warning for each rule for which a record that passes, one that fails, or both were not found."""
    names = {rule.id: rule.name for rule in plan.rules}
    for proof in proofs:
        if proof.proved:
            continue
        where = entry_of("rules", proof.rule) if proof.own else entry_of("families", proof.family)
        name = names.get(proof.rule, "") if proof.own else _generated(plan, proof)
        yield plan_finding(_code(proof), Severity.WARNING, where, name=name)


def _code(proof: Proof) -> str:
    if not proof.runs or (proof.passes is None and proof.fails is None):
        return "plan.rule_never_runs"
    return "plan.rule_never_fails" if proof.fails is None else "plan.rule_never_passes"


def _generated(plan: Plan, proof: Proof) -> str:
    label = FAMILY_LABELS[proof.family]
    return f"{label}：{plan.element(proof.element).name}" if plan.has_element(proof.element) else label
