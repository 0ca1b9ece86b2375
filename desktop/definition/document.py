"""A plan as one plain document: what the TOML files are gathered into, and what a workspace keeps as JSON.

Keys are the fields of the records. Fields at their defaults are left out, so that a new optional field
leaves old documents and their digests as they were. Tables whose order matters to people are lists of pairs.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desktop.definition.checker import check_plan
from desktop.definition.places import FRAME_FILE, HOMES, Where, entries_of, table_of
from desktop.definition.reader import BROKEN, Reader
from desktop.model.canonical import Json, digest
from desktop.model.decimals import canonical
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan


@dataclasses.dataclass(frozen=True, slots=True)
class Loaded:
    """A plan and what was found on reading and checking it; no plan where there is an error."""

    plan: Plan | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings for which the plan can't be used."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)


def plan_from_document(document: Json) -> Loaded:
    """Read and check a document; never raises on its content."""
    reader = Reader()
    content = {key: value for key, value in document.items() if key != "digest"}
    plan = reader.record(Plan, content, _place_in(content), Where(FRAME_FILE))
    if plan is BROKEN or reader.findings:
        return Loaded(None, tuple(reader.findings))
    findings = check_plan(plan)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Loaded(None, findings)
    return Loaded(dataclasses.replace(plan, digest=plan_digest(plan)), findings)


def plan_to_document(plan: Plan) -> Json:
    """The document of a plan, without its digest: no floats, decimals as canonical text, ISO dates."""
    document: Json = _plain(dataclasses.replace(plan, digest=""))
    return document


def plan_digest(plan: Plan) -> str:
    """The digest of the plan's document."""
    return digest(plan_to_document(plan))


def _place_in(content: Json) -> Callable[[str], Where]:
    """Where a field of the plan stands; a missing or misshapen collection stands at its table."""
    return lambda field: (
        entries_of(field) if field in HOMES and isinstance(content.get(field), list) else table_of(field)
    )


def _plain(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Decimal():
            return canonical(value)
        case datetime.date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case Mapping():
            return [[key, _plain(part)] for key, part in value.items()]
        case _:
            return {
                field.name: _plain(part)
                for field in dataclasses.fields(value)
                if (part := getattr(value, field.name)) != _default(field)
            }


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
