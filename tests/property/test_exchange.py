"""Random submissions, written and read back: the same content, or exactly the changed cell is named."""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.exchange import ContentState, read_submission, write_submission
from desktop.model.canonical import clean_text
from desktop.model.element import DataElement, ElementKind
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.submission import (
    BLANK,
    NIL,
    Answer,
    Coverage,
    Deduction,
    DeductionKind,
    Evidence,
    Explanation,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
    SignOff,
    Submission,
    SubmissionKind,
)
from tests.core.exchange.submissions import PLAN, cell, sheet, submission
from tests.soffice import convert

UNITS = ("zone-a", "zone-b", "street-a", "bureau", "court")
PERIODS = tuple(Period.parse(text) for text in ("2024Q3", "2024Q4", "2024"))
KEYS = ("a.b@pledges", "a.b@pledges@x", "c.d@item/1")
TRICKY = (
    "=1+1",
    "+2",
    "-3",
    "@x",
    "\tx",
    "_x0041_",
    "x005F_",
    "<r>a</r>",
    "#N/A",
    "'1",
    " a ",
    "=HYPERLINK(1)",
    "😀",
)

texts = (
    st.one_of(st.sampled_from(TRICKY), st.text(max_size=40), st.text("长", min_size=900, max_size=1000))
    .map(clean_text)
    .map(str.strip)
)
said = texts.filter(bool)
values = st.decimals(-(10**14), 10**14, places=2).map(lambda value: value.normalize() + 0) | st.integers(
    -(10**19), 10**19
).map(Decimal)
names = said.map(
    lambda text: text.replace("：", "").replace("\n", "").replace("\t", "").replace("\u3000", "").strip()
)


@st.composite
def deductions(draw: st.DrawFn) -> tuple[Deduction, ...]:
    """At most one of each kind and unit."""
    units = draw(st.lists(st.sampled_from(UNITS[:3]), unique=True, max_size=2))
    found = [Deduction(DeductionKind.OVERLAP, draw(values), unit) for unit in units]
    if draw(st.booleans()):
        found.insert(0, Deduction(DeductionKind.OUTSIDE, draw(values)))
    return tuple(found)


@st.composite
def figures(draw: st.DrawFn, element: DataElement) -> Figure:
    """Any figure of an element."""
    if element.kind is ElementKind.LIST:
        ids = [column.id for column in element.columns]
        row = st.dictionaries(st.sampled_from(ids), said, min_size=1)
        rows = tuple(draw(st.lists(row, min_size=1, max_size=3)))
        return Figure(FigureState.NUMBER, Decimal(len(rows)), rows=rows)
    base = draw(
        st.one_of(
            st.just(BLANK),
            st.just(NIL),
            values.map(Figure.number),
            said.map(lambda typed: Figure(FigureState.UNREADABLE, typed=typed)),
        )
    )
    parts = draw(deductions()) if draw(st.integers(0, 3)) == 0 else ()
    vintage = draw(st.sampled_from(("final", "preliminary")))
    return replace(base, answer=draw(st.sampled_from(Answer)), deductions=parts, vintage=vintage)


reports = st.builds(
    ItemReport,
    status=st.sampled_from(ItemStatus),
    percent=st.none() | st.integers(0, 100),
    narrative=texts,
    finished=st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
    evidence=st.lists(st.builds(Evidence, said, st.integers(0, 10**9), st.just("a" * 64)), max_size=2).map(
        tuple
    ),
)


@st.composite
def sections(draw: st.DrawFn, unit: str, period: Period) -> Section:
    """A section of a unit: any part of its form."""
    form = form_for(PLAN, PLAN.unit(unit), period)
    chosen = draw(st.lists(st.sampled_from([row.element for row in form.rows]), unique_by=lambda e: e.id))
    found = {element.id: draw(figures(element)) for element in chosen}
    numbers = [entry.item.number for entry in form.items]
    items = draw(st.dictionaries(st.sampled_from(numbers), reports)) if numbers else {}
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True))
    causes = st.sampled_from(("", *KEYS, "gone@pledges"))
    explained = tuple(
        Explanation(
            finding=key,
            reason=draw(st.sampled_from(("real", "other"))),
            text=draw(said),
            figures="sha256:1",
            forced=draw(st.booleans()),
            cause=draw(causes),
        )
        for key in sorted(keys)
    )
    return Section(
        unit,
        period,
        {code: figure for code, figure in found.items() if figure != BLANK},
        {number: report for number, report in items.items() if not report.blank},
        explained,
        Coverage(len(form.due_rows), draw(st.integers(0, len(form.due_rows)))),
    )


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    """A submission of one unit or of a zone with streets."""
    period = draw(st.sampled_from(PERIODS))
    units = draw(st.lists(st.sampled_from(UNITS), unique=True, min_size=1, max_size=3))
    return replace(
        submission(),
        unit=units[0],
        period=period,
        revision=draw(st.integers(1, 20)),
        sections=tuple(draw(sections(unit, period)) for unit in units),
        kind=draw(st.sampled_from(SubmissionKind)),
        sign_off=SignOff(draw(names), draw(names), draw(names), draw(st.none() | st.dates())),
        synthetic=draw(st.booleans()),
    )


slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@slow
@given(content=submissions())
@example(content=submission())
def test_written_and_read_is_the_same(content: Submission) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        write_submission(content, PLAN, path)
        reading = read_submission(path, [PLAN])
    assert reading.submission == content
    assert (reading.content, reading.edited_cells, reading.findings) == (ContentState.INTACT, (), ())


@slow
@given(content=submissions(), data=st.data(), value=st.integers(0, 10**9))
def test_one_changed_cell_is_named(content: Submission, data: st.DataObject, value: int) -> None:
    section = data.draw(st.sampled_from(content.sections))
    form = form_for(PLAN, PLAN.unit(section.unit), section.period)
    element = data.draw(st.sampled_from([row.element for row in form.due_rows]))
    if section.figure(element.id).value == value:
        value += 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        write_submission(content, PLAN, path)
        workbook = openpyxl.load_workbook(path)
        unit = section.unit if len(content.sections) > 1 else ""
        changed = cell(sheet(workbook), element.id, "本期", unit)
        changed.value = value
        workbook.save(path)
        reading = read_submission(path, [PLAN])
    assert reading.content is ContentState.EDITED
    assert [(c.element, c.unit, c.sheet, c.cell) for c in reading.edited_cells] == [
        (element.id, section.unit, "指标报表", changed.coordinate)
    ]
    assert reading.submission is not None
    for before, after in zip(content.sections, reading.submission.sections, strict=True):
        expected = dict(before.figures)
        if before.unit == section.unit:
            was = before.figure(element.id)
            expected[element.id] = replace(was, state=FigureState.NUMBER, value=Decimal(value), typed="")
        assert after.figures == expected
        assert replace(after, figures=before.figures) == before


@pytest.mark.soffice
@settings(max_examples=1, suppress_health_check=list(HealthCheck))
@given(contents=st.lists(submissions(), min_size=20, max_size=20))
def test_resaved_by_libreoffice_is_intact(contents: list[Submission]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{index}.xlsx" for index in range(len(contents))]
        for content, path in zip(contents, paths, strict=True):
            write_submission(content, PLAN, path)
        for content, path in zip(contents, convert(paths, Path(folder) / "out"), strict=True):
            reading = read_submission(path, [PLAN])
            assert reading.submission == content
            assert (reading.content, reading.edited_cells) == (ContentState.INTACT, ())
            assert reading.findings == ()
