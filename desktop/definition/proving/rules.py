"""Proof of life for the rules that a plan writes itself.

Figures are searched in a fixed order, the boundary of the comparison first; what is found was judged by the
engine itself and is confirmed by a check of the whole section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from desktop.definition.proving.proof import OWN_RULE, Proof, Record
from desktop.definition.proving.search import Searched, assignments
from desktop.definition.proving.stage import Stage, stages
from desktop.model.catalogue import RULE_CODE
from desktop.model.decimals import canonical
from desktop.model.plan import Plan
from desktop.validation import CompiledRule, Lookup, check_section, compiled_rules, judge_rule

_STAGES = 8
"""Units and periods that are tried for a rule."""


@dataclass(slots=True)
class _Found:
    """What was found so far for one rule."""

    passes: Record | None = None
    fails: Record | None = None
    runs: bool = False

    @property
    def done(self) -> bool:
        return self.passes is not None and self.fails is not None


def prove_rules(plan: Plan) -> tuple[Proof, ...]:
    """A proof for each of the plan's own rules that is sound and enabled, in the plan's order."""
    return tuple(_prove(plan, compiled) for compiled in compiled_rules(plan))


def _prove(plan: Plan, compiled: CompiledRule) -> Proof:
    found = _Found()
    for stage in islice(stages(plan, compiled), _STAGES):
        _search(stage, compiled, found)
        if found.done:
            break
    element = compiled.elements[0] if compiled.elements else ""
    return Proof(compiled.rule.id, OWN_RULE, element, found.passes, found.fails, found.runs)


def _search(stage: Stage, compiled: CompiledRule, found: _Found) -> None:
    searched = Searched()
    for values in assignments(stage, compiled.rule.tolerance, searched):
        context = stage.context(values)
        lookup = Lookup(context)
        judged = judge_rule(lookup, compiled)
        if judged is None:
            searched.difference = None
            continue
        found.runs = True
        searched.difference = judged.distance
        said = None if found.done else {finding.code for finding in check_section(context)}
        code = f"{RULE_CODE}{compiled.rule.id}"
        if judged.holds and found.passes is None and said is not None and code not in said:
            found.passes = _record(stage, lookup, compiled)
        elif not judged.holds and found.fails is None and said is not None and code in said:
            found.fails = _record(stage, lookup, compiled)
        if found.done:
            return


def _record(stage: Stage, lookup: Lookup, compiled: CompiledRule) -> Record:
    figures: dict[str, dict[str, str]] = {}
    for address, period, text in _spoken(lookup, compiled):
        figures.setdefault(address, {})[period] = text
    return Record(stage.form.unit.id, str(stage.form.period), figures)


def _spoken(lookup: Lookup, compiled: CompiledRule) -> Iterator[tuple[str, str, str]]:
    for leaf in compiled.leaves:
        for (address, period), said in lookup.of(leaf).spoken.items():
            yield address, str(period), canonical(said) if isinstance(said, Decimal) else ""
