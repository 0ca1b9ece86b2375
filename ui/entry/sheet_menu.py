"""The menu of one row of the sheet: for the mouse, and for the menu key."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.model.element import Mode
from desktop.model.form import FormRow
from ui.entry.columns import ALWAYS, titles
from ui.entry.figure_view import FigureView
from ui.i18n import translate


def show_menu(view: FigureView, place: QPoint, *, editable: bool) -> QMenu:
    """Open the menu of the row under the cursor; what can't be done there is left out."""
    menu = QMenu(view)
    row = view.current_row()
    if row is not None and row.due and editable:
        _add_answers(menu, view, row)
        menu.addSeparator()
    _add(menu, translate("SheetMenu", "写出错说明\tF7")).triggered.connect(view.explain_wanted)
    _add(menu, translate("SheetMenu", "复制\tCtrl+C")).triggered.connect(view.copy_wanted)
    if editable:
        _add(menu, translate("SheetMenu", "粘贴\tCtrl+V")).triggered.connect(view.paste_wanted)
        _add(menu, translate("SheetMenu", "取上期数\tCtrl+D")).triggered.connect(view.last_wanted)
    menu.addSeparator()
    columns = menu.addMenu(translate("SheetMenu", "显示的列"))
    for column, title in enumerate(titles()):
        if column in ALWAYS:
            continue
        action = _add(columns, title)
        action.setCheckable(True)
        action.setChecked(view.columns.is_shown(column))
        action.toggled.connect(lambda shown, column=column: view.columns.show(column, shown=shown))
    columns.addSeparator()
    _add(columns, translate("SheetMenu", "列宽…\tCtrl+L")).triggered.connect(view.columns_wanted)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
    return menu


def _add_answers(menu: QMenu, view: FigureView, row: FormRow) -> None:
    answers = [
        (translate("SheetMenu", "无此项业务\t/"), view.nil_wanted),
        (translate("SheetMenu", "清空\tDelete"), view.clear_wanted),
    ]
    if row.element.columns:
        answers.insert(0, (translate("SheetMenu", "填名单…\tF4"), view.rows_wanted))
    elif _has_parts(view, row):
        answers.insert(0, (translate("SheetMenu", "其中：重复、区外…\tF4"), view.parts_wanted))
    if row.mode is Mode.ISSUED:
        answers = [
            (translate("SheetMenu", "核对相符\t空格"), view.confirm_wanted),
            (translate("SheetMenu", "有异议：填本单位的数和理由\tF3"), view.dispute_wanted),
            *answers,
        ]
    for text, signal in answers:
        _add(menu, text).triggered.connect(lambda _on=False, signal=signal: signal.emit(row))


def _has_parts(view: FigureView, row: FormRow) -> bool:
    from desktop.workspace.form.deducting import parts_of

    session = view.figures.session
    return session is not None and bool(parts_of(session, row.element.id))


def _add(menu: QMenu, text: str) -> QAction:
    action = QAction(text, menu)
    menu.addAction(action)
    return action
