"""其中：与××重复, 其中：区外: the parts of a figure that are subtracted visibly, and how they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop.model.catalogue import message
from desktop.model.finding import Severity
from desktop.model.plan import Plan
from desktop.model.submission import Deduction, DeductionKind, Figure, FigureState
from desktop.values import dataclass
from desktop.workspace.desk.display import part_label
from desktop.workspace.form.form_session import FormSession


@dataclass(frozen=True, slots=True)
class Part:
    """One part that may be taken off a figure; `unit` is the other unit of an overlap, else empty."""

    kind: DeductionKind
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class PartReading:
    """A typed part: its value, None for an empty text; `problem` says in words what can't be taken."""

    value: Decimal | None = None
    problem: str = ""


def parts_of(session: FormSession, element: str) -> tuple[Part, ...]:
    """The parts that this unit may type of an element's figure; empty where there are none.

    One for each unit that it declares to overlap, and what lies outside the district: for units of which the
    plan says that they overlap others or reach outside, whatever their kind. Ratios, scores and lists have
    none, but parts that are there already stay.
    """
    row = session.form.row(element)
    if row is None or not row.due:
        return ()
    unit, day = session.form.unit, session.form.period.end
    overlaps = [id_ for id_ in unit.overlaps if _exists(session.plan, id_, session)]
    wanted: dict[tuple[DeductionKind, str], None] = {}
    if not row.element.columns and row.element.additive and unit.exists_on(day):
        wanted.update(dict.fromkeys((DeductionKind.OVERLAP, id_) for id_ in overlaps))
        if overlaps or unit.outside:
            wanted[DeductionKind.OUTSIDE, ""] = None
    wanted.update(dict.fromkeys(d.part for d in session.section.figure(element).deductions))
    return tuple(Part(kind, id_, part_label(kind, id_, session.plan)) for kind, id_ in wanted)


def part_value(figure: Figure, part: Part) -> Decimal | None:
    """What a figure says of a part; None if nothing."""
    return next((d.value for d in figure.deductions if d.part == (part.kind, part.unit)), None)


def read_part(session: FormSession, element: str, text: str) -> PartReading:
    """Read what was typed of a part, as the element's figure would be read."""
    if not text.strip():
        return PartReading()
    errors = [f for f in session.shape_findings(element, text) if f.severity is Severity.ERROR]
    if errors:
        return PartReading(problem=message(errors[0]))
    figure = session.read(element, text).figure
    return PartReading(Decimal(0) if figure.state is FigureState.NIL else figure.value)


def deductions_from(values: Mapping[Part, Decimal | None]) -> tuple[Deduction, ...]:
    """The deductions of a figure whose parts have these values."""
    return tuple(Deduction(p.kind, value, p.unit) for p, value in values.items() if value is not None)


def _exists(plan: Plan, unit: str, session: FormSession) -> bool:
    return plan.has_unit(unit) and plan.unit(unit).exists_on(session.form.period.end)
