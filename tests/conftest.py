"""What every test stands on: no screen, no folders of the user, the same random examples in CI each time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# before anything imports Qt
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

IN_CI = bool(os.environ.get("CI"))

# deadline: two cores shared by several workers make single examples slow without meaning anything
settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True, print_blob=True)
settings.register_profile(
    "long", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "dev"))

NEEDS = {"cc": ("cc",), "soffice": ("soffice",), "xvfb": ("Xvfb", "openbox", "xdotool")}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what this machine cannot run; in CI nothing is skipped for want of a program."""
    for marker, programs in NEEDS.items():
        if item.get_closest_marker(marker) is None:
            continue
        missing = [program for program in programs if shutil.which(program) is None]
        if missing and IN_CI:
            pytest.fail(f"CI must have {', '.join(missing)}", pytrace=False)
        if missing:
            pytest.skip(f"needs {', '.join(missing)}")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh home of the program: no test reads or writes the user's own folders."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ZHIBAO_HOME", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
