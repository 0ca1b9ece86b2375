"""The files that prove an item's progress: name, size and hash of each; they stay where they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.config import folders
from desktop.model.submission import Evidence
from ui.file_dialogs import open_files
from ui.tasks import run_task

if TYPE_CHECKING:
    from desktop.workspace import Progress

MOST_ROWS = 3
SHOWN_HASH = 12
_STEP = 1024


class _Files(QListWidget):
    """Delete takes a file off the list."""

    remove_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The one key of the list; the rest walks."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class EvidenceBox(QWidget):
    """Lists evidence; `changed` carries the new tuple of Evidence."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[Evidence, ...] = ()
        title = QLabel(self.tr("佐证材料（只记名称、大小和校验值，文件留在原处）"))
        title.setWordWrap(True)
        self.list = _Files()
        self.list.setAccessibleName(self.tr("佐证材料"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add = QPushButton(self.tr("添加文件(&A)…"))
        self.remove = QPushButton(self.tr("移除（Delete）"))
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(title)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.add.clicked.connect(self.ask)
        self.remove.clicked.connect(self._remove)
        self.list.remove_wanted.connect(self._remove)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order in which Tab goes."""
        return (self.list, self.add, self.remove)

    def show_files(self, files: Sequence[Evidence]) -> None:
        """Bring what an item has."""
        self._files = tuple(files)
        current = self.list.currentRow()
        self.list.clear()
        for entry in self._files:
            item = QListWidgetItem(f"{entry.name}　{_size(entry.size)}　{entry.sha256[:SHOWN_HASH].upper()}")
            item.setToolTip(f"{entry.name}\n{entry.size:,} B\nSHA-256 {entry.sha256}")
            self.list.addItem(item)
        self.list.setCurrentRow(min(current, len(self._files) - 1))
        self.list.setVisible(bool(self._files))
        self.remove.setVisible(bool(self._files))
        row = max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 4)
        self.list.setFixedHeight(min(len(self._files), MOST_ROWS) * row + 2 * self.list.frameWidth())

    @Slot()
    def ask(self) -> None:
        """Choose files."""
        kinds = self.tr("所有文件 (*)")
        chosen = open_files(self, self.tr("添加佐证材料"), folders().documents, kinds)
        if chosen:
            self.take(chosen)

    def take(self, paths: Sequence[Path]) -> None:
        """Read files beside the GUI thread and put them on the list, each once."""
        from desktop.workspace.form.evidence import evidence_of

        def work(progress: Progress) -> tuple[Evidence, ...]:
            found = []
            for number, path in enumerate(paths):
                if not progress(number, len(paths), path.name):
                    break
                found.append(evidence_of(path))
            return tuple(found)

        run_task(self, self.tr("正在读取佐证材料…"), work, self._taken)

    def _taken(self, found: tuple[Evidence, ...]) -> None:
        self.changed.emit(tuple(dict.fromkeys((*self._files, *found))))

    @Slot()
    def _remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._files):
            self.changed.emit((*self._files[:row], *self._files[row + 1 :]))


def _size(size: int) -> str:
    """A size for people."""
    if size < _STEP:
        return f"{size} B"
    if size < _STEP * _STEP:
        return f"{size / _STEP:.1f} KB"
    return f"{size / _STEP / _STEP:.1f} MB"
