"""One program: the window without arguments, the command line with them; Qt only for the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ui.__main__ as entry
from desktop.workspace import remember_workspace
from ui.entry.figure_model import FigureModel

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_line_loads_no_qt() -> None:
    code = (
        "import sys; from ui.__main__ import main; status = main(['plan', 'show', '--json']);"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]; sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert '"indicators"' in done.stdout


@pytest.mark.parametrize(
    ("arguments", "workspace"), [([], None), (["somewhere/a.zhibao"], Path("somewhere/a.zhibao"))]
)
def test_the_window_opens_without_arguments_or_with_a_workspace(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], workspace: Path | None
) -> None:
    opened: list[Path | None] = []

    def run(path: Path | None) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr("ui.app.run", run)
    assert entry.main(arguments) == 0
    assert opened == [workspace]


BEGUN = """
import os
from ui.__main__ import main
from ui.main_window import MainWindow

def said(text):
    print(text, flush=True)
    os._exit(0)

MainWindow.open_first = lambda window, path: said(f"form {path.name}")
MainWindow.show_start = lambda window: said("first page")
main([])
"""


@pytest.mark.parametrize(
    ("known", "begins"),
    [([], "first page"), (["a"], "form a.zhibao"), (["a", "b"], "first page"), (["gone"], "first page")],
)
def test_who_works_with_one_workspace_alone_goes_on_in_it(
    tmp_path: Path, known: list[str], begins: str
) -> None:
    for name in known:
        path = tmp_path / f"{name}.zhibao"
        if name != "gone":
            path.touch()
        remember_workspace(path)
    done = subprocess.run(
        [sys.executable, "-c", BEGUN],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.stdout.strip() == begins, done.stderr


def test_qts_own_texts_are_chinese() -> None:
    from PySide6.QtWidgets import QDialogButtonBox

    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_titles_of_the_columns() -> None:
    from PySide6.QtCore import Qt

    model = FigureModel()
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert titles == [
        *("指标名称", "计量单位", "代码", "上年同期", "上期"),
        *("本期", "同比", "目标", "完成情况", "说明"),
    ]


def test_without_a_screen_one_sentence_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert entry.main([]) == 3
    assert "没有可用的屏幕" in capsys.readouterr().err


def test_imports_after_qt_read_no_source_texts() -> None:
    code = (
        "import linecache, os; from ui.plain_imports import import_plainly; import_plainly();"
        "import ui.app; assert [name for name in linecache.cache if os.sep + 'ui' + os.sep in name] == []"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0, done.stderr
