"""docs/format.md says what the program does: its worked example is computed here."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path

import openpyxl

from desktop.exchange import ContentState
from desktop.exchange.format.layout import STATUS_LABELS, Sheet
from desktop.model.canonical import canonical_text, short_digest
from desktop.model.content import section_body, submission_digest, submission_from_json, submission_to_json
from desktop.model.submission import NIL, Figure
from tests.core.exchange.submissions import STREET, cell, read, sheet, written

DOCUMENT = (Path(__file__).parents[3] / "docs" / "format.md").read_text(encoding="utf-8")
CONTENT, SECTION = re.findall(r"```json\n(.*?)\n```", DOCUMENT)


def test_the_example_is_canonical_and_has_the_stated_digests() -> None:
    found = submission_from_json(json.loads(CONTENT))
    assert canonical_text(submission_to_json(found)) == CONTENT
    assert canonical_text(section_body(found.sections[0])) == SECTION
    assert "sha256:" + hashlib.sha256(SECTION.encode()).hexdigest() in CONTENT
    assert submission_digest(found) in DOCUMENT
    assert short_digest(submission_digest(found)) in DOCUMENT


def test_the_example_can_be_written_and_read(tmp_path: Path) -> None:
    found = submission_from_json(json.loads(CONTENT))
    path = written(tmp_path, found)
    reading = read(path)
    assert (reading.content, reading.submission) == (ContentState.INTACT, found)
    assert found.sections[0].figures == {"licences": NIL, "pledges": Figure.number(Decimal("0.5"))}
    page = sheet(openpyxl.load_workbook(path))
    assert (found.unit, cell(page, "pledges", "本期").value) == (STREET, 0.5)
    assert cell(page, "licences", "本期").value == "无此项业务"


def test_the_manifest_has_the_rows_that_are_described(tmp_path: Path) -> None:
    page = sheet(openpyxl.load_workbook(written(tmp_path)), "_zhibao")
    assert page.sheet_state == "veryHidden"
    names = [str(row[0].value) for row in page.iter_rows() if not str(row[0].value).startswith("content/")]
    assert all(f"`{name}`" in DOCUMENT for name in names)


def test_every_sheet_and_status_is_described() -> None:
    wanted = (*Sheet, *STATUS_LABELS.values(), *(f"`{status.value}`" for status in STATUS_LABELS))
    assert not [word for word in wanted if word not in DOCUMENT]
