"""Every total of the merged workbook equals the exact sum: as stored, and as LibreOffice computes it anew."""

from __future__ import annotations

import random
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook

from desktop.consolidation import consolidate
from desktop.definition import bundled_plan
from desktop.model.element import DataElement
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import NIL, Deduction, DeductionKind, Figure, FigureState, Section
from desktop.report import MergedWorkbook
from tests.core.consolidation.sections import Q4
from tests.core.plans import small_plan
from tests.core.report.workbooks import by, element_totals, exact, merged, rows, written
from tests.soffice import convert

PLAN = small_plan()
TERRITORIAL = ("zone-a", "zone-b", "street-a", "street-b", "town-a")
DEPARTMENTS = ("bureau", "statistics", "court")
ELEMENTS = tuple(e for e in PLAN.elements if e.is_due(Q4.slot))
LARGEST = 10**11
WRONG = "987654321"

Sections = Mapping[str, Section]


def owed(unit: str) -> list[DataElement]:
    """The elements a unit brings."""
    return [e for e in ELEMENTS if PLAN.mode(e, PLAN.unit(unit)).value != "none"]


@st.composite
def figures(draw: st.DrawFn, element: DataElement) -> Figure:
    """A number with the element's decimals, sometimes with a deduction, or nil."""
    if draw(st.integers(0, 9)) == 0:
        return NIL
    value = Decimal(draw(st.integers(0, LARGEST))).scaleb(-element.decimals)
    taken = draw(
        st.one_of(st.just(Decimal(0)), st.just((value / 3).quantize(Decimal(1).scaleb(-element.decimals))))
    )
    deductions = (Deduction(DeductionKind.OUTSIDE, taken),) if taken else ()
    return Figure(FigureState.NUMBER, value, deductions=deductions)


@st.composite
def sections(draw: st.DrawFn, period: Period = Q4) -> dict[str, Section]:
    """Sections of any subset of units, each with any subset of its elements."""
    found = {}
    for unit in draw(st.sets(st.sampled_from(TERRITORIAL + DEPARTMENTS))):
        chosen = draw(st.sets(st.sampled_from(owed(unit))))
        found[unit] = Section(unit, period, {e.id: draw(figures(e)) for e in chosen})
    return found


def slow_sum(given_sections: Sections, units: Iterable[str], element: str) -> Fraction | None:
    """The sum as anyone would write it down, in fractions; None if nobody said anything."""
    found = []
    for unit in units:
        figure = given_sections[unit].figures.get(element) if unit in given_sections else None
        if figure is not None:
            taken = sum((Fraction(d.value) for d in figure.deductions), Fraction(0))
            found.append(Fraction(figure.value or 0) - taken)
    return sum(found, Fraction(0)) if found else None


def assert_totals(book: Workbook, given_sections: Sections, name: str = "") -> None:
    """Every element's two totals, the indicators made of them, and the differences."""
    result = consolidate(PLAN, Q4, {Q4: given_sections})
    shown = element_totals(book, result)
    for element in ELEMENTS:
        mine = [unit for unit in TERRITORIAL if element in owed(unit)]
        owners = [unit for unit in DEPARTMENTS if element in owed(unit)]
        assert shown[element.id] == (
            slow_sum(given_sections, mine, element.id),
            slow_sum(given_sections, owners, element.id),
        ), f"{name} {element.id}"
    pledged = by(rows(book["汇总"], "指标"), "指标", "质押融资登记金额")
    wanted = slow_sum(given_sections, TERRITORIAL, "pledges")
    assert exact(pledged["本期（汇总数）"], 6) == (None if wanted is None else wanted / 10000)
    for row in rows(book["差异核对"], "数据项"):
        if row["差异（单位合计−部门数）"] not in (None, "—"):
            element = next(e for e in ELEMENTS if e.name == row["数据项"])
            difference = exact(row["差异（单位合计−部门数）"], element.decimals)
            units, owner = (slow_sum(given_sections, who, element.id) for who in (TERRITORIAL, DEPARTMENTS))
            assert units is not None
            assert owner is not None
            assert difference == units - owner


@settings(max_examples=15)
@given(sections())
def test_stored_totals_are_the_exact_sums(found: dict[str, Section]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_totals(written(merged(PLAN, Q4, {Q4: found}), Path(folder) / "m.xlsx"), found)


@pytest.mark.soffice
@pytest.mark.slow
def test_recalculated_totals_are_the_exact_sums(tmp_path: Path) -> None:
    """Every stored result is made wrong first: only a real calculation can put it right."""
    examples = {f"m{seed}": random_sections(seed) for seed in range(30)}
    for name, found in examples.items():
        written(merged(PLAN, Q4, {Q4: found}), tmp_path / f"{name}.xlsx")
        plant_wrong_results(tmp_path / f"{name}.xlsx")
    paths = [tmp_path / f"{name}.xlsx" for name in examples]
    untouched = load_workbook(paths[0], data_only=True)
    assert any(cell.value == int(WRONG) for row in untouched["汇总"].iter_rows() for cell in row)
    made = convert(paths, tmp_path / "out", recalc=True)
    for path, (name, found) in zip(made, examples.items(), strict=True):
        assert_totals(load_workbook(path, data_only=True), found, name)


@pytest.mark.soffice
@pytest.mark.slow
def test_a_recalculated_ratio_is_the_quotient_of_the_sums(tmp_path: Path) -> None:
    found = random_sections(7, share=1)
    path = tmp_path / "m.xlsx"
    written(merged(PLAN, Q4, {Q4: found}), path)
    plant_wrong_results(path)
    [made] = convert([path], tmp_path / "out", recalc=True)
    summary = rows(load_workbook(made, data_only=True)["汇总"], "指标")
    for result in consolidate(PLAN, Q4, {Q4: found}).indicators:
        shown = by(
            summary, "指标", result.indicator.name + ("（国家指标）" if result.indicator.national else "")
        )
        if result.indicator.is_ratio:
            assert result.main.value is not None
            assert shown["本期（汇总数）"] == pytest.approx(float(result.main.value), rel=1e-14)


@pytest.mark.soffice
@pytest.mark.slow
def test_every_formula_over_the_bundled_plans_computes_what_is_stored(tmp_path: Path) -> None:
    rounds = {"binhai-ip-2022-2024": (Q4, 150), "demo-eco-2024-2026": (Period.parse("2026M09"), 60)}
    paths = [tmp_path / f"{id_}.xlsx" for id_ in rounds]
    stored = [
        written(full_round(bundled_plan(id_), period), path)
        for (id_, (period, _)), path in zip(rounds.items(), paths, strict=True)
    ]
    formulas = [load_workbook(path) for path in paths]
    for path in paths:
        plant_wrong_results(path)
    made = convert(paths, tmp_path / "out", recalc=True)
    for path, before, shown, (_, least) in zip(made, stored, formulas, rounds.values(), strict=True):
        computed = load_workbook(path, data_only=True)
        cells = [(cell.parent.title, cell.coordinate) for cell in all_cells(shown) if cell.data_type == "f"]
        assert len(cells) > least
        for sheet, place in cells:
            was, now = before[sheet][place].value, computed[sheet][place].value
            assert now == pytest.approx(was, rel=1e-13, abs=1e-13), f"{path.stem} {sheet}!{place}"


def full_round(plan: Plan, period: Period) -> MergedWorkbook:
    """Every unit's form filled with random figures."""
    dice = random.Random(2024)
    found = {}
    for unit in plan.units:
        figures_ = {
            row.element.id: Figure.number(Decimal(dice.randint(1, 10**7)).scaleb(-row.element.decimals))
            for row in form_for(plan, unit, period).due_rows
        }
        found[unit.id] = Section(unit.id, period, figures_)
    return merged(plan, period, {period: found})


def all_cells(book: Workbook) -> Iterator[Cell | MergedCell]:
    """Every cell of every sheet."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from row


@given(sections(), sections(Q4.same_last_year))
def test_growth_compares_the_same_units_in_both_periods(
    now: dict[str, Section], then: dict[str, Section]
) -> None:
    growth = consolidate(PLAN, Q4, {Q4: now, Q4.same_last_year: then}).indicator("pledged").growth
    common = [
        u for u in TERRITORIAL if all(u in found and "pledges" in found[u].figures for found in (now, then))
    ]
    if growth is None:
        assert not common
        return
    assert sorted(growth.units) == sorted(common)
    new, old = (slow_sum(found, common, "pledges") for found in (now, then))
    if new is None or old is None:
        assert (growth.rate, growth.difference) == (None, None)
    elif old <= 0:
        assert growth.rate is None
        assert growth.difference == new - old
    else:
        assert growth.rate is not None
        assert abs(Fraction(growth.rate) - (new - old) / old * 100) < Fraction(1, 10**30)


@given(sections())
def test_coverage_names_exactly_those_who_said_nothing(found: dict[str, Section]) -> None:
    result = consolidate(PLAN, Q4, {Q4: found})
    for element in ELEMENTS:
        mine = {unit for unit in TERRITORIAL if element in owed(unit)}
        said = {unit for unit in mine if unit in found and element.id in found[unit].figures}
        coverage = result.elements[element.id].coverage
        assert (set(coverage.due), set(coverage.reported), set(coverage.missing)) == (mine, said, mine - said)


@given(sections())
def test_a_ratio_over_the_district_exists_only_with_everyone_s_numerator(found: dict[str, Section]) -> None:
    result = consolidate(PLAN, Q4, {Q4: found}).indicator("high_value_rate")
    [check] = result.checks
    everyone = all(unit in found and "high_value" in found[unit].figures for unit in TERRITORIAL)
    population = found["statistics"].figures.get("population") if "statistics" in found else None
    below = Decimal(200) if population is None else population.amount
    assert below is not None
    if not everyone or below == 0:
        assert check.value.value is None
    else:
        above = slow_sum(found, TERRITORIAL, "high_value")
        assert check.value.value is not None
        assert above is not None
        assert abs(Fraction(check.value.value) - above / Fraction(below)) < Fraction(1, 10**30)


def random_sections(seed: int, share: float = 0.7) -> dict[str, Section]:
    """Sections of a random part of the units with a random part of their figures."""
    dice = random.Random(seed)
    found = {}
    for unit in TERRITORIAL + DEPARTMENTS:
        if dice.random() <= share:
            made = {
                e.id: Figure.number(Decimal(dice.randint(1, LARGEST)).scaleb(-e.decimals))
                for e in owed(unit)
                if dice.random() <= share
            }
            found[unit] = Section(unit, Q4, made)
    return found


def plant_wrong_results(path: Path) -> None:
    """Put a wrong result beside every formula."""
    planted = path.with_suffix(".planted")
    count = 0
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(planted, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                pattern = rb"(<f>[^<]*</f>)<v>[^<]*</v>"
                content, changed = re.subn(pattern, rb"\g<1><v>" + WRONG.encode() + b"</v>", content)
                count += changed
            target.writestr(entry, content)
    assert count > 0
    planted.replace(path)
