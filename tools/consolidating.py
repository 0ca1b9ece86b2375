"""Takes pictures of the consolidator's side on a round with trouble, at all sizes of type and screen.

    .venv/bin/python tools/consolidating.py FOLDER [--only NAME …] [--sizes 1024x600@200 1920x1080@100x2 …]

All figures are synthetic (演示). Each picture is named scene-screen-type-theme.png, where type is the size of
the font (%) and, behind an x, Qt's scale factor if it isn't 1. It needs no screen: every size runs in a
process of its own, with a screen of that size.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

SIZES = (
    "1024x600@100",
    "1024x600@150",
    "1024x600@200",
    "1920x1080@100",
    "1920x1080@150",
    "1920x1080@200",
    "1920x1080@100x2",
    "1024x600@100x2",
)
OFFICE = "区市场监管局.zhibao"


def main() -> None:
    """All of them, or those that are asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--sizes", nargs="*", default=SIZES)
    parser.add_argument("--place", type=Path, help="the round, kept for another time")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.one:
        _take_one(asked.folder, asked.place, asked.sizes[0], asked.only)
        return
    with tempfile.TemporaryDirectory() as temporary:
        place: Path = asked.place or Path(temporary) / "演示"
        if not place.is_dir():
            _make_round(place)
        for size in asked.sizes:
            again = [__file__, str(asked.folder), "--one", "--place", str(place), "--sizes", size]
            again += ["--only", *asked.only] if asked.only else []
            subprocess.run([sys.executable, *again], check=True, env=_surroundings(size, Path(temporary)))


def _surroundings(size: str, temporary: Path) -> dict[str, str]:
    """What a process with a screen of that size needs to know before Qt starts."""
    screen, _, type_ = size.partition("@")
    width, height = (int(part) for part in screen.split("x"))
    scale = type_.partition("x")[2] or "1"
    described = temporary / f"{size}.json"
    screens = [{"name": "one", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1, "logicalDpi": 96}]
    described.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    return {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={described}",
        "QT_SCALE_FACTOR": scale,
        "TZ": "Asia/Shanghai",
    }


def _make_round(place: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["ZHIBAO_HOME"] = str(place / "home")
    from tests.ui.consolidating_scenes import troubled_office

    place.mkdir(parents=True)
    troubled_office(place).close()


def _take_one(folder: Path, made: Path, size: str, only: list[str]) -> None:
    """The pictures of one size, in both themes."""
    from desktop.config import FONT_PERCENT, THEME, TOUR_SEEN, Preferences, Theme
    from desktop.workspace import Workspace
    from tests.ui.consolidating_scenes import SCENES, Clock, show_board
    from ui.app import create_application

    screen, _, type_ = size.partition("@")
    width, height = (int(part) for part in screen.split("x"))
    percent, _, scale = type_.partition("x")
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary) / "演示"
        shutil.copytree(made, place)
        os.environ["ZHIBAO_HOME"] = str(place / "home")
        Preferences().set(TOUR_SEEN, True)
        create_application(["zhibao"])
        from ui.main_window import MainWindow

        window = MainWindow()
        window.preferences.set(FONT_PERCENT, int(percent))
        factor = int(scale or 1)
        window.resize(width // factor, height // factor)
        page = show_board(window, Workspace.open(place / OFFICE, clock=Clock("2025-01-21")))
        for theme in (Theme.LIGHT, Theme.DARK):
            window.preferences.set(THEME, theme)
            for name, show in SCENES.items():
                if only and name not in only:
                    continue
                shown = show(page)
                _keep(window, shown, folder / f"{name}-{screen}-{type_}-{theme.value}.png")
                if shown is not window:
                    shown.close()
        window.close()


def _keep(window, shown, path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """The window, and the dialog above it in its middle as a window manager would put it."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtWidgets import QApplication

    for _ in range(20):
        QApplication.processEvents()
    picture = window.grab()
    if shown is not window:
        above = shown.grab()
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
        spare = window.size() - shown.size()
        corner = QPoint(max(spare.width() // 2, 0), max(spare.height() // 2, 0))
        painter.drawPixmap(corner, above)
        painter.end()
        room = shown.screen().availableGeometry().size()
        if shown.width() > room.width() or shown.height() > room.height():
            print(f"too large: {path.name} {shown.size().toTuple()}", file=sys.stderr)
    elif window.width() > window.screen().size().width() or window.height() > window.screen().size().height():
        print(f"window too large: {path.name} {window.size().toTuple()}", file=sys.stderr)
    picture.toImage().convertToFormat(QImage.Format.Format_RGB32).save(str(path))


if __name__ == "__main__":
    main()
