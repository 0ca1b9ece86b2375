"""Measures what speed promises are about. Figures are medians; ratios are taken within each round."""

from __future__ import annotations

from benchmarks import checking, entering, files, starting


def main() -> None:
    """Run all of them, one after another."""
    starting.run()
    entering.run()
    checking.run()
    files.run()


if __name__ == "__main__":
    main()
