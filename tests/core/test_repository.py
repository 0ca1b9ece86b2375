"""Files that describe the project agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop import config

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-oldest-qt.lock")
LOCK, OLDEST_QT = ((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_version_is_said_once_in_two_places() -> None:
    assert PROJECT["project"]["version"] == config.VERSION


def test_lock_covers_what_is_asked_for_and_no_other_file_is_needed() -> None:
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    names = {canonical(re.split(r"[<>=!~;\[ ]", line, maxsplit=1)[0]) for line in asked}
    locked = {canonical(line.split("==")[0]) for line in LOCK.splitlines() if "==" in line}
    assert names - locked == set()


@pytest.mark.parametrize("lock", [LOCK, OLDEST_QT], ids=LOCKS)
def test_lock_pins_by_hash_and_names_no_host(lock: str) -> None:
    pinned = [line for line in lock.splitlines() if "==" in line]
    assert pinned
    assert all(line.endswith("\\") for line in pinned), "a package without hashes"
    assert "://" not in lock


def test_the_oldest_qt_allowed_is_the_one_tested() -> None:
    (allowed,) = (line for line in PROJECT["project"]["dependencies"] if line.startswith("PySide6"))
    (oldest,) = re.findall(r">=([0-9.]+)", allowed)
    assert f"pyside6-essentials=={oldest} " in OLDEST_QT
    assert f"ZHIBAO_QT={oldest} " in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_build_folder_is_no_package() -> None:
    assert (ROOT / "build").is_dir()
    assert not (ROOT / "build" / "__init__.py").exists()
