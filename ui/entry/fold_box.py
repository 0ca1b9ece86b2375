"""A part of the side pane under a title that opens and closes it, with mouse or Space."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget


class FoldBox(QWidget):
    """Shows its content while it is open. `opened` says that a person opened or closed it."""

    opened = Signal(bool)

    def __init__(self, title: str, content: QWidget, *, is_open: bool = True) -> None:
        super().__init__()
        self.content = content
        self.title = QToolButton()
        self.title.setText(title)
        self.title.setAccessibleName(title)
        self.title.setCheckable(True)
        self.title.setChecked(is_open)
        self.title.setAutoRaise(True)
        self.title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.title.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(content)
        self._follow(is_open)
        self.title.toggled.connect(self._follow)
        self.title.toggled.connect(self.opened)

    @property
    def is_open(self) -> bool:
        """Whether the content is to be seen."""
        return self.title.isChecked()

    def _follow(self, is_open: bool, /) -> None:
        self.content.setVisible(is_open)
        self.title.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
