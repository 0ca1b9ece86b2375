"""Font size, light and dark, and the height of rows, as the person set them: for everything on the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QTableView

from desktop.config import FONT_PERCENT, ROW_HEIGHT, THEME, RowHeight, Theme
from ui.colours import is_dark
from ui.palettes import OUTLINED, outlined, palette
from ui.rows import PADDING_PROPERTY, USUAL_PADDING, fit_rows
from ui.settings.live import LivePreferences

USUAL_FONT = "zhibao_usual_font"
"""The application's property that keeps the font before any scaling."""

SYSTEM_IS_DARK = "zhibao_system_is_dark"
"""Another one: whether the system asks for a dark window."""

PADDING = {RowHeight.TIGHT: 4, RowHeight.USUAL: USUAL_PADDING, RowHeight.WIDE: 20}
"""What a row has beyond its text, in pixels."""

_NAMES = (FONT_PERCENT.name, THEME.name, ROW_HEIGHT.name)


def note_usual(app: QApplication) -> None:
    """Keep what the system gave the application before anything was changed: its font, and light or dark."""
    app.setProperty(USUAL_FONT, app.font())
    app.setProperty(SYSTEM_IS_DARK, is_dark(app.palette()))


class Appearance(QObject):
    """Dresses the application by the settings, now and whenever they change. `changed` comes afterwards."""

    changed = Signal()

    def __init__(self, live: LivePreferences, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        live.changed.connect(self._follow)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        # widgets hear of a new font or palette by an event of their own: tables are fitted after that
        self.changed.connect(lambda: QTimer.singleShot(0, self._fit_tables))
        self.apply()

    def apply(self) -> None:
        """Dress everything."""
        self._scale()
        self._app.setPalette(palette(dark=self._dark))
        boxed = outlined(dark=self._dark)
        for widgets in OUTLINED:
            self._app.setPalette(boxed, widgets)  # type: ignore[arg-type]  # the stubs say bytes, PySide takes text
        self._app.setProperty(PADDING_PROPERTY, PADDING[self._live.get(ROW_HEIGHT)])

    @property
    def _dark(self) -> bool:
        match self._live.get(THEME):
            case Theme.SYSTEM:
                return bool(self._app.property(SYSTEM_IS_DARK))
            case chosen:
                return chosen is Theme.DARK

    def _scale(self) -> None:
        usual = self._app.property(USUAL_FONT)
        font = QFont(usual if isinstance(usual, QFont) else self._app.font())
        font.setPointSizeF(font.pointSizeF() * self._live.get(FONT_PERCENT) / 100)
        if font != self._app.font():
            self._app.setFont(font)

    @Slot()
    def _fit_tables(self) -> None:
        for view in self._app.allWidgets():
            if isinstance(view, QTableView):
                fit_rows(view)

    @Slot(str)
    def _follow(self, name: str) -> None:
        if name in _NAMES:
            self.apply()
            self.changed.emit()

    @Slot()
    def _follow_system(self) -> None:
        from PySide6.QtCore import Qt

        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._app.setProperty(SYSTEM_IS_DARK, dark)
        self.apply()
        self.changed.emit()
