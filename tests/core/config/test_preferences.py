"""Settings survive, and a file with nonsense in it gives the usual values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.config import BACKUP_FOLDER, FONT_PERCENT, OPTIONS, THEME, Preferences, Theme
from desktop.errors import EnvironmentFault


def test_what_was_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    assert Preferences(path).get(THEME) is Theme.SYSTEM
    preferences = Preferences(path)
    assert preferences.set(THEME, Theme.DARK) and not preferences.set(THEME, Theme.DARK)
    preferences.set(BACKUP_FOLDER, "D:\\备份")
    again = Preferences(path)
    assert again.get(THEME) is Theme.DARK and again.get(BACKUP_FOLDER) == "D:\\备份"
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"font_percent": 500, "theme": 3, "tour_seen": "yes"}'])
def test_nonsense_in_the_file_gives_the_usual_values(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    preferences = Preferences(path)
    for option in OPTIONS:
        assert preferences.get(option) == option.usual


def test_settings_of_a_newer_program_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"from_the_future": [1], "font_percent": 120}', encoding="utf-8")
    Preferences(path).set(FONT_PERCENT, 150)
    assert json.loads(path.read_text(encoding="utf-8")) == {"from_the_future": [1], "font_percent": 150}


def test_a_value_that_is_none_is_refused_and_every_name_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="79"):
        Preferences(tmp_path / "s").set(FONT_PERCENT, 79)
    assert len({option.name for option in OPTIONS}) == len(OPTIONS)
    for option in OPTIONS:
        assert option.read(option.usual) == option.usual


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("", encoding="utf-8")
    preferences = Preferences(tmp_path / "config" / "settings.json")
    with pytest.raises(EnvironmentFault):
        preferences.set(FONT_PERCENT, 90)
    assert preferences.get(FONT_PERCENT) == 90
