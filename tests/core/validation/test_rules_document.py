"""docs/rules.md names every family, code, parameter with its default, operator and function."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.model.catalogue.family_messages import FAMILY_LABELS
from desktop.model.catalogue.validation_messages import MESSAGES
from desktop.model.decimals import canonical
from desktop.model.family import FAMILY_PARAMETERS, Family
from desktop.model.rule import Missing, RuleOperator
from desktop.validation.expressions import FUNCTIONS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules.md").read_text("utf-8")
ROWS = {
    cells[1].strip().strip("`"): cells
    for line in DOCUMENT.splitlines()
    if line.startswith("| `") and len(cells := line.replace("\\|", "¦").split("|")) == 11
}


def test_the_table_has_one_row_for_each_family_and_none_beside() -> None:
    assert set(ROWS) == {family.value for family in Family}


@pytest.mark.parametrize("family", Family)
def test_a_family_stands_with_its_name_parameters_and_a_source(family: Family) -> None:
    cells = [cell.strip() for cell in ROWS[family.value]]
    assert cells[3] == FAMILY_LABELS[family.value]
    for name, default in FAMILY_PARAMETERS.get(family, {}).items():
        assert f"`{name}` ({canonical(default)})" in cells[6]
    assert all(cells[1:-1])


def test_every_code_stands_in_the_document() -> None:
    assert [code for code in MESSAGES if f"`{code}`" not in DOCUMENT] == []


def test_what_the_plans_own_rules_are_made_of_stands_in_the_document() -> None:
    assert [operator for operator in RuleOperator if f"`{operator.value}`" not in DOCUMENT] == []
    assert [missing for missing in Missing if f"`{missing.value}`" not in DOCUMENT] == []
    assert [name for name in FUNCTIONS if f"`{name}(" not in DOCUMENT] == []
