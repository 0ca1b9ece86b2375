"""The types in which a plan and its records are declared."""

from __future__ import annotations

from functools import cache
from typing import Any, get_type_hints

from desktop.model.plan import Plan


@cache
def hints_of(record: Any) -> dict[str, Any]:
    """The types of a record's fields; the plan's module loads those of later parts for type checkers only."""
    if record is not Plan:
        return get_type_hints(record)
    from desktop.model.explaining import ExplanationPolicy
    from desktop.model.family import FamilySetting
    from desktop.model.mapping import MappingRow
    from desktop.model.narrative import NarrativeAdvice
    from desktop.model.rule import Rule
    from desktop.model.target import Contradiction, Target

    later = (ExplanationPolicy, FamilySetting, MappingRow, NarrativeAdvice, Rule, Contradiction, Target)
    return get_type_hints(Plan, None, {type_.__name__: type_ for type_ in later})
