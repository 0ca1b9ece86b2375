"""Export → import → export: any plan comes back the same to the byte, whoever saved in between."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from desktop.config import DEFAULT_PLAN
from desktop.definition import bundled_plan, load_plan_folder
from desktop.definition.document import plan_digest, plan_to_document
from desktop.definition.workbook import plan_workbook, write_plan_folder
from desktop.definition.workbook.foreign_rows import rows_by_sheet
from desktop.definition.workbook.reading import plan_of_sheets
from desktop.exchange.parsing.foreign_sheets import foreign_sheets
from desktop.model.catalogue import message
from desktop.model.plan import Plan
from desktop.model.target import Place, Quotation
from tests.core.plans import with_changes
from tests.property.plans import BASE, Drawn, plans
from tests.soffice import convert

REAL = bundled_plan(DEFAULT_PLAN)


def _read(content: bytes) -> Plan:
    loaded = plan_of_sheets(rows_by_sheet(foreign_sheets(content, "a.xlsx")))
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


@pytest.fixture(scope="module")
def odd() -> Plan:
    """A plan with texts in every collection that spreadsheets like to change."""
    texts = (
        " 前后有空 ",
        "=1+1",
        "第一行\n第二行",
        "a|b、c；d，e=f",
        "_x0041_",
        "\t制表",
        "00123",
        "1.50",
        "'引号",
        "",
    )
    notes = iter(texts * 20)
    units = tuple(replace(unit, note=next(notes), aliases=(next(notes), "甲、乙")) for unit in BASE.units)
    elements = tuple(
        replace(one, definition=next(notes), note=next(notes), source=next(notes)) for one in BASE.elements
    )
    targets = tuple(
        replace(one, note=next(notes), quotations=(Quotation(f"{one.id}-q", Place(next(notes), "x")),))
        for one in BASE.targets
    )
    plan = with_changes(BASE, units=units, elements=elements, targets=targets)
    return replace(plan, digest=plan_digest(plan))


def test_plans_survive_a_save_by_libreoffice(tmp_path: Path, odd: Plan) -> None:
    files = {"real.xlsx": REAL, "odd.xlsx": odd}
    for name, plan in files.items():
        (tmp_path / name).write_bytes(plan_workbook(plan))
    for path in convert([tmp_path / name for name in files], tmp_path / "saved"):
        again = _read(path.read_bytes())
        assert _differences(files[path.name], again) == []
        assert plan_workbook(again) == (tmp_path / path.name).read_bytes()


def test_the_real_plan_comes_back_the_same_from_a_folder_too(tmp_path: Path) -> None:
    content = plan_workbook(REAL)
    write_plan_folder(_read(_resaved(content)), tmp_path / "plan")
    again = load_plan_folder(tmp_path / "plan").plan
    assert again is not None and again.digest == REAL.digest
    assert plan_workbook(again) == content
