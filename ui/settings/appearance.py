"""Font size, light and dark, and the height of rows, as the person set them: for everything on the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QTableView

from desktop.config import FONT_PERCENT, ROW_HEIGHT, THEME, RowHeight, Theme
from ui.colours import is_dark
from ui.palettes import palette
from ui.settings.live import LivePreferences

USUAL_FONT = "zhibao_usual_font"
"""The application's property that keeps the font before any scaling."""

PADDING = {RowHeight.TIGHT: 4, RowHeight.USUAL: 10, RowHeight.WIDE: 20}
"""What a row has beyond its text, in pixels."""

GRID = QColor("#565b64")

_NAMES = (FONT_PERCENT.name, THEME.name, ROW_HEIGHT.name)


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
        app.installEventFilter(self)
        self.apply()

    def apply(self) -> None:
        """Dress everything."""
        self._scale()
        dark = self._dark
        self._app.setPalette(palette(dark=dark))
        for view in self._app.allWidgets():
            if isinstance(view, QTableView):
                self._space(view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tables get their height of rows when they are first shown and when their font changes."""
        if event.type() in (QEvent.Type.Polish, QEvent.Type.FontChange) and isinstance(watched, QTableView):
            self._space(watched)
        return False

    @property
    def _dark(self) -> bool:
        match self._live.get(THEME):
            case Theme.SYSTEM:
                return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            case chosen:
                return chosen is Theme.DARK

    def _scale(self) -> None:
        usual = self._app.property(USUAL_FONT)
        font = QFont(usual if isinstance(usual, QFont) else self._app.font())
        font.setPointSizeF(font.pointSizeF() * self._live.get(FONT_PERCENT) / 100)
        if font != self._app.font():
            self._app.setFont(font)

    def _space(self, view: QTableView) -> None:
        height = view.fontMetrics().height() + PADDING[self._live.get(ROW_HEIGHT)]
        view.verticalHeader().setDefaultSectionSize(height)
        # Fusion draws the grid a little darker than a table's window colour: in the dark nobody would see it
        wanted = GRID if is_dark(self._app.palette()) else self._app.palette().window().color()
        own = view.palette()
        if own.window().color() != wanted:
            own.setColor(QPalette.ColorRole.Window, wanted)
            view.setPalette(own)

    @Slot(str)
    def _follow(self, name: str) -> None:
        if name in _NAMES:
            self.apply()
            self.changed.emit()

    @Slot()
    def _follow_system(self) -> None:
        self.apply()
        self.changed.emit()
