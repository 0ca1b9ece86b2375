"""How a person likes the sheet is kept on this computer, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.workspace import SheetLayout


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHIBAO_HOME", str(tmp_path))
    return tmp_path


def test_it_stays_from_one_start_to_the_next() -> None:
    layout = SheetLayout({"code": True}, {"name": 22.5}, {"p/创造"}, {"chart": False})
    layout.save()
    assert vars(SheetLayout.load()) == vars(layout)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"columns": 3, "widths": {"name": "wide", "unit": -1, "code": true}, "folded": {}}',
        '"x"',
    ],
)
def test_a_damaged_file_gives_a_fresh_layout(home: Path, text: str) -> None:
    (home / "config").mkdir()
    (home / "config" / "sheet.json").write_text(text, encoding="utf-8")
    assert vars(SheetLayout.load()) == vars(SheetLayout())


def test_where_it_cannot_be_written_work_goes_on(home: Path) -> None:
    (home / "config").write_text("a file where the folder should be", encoding="utf-8")
    SheetLayout({"code": True}).save()
    assert vars(SheetLayout.load()) == vars(SheetLayout())
