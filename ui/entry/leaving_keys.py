"""The keys that leave a field that was typed into before the sheet was there.

A filter of its own: Python in the view itself would be asked for each event of its start.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.entry.cell_delegate import MOVES_IN_EDITOR

Modifier = Qt.KeyboardModifier
HELD = Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier


class LeavingKeys(QObject):
    """Gives them to `lead_on` instead of to the field: the field of the sheet knows where they lead."""

    def __init__(self, field: QWidget, lead_on: Callable[[QKeyEvent], None]) -> None:
        super().__init__(field)
        self._lead_on = lead_on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take them."""
        if isinstance(event, QKeyEvent) and _leaves(event):
            self._lead_on(event)
            return True
        return super().eventFilter(watched, event)


def _leaves(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & HELD
    return event.type() is QEvent.Type.KeyPress and event.key() in MOVES_IN_EDITOR and plain
