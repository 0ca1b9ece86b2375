"""Making findings: their parameters as people read them, and the digest of the figures they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop.model.canonical import digest
from desktop.model.decimals import canonical, display, places
from desktop.model.element import DataElement
from desktop.model.family import Family
from desktop.model.finding import Finding, Severity
from desktop.model.period import Period
from desktop.model.submission import Figure, FigureState
from desktop.validation.context import CheckContext
from desktop.values import dataclass

Figures = Mapping[tuple[str, Period], Decimal | Figure | str]
"""What a finding speaks of: (element id or address, period) → its figure."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Findings about one element of one section."""

    context: CheckContext
    element: DataElement

    @property
    def figure(self) -> Figure:
        """The element's figure in the section."""
        return self.context.section.figure(self.element.id)

    def shown(self, value: Decimal) -> str:
        """A value as people read it, with all the decimals it has."""
        return display(value, max(places(value), self.element.decimals))

    def parameter(self, family: Family, name: str) -> Decimal:
        """What the plan sets for a family, for this element before all others."""
        return self.context.plan.family(family).parameter(name, self.element.id)

    def error(self, code: str, qualifier: str = "", about: Figures | None = None, **params: str) -> Finding:
        """An impossibility: blocks submission."""
        return self._make(code, Severity.ERROR, qualifier, about, params)

    def warning(self, code: str, qualifier: str = "", about: Figures | None = None, **params: str) -> Finding:
        """Something odd: must be explained."""
        return self._make(code, Severity.WARNING, qualifier, about, params)

    def notice(self, code: str, qualifier: str = "", about: Figures | None = None, **params: str) -> Finding:
        """Something to know."""
        return self._make(code, Severity.NOTICE, qualifier, about, params)

    def _make(
        self, code: str, severity: Severity, qualifier: str, about: Figures | None, params: Mapping[str, str]
    ) -> Finding:
        section = self.context.section
        own: Figures = {(self.element.id, section.period): self.figure}
        named = {"name": self.element.name, "unit": self.element.unit.typed}
        return Finding(
            code,
            severity,
            section.unit,
            str(section.period),
            self.element.id,
            qualifier,
            {**named, **params},
            figures_digest({**own, **(about or {})}),
        )


def figures_digest(figures: Figures) -> str:
    """The digest of the figures a finding speaks of."""
    return digest({f"{element}:{period}": _text(value) for (element, period), value in figures.items()})


def _text(value: Decimal | Figure | str) -> str:
    if isinstance(value, Decimal):
        return canonical(value)
    if isinstance(value, str):
        return value
    if value.state is FigureState.NUMBER and value.value is not None:
        return canonical(value.value)
    return f"{value.state.value}:{value.typed}"
