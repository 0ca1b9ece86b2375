"""Street → zone → district → city on the same code equals merging all streets directly, figure by figure."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.consolidation import ElementTotal
from desktop.definition import plan_digest
from desktop.exchange import read_submission
from desktop.exchange.signing.signatures import section_verifies
from desktop.model.element import Mode
from desktop.model.plan import KindOfUnit, Plan
from desktop.model.unit import Unit
from desktop.workspace import Workspace
from tests.core.plans import small_plan, with_changes
from tests.core.workspace.versions import Q3, workspace
from tests.core.workspace.workspaces import blank_to_nil, explain_all

ELEMENTS = ("talents", "licences", "pledges")
CHILDREN: dict[str, tuple[str, ...]] = {
    "city": ("north", "south"),
    "north": ("zone-a", "zone-b"),
    "zone-a": ("street-a",),
    "zone-b": ("street-b",),
    "south": (),
    "street-a": (),
    "street-b": (),
}
LEAVES_FIRST = ("street-a", "street-b", "zone-a", "zone-b", "north", "south")


def deep_plan() -> Plan:
    """A city over two districts, one of them over two zones with a street each."""
    plan = small_plan()
    above = {child: parent for parent, children in CHILDREN.items() for child in children}
    units = (
        _unit("city", "department", "district"),
        _unit("north", "area", "city"),
        _unit("south", "area", "city"),
        _unit("zone-a", "zone", above["zone-a"]),
        _unit("zone-b", "zone", above["zone-b"]),
        _unit("street-a", "street", above["street-a"]),
        _unit("street-b", "street", above["street-b"]),
    )
    elements = tuple(
        replace(e, mode=dict.fromkeys(("area", "zone", "street"), Mode.ENTERED))
        for e in plan.elements
        if e.id in ELEMENTS
    )
    made = with_changes(
        plan,
        units=units,
        unit_kinds=(*plan.unit_kinds, KindOfUnit("area", "区县", True)),
        groups=(),
        elements=elements,
        indicators=tuple(i for i in plan.indicators if i.id == "pledged"),
        targets=(),
        contradictions=(),
        tasks=(),
        items=(),
        references=(),
        consolidator="city",
        deadlines={},
        digest="",
    )
    return replace(made, digest=plan_digest(made))


def _unit(id_: str, kind: str, above: str) -> Unit:
    return Unit(id_, kind, f"演示{id_}", id_, id_.upper(), above)


PLAN = deep_plan()
Figures = Mapping[str, Mapping[str, int]]


def _hand_in(made: Workspace, unit: str, figures: Mapping[str, int], out: Path) -> Path:
    session = made.form(unit, Q3)
    for element, value in figures.items():
        session.type_figure(element, str(value))
    blank_to_nil(session)
    explain_all(session)
    return made.submit_form(session, out).path


def _level(folder: Path, unit: str, figures: Figures, below: Mapping[str, Path]) -> Path:
    """A unit's workspace takes in its children's files and hands in its own."""
    children = CHILDREN[unit]
    home = folder / unit
    home.mkdir()
    with workspace(home, unit, plan=PLAN, consolidates=bool(children)) as made:
        if children:
            outcomes = made.take_in([below[child] for child in children])
            assert [outcome.verdict for outcome in outcomes] == ["accepted"] * len(children)
        path = _hand_in(made, unit, figures[unit], home)
        if children:
            here = made.consolidated(Q3).elements
            whole = {e: sum(Decimal(figures[u][e]) for u in _with_all_below(unit)) for e in ELEMENTS}
            assert {e: here[e].net for e in ELEMENTS} == whole
        return path


def _with_all_below(unit: str) -> list[str]:
    return [unit, *(one for child in CHILDREN[unit] for one in _with_all_below(child))]


def _totals(folder: Path, files: Iterable[Path]) -> dict[str, ElementTotal]:
    folder.mkdir()
    with workspace(folder, "city", plan=PLAN, consolidates=True) as city:
        assert {outcome.verdict for outcome in city.take_in(list(files))} == {"accepted"}
        return dict(city.consolidated(Q3).elements)


amounts = st.fixed_dictionaries(
    {
        unit: st.fixed_dictionaries({element: st.integers(0, 400) for element in ELEMENTS})
        for unit in LEAVES_FIRST
    }
)


@settings(max_examples=2, deadline=None)
@given(amounts)
def test_four_levels_equal_all_streets_merged_directly(figures: Figures) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files: dict[str, Path] = {}
        for unit in LEAVES_FIRST:
            files[unit] = _level(folder, unit, figures, files)
        nested = _totals(folder / "nested", [files["north"], files["south"]])
        alone: dict[str, Path] = {}
        for unit in LEAVES_FIRST:
            home = folder / f"alone-{unit}"
            home.mkdir()
            with workspace(home, unit, plan=PLAN) as made:
                alone[unit] = _hand_in(made, unit, figures[unit], home)
        direct = _totals(folder / "direct", alone.values())
        assert nested == direct
        assert {e: nested[e].by_unit for e in ELEMENTS} == {e: direct[e].by_unit for e in ELEMENTS}
        expected = {e: sum(Decimal(of[e]) for of in figures.values()) for e in ELEMENTS}
        assert {e: nested[e].net for e in ELEMENTS} == expected
        _signatures_hold(files["north"])


def _signatures_hold(file: Path) -> None:
    """The file two levels up still shows who signed each section below."""
    reading = read_submission(file, [PLAN])
    assert reading.submission is not None
    inside = {section.unit: section for section in reading.submission.sections}
    assert set(inside) == {"north", "zone-a", "zone-b", "street-a", "street-b"}
    for section in inside.values():
        assert section.signature.value
        assert section_verifies(PLAN.id, section)
