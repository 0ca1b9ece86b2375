"""Settings while the window is open: what changes is told at once."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.config import Option, Preferences

T = TypeVar("T")


class LivePreferences(QObject):
    """`changed` carries the name of the option whose value is another now."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = Preferences()

    def get(self, option: Option[T]) -> T:
        """The value that holds."""
        return self._kept.get(option)

    def set(self, option: Option[T], value: T) -> None:
        """Let a value hold from now on.

        Raises EnvironmentFault if it can't be kept for the next start; it holds all the same.
        """
        before = self.get(option)
        try:
            self._kept.set(option, value)
        finally:
            if self.get(option) != before:
                self.changed.emit(option.name)
