"""True submissions damaged at random: every one ends as a verdict, and no wrong figure is taken."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.exchange import ContentState, FileReading, read_submission
from tests.core.exchange.hostile.building import SHEET, honest, packed, parts_of
from tests.core.exchange.submissions import PLAN, submission

CONTENT = honest()
PARTS = parts_of(CONTENT)
NUMBERS = (
    b"",
    b"0",
    b"-1",
    b"1e400",
    b"NaN",
    b"0x1",
    "１２".encode(),
    b"1" * 400,
    b"<v>",
    b"&#65;",
    b'"',
    b"t=",
)


def read(content: bytes) -> FileReading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        path.write_bytes(content)
        reading = read_submission(path, [PLAN])
        assert [file.name for file in Path(folder).iterdir()] == ["x.xlsx"]
    return reading


def judge(reading: FileReading) -> None:
    """What isn't named as changed is as it was written; what is refused says what to do."""
    if reading.content is ContentState.REFUSED:
        assert reading.refusal is not None
        assert "请" in reading.refusal.message
        return
    assert reading.submission is not None
    changed = {(cell.unit, cell.element) for cell in reading.edited_cells}
    if reading.content is ContentState.NO_MANIFEST:
        return  # nothing says what should be there: the cells are all there is
    for before, after in zip(submission().sections, reading.submission.sections, strict=True):
        for element in {*before.figures, *after.figures}:
            if (before.unit, element) not in changed:
                assert after.figure(element) == before.figure(element)


slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@slow
@given(place=st.integers(0, len(CONTENT) - 1), bit=st.integers(0, 7))
def test_one_flipped_bit(place: int, bit: int) -> None:
    changed = bytearray(CONTENT)
    changed[place] ^= 1 << bit
    judge(read(bytes(changed)))


@slow
@given(start=st.integers(0, len(CONTENT)), end=st.integers(0, len(CONTENT)), more=st.binary(max_size=40))
def test_a_cut_or_filled_piece(start: int, end: int, more: bytes) -> None:
    first, last = sorted((start, end))
    judge(read(CONTENT[:first] + more + CONTENT[last:]))


@slow
@given(data=st.data())
def test_a_changed_part_in_a_sound_zip(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(PARTS)) | st.just(SHEET))
    part = PARTS[name]
    start = data.draw(st.integers(0, len(part)))
    end = min(len(part), start + data.draw(st.integers(0, 30)))
    more = data.draw(st.sampled_from(NUMBERS) | st.binary(max_size=20))
    judge(read(packed({**PARTS, name: part[:start] + more + part[end:]})))


@slow
@given(gone=st.sets(st.sampled_from(sorted(PARTS)), min_size=1, max_size=4))
def test_missing_parts(gone: set[str]) -> None:
    judge(read(packed({name: part for name, part in PARTS.items() if name not in gone})))


@slow
@given(names=st.permutations(sorted(PARTS)))
def test_parts_in_another_order_are_the_same_file(names: list[str]) -> None:
    assert read(packed({name: PARTS[name] for name in names})).content is ContentState.INTACT
