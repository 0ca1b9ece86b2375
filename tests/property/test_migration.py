"""Random plans, mappings and sections: what the mapping keeps is found again, the rest is told and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.migration import MigratedSection, Outcome, merge_sections, migrate_section, migrate_submission
from desktop.model.content import section_digest
from desktop.model.decimals import EXACT, total
from desktop.model.element import Column, DataElement, ElementKind, Nature
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import (
    Answer,
    Deduction,
    DeductionKind,
    Explanation,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
    Submission,
)
from desktop.model.task import Item
from tests.core.plans import element, small_plan, with_changes

BASE = small_plan()
Q4 = Period.parse("2024Q4")
IDS = tuple("abcdef")
COLUMNS = (Column("name", "名称"), Column("place", "地点"))

values = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
factors = st.sampled_from([Decimal(1), Decimal("0.0001"), Decimal(10000), Decimal("0.7"), Decimal(3)])
deductions = st.lists(
    st.builds(Deduction, st.just(DeductionKind.OUTSIDE), values)
    | st.builds(Deduction, st.just(DeductionKind.OVERLAP), values, st.sampled_from(["zone-a", "zone-b"])),
    max_size=2,
).map(tuple)
vintages = st.sampled_from(["final", "preliminary", "revised"])
numbers = st.builds(
    Figure,
    st.just(FigureState.NUMBER),
    values,
    answer=st.sampled_from(Answer),
    deductions=deductions,
    vintage=vintages,
)
nils = st.builds(Figure, st.just(FigureState.NIL), vintage=vintages)
texts = st.builds(Figure, st.just(FigureState.UNREADABLE), typed=st.text("约三十多", min_size=1, max_size=4))
rows_of_lists = st.lists(
    st.dictionaries(
        st.sampled_from(["name", "place"]), st.text("甲乙丙", min_size=1, max_size=3), min_size=1
    ),
    min_size=1,
    max_size=3,
)
lists = rows_of_lists.map(lambda rows: Figure(FigureState.NUMBER, Decimal(len(rows)), rows=tuple(rows)))
reports = st.builds(
    ItemReport,
    st.sampled_from(ItemStatus),
    st.none() | st.integers(0, 100),
    st.text("进展顺利\n", max_size=6),
)


@st.composite
def elements(draw: st.DrawFn) -> tuple[DataElement, ...]:
    """Some of eight elements, with any nature, measure and kind."""
    found = []
    for id_ in draw(st.lists(st.sampled_from(IDS), min_size=3, unique=True)):
        listed = draw(st.booleans()) and draw(st.booleans())
        found.append(
            element(
                id_,
                draw(st.sampled_from(Nature)),
                typed=draw(st.sampled_from(["件", "件", "件", "万元"])),
                decimals=draw(st.integers(0, 4)),
                additive=draw(st.integers(0, 5)) > 0,
                kind=ElementKind.LIST if listed else ElementKind.NUMBER,
                columns=draw(st.sampled_from([COLUMNS, COLUMNS[:1]])) if listed else (),
            )
        )
    return tuple(found)


@st.composite
def plans(draw: st.DrawFn, version: str, *, mapped: bool) -> Plan:
    own = draw(elements())
    numbers_ = draw(st.lists(st.integers(1, 5), unique=True))
    mapping = []
    if mapped:
        for id_ in draw(st.lists(st.sampled_from(IDS), unique=True)):
            known = st.sampled_from([one.id for one in own] * 3 + list(IDS))
            to = draw(st.one_of(st.tuples(known), st.tuples(known), st.just(()), st.just(IDS[:2])))
            factor = draw(factors) if len(to) == 1 else Decimal(1)
            mapping.append(
                MappingRow("1", Mapped.ELEMENT, id_, to, factor, draw(st.just("") | st.just("改")))
            )
        for number in draw(st.lists(st.integers(1, 5), unique=True)):
            numbered = draw(st.lists(st.integers(1, 5).map(str), max_size=1))
            mapping.append(MappingRow("1", Mapped.ITEM, str(number), tuple(numbered)))
    return with_changes(
        BASE,
        version=version,
        digest=f"sha256:{version}",
        elements=own,
        indicators=(),
        targets=(),
        contradictions=(),
        references=(),
        items=tuple(Item(n, 1, f"演示事项{n}", ("bureau",)) for n in numbers_),
        mapping=tuple(mapping),
    )


@st.composite
def sections(draw: st.DrawFn, plan: Plan, unit: str = "street-b") -> Section:
    figures: dict[str, Figure] = {}
    for one in plan.elements:
        kind = lists if one.kind is ElementKind.LIST else numbers
        if draw(st.integers(0, 3)):
            figures[one.id] = draw(st.one_of(kind, kind, kind, nils, texts))
    items = {item.number: draw(reports) for item in plan.items}
    explained = draw(st.lists(st.sampled_from([*figures, "elsewhere"]), unique=True))
    explanations = tuple(
        Explanation(f"change.jump@{id_}", "real", "演示原因", "sha256:f") for id_ in explained
    )
    items = {number: report for number, report in items.items() if not report.blank}
    return Section(unit, Q4, figures, items, explanations)


old_plans = plans("1", mapped=False)
new_plans = plans("2", mapped=True)


def factor_of(plan: Plan, id_: str) -> Decimal:
    return next((r.factor for r in plan.mapping if r.what is Mapped.ELEMENT and r.old == id_), Decimal(1))


def amounts(figures: Mapping[str, Figure]) -> dict[str, Decimal]:
    return {id_: figure.amount for id_, figure in figures.items() if figure.amount is not None}


@settings(max_examples=200)
@given(data=st.data(), old=old_plans, new=new_plans)
def test_every_old_figure_is_found_again_or_told_with_a_reason(
    data: st.DataObject, old: Plan, new: Plan
) -> None:
    before = data.draw(sections(old))
    migrated = migrate_section(before, old, new)
    assert migrated.section is not None
    after = migrated.section
    told = {line.old: line for line in migrated.lines if line.what is Mapped.ELEMENT and not line.part}
    assert told.keys() == before.figures.keys()
    brought: dict[str, list[Figure]] = {}
    for id_, line in told.items():
        if line.outcome is Outcome.DROPPED:
            assert line.reason and not line.new
        else:
            (new_id,) = line.new
            brought.setdefault(new_id, []).append(before.figures[id_])
    assert brought.keys() == after.figures.keys()
    for new_id, figures in brought.items():
        ids = [id_ for id_, line in told.items() if line.new == (new_id,)]
        if all(not figure.rows for figure in figures):
            parts = [
                EXACT.multiply(figure.amount, factor_of(new, id_))
                for id_ in ids
                if (figure := before.figures[id_]).amount is not None
            ]
            assert after.figures[new_id].amount == (total(parts) if parts else None)
        if len(figures) == 1 and figures[0].state is not FigureState.NUMBER:
            assert after.figures[new_id] == figures[0]


@given(data=st.data(), old=old_plans, new=new_plans)
def test_what_the_mapping_keeps_is_never_dropped(data: st.DataObject, old: Plan, new: Plan) -> None:
    """A number with one element to go to, of the same kind, arrives, whatever else happens around it."""
    before = data.draw(sections(old))
    after = migrate_section(before, old, new).section
    assert after is not None
    for id_, figure in before.figures.items():
        row = next((r for r in new.mapping if r.what is Mapped.ELEMENT and r.old == id_), None)
        targets = row.new if row is not None else (id_,)
        if len(targets) != 1 or not new.has_element(targets[0]) or not figure.reported:
            continue
        was, now = old.element(id_), new.element(targets[0])
        alike = was.kind is now.kind is ElementKind.NUMBER and now.additive
        same = row is not None or (was.nature is now.nature and was.unit == now.unit)
        if alike and same:
            assert after.figure(now.id).reported


@given(data=st.data(), old=old_plans, new=new_plans)
def test_rows_of_lists_and_items_are_all_accounted_for(data: st.DataObject, old: Plan, new: Plan) -> None:
    before = data.draw(sections(old))
    migrated = migrate_section(before, old, new)
    assert migrated.section is not None
    told = {line.old: line for line in migrated.lines if line.what is Mapped.ITEM}
    assert told.keys() == {str(number) for number in before.items}
    for number, report in before.items.items():
        line = told[str(number)]
        if line.outcome is Outcome.DROPPED:
            assert line.reason
        else:
            words = set(report.narrative.split("\n")) - {""}
            assert words <= set(migrated.section.items[int(line.new[0])].narrative.split("\n"))
    answered = {line.old for line in migrated.lines if line.part == "explanation"}
    assert answered == {explanation.finding for explanation in before.explanations}
    kept = {line.new[0] for line in migrated.lines if line.part == "explanation" and line.new}
    assert kept == {explanation.finding for explanation in migrated.section.explanations}


@given(data=st.data(), plan=old_plans)
def test_without_a_change_only_the_version_changes(data: st.DataObject, plan: Plan) -> None:
    before = data.draw(sections(plan))
    new = with_changes(plan, version="2", digest="sha256:2")
    content = Submission(plan.id, "1", plan.digest, before.unit, Q4, 1, None, (before,), synthetic=True)
    moved = migrate_submission(content, plan, new)
    assert moved.submission == replace(content, plan_version="2", plan_digest="sha256:2")
    assert section_digest(moved.submission.sections[0]) == section_digest(before)
    assert {line.outcome for line in moved.lines} == {Outcome.KEPT}
    assert not any(line.reason for line in moved.lines if line.part != "explanation")


def merged(found: list[Section], plan: Plan) -> tuple[str, list[str]]:
    result: MigratedSection = merge_sections(found, plan)
    assert result.section is not None
    return section_digest(result.section), sorted(line.sentence for line in result.lines)


@given(data=st.data(), plan=old_plans)
def test_the_order_of_merging_does_not_matter(data: st.DataObject, plan: Plan) -> None:
    found = data.draw(st.lists(sections(plan), min_size=2, max_size=4))
    shuffled = data.draw(st.permutations(found))
    assert merged(found, plan) == merged(shuffled, plan)


@given(data=st.data(), plan=old_plans)
def test_merged_units_bring_all_that_can_be_added(data: st.DataObject, plan: Plan) -> None:
    found = data.draw(st.lists(sections(plan), min_size=2, max_size=4))
    result = merge_sections(found, plan)
    assert result.section is not None
    additive = {one.id for one in plan.elements if one.additive}
    for id_ in additive:
        parts = [a for section in found if (a := section.figure(id_).amount) is not None]
        assert result.section.figure(id_).amount == (total(parts) if parts else None)
        rows = [dict(row) for section in found for row in section.figure(id_).rows]
        kept = [dict(row) for row in result.section.figure(id_).rows]
        assert sorted(map(str, map(sorted, map(dict.items, rows)))) == sorted(
            map(str, map(sorted, map(dict.items, kept)))
        )
