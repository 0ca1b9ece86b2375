"""Hostile files: no crash, no hang, no memory, nothing written, no wrong figure; each has its verdict."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.exchange import ContentState, FileReader, FileReading, WorkerLimits
from tests.core.exchange.hostile.building import honest
from tests.core.exchange.hostile.cases import CASES
from tests.core.exchange.hostile.laden import LADEN
from tests.core.exchange.submissions import PLAN, submission

LIMITS = WorkerLimits(seconds=20, memory=1 << 30)


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader([PLAN], LIMITS) as made:
        yield made


def judge(reading: FileReading) -> None:
    """A figure is as its unit wrote it, or it is named as changed, or nothing of the file is taken."""
    if reading.content is ContentState.REFUSED:
        assert reading.refusal is not None
        assert "请" in reading.refusal.message
        return
    assert reading.submission is not None
    true = submission().sections[0].figures
    changed = {cell.element for cell in reading.edited_cells}
    for section in reading.submission.sections:
        for element in {*true, *section.figures}:
            if element not in changed:
                assert section.figure(element) == true[element]


@pytest.mark.parametrize("name", CASES)
def test_each_hostile_file_ends_as_a_verdict(name: str, tmp_path: Path, reader: FileReader) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(CASES[name]())
    begin = time.monotonic()
    reading = reader.read(path)
    assert time.monotonic() - begin < LIMITS.seconds + 5
    assert reading is not None
    assert reading.reason != "exchange.too_slow"
    judge(reading)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", LADEN)
def test_masses_beside_the_cells_change_nothing_and_take_no_time(
    name: str, tmp_path: Path, reader: FileReader
) -> None:
    """They are no refusal's worth where they are no cells; the worker isn't late with any of them."""
    path = tmp_path / "坏.xlsx"
    path.write_bytes(LADEN[name]())
    assert path.stat().st_size < 2 << 20
    reading = reader.read(path)
    assert reading is not None
    assert reading.reason in ("", "exchange.too_many_texts")
    judge(reading)


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("a number in white space", "1,200"),
        ("a minus zero", "0"),
        ("an error", "#REF!"),
    ],
)
def test_an_odd_number_is_seen_as_it_is(name: str, now: str, tmp_path: Path, reader: FileReader) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(CASES[name]())
    reading = reader.read(path)
    assert reading is not None
    if reading.edited_cells:
        assert [(cell.element, cell.now) for cell in reading.edited_cells] == [("patents", now)]
    else:
        assert reading.submission is not None
        assert reading.submission.sections[0].figure("patents").value == Decimal(1200)


def test_the_set_is_built_on_a_file_that_is_taken(tmp_path: Path, reader: FileReader) -> None:
    path = tmp_path / "好.xlsx"
    path.write_bytes(honest())
    reading = reader.read(path)
    assert reading is not None
    assert reading.content is ContentState.INTACT
