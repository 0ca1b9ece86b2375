"""Measures what speed promises are about. Each line: what, the best of several runs, the bare yardstick."""

from __future__ import annotations

import subprocess
import sys
import time

RUNS = 7


def best(code: str) -> float:
    """Seconds that a fresh interpreter needs for `code`; the best run is the least disturbed one."""
    seconds = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def main() -> None:
    bare = best("pass")
    print(f"interpreter alone          {bare * 1000:6.0f} ms")
    print(f"start of the command line  {best('import desktop.cli') * 1000:6.0f} ms")
    print(f"the same with PySide6      {best('import desktop.cli, PySide6.QtWidgets') * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
