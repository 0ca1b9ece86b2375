"""Figures and periods as text for people."""

from __future__ import annotations

from desktop.model.decimals import display, places
from desktop.model.element import DataElement
from desktop.model.submission import NIL_TEXT, Figure, FigureState


def figure_text(figure: Figure, element: DataElement) -> str:
    """A figure in its typed unit: separators, at least the declared decimals; nil as words; blank as
    nothing.
    """
    match figure.state:
        case FigureState.BLANK:
            return ""
        case FigureState.NIL:
            return NIL_TEXT
        case FigureState.UNREADABLE:
            return figure.typed
        case FigureState.NUMBER:
            value = figure.value
            return "" if value is None else display(value, max(element.decimals, places(value)))
