"""Files that describe the project agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from desktop import config

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_version_is_said_once_in_two_places() -> None:
    assert PROJECT["project"]["version"] == config.VERSION


def test_lock_covers_what_is_asked_for_and_no_other_file_is_needed() -> None:
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    names = {canonical(re.split(r"[<>=!~;\[ ]", line, maxsplit=1)[0]) for line in asked}
    locked = {canonical(line.split("==")[0]) for line in LOCK.splitlines() if "==" in line}
    assert names - locked == set()


def test_lock_pins_by_hash_and_names_no_host() -> None:
    pinned = [line for line in LOCK.splitlines() if "==" in line]
    assert pinned
    assert all(line.endswith("\\") for line in pinned), "a package without hashes"
    assert "://" not in LOCK


def test_build_folder_is_no_package() -> None:
    assert (ROOT / "build").is_dir()
    assert not (ROOT / "build" / "__init__.py").exists()
