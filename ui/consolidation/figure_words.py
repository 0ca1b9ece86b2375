"""Figures as the consolidator's dialogs show them: exact, with thousands separators."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop.model.decimals import display, display_whole


def plain(value: Decimal | None) -> str:
    """All decimals that the figure has, of a ratio without end the first eight; a dash for none."""
    return "—" if value is None else display_whole(value)


def percent(value: Decimal | None) -> str:
    """One decimal and the sign; empty for none."""
    return "" if value is None else display(value, 1) + "%"


def typed_number(text: str) -> Decimal | None:
    """What was typed, with or without separators; None where it isn't a finite number."""
    try:
        value = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
