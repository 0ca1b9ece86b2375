"""Random plans for property tests: small ones whose every text, figure, date and list is drawn.

They stand on `small_plan()`, whose ids and references stay, so that every drawn plan passes its checks.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from desktop.definition.document import plan_digest
from desktop.model.canonical import clean_text
from desktop.model.element import (
    Column,
    ColumnType,
    DataElement,
    EarlierDefinition,
    ElementKind,
    ElementUnit,
    Scope,
)
from desktop.model.explaining import ExplanationPolicy
from desktop.model.family import FAMILY_PARAMETERS, Family, FamilySetting
from desktop.model.finding import Severity
from desktop.model.indicator import Better, Indicator, Source, SourceKind
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.rule import Missing, Rule, RuleOperator
from desktop.model.target import Binding, Place, Quotation, Target
from desktop.model.unit import FormerName, Group, OfficialCode, Unit
from tests.core.plans import small_plan, with_changes

BASE = small_plan()
_ODD = "甲乙丙=、|；;，,\n\t\"'[]<>&_x0041 +-@#%（）：:是否空高低填报—09aé\u3000\u00a0😀"
_SLOTS = ("Q1", "Q2", "Q3", "Q4", "Y")

TEXTS = st.one_of(
    st.just(""),
    st.text(_ODD, max_size=14),
    st.sampled_from(
        ['""', "=1+1", "[]", "{}", "null", "是", "填报", "≥", "一季度", "终报", "a|b", "12", "1.50"]
    ),
).map(clean_text)
NAMES = TEXTS.map(lambda text: f"名{text}".strip())
FIGURES = st.decimals(-(10**9), 10**9, places=4, allow_nan=False).map(lambda figure: figure.normalize() + 0)
SIZES = FIGURES.map(lambda figure: abs(figure) + 1)
DATES = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))
TRUTHS = st.booleans()


def some(values: Sequence[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few of the values, each once."""
    return st.lists(st.sampled_from(list(values)), max_size=most, unique=True).map(tuple)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of the values, or None."""
    return st.none() | values


@st.composite
def validity(draw: st.DrawFn) -> dict[str, Any]:
    """Valid-from and valid-to in their order."""
    first, last = sorted(draw(st.tuples(DATES, DATES)))
    return {"valid_from": draw(maybe(st.just(first))), "valid_to": draw(maybe(st.just(last)))}


CODES = st.builds(OfficialCode, NAMES, TEXTS, TEXTS)
FORMER = st.builds(FormerName, NAMES, DATES)
EARLIER = st.builds(EarlierDefinition, TEXTS, DATES, TRUTHS)
SOURCES = st.builds(Source, st.sampled_from([SourceKind.UNITS, SourceKind.DEPARTMENTS]), NAMES)


@st.composite
def a_unit(draw: st.DrawFn, unit: Unit) -> Unit:
    """A unit with drawn names, codes and dates."""
    others = [other.id for other in BASE.units if other.id != unit.id]
    return replace(
        unit,
        name=draw(NAMES),
        short_name=draw(NAMES),
        aliases=draw(st.lists(TEXTS, max_size=3).map(tuple)),
        codes=draw(st.lists(CODES, max_size=2).map(tuple)),
        former_names=draw(st.lists(FORMER, max_size=2).map(tuple)),
        overlaps=draw(some(others)),
        outside=draw(TRUTHS),
        confidence=draw(st.sampled_from(["high", "low", "高", ""])),
        note=draw(TEXTS),
        **draw(validity()),
    )


@st.composite
def an_element(draw: st.DrawFn, element: DataElement) -> DataElement:
    """A data element with drawn texts, shape and columns; who reports it stays."""
    low, high = sorted(draw(st.tuples(FIGURES, FIGURES)))
    unit = replace(element.unit, shown=element.unit.shown)
    if not element.unit.shown and draw(TRUTHS):
        unit = ElementUnit(element.unit.typed, element.unit.typed, Decimal(1))
    return replace(
        element,
        name=draw(NAMES),
        unit=unit,
        definition=draw(TEXTS),
        source=draw(TEXTS),
        note=draw(TEXTS),
        decimals=draw(st.integers(0, 8)),
        due=draw(some(_SLOTS, 5).filter(bool)),
        initials=draw(st.sampled_from(["", "yxzl", "a1"])),
        scope=draw(st.sampled_from(Scope)),
        additive=draw(TRUTHS),
        minimum=draw(maybe(st.just(low))),
        maximum=draw(maybe(st.just(high))),
        negative=draw(TRUTHS),
        shared=draw(TRUTHS),
        cutoff_day=draw(maybe(st.integers(1, 31))),
        vintages=draw(some(["preliminary", "final", "revised"]).filter(bool)),
        columns=draw(columns()) if element.kind is ElementKind.LIST else (),
        earlier_definitions=draw(st.lists(EARLIER, max_size=2).map(tuple)),
        inferred=draw(TRUTHS),
        **draw(validity()),
    )


@st.composite
def columns(draw: st.DrawFn) -> tuple[Column, ...]:
    """Columns of a list with names that need care."""
    ids = draw(st.lists(st.sampled_from(["name", "code", "c1", "c_2", "until"]), min_size=1, unique=True))
    result = []
    for id_ in ids:
        expires = draw(TRUTHS)
        type_ = ColumnType.DATE if expires else draw(st.sampled_from(ColumnType))
        result.append(Column(id_, draw(TEXTS), type_, draw(TRUTHS), expires))
    return tuple(result)


@st.composite
def an_indicator(draw: st.DrawFn, indicator: Indicator) -> Indicator:
    """An indicator with drawn texts; what it is computed from stays."""
    return replace(
        indicator,
        name=draw(NAMES),
        short_name=draw(TEXTS),
        national=draw(TRUTHS),
        better=draw(st.sampled_from(Better)),
        decimals=draw(st.integers(0, 8)),
        check_sources=draw(st.lists(st.just(indicator.main_source), max_size=2).map(tuple)),
        baseline=draw(maybe(FIGURES)),
        target=draw(maybe(FIGURES)),
        definition=draw(TEXTS),
        note=draw(TEXTS),
        own_ratio=draw(TRUTHS),
        by_unit=draw(TRUTHS),
        **draw(validity()),
    )


@st.composite
def a_target(draw: st.DrawFn, target: Target) -> Target:
    """A target with drawn names, places and quotations; what it asks for stays."""
    places = st.builds(Place, TEXTS, TEXTS, maybe(st.integers(1, 9999)))
    count = draw(st.integers(0, 2))
    quotations = tuple(Quotation(f"{target.id}-q{n}", draw(places)) for n in range(count))
    return replace(
        target,
        name=draw(TEXTS),
        place=draw(places),
        quotations=quotations,
        binding=draw(st.sampled_from(Binding)),
        due_stated=draw(TRUTHS),
        note=draw(TEXTS),
    )


_SIDES = ("patents", "inventions", "patents + high_value", "prev(patents) * 1.2")


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Rules over data elements of one unit of measure."""
    result = []
    for number in range(draw(st.integers(0, 3))):
        operator = draw(st.sampled_from(RuleOperator))
        pair = operator in (RuleOperator.COMPULSORY_PAIR, RuleOperator.EXCLUSIVE_PAIR)
        left, right = ("patents", "inventions") if pair else draw(st.permutations(_SIDES))[:2]
        result.append(
            Rule(
                f"r{number}",
                draw(NAMES),
                left,
                operator,
                right,
                draw(NAMES).replace("{}", ""),
                draw(st.sampled_from(Severity)),
                Missing.SKIP_IF_ANY if pair else draw(st.sampled_from(Missing)),
                abs(draw(FIGURES)) % 10,
                draw(some(["zone", "street", "zones", "town-a"])),
                draw(some(_SLOTS)),
                draw(st.sampled_from(["", "patents"])),
                draw(TRUTHS),
                note=draw(TEXTS),
                **draw(validity()),
            )
        )
    return tuple(result)


_BY_ELEMENT = (Family.JUMP, Family.OUTLIER, Family.RANGE, Family.UNIT_SLIP)


@st.composite
def families(draw: st.DrawFn) -> tuple[FamilySetting, ...]:
    """Settings of some families, with parameters of their own."""
    result = []
    for family in draw(some(list(Family), 4)):
        names = draw(some(list(FAMILY_PARAMETERS.get(family, {"": 0}))))
        result.append(
            FamilySetting(
                family,
                draw(TRUTHS),
                draw(st.sampled_from([None, Severity.WARNING, Severity.NOTICE])),
                draw(some(["patents", "inventions_held"])) if family in _BY_ELEMENT else (),
                {name: FAMILY_PARAMETERS[family][name] for name in names if name},
                draw(TEXTS),
            )
        )
    return tuple(result)


MAPPING = st.lists(
    st.builds(
        MappingRow,
        st.just("0"),
        st.just(Mapped.ELEMENT),
        st.sampled_from(["old1", "old2", "old3"]),
        some(["patents", "inventions"], 1),
        st.sampled_from([Decimal(1), Decimal("0.0001"), Decimal(1000)]),
        TEXTS,
    ).map(lambda row: row if row.new else replace(row, factor=Decimal(1))),
    max_size=3,
    unique_by=lambda row: row.old,
).map(tuple)

EXPLANATIONS = st.builds(
    ExplanationPolicy,
    st.fixed_dictionaries({"real": TEXTS, "other": TEXTS}, optional={"late": TEXTS}),
    st.dictionaries(st.sampled_from(["real", "other"]), TEXTS, max_size=2),
    st.integers(1, 40),
    st.lists(NAMES, max_size=3, unique=True).map(tuple),
)


class Drawn:
    """A drawn plan; its repr is short, because Hypothesis prints it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __repr__(self) -> str:
        return f"<{self.plan.digest}>"


@st.composite
def a_few_of(
    draw: st.DrawFn, entries: Sequence[Any], drawn: Callable[[Any], st.SearchStrategy[Any]]
) -> tuple[Any, ...]:
    """The entries with two of them drawn anew."""
    chosen = draw(st.sets(st.integers(0, len(entries) - 1), min_size=1, max_size=2))
    return tuple(draw(drawn(entry)) if n in chosen else entry for n, entry in enumerate(entries))


@st.composite
def plans(draw: st.DrawFn) -> Drawn:
    """A plan that is drawn in every kind of part, with its digest."""
    figures = st.builds(
        ReferenceFigure, st.just("population"), st.just("district"), SIZES, DATES, st.just("final"), TEXTS
    )
    plan = with_changes(
        BASE,
        name=draw(NAMES),
        version=draw(st.sampled_from(["1", "2.0", "2025-初稿"])),
        units=draw(a_few_of(BASE.units, a_unit)),
        groups=(
            replace(BASE.groups[0], name=draw(NAMES), note=draw(TEXTS)),
            Group("members", draw(NAMES), (), draw(some(["bureau", "court"])), None, draw(TEXTS)),
        ),
        elements=draw(a_few_of(BASE.elements, an_element)),
        indicators=draw(a_few_of(BASE.indicators, an_indicator)),
        targets=draw(a_few_of(BASE.targets, a_target)),
        contradictions=tuple(replace(one, subject=draw(TEXTS)) for one in BASE.contradictions),
        items=(replace(BASE.items[0], title=draw(NAMES), asks_evidence=draw(TRUTHS)), *BASE.items[1:]),
        references=(draw(figures),),
        rules=draw(rules()),
        families=draw(families()),
        mapping=draw(MAPPING),
        explanations=draw(EXPLANATIONS),
        title_before_overlaps=draw(TEXTS),
    )
    return Drawn(replace(plan, digest=plan_digest(plan)))
