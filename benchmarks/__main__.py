"""Measures what speed promises are about. Figures are medians; ratios are taken within each round."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import checking, entering, files, merging, rounds, scrolling, starting


def main() -> None:
    """Run all of them, one after another."""
    starting.run()
    entering.run()
    scrolling.run()
    checking.run()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submissions = rounds.demonstration(folder)
        files.run(folder, submissions)
        rounds.run(folder, submissions)
        merging.run(folder, submissions)


if __name__ == "__main__":
    main()
