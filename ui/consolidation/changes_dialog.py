"""与上次导出比: what is different now, and the export of that time made again."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from desktop.workspace import ChangesSince, Workspace
from ui.consolidation.decision_dialog import DecisionDialog
from ui.consolidation.figure_words import plain
from ui.consolidation.text_table import TextColumn, TextRow
from ui.file_dialogs import save_file

SIZE_EM = (50, 28)


class ChangesDialog(DecisionDialog):
    """What an export now would show otherwise."""

    def __init__(self, workspace: Workspace, found: ChangesSince, parent: QWidget) -> None:
        columns = (
            TextColumn(self.tr("变化"), 22),
            TextColumn(self.tr("导出时"), 10, figure=True),
            TextColumn(self.tr("现在"), 10, figure=True),
        )
        title = self.tr("与上次导出比 {period}").format(period=found.since.period.label)
        empty = self.tr("与导出时完全一样，不用再导出。")
        super().__init__(title, columns, SIZE_EM, parent, empty=empty)
        self._workspace, self._found = workspace, found
        since = found.since
        said = self.tr("第 {n} 次导出（{file}），内容截至 {time:%Y-%m-%d %H:%M}。").format(
            n=since.number, file=since.file, time=since.created
        )
        self.head.setText(said + (self.tr("此后没有变化。") if found.nothing else ""))
        self.rows.set_rows(self._lines())
        self.again = self.buttons.addButton(
            self.tr("重新写出当时的汇总表(&R)…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self._write_again)
        self.lay_out()
        self.stay_at(0)

    def _lines(self) -> list[TextRow]:
        lines = [TextRow((sentence, "", "")) for sentence in self._found.said]
        for unit in self._found.units:
            now = self.tr("第 {n} 版").format(n=unit.revision) if unit.now else "—"
            before = self.tr("第 {n} 版").format(n=unit.revision_before) if unit.before else "—"
            before += self.tr("（另一份）") if before == now and unit.before else ""
            lines.append(TextRow((self.tr("{unit}的报表").format(unit=unit.name), before, now)))
        lines += [TextRow((t.name, plain(t.before), plain(t.now))) for t in self._found.totals]
        return lines

    @Slot()
    def _write_again(self) -> None:
        since = self._found.since
        proposed = self._workspace.path.parent / since.file
        chosen = save_file(self, self.tr("重新写出"), proposed, self.tr("工作簿 (*.xlsx)"))
        if chosen is not None and self.attempt(
            lambda: self._workspace.totals.export_again(since.period, chosen, since.number, overwrite=True)
        ):
            self.head.setText(self.tr("已按当时的内容写出：{path}").format(path=chosen))
