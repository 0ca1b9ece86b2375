"""Figures and periods as text for people."""

from __future__ import annotations

from desktop.model.decimals import display, places
from desktop.model.element import DataElement
from desktop.model.plan import Plan
from desktop.model.submission import NIL_TEXT, DeductionKind, Figure, FigureState


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


def part_label(kind: DeductionKind, unit: str, plan: Plan) -> str:
    """What a part that is taken off a figure is called after 其中：与××重复 or 区外."""
    if kind is DeductionKind.OUTSIDE:
        return "区外"
    return f"与{plan.unit(unit).short_name if plan.has_unit(unit) else unit}重复"


def deducted_text(figure: Figure, element: DataElement, plan: Plan) -> str:
    """What is taken off a figure; empty if nothing is."""
    parts = (
        f"{part_label(d.kind, d.unit, plan)} {display(d.value, max(element.decimals, places(d.value)))}"
        for d in figure.deductions
    )
    return "其中：" + "，".join(parts) if figure.deductions else ""
