"""Running the rules over a section, or over what one field touches."""

from __future__ import annotations

from desktop.model.finding import Finding
from desktop.validation.context import CheckContext


def check_section(context: CheckContext) -> tuple[Finding, ...]:
    """All findings of a section, in the form's order."""
    raise NotImplementedError


def check_field(context: CheckContext, element: str) -> tuple[Finding, ...]:
    """The findings of the rules that one element takes part in, for feedback while typing."""
    raise NotImplementedError
