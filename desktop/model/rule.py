"""Validation rules as data (审核公式): what an office writes itself, beside the generated families."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import StrEnum

from desktop.model.finding import Severity
from desktop.values import dataclass


class RuleOperator(StrEnum):
    """How the two sides are compared.

    A compulsory pair has both sides reported or neither; of an exclusive pair at most one side is reported.
    """

    EQUAL_TO = "equal_to"
    NOT_EQUAL_TO = "not_equal_to"
    GREATER_THAN = "greater_than"
    GREATER_THAN_OR_EQUAL_TO = "greater_than_or_equal_to"
    LESS_THAN = "less_than"
    LESS_THAN_OR_EQUAL_TO = "less_than_or_equal_to"
    COMPULSORY_PAIR = "compulsory_pair"
    EXCLUSIVE_PAIR = "exclusive_pair"


class Missing(StrEnum):
    """What a rule does where a figure it names was not reported; never skip reads it as zero."""

    SKIP_IF_ANY = "skip_if_any"
    SKIP_IF_ALL = "skip_if_all"
    NEVER_SKIP = "never_skip"


@dataclass(frozen=True, slots=True)
class Rule:
    """`left` `operator` `right` must hold.

    Both sides are expressions over element and indicator ids, `prev(x)`, `same_period_last_year(x)`,
    `baseline(x)`, `target(x)`, `sum(x, y, …)` and `group_sum(x, group)`. A side that is off by no more than
    `tolerance` (in the unit of the left side) still holds: the least absolute change beside any relative
    one. `applies_to` names kinds of units, groups or units, `slots` period slots; empty means all. The
    finding stands at the element `at`, or at the first one that `left` names. `text` may hold {left},
    {right}, {difference} and the figure of any element or indicator by its id in braces.
    """

    id: str
    name: str
    left: str
    operator: RuleOperator
    right: str = ""
    text: str = ""
    severity: Severity = Severity.WARNING
    missing: Missing = Missing.SKIP_IF_ANY
    tolerance: Decimal = Decimal(0)
    applies_to: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    at: str = ""
    enabled: bool = True
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    note: str = ""
