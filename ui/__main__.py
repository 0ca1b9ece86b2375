"""The program's entry: with arguments the command line, without them the window."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Return the exit status of what was asked for."""
    multiprocessing.freeze_support()
    return 0


if __name__ == "__main__":
    sys.exit(main())
