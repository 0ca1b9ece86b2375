"""Targets: what the plan wants of an indicator or data element, by when, and where it says so."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import StrEnum

from desktop.values import dataclass


class Window(StrEnum):
    """Over which time the figure is taken."""

    AT_DATE = "at_date"
    EACH_YEAR = "each_year"
    OVER_PLAN = "over_plan"
    ONCE = "once"


class Operator(StrEnum):
    """How the figure is compared.

    at_least ≥, above > (突破), at_most ≤, within a control range, build (建成 N or N–M: met at the
    lower figure), cagr
    (年均增长 from the baseline), growth_each_year, improve (持续提高, no figure), complete (a milestone).
    """

    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    WITHIN = "within"
    BUILD = "build"
    CAGR = "cagr"
    GROWTH_EACH_YEAR = "growth_each_year"
    IMPROVE = "improve"
    COMPLETE = "complete"


class PathKind(StrEnum):
    """How the plan's years lead from the baseline to the target."""

    LINEAR = "linear"
    COMPOUND = "compound"
    STEPS = "steps"
    MILESTONES = "milestones"


class Binding(StrEnum):
    """约束性, 预期性, or not said by the plan."""

    BINDING = "binding"
    EXPECTED = "expected"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the plan says it: a heading of the document, and the line in the office's copy."""

    section: str
    reference: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """The same target said again elsewhere: linked, not counted twice."""

    id: str
    place: Place


@dataclass(frozen=True, slots=True)
class Path:
    """The path to the target; `steps` are (year, value) on year totals, for steps and milestones.

    `baseline_year` is the year at whose end the baseline stood; None: the plan's baseline year.
    """

    kind: PathKind = PathKind.LINEAR
    baseline_year: int | None = None
    steps: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """One target.

    It judges one `indicator`, or one data `element` of the district (with the elements of `plus` added
    to it), or the
    milestone of the plan's `items`; exactly one of the three is set, or none where nothing counts it
    yet. `value`
    and `value_max` are in `unit`, which is the unit of what it judges (growth: per cent a year).
    `unit_id` is None for the district. `due_stated` is false where the date is inferred.
    """

    id: str
    name: str
    window: Window
    operator: Operator
    unit: str
    due: datetime.date
    place: Place
    indicator: str | None = None
    element: str | None = None
    plus: tuple[str, ...] = ()
    items: tuple[int, ...] = ()
    value: Decimal | None = None
    value_max: Decimal | None = None
    baseline: Decimal | None = None
    opening: Decimal | None = None
    path: Path = Path()
    starts: datetime.date | None = None
    unit_id: str | None = None
    binding: Binding = Binding.UNSTATED
    due_stated: bool = True
    main: bool = False
    quotations: tuple[Quotation, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A subject on which the plan contradicts or doubts itself: all readings are judged, nobody picks one.

    `statements` are ids of targets and quotations.
    """

    id: str
    subject: str
    statements: tuple[str, ...]
    explanation: str
