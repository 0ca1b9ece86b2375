"""Calling the command line as a script does, in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main


@dataclass(frozen=True)
class Called:
    """What a call gave: exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON document on stdout."""
        document: dict[str, Any] = json.loads(self.out)
        return document


class CommandLine:
    """Calls `zhibao` and keeps what it said."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *arguments: str | Path) -> Called:
        self._capture.readouterr()
        status = main([str(argument) for argument in arguments])
        said = self._capture.readouterr()
        assert "Traceback" not in said.err
        return Called(status, said.out, said.err)
