"""Checking again after edits gives exactly what checking anew gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.definition import bundled_plan
from desktop.model.finding import Finding
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.submission import BLANK, NIL, Figure, ItemReport, ItemStatus, Section
from desktop.validation import CheckContext, Rechecker, check_section, engine
from desktop.validation.finding_maker import Maker
from tests.core.plans import small_plan

PERIOD = Period.parse("2024Q4")
SMALL = small_plan()
REAL = bundled_plan("binhai-ip-2022-2024")

figures = st.one_of(
    st.just(NIL),
    st.just(BLANK),
    st.sampled_from(["0", "3", "12.5", "-1", "90", "4000", "30000000"]).map(
        lambda text: Figure.number(Decimal(text))
    ),
)
reports = st.sampled_from(
    [ItemReport(), ItemReport(ItemStatus.DONE, 80), ItemReport(ItemStatus.UNDER_WAY, 100)]
)


def steps(
    elements: tuple[str, ...], items: tuple[int, ...]
) -> st.SearchStrategy[list[tuple[str | int, object]]]:
    one = st.one_of(st.tuples(st.sampled_from(elements), figures), st.tuples(st.sampled_from(items), reports))
    return st.lists(one, min_size=1, max_size=12)


def check_all(plan_name: str, unit: str, edits: list[tuple[str | int, object]]) -> None:
    plan = SMALL if plan_name == "small" else REAL
    form = form_for(plan, plan.unit(unit), PERIOD)
    before = Section(unit, PERIOD.previous, {row.element.id: Figure.number(Decimal(40)) for row in form.rows})
    rechecker, section = Rechecker(), Section(unit, PERIOD)
    for address, content in edits:
        if isinstance(content, ItemReport) and isinstance(address, int):
            section = replace(section, items={**section.items, address: content})
        elif isinstance(content, Figure) and isinstance(address, str):
            section = replace(section, figures={**section.figures, address: content})
        context = CheckContext(plan, form, section, previous=before)
        assert rechecker.check(context) == check_section(context)


@given(steps(tuple(e.id for e in SMALL.elements), (1, 2, 3)))
def test_after_each_edit_of_a_small_form_nothing_is_stale(edits: list[tuple[str | int, object]]) -> None:
    check_all("small", "bureau", edits)


@given(steps(tuple(e.id for e in REAL.elements), tuple(item.number for item in REAL.items[:5])))
def test_after_each_edit_of_the_largest_real_form_nothing_is_stale(
    edits: list[tuple[str | int, object]],
) -> None:
    check_all("real", "scjg", edits)


def test_other_surroundings_start_anew() -> None:
    form = form_for(SMALL, SMALL.unit("zone-a"), PERIOD)
    section = Section("zone-a", PERIOD, {"geo_products": Figure.number(Decimal(3))})
    rechecker = Rechecker()
    alone = CheckContext(SMALL, form, section)
    before = Section("zone-a", PERIOD.previous, {"geo_products": Figure.number(Decimal(4))})
    for context in (
        alone,
        replace(alone, previous=before),
        replace(alone, reference={"patents": Decimal(1)}),
    ):
        assert rechecker.check(context) == check_section(context)


def test_typing_one_figure_works_out_few_parts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    form = form_for(REAL, REAL.unit("scjg"), PERIOD)
    figures = {row.element.id: Figure.number(Decimal(40)) for row in form.due_rows}
    worked: list[str] = []

    def counted(make: Maker) -> Iterator[Finding]:
        worked.append(make.element.id)
        yield from ()

    monkeypatch.setattr(engine, "readable", counted)
    rechecker, section = Rechecker(), Section("scjg", PERIOD, figures)
    rechecker.check(CheckContext(REAL, form, section))
    assert worked == [row.element.id for row in form.due_rows]
    worked.clear()
    typed = {**figures, "patents_invention_valid": Figure.number(Decimal(41))}
    rechecker.check(CheckContext(REAL, form, replace(section, figures=typed)))
    parts = [e.id for e in REAL.elements if "patents_invention_valid" in e.subset_of]
    assert set(worked) == {"patents_invention_valid", *parts}
    worked.clear()
    rechecker.check(CheckContext(REAL, form, replace(section, figures=dict(typed))))
    assert worked == []
