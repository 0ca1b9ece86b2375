"""The command line: the same use cases as the window, for scripts, tests and people without a screen."""

from desktop.cli.main import main

__all__ = ["main"]
