"""List elements: their rows as canonical text, and which of them count."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from desktop.model.element import DataElement
from desktop.model.submission import Figure

Row = Mapping[str, str]


def list_figure(rows: Sequence[Row], element: DataElement, day: datetime.date) -> Figure:
    """The figure of typed rows: cleaned rows, and the count of those valid on `day` as its value.

    Empty rows are dropped; without any row the figure is blank.
    """
    raise NotImplementedError


def valid_rows(rows: Sequence[Row], element: DataElement, day: datetime.date) -> tuple[Row, ...]:
    """The rows that count on `day`: those whose expiry hasn't passed."""
    raise NotImplementedError
