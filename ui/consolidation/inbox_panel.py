"""收件箱: every file ever seen, the newest first, refused ones too, with what was said of it."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.workspace import SeenFile, Workspace
from ui.colours import Tone
from ui.consolidation.board_parts import SaidLine, refill
from ui.consolidation.result_models import VERDICT_TONES, verdict_name
from ui.consolidation.text_table import TextColumn, TextRow, TextTable, text_view
from ui.flow import FlowLayout

MARK = 12
"""Hex digits of the SHA-256 that are shown; the whole stands in the tool tip of the line below."""


class InboxPanel(QWidget):
    """A list that filters by verdict; the line below says all of the file chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._files: tuple[SeenFile, ...] = ()
        self._shown: tuple[SeenFile, ...] = ()
        self.model = TextTable(
            (
                TextColumn(self.tr("收到时间"), 9),
                TextColumn(self.tr("文件"), 18),
                TextColumn(self.tr("结论"), 6),
                TextColumn(self.tr("单位"), 8),
                TextColumn(self.tr("报告期"), 9),
                TextColumn(self.tr("来源"), 12),
                TextColumn(self.tr("说明"), 20),
            ),
            self,
        )
        self.table = text_view(
            self.model,
            self.tr("收件箱"),
            self.tr("还没有收到过文件。收取之后，每个文件都会记在这里，不接收的也在内。"),
        )
        self.verdict = QComboBox()
        self.verdict.setAccessibleName(self.tr("按结论筛选"))
        self.open_folder = QPushButton(self.tr("打开它的文件夹(&P)"))
        self.detail = SaidLine()
        self._lay_out()
        self.verdict.activated.connect(self._refilter)
        self.open_folder.clicked.connect(self.show_folder)
        self.table.selectionModel().currentRowChanged.connect(lambda index: self._show(index.row()))

    def show_workspace(self, workspace: Workspace | None) -> int:
        """Show what came; returns how many arrivals there are."""
        self._plan = workspace.plan if workspace else None
        self._files = workspace.review.files() if workspace else ()
        counts: dict[str, int] = {}
        for file in self._files:
            counts[file.verdict] = counts.get(file.verdict, 0) + 1
        verdicts = [(f"{verdict_name(v)} {counts[v]}", v) for v in VERDICT_TONES if v in counts]
        refill(self.verdict, [(self.tr("全部结论 {n}").format(n=len(self._files)), ""), *verdicts])
        self._refilter()
        return len(self._files)

    @property
    def current(self) -> SeenFile | None:
        """The file chosen."""
        row = self.table.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @Slot()
    def show_folder(self) -> None:
        """Show where the file lay in the system's file manager."""
        file = self.current
        if file is not None and file.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.folder)))

    @Slot()
    def _refilter(self) -> None:
        wanted = self.verdict.currentData() or ""
        self._shown = tuple(file for file in self._files if wanted in ("", file.verdict))
        self.model.set_rows([self._row(file) for file in self._shown])
        if self._shown:
            self.table.selectRow(0)
        else:
            self._show(-1)

    def _row(self, file: SeenFile) -> TextRow:
        plan = self._plan
        known = plan is not None and plan.has_unit(file.unit)
        unit = plan.unit(file.unit).short_name if known and plan else file.unit
        period = Period.parse(file.period).label if file.period else ""
        came = f"{file.received:%Y-%m-%d %H:%M}"
        texts = (came, file.name, verdict_name(file.verdict), unit, period, _from(file), file.reason)
        which = VERDICT_TONES[file.verdict]
        return TextRow(texts, None if which is Tone.GOOD else which)

    def _show(self, row: int) -> None:
        file = self._shown[row] if 0 <= row < len(self._shown) else None
        self.open_folder.setEnabled(file is not None and file.folder is not None and file.folder.is_dir())
        if file is None:
            self.detail.setText("")
            return
        sender = self.tr("　发件人 {sender}").format(sender=file.sender) if file.sender else ""
        sender += self.tr("　收到日期由经办人填写") if file.told else ""
        self.detail.setText(
            self.tr("【{verdict}】{reason}\n{place}{sender}　{size} 字节　SHA-256 {mark}…").format(
                verdict=verdict_name(file.verdict),
                reason=file.reason,
                place=file.place,
                sender=sender,
                size=file.size,
                mark=file.sha256[:MARK],
            )
        )
        self.detail.setToolTip(file.sha256)

    def _lay_out(self) -> None:
        tools = FlowLayout(self.verdict, self.open_folder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(tools)
        layout.addWidget(self.detail)
        layout.addWidget(self.table, 1)


def _from(file: SeenFile) -> str:
    """Who sent it if a mail says so, else the folder."""
    return file.sender or (str(file.folder) if file.folder else "")
