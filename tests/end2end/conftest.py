"""Shared by whole-round tests."""

from __future__ import annotations

import pytest

from tests.end2end.command_line import CommandLine


@pytest.fixture
def zhibao(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line."""
    return CommandLine(capsys)
