"""Long work beside the GUI thread: results, faults and cancelling arrive in the GUI thread."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import EnvironmentFault, ZhibaoError
from desktop.workspace import Progress
from ui.error_reporting import CrashReport, ErrorReporter
from ui.tasks import ProgressDialog, run_task


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_result_arrives_in_the_gui_thread(qtbot: QtBot, widget: QWidget) -> None:
    seen: list[tuple[object, threading.Thread]] = []
    where: list[threading.Thread] = []

    def work(_progress: Progress) -> dict[int, str]:
        where.append(threading.current_thread())
        return {1: "a"}

    run_task(widget, "work", work, lambda result: seen.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [({1: "a"}, threading.main_thread())]
    assert where[0] is not threading.main_thread()


def test_a_fault_becomes_a_sentence(qtbot: QtBot, widget: QWidget) -> None:
    def work(_progress: Progress) -> None:
        raise EnvironmentFault("disk.full", "磁盘已满。", "请清理磁盘。")

    run_task(widget, "work", work, lambda _result: None)
    qtbot.waitUntil(lambda: widget.findChild(QMessageBox) is not None)
    box = widget.findChild(QMessageBox)
    assert box is not None
    assert (box.text(), box.informativeText()) == ("磁盘已满。", "请清理磁盘。")
    box.close()


def test_a_fault_goes_to_who_asked_for_it(qtbot: QtBot, widget: QWidget) -> None:
    faults: list[ZhibaoError] = []

    def work(_progress: Progress) -> None:
        raise EnvironmentFault("disk.full", "磁盘已满。")

    run_task(widget, "work", work, lambda _result: None, faults.append)
    qtbot.waitUntil(lambda: bool(faults))
    assert faults[0].code == "disk.full"


def test_cancelling_stops_the_work_at_its_next_step(qtbot: QtBot, widget: QWidget) -> None:
    results: list[int] = []
    asked = threading.Event()

    def work(progress: Progress) -> int:
        done = 0
        while progress(done, 0, "step"):
            asked.wait(0.01)
            done += 1
        return done

    run_task(widget, "work", work, results.append)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in widget.findChildren(ProgressDialog)))
    widget.findChildren(ProgressDialog)[0].cancel_button.click()
    qtbot.waitUntil(lambda: bool(results))
    assert results[0] > 0


def test_a_bug_is_shown_once_and_keeps_the_log(qtbot: QtBot, widget: QWidget) -> None:
    reporter = ErrorReporter(None)
    report = CrashReport("ValueError: x", "Traceback …")
    reporter.show_report(report)
    reporter.show_report(report)
    boxes = [
        box for box in widget.window().findChildren(QMessageBox) or _top_boxes() if "没有料到" in box.text()
    ]
    assert len(boxes) == 1
    assert boxes[0].detailedText() == "Traceback …"
    boxes[0].close()


def _top_boxes() -> list[QMessageBox]:
    from PySide6.QtWidgets import QApplication

    return [found for found in QApplication.topLevelWidgets() if isinstance(found, QMessageBox)]
