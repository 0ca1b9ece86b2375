"""Answers to issued figures, what is said while typing, and the four kinds of nothing."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.model.submission import Answer, Figure, FigureState
from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow
from tests.ui.window_keys import CONTROL, NONE, SHIFT, Key, focused, press, type_text
from ui.entry.columns import COL_CURRENT, COL_REMARK
from ui.entry.form_page import FormPage

Role = Qt.ItemDataRole


def cell(page: FormPage, element: str, column: int, role: int = Role.DisplayRole) -> str:
    row = page.model.row_of(element)
    assert row is not None
    return str(page.model.index(row, column).data(role) or "")


def figure(page: FormPage, element: str) -> Figure:
    assert page.session is not None
    return page.session.section.figure(element)


def hint(page: FormPage) -> str:
    QApplication.processEvents()  # it is said once no key waits
    label = page.view.typing.hint
    return label.text() if label.isVisible() else ""


def test_f3_takes_the_own_figure_then_the_words_and_goes_on(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    page.view.show_address("patents_valid")
    press(Key.Key_F3)
    assert isinstance(focused(), QLineEdit)
    press(Key.Key_A, modifier=CONTROL)
    type_text("1190")
    assert "与下发数 1,200 不同" in hint(page)
    press(Key.Key_Return)
    assert focused() is page.detail.editor.reason
    assert page.detail.editor.finding is not None and page.detail.editor.finding.code == "issued.disputed"
    press(Key.Key_7, Key.Key_Return)
    type_text("本单位台账中十件专利已于八月转出")
    press(Key.Key_Return)
    assert figure(page, "patents_valid").answer is Answer.DISPUTED
    assert page.session is not None
    assert any(e.finding.startswith("issued.disputed") for e in page.session.section.explanations)
    assert focused() is page.view
    row = page.view.current_row()
    assert row is not None and row.element.id != "patents_valid"
    assert "有异议" in cell(page, "patents_valid", COL_REMARK)


def test_f3_with_the_issued_figure_itself_confirms(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    press(Key.Key_F3)
    type_text("1200")
    press(Key.Key_Return)
    assert figure(page, "patents_valid").answer is Answer.CONFIRMED
    assert focused() is page.view


def test_f3_is_given_up_with_escape(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    press(Key.Key_F3)
    type_text("1")
    press(Key.Key_Escape)
    assert figure(page, "patents_valid") == Figure()
    type_text("1190")
    press(Key.Key_Return)
    assert focused() is page.view
    assert figure(page, "patents_valid").answer is Answer.DISPUTED


def test_a_dispute_by_typing_says_where_the_words_go(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    page.view.show_address("patents_valid")
    type_text("1190")
    press(Key.Key_Return)
    assert "已记为异议" in window.statusBar().currentMessage()
    press(Key.Key_F8)
    row = page.view.current_row()
    while row is not None and row.element.id != "patents_valid":
        press(Key.Key_F8)
        row = page.view.current_row()
    press(Key.Key_F7)
    assert focused() is page.detail.editor.reason


def test_f3_on_a_typed_figure_says_why_not(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    window.page.form.view.show_address("contract_total")
    press(Key.Key_F3)
    assert "只有下发核对的数" in window.statusBar().currentMessage()


def test_decimals_and_signs_are_told_at_once(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    type_text("12")
    assert hint(page) == ""
    type_text(".345")
    assert "应为整数" in hint(page)
    editor = focused()
    assert "应为整数" in editor.accessibleDescription()
    press(*[Key.Key_Backspace] * 4)
    assert hint(page) == ""
    press(Key.Key_Return)
    assert hint(page) == ""
    assert figure(page, "training_visits") == Figure.number(Decimal(12))
    page.view.show_address("contract_total")
    type_text("12.345")
    assert "最多2位小数" in hint(page).replace(" ", "")


def test_a_reading_that_was_guessed_is_told_while_typing(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("contract_total")
    type_text("1.2亿")
    assert "12,000" in hint(page)


def test_a_separator_half_typed_is_no_mistake(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    for text in "1,234":
        type_text(text)
        assert hint(page) == ""
    type_text(",5x")
    assert "无法识别" in hint(page) or "✖" in hint(page)


def test_blank_zero_nil_and_not_due_read_differently(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    assert page.session is not None
    page.model.take(page.session.type_figure("training_visits", "0"))
    page.model.take(page.session.set_nil("contract_total"))
    said = [
        (cell(page, element, COL_CURRENT), cell(page, element, COL_REMARK))
        for element in ("training_visits", "contract_total", "contract_patent", "annual_reports")
    ]
    assert [current for current, _ in said] == ["0", "无此项业务", "", "不报"]
    assert [remark for _, remark in said[2:]] == ["待填", "本期不报"]
    assert len(set(said)) == 4


def test_a_screen_reader_hears_name_figure_unit_state_and_last_period(
    open_window: OpenWindow, zone: Workspace
) -> None:
    from desktop.model.period import Period

    zone.form("jingkai", Period.parse("2024Q2")).type_figure("training_visits", "300").saved.result()
    page = open_window(zone).page.form
    heard = cell(page, "training_visits", COL_CURRENT, Role.AccessibleTextRole)
    assert [part in heard for part in ("空", "待填", "上期300")] == [True] * 3
    assert page.session is not None
    page.model.take(page.session.type_figure("training_visits", "1234"))
    heard = cell(page, "training_visits", COL_CURRENT, Role.AccessibleTextRole)
    assert "1,234人次" in heard.replace(" ", "")
    assert heard.startswith(page.session.plan.element("training_visits").name)
    assert "本期不报" in cell(page, "annual_reports", COL_CURRENT, Role.AccessibleTextRole)


def test_an_input_method_types_over_composing_first(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    composing = QInputMethodEvent("１２", [])
    QApplication.sendEvent(focused(), composing)
    done = QInputMethodEvent()
    done.setCommitString("１２")
    QApplication.sendEvent(focused(), done)
    press(Key.Key_Return)
    assert figure(page, "training_visits") == Figure.number(Decimal(12))


def test_shift_f8_goes_back_to_the_finding_before(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    for element in ("training_visits", "contract_total"):
        page.view.show_address(element)
        type_text("x")
        press(Key.Key_Return)
    assert figure(page, "training_visits").state is FigureState.UNREADABLE
    seen = []
    for modifier in (NONE, NONE, SHIFT):
        press(Key.Key_F8, modifier=modifier)
        row = page.view.current_row()
        seen.append(row.element.id if row else "")
    assert seen[0] == seen[2] != seen[1]


def test_f8_skips_nothing_when_what_it_led_to_was_put_right(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    wrong = ("training_visits", "contract_total", "custody_firms", "certified_orgs_new")
    for element in wrong:
        page.view.show_address(element)
        type_text("x")
        press(Key.Key_Return)
    led_to = []
    for _ in wrong:
        press(Key.Key_F8)
        row = page.view.current_row()
        assert row is not None
        led_to.append(row.element.id)
        press(Key.Key_Slash)
    assert sorted(led_to) == sorted(wrong)


def test_the_next_field_has_its_hint_however_fast_one_types(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("contract_total")
    type_text("1")
    press(Key.Key_Return)
    type_text("1.234")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the first field goes only now
    assert "最多2位小数" in hint(page)
    press(Key.Key_Return)
    assert hint(page) == ""


def test_f8_begins_with_the_first_finding_after_another_tab(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    press(Key.Key_2, modifier=CONTROL)
    press(Key.Key_1, modifier=CONTROL)
    first = page.findings.model.finding(0).address
    press(Key.Key_F8)
    row = page.view.current_row()
    assert row is not None
    assert row.element.id == first
    press(Key.Key_F8)
    row = page.view.current_row()
    assert row is not None
    assert row.element.id == page.findings.model.finding(1).address


def test_what_one_key_takes_away_is_said(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    for key in (Key.Key_Delete, Key.Key_Slash):
        page.view.show_address("training_visits")
        type_text("1234")
        press(Key.Key_Return)
        page.view.show_address("training_visits")
        press(key)
        assert "原来是 1,234，Ctrl+Z 撤销" in window.statusBar().currentMessage()
    window.statusBar().clearMessage()
    page.view.show_address("custody_firms")
    press(Key.Key_Slash)
    assert "原来是" not in window.statusBar().currentMessage(), "nothing stood there"


def test_enter_in_the_last_field_says_what_is_left(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    press(Key.Key_End, modifier=CONTROL)
    press(Key.Key_Return)
    assert "最后一项" in window.statusBar().currentMessage()
    assert "Ctrl+Enter" in window.statusBar().currentMessage()
    assert page.session is not None
    for row in page.session.form.due_rows:
        page.model.take(page.session.set_nil(row.element.id))
    press(Key.Key_End, modifier=CONTROL)
    press(Key.Key_Return)
    assert "F9" in window.statusBar().currentMessage()


def test_typing_on_a_folded_section_says_how_to_open_it(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    window.page.form.view.show_address("training_visits")
    press(Key.Key_Left)
    type_text("5")
    assert "已折叠" in window.statusBar().currentMessage()


def test_a_ratio_follows_its_part_while_that_is_typed(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    assert page.session is not None
    page.model.take(page.session.type_figure("abnormal_reported", "200"))
    ratio = next(
        row
        for row in range(page.model.rowCount())
        if str(page.model.index(row, 0).data()).endswith("非正常专利申请撤回率")
    )

    def shown() -> tuple[str, str]:
        QApplication.processEvents()  # it is computed once no key waits
        index = page.model.index(ratio, COL_CURRENT)
        return str(index.data()), str(index.siblingAtColumn(COL_REMARK).data())

    page.view.show_address("abnormal_withdrawn")
    type_text("1")
    assert shown() == ("0.50", "1 ÷ 200 × 100")
    type_text("5")
    assert shown() == ("7.50", "15 ÷ 200 × 100")
    press(Key.Key_Escape)
    assert shown()[0] == "—", "it was given up"
    type_text("15")
    press(Key.Key_Return)
    assert shown()[0] == "7.50"


def test_space_over_a_block_confirms_all_that_waits_in_one_step(
    open_window: OpenWindow, street: Workspace
) -> None:
    from desktop.model.plan import ReferenceFigure

    elements = ("patents_valid", "patents_invention_valid", "patents_high_value")
    day = PERIOD.end
    street.set_references(
        [ReferenceFigure(e, "tanggu", Decimal(n + 5), day, source="演示") for n, e in enumerate(elements)]
    )
    window = open_window(street)
    page = window.page.form
    assert page.session is not None
    page.model.take(page.session.type_figure("patents_high_value", "1"))
    page.view.show_address("patents_valid")
    press(Key.Key_Down, Key.Key_Down, modifier=SHIFT)
    press(Key.Key_Space)
    answers = [figure(page, element).answer for element in elements]
    assert answers == [Answer.CONFIRMED, Answer.CONFIRMED, Answer.DISPUTED]
    assert "已核对相符 2 项" in window.statusBar().currentMessage()
    press(Key.Key_Z, modifier=CONTROL)
    assert [figure(page, element).reported for element in elements] == [False, False, True]


def test_slash_over_a_block_says_nil_of_blank_fields_only(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    assert page.session is not None
    page.model.take(page.session.type_figure("contract_total", "9"))
    page.view.show_address("contract_total")
    press(Key.Key_Down, modifier=SHIFT)
    press(Key.Key_Slash)
    assert figure(page, "contract_total") == Figure.number(Decimal(9))
    assert figure(page, "contract_patent").state is FigureState.NIL


def test_after_the_reason_was_written_it_is_not_asked_for_again(
    open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    page = window.page.form
    page.view.show_address("patents_valid")
    press(Key.Key_F3)
    type_text("1190")
    press(Key.Key_Return)
    assert "请写理由" in window.statusBar().currentMessage()
    press(Key.Key_2, Key.Key_Return)
    type_text("十家企业7月迁往西青区，专利随迁")
    press(Key.Key_Return)
    assert window.statusBar().currentMessage() == "✔ 异议和理由都已保存。"
    page.view.show_address("patents_valid")
    press(Key.Key_F7, Key.Key_Return)
    assert "Esc 回到表格" in window.statusBar().currentMessage()
    page.detail.editor.withdraw.setFocus()
    press(Key.Key_Space)
    assert "还有要说明的" in window.statusBar().currentMessage()


def test_space_on_a_field_of_ones_own_says_what_space_is_for(
    open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    window.page.form.view.show_address("training_visits")
    press(Key.Key_Space)
    assert "直接输入数" in window.statusBar().currentMessage()
    assert "尚未下发" not in window.statusBar().currentMessage()
