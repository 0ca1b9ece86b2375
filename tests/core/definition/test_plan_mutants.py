"""Broken plans: a few hundred mutants of the real plan's workbook, each told at the cell that was broken."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.config import DEFAULT_PLAN
from desktop.definition import bundled_plan
from desktop.definition.workbook import plan_workbook
from desktop.definition.workbook.foreign_rows import rows_by_sheet
from desktop.definition.workbook.reading import plan_of_sheets
from desktop.exchange.parsing.foreign_sheets import foreign_sheets
from desktop.model.catalogue import message
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.rule import Rule, RuleOperator
from tests.core.definition.plan_mutants import Mutant, all_mutants


def _whole_plan() -> Plan:
    """The real plan with a rule, a mapping and a known figure, so that every sheet has entries."""
    text = "审结{left}件，受理{right}件，相差{difference}件"
    first = Rule(
        "r1",
        "审结不多于受理",
        "court_cases_closed",
        RuleOperator.LESS_THAN_OR_EQUAL_TO,
        "court_cases_accepted",
        text,
    )
    figure = ReferenceFigure("population", "binhai", Decimal("206.73"), datetime.date(2021, 12, 31))
    row = MappingRow("0", Mapped.ELEMENT, "old_talents", ("talents",))
    plan = bundled_plan(DEFAULT_PLAN)
    rules = (first, replace(first, id="r2", enabled=False))
    return replace(plan, rules=rules, mapping=(row,), references=(*plan.references, figure))


SHEETS = rows_by_sheet(foreign_sheets(plan_workbook(_whole_plan()), "方案.xlsx"))
MUTANTS = all_mutants(SHEETS)
SOUND = {(finding.code, finding.address) for finding in plan_of_sheets(SHEETS).findings}


def test_the_whole_plan_is_sound() -> None:
    assert plan_of_sheets(SHEETS).errors == ()


def test_there_are_more_than_a_hundred_mutants_of_different_kinds() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 100
    assert {mutant.address.partition("!")[0] for mutant in MUTANTS} >= set(SHEETS) - {"填写说明"}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_told_where_it_was_broken(mutant: Mutant) -> None:
    book = {sheet: list(rows) for sheet, rows in SHEETS.items()}
    mutant.change(book)
    loaded = plan_of_sheets(book)
    told = [finding for finding in loaded.findings if (finding.code, finding.address) not in SOUND]
    here = [finding for finding in told if mutant.told_at(finding.address)]
    assert here, [(finding.address, message(finding)) for finding in told]
    assert all(message(finding) for finding in here)
