"""Export → import → export: any plan comes back with its digest and the same bytes, whoever saved in between."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from desktop.config import DEFAULT_PLAN
from desktop.definition import bundled_plan, load_plan_folder
from desktop.definition.document import plan_to_document
from desktop.definition.workbook import plan_workbook, write_plan_folder
from desktop.definition.workbook.reading import plan_of_sheets
from desktop.definition.workbook.sheets import read_sheets
from desktop.model.catalogue import message
from desktop.model.plan import Plan
from tests.property.plans import Drawn, plans
from tests.soffice import convert

REAL = bundled_plan(DEFAULT_PLAN)


def _read(content: bytes) -> Plan:
    loaded = plan_of_sheets(read_sheets(content, "a.xlsx"))
    assert loaded.plan is not None, [message(finding) for finding in loaded.errors]
    defaults = [finding.code for finding in loaded.findings if finding.code.startswith("plan.default")]
    assert defaults == [], "an exported plan leaves nothing to be filled"
    return loaded.plan


def _resaved(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _differences(one: Plan, other: Plan) -> list[str]:
    """Where two plans differ, field by field and entry by entry."""
    found = []
    mine, yours = plan_to_document(one), plan_to_document(other)
    for key in sorted({*mine, *yours}):
        left, right = mine.get(key), yours.get(key)
        if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            found += [f"{key}: {a} / {b}" for a, b in zip(left, right, strict=True) if a != b]
        elif left != right:
            found.append(f"{key}: {left} / {right}")
    return found


@settings(max_examples=25)
@given(plans())
def test_any_plan_comes_back_the_same(drawn: Drawn) -> None:
    content = plan_workbook(drawn.plan)
    again = _read(content)
    assert _differences(drawn.plan, again) == []
    assert again.digest == drawn.plan.digest
    assert plan_workbook(again) == content


@settings(max_examples=8)
@given(plans())
def test_any_plan_survives_a_save_by_openpyxl(drawn: Drawn) -> None:
    assert _differences(drawn.plan, _read(_resaved(plan_workbook(drawn.plan)))) == []
