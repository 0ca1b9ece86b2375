"""Any sequence of edits and explanations: one counts exactly while what it explains is as it was."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import InputError
from desktop.model.finding import Finding
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.submission import Figure, Section, SignOff
from desktop.store.entries import Change
from desktop.workspace import FormSession, Life, Surroundings
from tests.core.plans import small_plan

PLAN = small_plan()
UNIT, PERIOD = "street-b", Period.parse("2024Q3")
ELEMENTS = ("licences", "talents", "oversea")
PREVIOUS = Decimal(100)
GOOD = ("两家企业迁往外区，减少30次", "两家企业迁往外区, 减少30次。", "上期误将合同额计入，本期更正")
BAD = ("核实", "情况属实", "", "上期更正")


@dataclass(frozen=True)
class Type:
    """A text typed into a field; empty clears it."""

    element: str
    text: str


@dataclass(frozen=True)
class Explain:
    """Findings explained: exactly those, or the first with its group."""

    elements: tuple[str, ...]
    reason: str
    text: str
    exactly: bool


@dataclass(frozen=True)
class Withdraw:
    """An explanation taken back."""

    element: str


@dataclass(frozen=True)
class Merge:
    """Explanations of the same text made one."""

    element: str


elements = st.sampled_from(ELEMENTS)
steps = st.lists(
    st.one_of(
        st.builds(Type, elements, st.sampled_from(("90", "80", "100", "120", "无", "不知道", ""))),
        st.builds(
            Explain,
            st.lists(elements, min_size=1, max_size=3, unique=True).map(tuple),
            st.sampled_from(("real", "correction", "")),
            st.sampled_from(GOOD + BAD),
            st.booleans(),
        ),
        st.builds(Withdraw, elements),
        st.builds(Merge, elements),
    ),
    max_size=25,
)


def key(element: str) -> str:
    return f"flow.fell@{element}"


def new_session() -> FormSession:
    """A form after a quarter in which every figure was 100; nothing is written anywhere."""
    before = Section(UNIT, PERIOD.previous, {element: Figure.number(PREVIOUS) for element in ELEMENTS})

    def save(changes: tuple[Change, ...], action: str, findings: tuple[Finding, ...]) -> Future[None]:
        done: Future[None] = Future()
        done.set_result(None)
        return done

    return FormSession(
        PLAN,
        form_for(PLAN, PLAN.unit(UNIT), PERIOD),
        Section(UNIT, PERIOD),
        Surroundings(previous=before, history=(before,)),
        Life(),
        SignOff(),
        save,
    )


class Expected:
    """What a person would say: the figure at the time of each explanation, by hand."""

    def __init__(self) -> None:
        self.written: dict[str, tuple[Decimal | None, str, str]] = {}

    def counts(self, element: str, session: FormSession) -> bool:
        if element not in self.written:
            return False
        then, reason, text = self.written[element]
        return fell(session, element) and value(session, element) == then and reason != "" and text in GOOD


def value(session: FormSession, element: str) -> Decimal | None:
    figure = session.section.figure(element)
    return Decimal(0) if figure.state.value == "nil" else figure.value


def fell(session: FormSession, element: str) -> bool:
    now = value(session, element)
    return now is not None and now < PREVIOUS


def run(step: Type | Explain | Withdraw | Merge, session: FormSession, expected: Expected) -> None:
    match step:
        case Type(element, text):
            session.clear(element) if not text else session.type_figure(element, text)
        case Explain():
            explain(step, session, expected)
        case Withdraw(element):
            if element in expected.written:
                session.withdraw(key(element))
                del expected.written[element]
        case Merge(element):
            merge(element, session, expected)


def explain(step: Explain, session: FormSession, expected: Expected) -> None:
    asked = step.elements if step.exactly else step.elements[:1]
    cause = session.explanation(key(asked[0]))
    try:
        session.explain([key(e) for e in asked] if step.exactly else key(asked[0]), step.reason, step.text)
    except InputError:
        assert not all(fell(session, element) for element in asked)
        return
    changed = set(asked)
    if not step.exactly and cause is not None and cause.cause:
        standing = [e for e in ELEMENTS if expected.counts(e, session)]
        same = [e for e in standing if (kept := session.explanation(key(e))) and kept.cause == cause.cause]
        changed |= set(same) if asked[0] in standing else set()
    for element in changed:
        expected.written[element] = (value(session, element), step.reason, step.text)


def merge(element: str, session: FormSession, expected: Expected) -> None:
    try:
        session.merge(key(element))
    except InputError:
        return
    _, reason, text = expected.written[element]
    for other, (then, _, said) in list(expected.written.items()):
        if expected.counts(other, session) and plain(said) == plain(text):
            expected.written[other] = (then, reason, text)


def plain(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@given(steps)
def test_an_explanation_counts_only_while_its_figures_are_the_same(
    taken: list[Type | Explain | Withdraw | Merge],
) -> None:
    session, expected = new_session(), Expected()
    for step in taken:
        run(step, session, expected)
        weighed = session.assessment
        counting = {e for e in ELEMENTS if expected.counts(e, session)}
        assert {e.finding for e in weighed.answers} == {key(e) for e in counting}
        open_ones = {e for e in ELEMENTS if fell(session, e)} - counting
        assert {f.key for f in weighed.unexplained if f.code == "flow.fell"} == {key(e) for e in open_ones}
        assert {e.finding for e in session.section.explanations} == {key(e) for e in expected.written}
        texts = [plain(expected.written[e][2]) for e in counting]
        if not weighed.repeated:
            by_text = {plain(e.text): e.cause or e.finding for e in weighed.answers}
            assert all((e.cause or e.finding) == by_text[plain(e.text)] for e in weighed.answers)
        else:
            assert len(set(texts)) < len(texts)
        for void in session.void:
            assert void.finding is None or void.changed
