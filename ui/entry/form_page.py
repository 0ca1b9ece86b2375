"""The form of one unit and period: sheet, side pane, task progress and findings, kept in step."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import ZhibaoError
from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.workspace import FormChange, FormSession
from desktop.workspace.form.sheet_layout import SheetLayout
from ui.entry.beside import FIRST, SECOND, Beside
from ui.entry.block_editing import BlockEditing
from ui.entry.figure_cells import Row
from ui.entry.figure_model import FigureModel
from ui.entry.figure_view import FigureView
from ui.entry.findings_panel import FindingsPanel
from ui.entry.life_banner import LifeBanner
from ui.entry.lines import is_left
from ui.entry.reversing import said_of
from ui.entry.search_bar import SearchBar
from ui.entry.sheet_actions import SheetActions
from ui.first_paint import FirstPaint

if TYPE_CHECKING:
    from ui.entry.detail_pane import DetailPane
    from ui.entry.item_editor import Wording
    from ui.entry.item_panel import ItemPanel

FIGURES, ITEMS = range(2)


class FormPage(QWidget):
    """Shows one session. `edited` carries every FormChange, `said` a sentence for the status bar."""

    edited = Signal(object)
    said = Signal(str)
    revision_wanted = Signal()
    result_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self.model = FigureModel(self)
        self._kept = SheetLayout.load()
        self.view = FigureView(self.model, self._kept)
        self.findings = FindingsPanel()
        self.blocks = BlockEditing(self.view, self.model, self)
        self.answers = SheetActions(self.view, lambda: self.detail, self)
        self.search = SearchBar(self._find)
        self.banner = LifeBanner()
        self.revise = self.banner.revise
        self.tabs = QTabWidget()
        self._figures = Beside((19, 12))  # both fit into 800 pixels with type of double size
        self._items_place = QVBoxLayout()
        self._wording: Wording = lambda _number: ""
        self._opening = False
        self._later: list[Callable[[], object]] = []
        self._first_paint = FirstPaint(self.view.viewport())
        self._lay_out()
        self._connect()

    @cached_property
    def detail(self) -> DetailPane:
        """What is said beside the sheet; made right after the first sight of it, in the place kept for it."""
        from ui.entry.detail_pane import DetailPane

        detail = DetailPane(self._kept)
        detail.explained.connect(self._explained)
        detail.left.connect(self.focus_sheet)
        detail.wanted.connect(lambda wanted: self._figures.turn_to(SECOND if wanted else FIRST))
        self._figures.put_second(detail)
        return detail

    @cached_property
    def items(self) -> ItemPanel:
        """Task progress; made right after the first sight too."""
        from ui.entry.item_panel import ItemPanel

        items = ItemPanel()
        items.edited.connect(self._take)
        items.said.connect(self.said)
        items.set_wording(self._wording)
        items.set_session(self._session)
        self._items_place.addWidget(items)
        return items

    @property
    def session(self) -> FormSession | None:
        """The session shown."""
        return self._session

    def set_session(self, session: FormSession | None) -> None:
        """Show another form; what is being typed in the one before is kept first."""
        self.leave()
        self._session = session
        # a department may have tasks alone: an empty sheet would say nothing, and is never painted
        rows = session is None or bool(session.form.rows)
        self._opening = session is not None and rows and self._first_paint.awaited
        self._later.clear()
        if session is not None and self._opening:
            session.postpone()
            self.findings.summary.setText(self.tr("正在审核…"))
        self.model.set_session(session, self.view.folding.folded_of(session) if session else ())
        if self._has_items:
            self.items.set_session(session)
        if self._has_detail:
            self.detail.show_row(session, None)
        self.tabs.setTabVisible(FIGURES, rows)
        if session is not None:
            self.view.go_to_first()
        if not self._opening:
            self._refresh_around()

    @property
    def settled(self) -> bool:
        """Whether everything around the sheet is shown too: at the start the sheet comes first."""
        return not self._opening

    def when_settled(self, work: Callable[[], object]) -> None:
        """Do something that the first sight of the form needn't wait for."""
        if self.settled:
            work()
        else:
            self._later.append(work)

    def settle(self) -> None:
        """Run the rules of a form that was shown before, and show what they found."""
        if not self._opening:
            return
        self._opening = False
        if self._session is not None:
            self._session.run_postponed()
        self.detail.show_row(self._session, self.model.row_at(self.view.currentIndex().row()))
        self.refresh()
        while self._later:
            QTimer.singleShot(0, self._later.pop(0))

    def leave(self) -> None:
        """Keep what is being typed."""
        self.view.keep_typed()
        if self._has_detail:
            self.detail.editor.keep_typed()
        if self._has_items:
            self.items.keep()

    def refresh(self) -> None:
        """Show the session as it stands now."""
        self.model.refresh()
        if self._has_items:
            self.items.keep()
            self.items.refresh()
        self._refresh_around()

    def set_wording(self, wording: Wording) -> None:
        """Where the official wording of items comes from."""
        self._wording = wording
        if self._has_items:
            self.items.set_wording(wording)

    def focus_sheet(self) -> None:
        """Give the keyboard to the table of the tab shown."""
        if self.tabs.currentIndex() == ITEMS:
            self.items.focus_table()
            return
        self._figures.turn_to(FIRST)
        self.view.setFocus()

    def show_tab(self, tab: int) -> None:
        """Bring figures or items to the front, with the keyboard; figures only where the unit has any."""
        self.tabs.setCurrentIndex(tab if self.tabs.isTabVisible(tab) else ITEMS)
        self.focus_sheet()

    def next_pane(self) -> None:
        """F6: sheet, explanation or editor, findings, and round."""
        self.settle()
        beside = self.focusWidget() not in (self.view, self.items.table)
        if self.findings.table.hasFocus() or (beside and not self.findings.table.isVisible()):
            self.focus_sheet()
        elif not beside:
            if self.tabs.currentIndex() == ITEMS:
                self.items.editor.focus_first()
            elif not (self.detail.focus_explanation() or self.detail.focus_first_box()):
                self.findings.table.setFocus()
        else:
            self.findings.table.setFocus()

    def next_empty(self) -> None:
        """Ctrl+Enter: the next field that is still to do, in figures or items."""
        if self._session is None:
            return
        if self._session.locked:
            self.said.emit(self.tr("本期已报出，报表已锁定。"))
            return
        in_items = self.tabs.currentIndex() == ITEMS
        found = self.items.go_to_left() if in_items else self.view.go_to_empty()
        if not found:
            self.said.emit(
                self.tr("任务进展已填齐。") if in_items else self.tr("指标数据已填齐，按 F9 审核。")
            )

    def next_finding(self) -> None:
        """F8: the next finding that needs something."""
        self._walk_findings(1)

    def previous_finding(self) -> None:
        """Shift+F8: the finding before that needs something."""
        self._walk_findings(-1)

    def _walk_findings(self, step: int) -> None:
        self.settle()
        self.items.keep()
        if not self.findings.go_next(step):
            self.said.emit(self.tr("没有需要处理的审核结果。"))

    def explain_here(self) -> None:
        """F7: to the explanation of the current row."""
        self.settle()
        if self.tabs.currentIndex() == ITEMS:
            self.said.emit(self.tr("任务进展的审核结果在审核页说明：按 F9，选中那一条。"))
            return
        self.show_tab(FIGURES)
        if not self.detail.focus_explanation():
            self.said.emit(self.tr("当前指标没有需要说明的审核结果。"))

    def go_to(self, finding: Finding) -> None:
        """Go to the place a finding speaks of."""
        self.go_to_address(finding.address)

    def go_to_address(self, address: str) -> None:
        """Go to an element's field, or to the editor of an item."""
        if address.startswith("item/"):
            self.tabs.setCurrentIndex(ITEMS)
            self.items.show_number(int(address.removeprefix("item/")))
            return
        self._show_figure(address)

    def show_place(self, address: str) -> None:
        """Go to an element's field or an item, whatever is or isn't found there."""
        self._show_place((address,))

    def undo(self) -> None:
        """Ctrl+Z: take back the last action, and go to where it was."""
        self._reverse(redo=False)

    def redo(self) -> None:
        """Ctrl+Y: do again what was undone."""
        self._reverse(redo=True)

    def start_search(self) -> None:
        """Ctrl+F: the search bar."""
        if self._session is not None and self.isVisible():
            self.search.begin()

    def show_columns(self) -> None:
        """Ctrl+L: which columns the sheet shows, and how wide."""
        if self._session is not None and self.isVisible():
            self.show_tab(FIGURES)
            self.answers.show_columns()

    def _find(self, text: str, step: int) -> bool:
        return (self.view if self.tabs.currentIndex() == FIGURES else self.items).look_for(text, step)

    def _reverse(self, *, redo: bool) -> None:
        session = self._session
        if session is None or not self.isVisible():
            return
        self.leave()
        try:
            done = session.redo() if redo else session.undo()
        except ZhibaoError as error:
            self.said.emit(str(error))
            return
        if done is None:
            self.said.emit(self.tr("没有可以重做的操作。") if redo else self.tr("没有可以撤销的操作。"))
            return
        self.model.refresh()
        self.items.refresh()
        self._show_place(done.change.addresses)
        self._take(done.change)
        self.said.emit(said_of(done, redo=redo))

    def _show_place(self, addresses: tuple[str, ...]) -> None:
        for address in sorted(addresses, key=lambda address: self.model.row_of(address) or 0)[:1]:
            if address.startswith("item/"):
                self.tabs.setCurrentIndex(ITEMS)
                self.items.show_row_of(int(address.removeprefix("item/")))
            else:
                self._show_figure(address)

    def _show_figure(self, address: str) -> None:
        self.tabs.setCurrentIndex(FIGURES)
        self._figures.turn_to(FIRST)
        self.view.show_address(address)

    @property
    def _has_items(self) -> bool:
        return "items" in vars(self)

    @property
    def _has_detail(self) -> bool:
        return "detail" in vars(self)

    def _show_row(self, row: Row | None) -> None:
        if self.settled:
            self.detail.show_row(self._session, row)

    def _take(self, change: FormChange) -> None:
        self.settle()
        self.view.folding.unfold_for(change.addresses)
        self._refresh_around()
        self.said.emit(message(change.notes[0]) if change.notes else self.answers.said_of(change))
        self.edited.emit(change)

    def _explained(self, change: FormChange) -> None:
        self.model.refresh()
        self._take(change)
        self.answers.explained(change)

    def _refresh_around(self) -> None:
        session = self._session
        if session is not None or self._has_detail:
            self.detail.refresh()
        self.findings.show_session(session)
        left = sum(1 for row in session.form.rows if is_left(row, session)) if session else 0
        items = self.items.model.left() if session is not None or self._has_items else 0
        self.tabs.setTabText(FIGURES, self._tab_text(self.tr("指标数据"), left))
        self.tabs.setTabText(ITEMS, self._tab_text(self.tr("任务进展"), items))
        self.banner.show_session(session)

    def _tab_text(self, name: str, left: int) -> str:
        if self._session is None:
            return name
        return (
            self.tr("{name}（还剩 {n}）").format(name=name, n=left)
            if left
            else self.tr("{name} ✔").format(name=name)
        )

    def _connect(self) -> None:
        self.model.edited.connect(self._take)
        self.blocks.said.connect(self.said)
        self.search.closed.connect(self.focus_sheet)
        self.findings.goto.connect(self.go_to)
        self.view.row_changed.connect(self._show_row)
        self._first_paint.done.connect(self.settle)
        self.view.explain_wanted.connect(self.explain_here)
        self.answers.said.connect(self.said)
        self.revise.clicked.connect(self.revision_wanted)
        self.banner.result.clicked.connect(self.result_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands around the sheet leaves it room."""
        super().resizeEvent(event)
        self.findings.fit_height()
        self.banner.fit_height()

    def _lay_out(self) -> None:
        figures = self._figures
        figures.addWidget(self.view)
        figures.addWidget(QScrollArea())
        figures.setStretchFactor(0, 3)
        figures.setStretchFactor(1, 1)
        figures.fit()
        em = self.fontMetrics().horizontalAdvance("国")
        figures.setSizes([em * 54, em * 22])
        self.tabs.addTab(figures, "")
        place = QWidget()
        place.setLayout(self._items_place)
        self._items_place.setContentsMargins(0, 0, 0, 0)
        self.tabs.addTab(place, "")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(self.tr("填报内容"))
        below = QSplitter(Qt.Orientation.Vertical)
        below.addWidget(self.tabs)
        below.addWidget(self.findings)
        below.setStretchFactor(0, 4)
        below.setStretchFactor(1, 1)
        below.setCollapsible(0, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 0)
        layout.setSpacing(4)
        layout.addWidget(self.banner)
        layout.addWidget(self.search)
        layout.addWidget(below, 1)
