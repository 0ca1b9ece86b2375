"""Nothing typed is lost: the disk refuses, the file vanishes, the program dies, the file is damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.store import holder
from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import Key, focused, press, type_text
from ui.main_window import MainWindow
from ui.safety.backups_dialog import BackupsDialog

ELEMENT = "training_visits"


def type_figure(window: MainWindow, text: str) -> None:
    """By keys, into the field of one element."""
    window.page.form.view.show_address(ELEMENT)
    type_text(text)
    press(Key.Key_Return)


def value_in(path: Path) -> Decimal | None:
    with Workspace.open(path, clock=clock) as workspace:
        return workspace.form(workspace.own_units[0].id, PERIOD).section.figure(ELEMENT).value


def button(parent: QWidget, text: str) -> QPushButton:
    return next(found for found in parent.findChildren(QPushButton) if text in found.text())


def notices(window: MainWindow) -> str:
    return "\n".join(window.notices.texts())


def click_in_box(text: str) -> None:
    """Click a button of the box that is about to stop the program for an answer."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        button(box, text).click()

    QTimer.singleShot(0, click)


def test_typing_goes_on_while_the_file_is_away_and_all_is_saved_when_it_is_back(
    tmp_path: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(street)
    pocket = tmp_path / "pocket"
    shutil.move(street.path, pocket)
    type_figure(window, "120")
    qtbot.waitUntil(lambda: "未保存 1 处" in window.saved.text())
    type_figure(window, "130")
    qtbot.waitUntil(lambda: "未保存 2 处" in window.saved.text())
    assert "没有丢" in notices(window) and "U盘" in notices(window)
    assert focused() is window.page.form.view, "nothing stands between the person and the next field"
    window.guard.unsaved.retry()
    qtbot.waitUntil(lambda: street.safety.unsaved == 2)
    shutil.move(pocket, street.path)
    button(window.notices, "重试").click()
    qtbot.waitUntil(lambda: window.saved.text() == "✔ 已保存")
    assert window.notices.texts() == ()
    window.close()
    assert value_in(street.path) == Decimal(130)


def test_a_try_that_failed_before_all_was_saved_says_nothing_any_more(
    tmp_path: Path,
    street: Workspace,
    open_window: OpenWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window(street)
    pocket = tmp_path / "pocket"
    shutil.move(street.path, pocket)
    type_figure(window, "120")
    qtbot.waitUntil(lambda: "未保存 1 处" in window.saved.text())
    told: list[str] = []
    monkeypatch.setattr(window.notices, "say", lambda _name, text, *_more: told.append(text))
    window.guard.unsaved.retry()
    assert street.safety.retry().exception() is not None, "the first try has failed too, and isn't told yet"
    shutil.move(pocket, street.path)
    window.guard.unsaved.retry()
    street.safety.retry().result()  # the second is done
    qtbot.waitUntil(lambda: window.saved.text() == "✔ 已保存" and not window.notices.texts())
    assert told == []


def test_another_period_is_not_opened_over_what_is_not_saved(
    tmp_path: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(street)
    shutil.move(street.path, tmp_path / "pocket")
    type_figure(window, "120")
    qtbot.waitUntil(lambda: street.safety.unsaved == 1)
    head = window.page.head
    head.period.setCurrentIndex(head.period.findData("2024Q2"))
    head.period.activated.emit(head.period.currentIndex())
    assert head.period.currentData() == "2024Q3"
    session = window.page.session
    assert session is not None and session.section.figure(ELEMENT).value == Decimal(120)
    box = window.findChild(QMessageBox)
    assert box is not None
    box.close()
    shutil.move(tmp_path / "pocket", street.path)


def test_work_goes_on_in_a_copy_elsewhere(
    tmp_path: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(street)
    street.path.unlink()
    type_figure(window, "120")
    qtbot.waitUntil(lambda: street.safety.unsaved == 1)
    target = tmp_path / "本机" / "塘沽.zhibao"
    assert window.guard.unsaved.save_elsewhere(target)
    assert window.page.workspace is not None and window.page.workspace.path == target
    assert "已另存到" in notices(window) and window.saved.text() == "✔ 已保存"
    window.close()
    assert value_in(target) == Decimal(120)


def test_closing_asks_about_what_is_not_saved(
    tmp_path: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(street)
    shutil.move(street.path, tmp_path / "pocket")
    type_figure(window, "120")
    qtbot.waitUntil(lambda: street.safety.unsaved == 1)
    click_in_box("返回")
    assert not window.close() and window.isVisible()
    click_in_box("放弃")
    assert window.close()
    shutil.move(tmp_path / "pocket", street.path)
    assert value_in(street.path) is None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting isn't allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def on_small_disk(folder: Path) -> Workspace:
    return Workspace.create(folder / "a.zhibao", ["tanggu"], person="演示员", clock=clock)


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return filler


def test_a_full_disk_stops_nobody_and_is_written_once_there_is_room(
    small_disk: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    workspace = on_small_disk(small_disk)
    window = open_window(workspace)
    filler = fill(small_disk)
    for value in range(200):  # what room there is in the file's own pages is used up first
        type_figure(window, str(value))
        qtbot.waitUntil(lambda: window.saved.text() != "正在保存…")
        if workspace.safety.unsaved:
            break
    assert "未保存 1 处" in window.saved.text()
    assert "磁盘已满" in notices(window)
    filler.unlink()
    type_figure(window, "130")
    qtbot.waitUntil(lambda: window.saved.text() == "✔ 已保存")
    qtbot.waitUntil(lambda: window.notices.texts() == ())
    window.close()
    assert value_in(workspace.path) == Decimal(130)


def test_a_medium_that_turns_read_only_can_be_left_for_another(
    tmp_path: Path, small_disk: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    workspace = on_small_disk(small_disk)
    window = open_window(workspace)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=False)
    if os.access(small_disk, os.W_OK):
        pytest.skip("an open file keeps this mount writable here")
    type_figure(window, "120")
    qtbot.waitUntil(lambda: workspace.safety.unsaved == 1)
    assert window.guard.unsaved.save_elsewhere(tmp_path / "b.zhibao")
    window.close()
    assert value_in(tmp_path / "b.zhibao") == Decimal(120)


def test_a_damaged_file_is_restored_from_the_window(
    home: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    street.form("tanggu", PERIOD).type_figure(ELEMENT, "120").saved.result()
    street.safety.back_up(home / "data" / "backups")
    street.close()
    street.path.write_bytes(b"SQLite format 3\0" + b"\xa5" * 90_000)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_start()
    window.show()
    assert not window.open_workspace(street.path)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert button(box, "从备份恢复").isDefault(), "Enter goes on, it doesn't leave one with nothing"
    button(box, "从备份恢复").click()
    dialog = window.findChild(BackupsDialog)
    assert dialog is not None and dialog.table.rowCount() == 1
    assert "1 个数" in dialog.table.model().index(0, 3).data()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.setFocus()
    press(Key.Key_Tab)
    assert focused() is dialog.restore, "Tab goes to what is done next"
    dialog.restore.click()
    question = dialog.findChild(QMessageBox)
    assert question is not None
    button(question, "恢复").click()
    assert window.page.workspace is not None
    session = window.page.workspace.form("tanggu", PERIOD)
    assert session.section.figure(ELEMENT).value == Decimal(120)
    assert "改名" in notices(window)
    assert list(street.path.parent.glob("*before-restore*"))
    window.close()


def test_an_open_workspace_goes_back_to_a_backup_and_keeps_the_present_file(
    home: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(street)
    type_figure(window, "120")
    window.guard.keeper.back_up()
    folder = home / "data" / "backups"
    qtbot.waitUntil(lambda: len(list(folder.glob("*.zhibao"))) == 1)
    qtbot.waitUntil(lambda: "已自动备份" in window.statusBar().currentMessage())
    type_figure(window, "999")
    window.show_backups()
    dialog = window.findChild(BackupsDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.setFocus()
    press(Key.Key_Return)
    question = dialog.findChild(QMessageBox)
    assert question is not None and "不会删除" in question.informativeText()
    button(question, "恢复").click()
    assert window.page.workspace is not None
    session = window.page.workspace.form("tanggu", PERIOD)
    assert session.section.figure(ELEMENT).value == Decimal(120)
    (aside,) = street.path.parent.glob("*before-restore*.zhibao")
    window.close()
    assert value_in(aside) == Decimal(999)


def test_backups_begin_by_themselves(
    home: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.safety.keeper.FIRST_MS", 10)
    open_window(street)
    qtbot.waitUntil(lambda: len(list((home / "data" / "backups").glob("*.zhibao"))) == 1)


def test_a_backup_that_fails_is_said_and_stops_nobody(
    home: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(street)
    (home / "data").mkdir(parents=True, exist_ok=True)
    (home / "data" / "backups").write_text("", encoding="utf-8")
    window.guard.keeper.back_up()
    qtbot.waitUntil(lambda: "备份失败" in notices(window))
    assert "填写和保存不受影响" in notices(window)
    assert "同名的文件" in notices(window) and "换一个备份文件夹" in notices(window), "what to do, in Chinese"
    (home / "data" / "backups").unlink()
    button(window.notices, "重试").click()
    qtbot.waitUntil(lambda: window.notices.texts() == ())


def test_after_a_crash_it_is_said_what_was_saved_last(
    tmp_path: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    street.form("tanggu", PERIOD).type_figure(ELEMENT, "120").saved.result()
    shutil.copy(holder.sidecar(street.path), tmp_path / "kept")
    street.close()
    shutil.move(tmp_path / "kept", holder.sidecar(street.path))
    window = open_window(Workspace.open(street.path, person="演示员", clock=clock))
    qtbot.waitUntil(lambda: "没有丢" in notices(window))
    assert "= 120" in notices(window)
    button(window.notices, "到那一格").click()
    row = window.page.form.view.current_row()
    assert row is not None and row.element.id == ELEMENT
    assert window.notices.texts() == () and focused() is window.page.form.view


def test_a_risky_place_is_said(tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> None:
    (tmp_path / "坚果云").mkdir()
    path = tmp_path / "坚果云" / "a.zhibao"
    window = open_window(Workspace.create(path, ["tanggu"], person="演示员", clock=clock))
    qtbot.waitUntil(lambda: "云同步" in notices(window))
    button(window.notices, "知道了").click()
    assert window.notices.texts() == () and not window.notices.isVisible()
