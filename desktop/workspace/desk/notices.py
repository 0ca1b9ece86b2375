"""The return notices that the workspace keeps: those that came, or those that went out."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.model.office_word import ReturnNotice
from desktop.model.period import Period
from desktop.store import Connection, office_words
from desktop.store.office_words import KeptNotice
from desktop.store.texts import shaped


def notices(
    connection: Connection, way: str, plan: str, unit: str, period: Period
) -> tuple[ReturnNotice, ...]:
    """The notices on a unit and period, oldest first; `way` is office_words.CAME or SENT.

    Raises WorkspaceDamaged if one can't be read.
    """
    return tuple(
        notice for _, notice in dated(office_words.notices(connection, way, plan, unit, str(period)))
    )


def dated(found: Sequence[KeptNotice]) -> tuple[tuple[str, ReturnNotice], ...]:
    """Kept notices, each behind its day (ISO 8601); raises WorkspaceDamaged if one can't be read."""
    if not found:
        return ()
    from desktop.exchange.office.return_notice import return_from_json

    return tuple((one.day, shaped(one.content, return_from_json, "退回通知")) for one in found)
