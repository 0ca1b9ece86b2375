"""The dialogue about an odd figure, by real keys: refused, shared, pasted, void, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.model.submission import Explanation
from desktop.workspace import FormSession, Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry.check_lines import Group
from ui.entry.explanation import ExplanationEditor
from ui.entry.figure_model import COL_REMARK
from ui.entry.form_page import FormPage
from ui.entry.submit_dialog import SubmitDialog
from ui.main_window import MainWindow

UNIT = "jingkai"
VISITS, TOTAL, PART = "training_visits", "contract_total", "contract_patent"
MOVED, CORRECTED = Key.Key_2, Key.Key_5
"""The digits of 企业迁入迁出 and 上期更正."""
WHY = "两家企业7月迁往西青区，合同随迁"


@pytest.fixture
def fallen(zone: Workspace) -> Workspace:
    """Three figures of the zone were 500 in the second quarter and are 400 now."""
    for period, value in ((Period.parse("2024Q2"), "500"), (PERIOD, "400")):
        session = zone.form(UNIT, period)
        for element in (VISITS, TOTAL, PART):
            session.type_figure(element, value).saved.result()
    return zone


def session_of(page: FormPage) -> FormSession:
    assert page.session is not None
    return page.session


def go(page: FormPage, element: str) -> ExplanationEditor:
    """To a row of the sheet and, with F7, to its explanation."""
    page.view.setFocus()
    assert page.view.show_address(element)
    press(Key.Key_F7)
    return page.detail.editor


def explain(page: FormPage, element: str, text: str, reason: Qt.Key = MOVED) -> None:
    """Choose a reason by its digit, write the text, Enter."""
    editor = go(page, element)
    if focused() is editor.reason:
        press(reason, Key.Key_Return)
    type_text(text)
    press(Key.Key_Return)


def kept(page: FormPage, element: str) -> Explanation | None:
    return session_of(page).explanation(f"flow.fell@{element}")


def remark(page: FormPage, element: str) -> str:
    row = page.model.row_of(element)
    assert row is not None
    return str(page.model.index(row, COL_REMARK).data())


def retype(page: FormPage, element: str, value: str) -> None:
    page.view.setFocus()
    assert page.view.show_address(element)
    type_text(value)
    press(Key.Key_Return)


def panel(page: FormPage) -> list[str]:
    model = page.findings.model
    return ["　".join(str(model.index(row, c).data()) for c in range(3)) for row in range(model.rowCount())]


def test_no_reason_is_chosen_beforehand_and_the_field_says_what_to_write(
    open_window: OpenWindow, fallen: Workspace
) -> None:
    page = open_window(fallen).page.form
    editor = go(page, VISITS)
    assert focused() is editor.reason
    assert editor.reason.currentIndex() == -1
    assert editor.reason.placeholderText() == "请选择原因"
    press(MOVED)
    assert "企业迁入迁出" in editor.reason.currentText()
    assert "哪家企业" in editor.text.placeholderText()
    press(CORRECTED)
    assert "更正哪一期" in editor.text.placeholderText()
    press(Key.Key_Return)
    assert focused() is editor.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("核实无误", "说明只写了“核实无误”"),
        ("情况属实。 数据正常！", "说明只写了“情况属实。 数据正常！”"),
        ("迁走三家", "还差2个字"),
        ("企业迁入迁出所致", "只重复了所选的原因“企业迁入迁出”"),
        ("400", "只写了数值“400”"),
        ("本期400人次，比2024年第二季度的500人次减少100人次", "把审核结果重复了一遍"),
    ],
)
def test_each_refusal_is_said_while_typing_and_after_enter_and_the_text_stays(
    open_window: OpenWindow, fallen: Workspace, text: str, sentence: str
) -> None:
    page = open_window(fallen).page.form
    editor = go(page, VISITS)
    press(MOVED, Key.Key_Return)
    type_text(text)
    assert sentence in editor.state
    assert "哪家企业、何时从何处迁入或迁往何处" in editor.state
    assert kept(page, VISITS) is None
    press(Key.Key_Return)
    assert editor.state.startswith("✖ 未采用")
    assert sentence in editor.state
    assert editor.text.toPlainText() == text
    assert "未采用" in remark(page, VISITS)
    assert any(line.startswith("未采用") for line in panel(page))
    assert VISITS in {f.address for f in session_of(page).assessment.unexplained}
    press(Key.Key_A, modifier=CONTROL)
    type_text(WHY)
    assert "可以采用" in editor.state
    press(Key.Key_Return)
    assert "✔ 已采用" in editor.state
    assert "已说明" in remark(page, VISITS)


def test_without_a_reason_the_text_is_kept_as_a_draft(open_window: OpenWindow, fallen: Workspace) -> None:
    page = open_window(fallen).page.form
    editor = go(page, VISITS)
    press(Key.Key_Return)
    type_text(WHY)
    press(Key.Key_Return)
    assert "说明还没有选原因" in editor.state
    answer = kept(page, VISITS)
    assert answer is not None and (answer.reason, answer.text) == ("", WHY)
    go(page, VISITS)
    assert focused() is editor.reason
    press(MOVED, Key.Key_Return, Key.Key_Return)
    assert "✔ 已采用" in editor.state


def test_what_was_typed_and_not_entered_is_not_lost(
    qtbot: QtBot, open_window: OpenWindow, fallen: Workspace
) -> None:
    window = open_window(fallen)
    page = window.page.form
    editor = go(page, VISITS)
    press(MOVED, Key.Key_Return)
    type_text("两家企业7月")
    go(page, TOTAL)
    assert editor.text.toPlainText() == ""
    go(page, VISITS)
    assert editor.text.toPlainText() == "两家企业7月"
    path = fallen.path
    _close(qtbot, window)
    with Workspace.open(path, clock=clock) as again:
        answer = again.form(UNIT, PERIOD).explanation(f"flow.fell@{VISITS}")
        assert answer is not None and (answer.reason, answer.text) == ("moved", "两家企业7月")


def test_one_explanation_for_several_findings_is_ticked_with_the_space_key(
    open_window: OpenWindow, fallen: Workspace
) -> None:
    page = open_window(fallen).page.form
    editor = go(page, PART)
    press(MOVED, Key.Key_Return)
    type_text(WHY)
    press(Key.Key_Tab)
    assert focused() is editor.others.list
    first = editor.others.list.item(0)
    assert session_of(page).plan.element(TOTAL).name in first.text()
    assert first.checkState() is Qt.CheckState.Unchecked, "nothing is ticked for anybody"
    assert "还有 2 条" in editor.others.title.text() and "已勾 0 条" in editor.others.title.text()
    press(Key.Key_Space)
    assert "已勾 1 条" in editor.others.title.text()
    press(Key.Key_Backtab)
    press(Key.Key_Return)
    one, other = kept(page, PART), kept(page, TOTAL)
    assert one is not None and other is not None
    assert (one.text, one.cause) == (other.text, other.cause) == (WHY, f"flow.fell@{PART}")
    assert "已说明" in remark(page, PART) and "已说明" in remark(page, TOTAL)
    go(page, TOTAL)
    assert [editor.others.list.item(0).checkState()] == [Qt.CheckState.Checked]

    press(Key.Key_End, modifier=CONTROL)
    type_text("，下期起不再计入")
    press(Key.Key_Return)
    one, other = kept(page, PART), kept(page, TOTAL)
    assert one is not None and other is not None
    assert one.text == other.text == WHY + "，下期起不再计入"
    assert kept(page, VISITS) is None


def test_the_same_text_pasted_is_pointed_out_and_merged(open_window: OpenWindow, fallen: Workspace) -> None:
    page = open_window(fallen).page.form
    QApplication.clipboard().setText(WHY)
    for element in (TOTAL, PART):
        go(page, element)
        press(MOVED, Key.Key_Return)
        press(Key.Key_V, modifier=CONTROL)
        press(Key.Key_Return)
    [said] = [line for line in panel(page) if "说明文字相同" in line]
    plan = session_of(page).plan
    assert plan.element(TOTAL).name in said and plan.element(PART).name in said
    editor = go(page, TOTAL)
    assert editor.merge.isVisible()
    editor.merge.setFocus()
    press(Key.Key_Space)
    assert not editor.merge.isVisible()
    assert not [line for line in panel(page) if "说明文字相同" in line]
    one, other = kept(page, PART), kept(page, TOTAL)
    assert one is not None and other is not None
    assert one.cause == other.cause == f"flow.fell@{TOTAL}"


def test_a_changed_figure_voids_its_explanation_and_the_old_figure_brings_it_back(
    open_window: OpenWindow, fallen: Workspace
) -> None:
    page = open_window(fallen).page.form
    explain(page, VISITS, WHY)
    assert "已说明" in remark(page, VISITS)
    retype(page, VISITS, "380")
    assert "说明失效" in remark(page, VISITS)
    assert any(line.startswith("说明失效") for line in panel(page))
    editor = go(page, VISITS)
    assert WHY in editor.note
    assert "演示员" in editor.note and "2024年10月5日" in editor.note
    assert "由400改为380" in editor.note
    assert editor.reason.currentIndex() == -1
    assert editor.text.toPlainText() == ""

    retype(page, VISITS, "400")
    assert "已说明" in remark(page, VISITS)
    go(page, VISITS)
    assert editor.note == ""
    assert editor.text.toPlainText() == WHY


def test_the_old_text_is_a_start_and_has_to_be_entered_anew(
    open_window: OpenWindow, fallen: Workspace
) -> None:
    page = open_window(fallen).page.form
    explain(page, VISITS, WHY)
    retype(page, VISITS, "380")
    editor = go(page, VISITS)
    press(Key.Key_Return)
    assert focused() is editor.text
    press(Key.Key_Up)
    assert editor.text.toPlainText() == WHY
    assert "企业迁入迁出" in editor.reason.currentText()
    assert "说明失效" in remark(page, VISITS), "it doesn't count before it is entered"
    press(Key.Key_Return)
    assert "已说明" in remark(page, VISITS)
    assert editor.note == ""


def test_an_explanation_is_withdrawn_with_its_button(open_window: OpenWindow, fallen: Workspace) -> None:
    page = open_window(fallen).page.form
    explain(page, VISITS, WHY)
    editor = go(page, VISITS)
    editor.withdraw.setFocus()
    press(Key.Key_Space)
    assert kept(page, VISITS) is None
    assert "待说明" in remark(page, VISITS)
    assert editor.text.toPlainText() == ""
    assert not editor.withdraw.isVisible()


def test_the_dialog_of_submission_refuses_and_shares_too(
    qtbot: QtBot, open_window: OpenWindow, fallen: Workspace
) -> None:
    window = open_window(fallen)
    page = window.page.form
    press(Key.Key_F12)
    dialog = window.findChild(SubmitDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    check = dialog.check
    texts = [line.text for line in check.lines]
    check.problems.setCurrentRow(next(n for n, text in enumerate(texts) if "技术合同成交额是" in text))
    check.editor.reason.setFocus()
    press(MOVED, Key.Key_Return)
    type_text("情况属实")
    press(Key.Key_Return)
    assert "说明只写了“情况属实”" in check.editor.state
    press(Key.Key_A, modifier=CONTROL)
    type_text(WHY)
    press(Key.Key_Tab, Key.Key_Space, Key.Key_Backtab, Key.Key_Return)
    assert {e.finding for e in session_of(page).assessment.answers} == {
        f"flow.fell@{TOTAL}",
        f"flow.fell@{PART}",
    }
    found = [line.finding.address for line in check.lines if line.finding and line.group is Group.WARNINGS]
    assert not {TOTAL, PART} & set(found)
    dialog.reject()


def _close(qtbot: QtBot, window: MainWindow) -> None:
    window.close()
    qtbot.waitUntil(lambda: window.page.saves.pending == 0)


def test_a_field_still_to_be_filled_asks_for_a_figure_and_not_for_an_excuse(
    open_window: OpenWindow, fallen: Workspace
) -> None:
    page = open_window(fallen).page.form
    blank = next(
        row.element.id
        for row in session_of(page).form.due_rows
        if f"value.required@{row.element.id}" in {finding.key for finding in session_of(page).findings}
    )
    page.view.setFocus()
    assert page.view.show_address(blank)
    assert not page.detail.editor.text.isVisible()
    retype(page, blank, "abc")
    assert page.view.show_address(blank)
    assert page.detail.editor.text.isVisible()


def test_a_figure_that_cannot_be_read_is_not_said_to_share_its_reason_with_blanks(
    open_window: OpenWindow, fallen: Workspace
) -> None:
    page = open_window(fallen).page.form
    retype(page, VISITS, "abc")
    editor = go(page, VISITS)
    assert len(session_of(page).assessment.blocking) > 1, "there are blank fields too"
    assert editor.text.isVisible() and not editor.others.isVisible()
