"""Reading what a person types, or what stands in a cell, into exact figures in the element's typed unit."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.model.element import DataElement
from desktop.model.finding import Finding
from desktop.model.submission import Figure


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure and what has to be said about how it was read."""

    figure: Figure
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PercentReading:
    """A whole percentage from 0 to 100, None where nothing or nothing readable was typed."""

    percent: int | None
    findings: tuple[Finding, ...] = ()


def read_figure(
    text: str, element: DataElement, *, unit: str = "", period: str = "", number_format: str = ""
) -> Reading:
    """Read a typed text; see the module's rules."""
    raise NotImplementedError


def read_percent(text: str, *, unit: str = "", period: str = "", address: str = "") -> PercentReading:
    """Read an item's percentage."""
    raise NotImplementedError
