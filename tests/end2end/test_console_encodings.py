"""What the command line says arrives in Chinese in the encodings of consoles and pipes."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli import main

NAME = "塘沽街道"


def said(encoding: str, *arguments: str) -> bytes:
    """What a call writes into a pipe of that encoding."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    call = [sys.executable, "-m", "ui", *arguments]
    done = subprocess.run(call, capture_output=True, env=environment, check=False, timeout=60)
    assert done.returncode in (0, 1)
    assert not done.stderr
    return done.stdout


@pytest.mark.parametrize(("encoding", "read_as"), [("gbk", "gbk"), ("utf-8", "utf-8"), ("cp437", "utf-8")])
def test_sentences_keep_the_encoding_that_has_chinese(encoding: str, read_as: str) -> None:
    assert NAME in said(encoding, "plan", "show").decode(read_as)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "ascii"])
def test_json_is_right_in_every_encoding(encoding: str) -> None:
    document = json.loads(said(encoding, "plan", "show", "--json"))
    assert NAME in {unit["name"] for unit in document["units"]} | {
        unit.get("short_name") for unit in document["units"]
    }


class GoneOnWindows(io.StringIO):
    """A pipe whose reader has gone, as Windows tells it."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._file = place.open("wb")

    def fileno(self) -> int:
        return self._file.fileno()

    def write(self, _text: str) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")

    def close(self) -> None:
        self._file.close()
        super().close()


def test_a_reader_that_has_gone_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with GoneOnWindows(tmp_path / "pipe") as gone:
        monkeypatch.setattr("sys.stdout", gone)
        assert main(["plan", "show"]) == 0
    assert not capsys.readouterr().err


def test_a_program_without_a_console_says_nothing_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    assert main(["plan", "show"]) == 0
    assert main(["plan", "show", "没有这个方案"]) == 2


def test_a_fault_is_told_in_the_consoles_encoding() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    call = [sys.executable, "-m", "ui", "plan", "show", "没有这个方案"]
    done = subprocess.run(call, capture_output=True, env=environment, check=False, timeout=60)
    assert done.returncode == 2
    assert "没有找到方案" in done.stderr.decode("gbk")
