"""Whatever is filled into a template comes back as that, and nothing else."""

from __future__ import annotations

import io
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange.template.template_writer import template_bytes
from desktop.model.submission import BLANK, NIL, Answer, Figure
from tests.core.exchange.submissions import PLAN, cell, read, sheet
from tests.core.exchange.test_exchange_templates import KNOWN, ROUND, blank, section_of

WRITTEN = template_bytes(blank(), PLAN, KNOWN, ROUND)
NUMBERS = ("oversea", "geo_products", "pledges", "licences", "talents", "net_change")
ANSWERS = {"": Answer.NONE, "相符": Answer.CONFIRMED}


@st.composite
def _figures(draw: st.DrawFn) -> dict[str, Decimal | str | None]:
    """Element → what is typed: a number with its decimals, nil, or nothing."""
    typed: dict[str, Decimal | str | None] = {}
    for code in NUMBERS:
        element = PLAN.element(code)
        least = -(10**9) if element.negative else 0
        number = st.decimals(least, 10**9, places=element.decimals, allow_nan=False, allow_infinity=False)
        typed[code] = draw(st.none() | st.just("无此项业务") | number)
    return typed


@settings(max_examples=25, deadline=None)
@given(_figures(), st.sampled_from(sorted(ANSWERS)), st.text("演示说明，。1", max_size=20))
def test_what_is_filled_in_is_what_is_read(
    typed: dict[str, Decimal | str | None], answer: str, remark: str
) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(WRITTEN))
    page = sheet(workbook)
    for code, content in typed.items():
        cell(page, code, "本期").value = content
    cell(page, "patents", "核对").value = answer or None
    cell(page, "talents", "说明").value = remark or None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "填好.xlsx"
        workbook.save(path)
        section = section_of(read(path))
    for code, content in typed.items():
        meant = NIL if content == "无此项业务" else BLANK
        if isinstance(content, Decimal):
            meant = Figure.number(content)
        assert section.figure(code) == meant
    confirmed = ANSWERS[answer] is Answer.CONFIRMED
    assert section.figure("patents").value == (Decimal(1200) if confirmed else None)
    assert section.coverage.reported == sum(c is not None for c in typed.values()) + confirmed
    assert [e.text for e in section.explanations] == ([remark] if remark else [])
