"""设置: size of type, light or dark, height of rows, where backups go. What is changed holds at once."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.config import BACKUP_FOLDER, FONT_PERCENT, ROW_HEIGHT, THEME, Option, RowHeight, Theme
from desktop.config.options import FONT_LEAST, FONT_MOST
from desktop.errors import ZhibaoError
from desktop.model.catalogue import text
from desktop.workspace.safety.backing_up import backup_folder, backup_place_problem, place_warnings
from ui.colours import Tone, tint
from ui.file_dialogs import open_folder
from ui.forms import EnterField, labelled, room_for
from ui.settings.live import LivePreferences

T = TypeVar("T")
STEP = 10
Standard = QDialogButtonBox.StandardButton


class SettingsDialog(QDialog):
    """Every field holds as soon as it is changed; 恢复默认 takes all back."""

    def __init__(self, live: LivePreferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("设置"))
        self._live = live
        self.font_percent = QSpinBox()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.theme = self._box(
            self.tr("明暗"),
            (Theme.SYSTEM, self.tr("跟随系统")),
            (Theme.LIGHT, self.tr("浅色")),
            (Theme.DARK, self.tr("深色")),
        )
        self.rows = self._box(
            self.tr("行高"),
            (RowHeight.TIGHT, self.tr("紧凑")),
            (RowHeight.USUAL, self.tr("一般")),
            (RowHeight.WIDE, self.tr("宽松")),
        )
        self.folder = EnterField()
        self.browse = QPushButton(self.tr("更改(&C)…"))
        self.said = QLabel()
        self._lay_out()
        self._show()
        self._connect()

    @Slot()
    def take_folder(self) -> None:
        """Keep the backup folder that stands in the field, if backups can be written there."""
        chosen = self.folder.text().strip()
        path = backup_folder(chosen)
        problem = backup_place_problem(path)
        if problem is not None:
            self._say(f"✖ {problem.message}{problem.remedy}", Tone.ERROR)
            return
        warnings = [text(f"{code}_backup", {}) for code in place_warnings(path / "backup")]
        self._say(
            "\n".join(f"⚠ {said}" for said in warnings) or self.tr("✔ 备份放在这里。"),
            Tone.WARNING if warnings else Tone.GOOD,
        )
        usual = chosen and path == backup_folder()
        self._set(BACKUP_FOLDER, "" if usual else chosen)

    @Slot()
    def _choose_folder(self) -> None:
        chosen = open_folder(self, self.tr("备份放在哪个文件夹"), Path(self.folder.text()))
        if chosen is not None:
            self.folder.setText(str(chosen))
            self.take_folder()

    @Slot()
    def _restore(self) -> None:
        self._set(FONT_PERCENT, FONT_PERCENT.usual)
        self._set(THEME, THEME.usual)
        self._set(ROW_HEIGHT, ROW_HEIGHT.usual)
        self._set(BACKUP_FOLDER, BACKUP_FOLDER.usual)
        self.said.clear()
        self._show()

    def _set(self, option: Option[T], value: T) -> None:
        try:
            self._live.set(option, value)
        except ZhibaoError as fault:
            said = self.tr("⚠ 现在有效，但下次打开不会记得：{why}")
            self._say(said.format(why=fault.message), Tone.WARNING)

    def _say(self, said: str, which: Tone) -> None:
        tint(self.said, which)
        self.said.setText(said)

    def _show(self) -> None:
        """The values that hold."""
        percent = self._live.get(FONT_PERCENT)
        self.font_percent.setValue(percent)
        self.slider.setValue(percent // STEP)
        self.theme.setCurrentIndex(self.theme.findData(self._live.get(THEME)))
        self.rows.setCurrentIndex(self.rows.findData(self._live.get(ROW_HEIGHT)))
        self.folder.setText(str(backup_folder(self._live.get(BACKUP_FOLDER))))

    def _connect(self) -> None:
        self.slider.valueChanged.connect(lambda tens: self.font_percent.setValue(tens * STEP))
        self.font_percent.valueChanged.connect(self._scale)
        self.theme.activated.connect(lambda: self._set(THEME, Theme(self.theme.currentData())))
        self.rows.activated.connect(lambda: self._set(ROW_HEIGHT, RowHeight(self.rows.currentData())))
        self.folder.editingFinished.connect(self.take_folder)
        self.folder.passed.connect(self.take_folder)
        self.browse.clicked.connect(self._choose_folder)

    @Slot(int)
    def _scale(self, percent: int) -> None:
        self.slider.setValue(percent // STEP)
        self._set(FONT_PERCENT, percent)

    def _box(self, title: str, *choices: tuple[Theme | RowHeight, str]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(title)
        for value, said in choices:
            box.addItem(said, value)
        return box

    def _lay_out(self) -> None:
        self.font_percent.setRange(FONT_LEAST, FONT_MOST)
        self.font_percent.setSingleStep(STEP)
        self.font_percent.setSuffix(" %")
        self.font_percent.setKeyboardTracking(False)
        self.font_percent.setAccessibleName(self.tr("字号"))
        self.slider.setRange(FONT_LEAST // STEP, FONT_MOST // STEP)
        self.slider.setAccessibleName(self.tr("字号"))
        self.folder.setAccessibleName(self.tr("备份文件夹"))
        self.browse.setAutoDefault(False)
        self.said.setWordWrap(True)
        size = QHBoxLayout()
        size.addWidget(self.slider, 1)
        size.addWidget(self.font_percent)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        form = QFormLayout()
        form.addRow(labelled(self.tr("字号(&S)"), self.font_percent), size)
        form.addRow(self.tr("明暗(&M)"), self.theme)
        form.addRow(self.tr("行高(&R)"), self.rows)
        form.addRow(labelled(self.tr("备份文件夹(&B)"), self.folder), place)
        buttons = QDialogButtonBox(Standard.Close | Standard.RestoreDefaults)
        buttons.button(Standard.Close).setText(self.tr("关闭"))
        defaults = buttons.button(Standard.RestoreDefaults)
        defaults.setText(self.tr("恢复默认(&D)"))
        defaults.setAutoDefault(False)
        defaults.clicked.connect(self._restore)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(self.tr("改了马上生效，只对本机的您有效。")))
        layout.addLayout(form)
        layout.addWidget(self.said)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.resize(room_for(self, 34, 0).width(), self.sizeHint().height())
