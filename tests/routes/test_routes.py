"""Random submissions over every way: content identical, states right, one changed figure named.

`make test-long` takes a thousand over each way and writes what came of them into docs/routes.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from desktop.exchange import ContentState, FileReading, SignatureState, read_submission, write_submission
from desktop.exchange.signing.signatures import SigningKey
from desktop.exchange.signing.trust import Trusted
from desktop.model.element import ElementKind
from desktop.model.form import form_for
from desktop.model.roster import Roster, RosterEntry
from desktop.model.submission import FigureState, Submission
from tests.core.exchange.submissions import PLAN, cell, sheet
from tests.property.test_exchange import submissions
from tests.routes.tally import LONG, Outcome, Tally
from tests.routes.ways import WAYS

COUNT = 1000 if LONG else 20
AT_ONCE = 50
KEY = SigningKey.make()
TODAY = datetime.date(2025, 1, 15)


def random_submissions(count: int) -> list[Submission]:
    """The same ones each time."""
    found: list[Submission] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(content=submissions())
    def gather(content: Submission) -> None:
        found.append(content)

    gather()
    return found


def batches(contents: Sequence[Submission]) -> list[tuple[int, Sequence[Submission]]]:
    return [(start, contents[start : start + AT_ONCE]) for start in range(0, len(contents), AT_ONCE)]


def written(contents: Sequence[Submission], folder: Path) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{number}.xlsx" for number in range(len(contents))]
    for content, path in zip(contents, paths, strict=True):
        write_submission(content, PLAN, path, key=KEY)
    return paths


def read(path: Path, content: Submission) -> FileReading:
    roster = Roster((RosterEntry(content.unit, KEY.public, confirmed=True),))
    return read_submission(path, [PLAN], Trusted(roster, TODAY))


def change(path: Path, content: Submission, number: int) -> tuple[str, str]:
    """Put another figure into one cell; gives unit and element."""
    section = content.sections[number % len(content.sections)]
    rows = form_for(PLAN, PLAN.unit(section.unit), section.period).due_rows
    elements = [row.element for row in rows if row.element.kind is ElementKind.NUMBER]
    element = elements[number % len(elements)]
    value = number + 1 if section.figure(element.id).value != number + 1 else number
    book = openpyxl.load_workbook(path)
    unit = section.unit if len(content.sections) > 1 or section.unit != content.unit else ""
    cell(sheet(book), element.id, "本期", unit).value = value
    book.save(path)
    return section.unit, element.id


def untouched_outcome(reading: FileReading, content: Submission, way: str) -> tuple[Outcome, object]:
    """What became of a file that nobody changed."""
    said = {finding.code for finding in reading.findings}
    if reading.submission != content and not reading.edited_cells:
        return Outcome.LOST, reading.reason or reading.submission
    if reading.edited_cells or not said <= ({"exchange.extra_sheet"} if way == "by hand" else set()):
        return Outcome.FALSE_ALARM, (reading.edited_cells, said)
    states = (reading.content, reading.signature, reading.sealed)
    if states != (ContentState.INTACT, SignatureState.VALID, way == "untouched"):
        return Outcome.WRONG_STATE, states
    return Outcome.RIGHT, ""


def changed_outcome(
    reading: FileReading, content: Submission, place: tuple[str, str]
) -> tuple[Outcome, object]:
    """What became of a file with another figure at `place`."""
    if reading.submission is None:
        return Outcome.LOST, reading.reason
    if reading.content is not ContentState.EDITED:
        return Outcome.WRONG_STATE, reading.content
    named = {(edited.unit, edited.element) for edited in reading.edited_cells}
    if named != {place}:
        return Outcome.FALSE_ALARM if named > {place} else Outcome.LOST, (place, named)
    for before, after in zip(content.sections, reading.submission.sections, strict=True):
        for id_ in {*before.figures, *after.figures}:
            was, now = before.figure(id_), after.figure(id_)
            if (before.unit, id_) != place and was != now:
                return Outcome.LOST, (before.unit, id_, was, now)
            if (before.unit, id_) == place and (
                now.state is not FigureState.NUMBER or now.value == was.value
            ):
                return Outcome.LOST, (before.unit, id_, was, now)
    return Outcome.RIGHT, ""


@pytest.mark.soffice
@pytest.mark.parametrize("name", WAYS)
def test_content_comes_through(name: str, tmp_path: Path) -> None:
    tally = Tally(name, changed=False)
    for start, contents in batches(random_submissions(COUNT)):
        files = written(contents, tmp_path / f"written{start}")
        came = WAYS[name](files, tmp_path / f"came{start}")
        for at, (content, path) in enumerate(zip(contents, came, strict=True), start):
            tally.add(at, *untouched_outcome(read(path, content), content, name))
        tally.keep()
    assert not tally.faults


@pytest.mark.soffice
@pytest.mark.parametrize("name", WAYS)
def test_one_changed_figure_is_named(name: str, tmp_path: Path) -> None:
    tally = Tally(name, changed=True)
    for start, contents in batches(random_submissions(COUNT)):
        files = written(contents, tmp_path / f"written{start}")
        changed = [
            change(file, content, start + n)
            for n, (file, content) in enumerate(zip(files, contents, strict=True))
        ]
        came = WAYS[name](files, tmp_path / f"came{start}")
        for at, (content, path, place) in enumerate(zip(contents, came, changed, strict=True), start):
            tally.add(at, *changed_outcome(read(path, content), content, place))
        tally.keep()
    assert not tally.faults
