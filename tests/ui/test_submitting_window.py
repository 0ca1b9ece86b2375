"""Explaining warnings, handing in, and what is locked afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.canonical import short_digest
from desktop.model.submission import BLANK, NIL, Answer, ItemReport, ItemStatus
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui import print_out
from ui.entry.check_lines import Group
from ui.entry.figure_model import COL_REMARK
from ui.entry.paper_head_dialog import PaperHeadDialog
from ui.entry.submit_dialog import SubmitDialog
from ui.main_window import MainWindow


def fill(window: MainWindow, **figures: str) -> None:
    """Fill what a street owes in 2024Q3; other figures by name."""
    page = window.page.form
    assert page.session is not None
    for row in page.session.form.due_rows:
        if row.mode.value == "entered":
            page.model.take(page.session.type_figure(row.element.id, figures.get(row.element.id, "12")))


def dialog_of(qtbot: QtBot, window: MainWindow) -> SubmitDialog:
    dialog = window.page.findChild(SubmitDialog)
    assert isinstance(dialog, SubmitDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def texts(dialog: SubmitDialog) -> list[str]:
    """The lines of the check page."""
    return [line.text for line in dialog.check.lines]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system's programs were asked to open."""
    paths: list[Path] = []

    def open_(path: Path) -> bool:
        paths.append(path)
        return True

    monkeypatch.setattr(print_out, "open_with_system", open_)
    return paths


def back_in(qtbot: QtBot, window: QWidget) -> None:
    """A window manager gives the keyboard back to the window behind a dialog; here it has to be asked."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def alt(key: Qt.Key) -> None:
    """An access key; Qt presses the button a moment later."""
    press(key, modifier=Qt.KeyboardModifier.AltModifier)


def test_a_filled_form_is_handed_in_and_locked(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace, opened: list[Path]
) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    assert dialog.sign.responsible.hasFocus()
    type_text("Wang")
    press(Key.Key_Return)
    assert focused() is dialog.sign.reviewer, "Enter goes on, it hands nothing in while names are typed"
    type_text("Li")
    press(Key.Key_Tab)
    type_text("Zhao")
    assert dialog.sign.preparer.text().endswith("Zhao")
    press(Key.Key_Return)
    assert focused() is dialog.sign.submit
    with qtbot.waitSignal(dialog.submitted, timeout=10_000):
        press(Key.Key_Return)
    made = dialog.made
    path = Path(made.file.text())
    assert path.is_file()
    assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert path.with_suffix(".eml").is_file()
    assert "1" in made.revision.text()
    assert len(made.code.text()) == len("ABCD-ABCD-ABCD")
    assert dialog.focusWidget() is made.close_button
    back_in(qtbot, dialog)
    for key, wanted in (
        (Key.Key_M, path.with_suffix(".eml")),
        (Key.Key_P, path.with_suffix(".pdf")),  # no printer here: the sheet is opened instead
        (Key.Key_F, path.with_suffix(".pdf")),
        (Key.Key_O, path.parent),
    ):
        opened.clear()
        alt(key)
        qtbot.waitUntil(lambda: bool(opened))
        assert opened == [wanted]
    code = made.code.text()
    alt(Key.Key_C)
    page = window.page.form
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    session = page.session
    assert session is not None
    assert session.locked
    assert session.sign_off.responsible == "Wang"
    assert page.banner.isVisible()
    assert all(part in page.banner.text for part in ("第 1 版", "2024年10月5日", "演示员", code)), (
        page.banner.text
    )
    assert "已报出" in page.findings.summary.text()
    assert "F12" not in page.findings.summary.text(), "what is handed in isn't asked for again"
    before = session.section
    back_in(qtbot, window)
    page.view.setFocus()
    type_text("9")
    press(Key.Key_Slash)
    press(Key.Key_Delete)
    assert session.section == before
    page.revise.click()
    assert (session.life.locked, session.life.revision) == (False, 2)
    assert "修订" in page.banner.text
    assert not page.revise.isVisible()


def test_a_warning_is_explained_with_the_keyboard_before_submission(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window, training_visits="99999999")
    page = window.page.form
    assert page.session is not None
    assert page.session.assessment.unexplained
    page.view.show_address("training_visits")
    press(Key.Key_F7)
    assert focused() is page.detail.editor.reason
    press(Key.Key_7, Key.Key_Return)
    assert focused() is page.detail.editor.text
    type_text("无")
    press(Key.Key_Return)
    assert page.session.assessment.unexplained, "an empty phrase must not count"
    press(Key.Key_A, modifier=CONTROL)
    type_text("本季集中办了三期大型培训")
    press(Key.Key_Return)
    assert not page.session.assessment.unexplained
    assert page.session.assessment.may_submit
    row = page.model.row_of("training_visits")
    assert row is not None
    assert "已说明" in str(page.model.index(row, COL_REMARK).data())


def test_open_errors_stand_in_the_dialog_and_may_be_sent_along(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window, training_visits="")
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    assert not dialog.check.next.isEnabled()
    assert focused() is dialog.check.problems
    assert "【待填】" in dialog.check.problems.currentItem().text()
    dialog.check.editor.reason.setFocus()
    press(Key.Key_1, Key.Key_Return)
    type_text("统计口径正在与区局核对")
    press(Key.Key_Return)
    assert focused() is dialog.check.next
    assert window.page.session is not None
    assert len(window.page.session.assessment.forced) == 1
    row = window.page.form.model.row_of("training_visits")
    assert row is not None
    assert window.page.form.model.index(row, COL_REMARK).data() == "带错上报", "the sheet asks no more"
    press(Key.Key_Return)
    assert dialog.sign.submit.isEnabled()
    assert dialog.sign.responsible.hasFocus()
    dialog.reject()


def test_enter_on_what_stands_against_it_goes_to_the_place(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window, training_visits="")
    page = window.page.form
    page.view.show_address("mediation_street")
    press(Key.Key_F9)
    dialog = dialog_of(qtbot, window)
    assert "待填 1 项" in dialog.check.summary.text()
    press(Key.Key_Return)
    row = page.view.current_row()
    assert row is not None
    assert row.element.id == "training_visits"
    assert not dialog.isVisible()
    assert window.focusWidget() is page.view


def test_the_check_page_lists_errors_then_warnings_then_blanks(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    session = window.page.session
    assert session is not None
    typed = {row.element.id: "99999999" for row in session.form.due_rows}
    for element, text in {**typed, "training_visits": "", "mediation_street": "abc"}.items():
        window.page.form.model.take(session.type_figure(element, text))
    press(Key.Key_F9)
    dialog = dialog_of(qtbot, window)
    headings = [line.text.split(" ")[0] for line in dialog.check.lines if line.heading]
    assert headings == ["错误", "待说明", "待填"]
    warnings = [line for line in dialog.check.lines if line.group is Group.WARNINGS and line.finding]
    assert len(session.assessment.unexplained) > len(warnings) == 5, "the five most telling first"
    assert [line.finding for line in warnings] == list(session.assessment.unexplained[:5])
    more = next(n for n, line in enumerate(dialog.check.lines) if line.more)
    dialog.check.problems.setFocus()
    dialog.check.problems.setCurrentRow(more)
    press(Key.Key_Return)
    shown = [line.finding for line in dialog.check.lines if line.group is Group.WARNINGS and line.finding]
    assert shown == list(session.assessment.unexplained)
    assert dialog.isVisible(), "opening the rest stays on the page"
    press(Key.Key_Home)
    assert "错误 1 条" in dialog.check.summary.text()
    dialog.reject()


def test_arrows_pass_the_headings_by(qtbot: QtBot, open_window: OpenWindow, street: Workspace) -> None:
    window = open_window(street)
    fill(window, training_visits="", mediation_street="abc")
    press(Key.Key_F9)
    dialog = dialog_of(qtbot, window)
    seen = []
    for _ in range(3):
        seen.append(dialog.check.lines[dialog.check.problems.currentRow()])
        press(Key.Key_Down)
    assert not any(line.heading for line in seen)
    assert [line.address for line in seen[:2]] == ["mediation_street", "training_visits"]
    dialog.reject()


def test_sent_for_review_and_changed_the_code_is_void_for_all_to_see(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, street: Workspace, opened: list[Path]
) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    type_text("Wang")
    dialog.sign.folder.setText(str(tmp_path / "out"))
    alt(Key.Key_R)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == list((tmp_path / "out").glob("*_送审.pdf"))
    assert "已于" in dialog.sign.review.text()
    page, session = window.page.form, window.page.session
    assert session is not None
    code = short_digest(session.life.reviewed.check_code) if session.life.reviewed else ""
    assert code in dialog.sign.review.text()
    press(Key.Key_Escape)
    back_in(qtbot, window)
    assert code in page.banner.text
    assert "已送审" in page.banner.text
    page.view.show_address("training_visits")
    type_text("13")
    press(Key.Key_Return)
    assert "已作废" in page.banner.text
    press(Key.Key_Z, modifier=CONTROL)
    assert "已作废" not in page.banner.text, "what the leader got is what stands there again"
    page.view.show_address("training_visits")
    type_text("14")
    press(Key.Key_Return)
    press(Key.Key_F12)
    dialog = window.page.findChildren(SubmitDialog)[-1]
    qtbot.waitUntil(dialog.isActiveWindow)
    assert "已作废" in dialog.sign.review.text()
    dialog.reject()


def test_another_name_voids_the_code_too(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace, opened: list[Path]
) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    type_text("Wang")
    dialog.send_for_review()
    assert "已作废" not in dialog.sign.review.text()
    dialog.sign.responsible.setFocus()
    press(Key.Key_End)
    type_text("Li")
    assert "已作废" in dialog.sign.review.text()
    dialog.reject()


def test_a_revision_lists_its_changes_and_goes_to_them(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window)
    page, session = window.page.form, window.page.session
    assert session is not None
    street.submit_form(session, tmp_path)
    page.refresh()
    page.revise.click()
    page.view.show_address("training_visits")
    type_text("13")
    press(Key.Key_Return)
    row = page.model.row_of("training_visits")
    assert row is not None
    assert "原 12" in str(page.model.index(row, COL_REMARK).data())
    assert "改动 1 处" in page.banner.text
    press(Key.Key_F9)
    dialog = dialog_of(qtbot, window)
    changes = [n for n, line in enumerate(dialog.check.lines) if line.group is Group.CHANGES and line.address]
    assert [texts(dialog)[n].split("：")[1] for n in changes] == ["12 → 13"]
    dialog.check.problems.setFocus()
    dialog.check.problems.setCurrentRow(changes[0])
    page.view.show_address("mediation_street")
    dialog.check.problems.setFocus()
    press(Key.Key_Return)
    current = page.view.current_row()
    assert current is not None
    assert current.element.id == "training_visits"


def test_after_the_last_warning_the_keyboard_is_where_blanks_are_filled_in(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window, training_visits="99999999", mediation_street="")
    page = window.page.form
    page.view.show_address("training_visits")
    press(Key.Key_F9)
    check = dialog_of(qtbot, window).check
    assert "【待说明】" in check.problems.currentItem().text()
    check.editor.reason.setFocus()
    press(Key.Key_7, Key.Key_Return)
    type_text("本季集中办了三期大型培训")
    press(Key.Key_Return)
    assert focused() is check.problems, "a blank is filled in; sending it along is not the first thing to do"
    assert "【待填】" in check.problems.currentItem().text()
    press(Key.Key_Return)
    current = page.view.current_row()
    assert current is not None and current.element.id == "mediation_street"


def test_an_item_with_words_and_without_a_state_is_said_to_be_left(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    page = window.page.form
    assert page.session is not None
    number = next(entry.item.number for entry in page.session.form.items if entry.leads)
    before = page.items.model.left()
    said = ItemReport(narrative="演示：印发了通知，正在落实。")
    page.session.set_item(number, said).saved.result()
    page.refresh()
    assert page.items.model.left() == before, "who leads says where the item stands"
    press(Key.Key_F9)
    check = dialog_of(qtbot, window).check
    (line,) = (n for n, one in enumerate(check.lines) if "【待选状态】" in one.text)
    check.problems.setFocus()
    check.problems.setCurrentRow(line)
    press(Key.Key_Slash)
    assert page.session.section.items[number] == said, "its words aren't wiped out by one key"
    assert window.focusWidget() is page.items.editor.status, "it leads to the state"


def test_an_item_answered_on_the_check_page_stays_answered_where_its_editor_stands_open(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    page = window.page.form
    press(Key.Key_2, modifier=CONTROL)
    item = page.items.model.item(0)
    assert page.session is not None and item is not None and item.leads
    press(Key.Key_F9)
    dialog = dialog_of(qtbot, window)
    line = next(n for n, one in enumerate(dialog.check.lines) if one.group is Group.ITEMS and one.address)
    assert dialog.check.lines[line].address == f"item/{item.item.number}"
    dialog.check.problems.setFocus()
    dialog.check.problems.setCurrentRow(line)
    press(Key.Key_Slash)
    assert page.session.section.items[item.item.number].status is ItemStatus.NO_NEWS
    press(Key.Key_Escape)
    page.leave()
    assert page.session.section.items[item.item.number].status is ItemStatus.NO_NEWS


def test_names_are_asked_for(qtbot: QtBot, open_window: OpenWindow, street: Workspace) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    alt(Key.Key_S)
    qtbot.waitUntil(lambda: "单位负责人" in dialog.sign.summary.text())
    assert window.page.session is not None
    assert not window.page.session.locked
    dialog.reject()


def test_a_locked_form_says_what_to_do_and_shows_what_was_made(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window)
    session = window.page.session
    assert session is not None
    done = street.submit_form(session, tmp_path)
    press(Key.Key_F12)
    assert "修订" in window.statusBar().currentMessage()
    dialog = dialog_of(qtbot, window)
    assert dialog.made.file.text() == str(done.path)
    assert done.path.with_suffix(".pdf").is_file(), "the sheet is made again where it was missing"
    done.path.unlink()
    dialog.made._open(done.path)
    assert "找不到" in dialog.made.said.text()
    dialog.reject()


def test_the_head_of_printed_sheets_is_the_office_s_to_fill_in(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    alt(Key.Key_H)
    qtbot.waitUntil(lambda: dialog.findChild(PaperHeadDialog) is not None)
    head = dialog.findChild(PaperHeadDialog)
    assert isinstance(head, PaperHeadDialog)
    qtbot.waitUntil(head.isActiveWindow)
    type_text("演示01表")
    press(Key.Key_Return)
    assert street.reports.head.lines == ("表号：演示01表",)
    dialog.reject()


def test_escape_waits_for_the_file_that_is_being_written(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    type_text("Wang")
    with qtbot.waitSignal(dialog.submitted, timeout=10_000):
        alt(Key.Key_S)
        qtbot.waitUntil(lambda: not dialog.sign.submit.isEnabled())
        dialog.reject()
    assert dialog.isVisible()
    assert Path(dialog.made.file.text()).is_file()
    dialog.accept()


def test_a_folder_that_is_gone_is_said_and_the_form_stays_open(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    type_text("Wang")
    dialog.sign.folder.setText(str(tmp_path / "stick" / "gone"))
    dialog.hand_in()
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None)
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.informativeText()
    box.close()
    assert window.page.session is not None
    assert not window.page.session.locked
    assert dialog.sign.submit.isEnabled()
    dialog.reject()


def test_looking_at_the_dialog_is_no_step_to_be_undone(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window)
    session = window.page.session
    assert session is not None
    window.page.form.view.show_address("training_visits")
    type_text("13")
    press(Key.Key_Return)
    for key in (Key.Key_F9, Key.Key_F12):
        press(key)
        dialog = window.page.findChildren(SubmitDialog)[-1]
        qtbot.waitUntil(dialog.isActiveWindow)
        press(Key.Key_Escape)
        back_in(qtbot, window)
    press(Key.Key_Z, modifier=CONTROL)
    assert session.section.figure("training_visits").value == 12


def test_names_typed_and_not_handed_in_yet_are_there_the_next_time(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog_of(qtbot, window)
    type_text("Wang")
    press(Key.Key_Escape)
    session = window.page.session
    assert session is not None
    assert session.sign_off.responsible == "Wang"


def test_slash_and_space_answer_on_the_check_page_as_in_the_sheet(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    press(Key.Key_F9)
    dialog = dialog_of(qtbot, window)
    check, session = dialog.check, window.page.form.session
    assert session is not None
    issued = next(n for n, line in enumerate(check.lines) if line.address == "patents_valid")
    check.problems.setCurrentRow(issued)
    check.problems.setFocus()
    press(Key.Key_Space)
    assert session.section.figure("patents_valid").answer is Answer.CONFIRMED
    assert "“有效专利拥有量”已核对相符" in check.summary.text()
    blank = next(line for line in check.lines if line.group is Group.BLANKS and line.address)
    check.problems.setCurrentRow(check.lines.index(blank))
    press(Key.Key_Slash)
    assert session.section.figure(blank.address) == NIL
    assert "已记为无此项业务" in check.summary.text() and "Ctrl+Z" in check.summary.text()
    assert blank.address not in {line.address for line in check.lines}
    assert check.problems.hasFocus() or check.next.hasFocus()
    press(Key.Key_Escape)
    back_in(qtbot, window)
    press(Key.Key_Z, modifier=CONTROL)
    assert session.section.figure(blank.address) == BLANK


def test_an_item_is_written_in_again_once_a_revision_began(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    page = window.page.form
    fill(window)
    page.show_tab(1)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    dialog.sign.responsible.setText("Wang")
    with qtbot.waitSignal(dialog.submitted, timeout=10_000):
        dialog.hand_in()
    dialog.accept()
    assert not page.items.editor.narrative.isEnabled()
    page.revise.click()
    assert page.items.editor.narrative.isEnabled() and page.items.editor.no_news.isEnabled()


def test_a_section_in_which_nothing_is_owed_is_not_called_complete(
    open_window: OpenWindow, street: Workspace
) -> None:
    page = open_window(street).page.form
    titles = [str(page.model.index(row, 0).data()) for row in page.model.header_rows()]
    assert "▾ 创造　没有必填的" in titles and "▾ 保护　还剩 1 项" in titles
    assert not any("已填齐" in title for title in titles)
    page.view.show_address("mediation_street")
    type_text("5")
    press(Key.Key_Return)
    titles = [str(page.model.index(row, 0).data()) for row in page.model.header_rows()]
    assert "▾ 保护　✔ 已填齐" in titles
