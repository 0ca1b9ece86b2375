"""Takes pictures of the form empty, half filled, with findings and locked, at both ends of type and window.

    .venv/bin/python tools/sizes.py FOLDER

All figures are synthetic (演示). Each picture is named state-window-type-theme.png. It needs no screen.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "Asia/Shanghai"
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.config import FONT_PERCENT, THEME, TOUR_SEEN, Preferences, Theme
from desktop.model.period import Period
from desktop.model.plan import ReferenceFigure
from desktop.model.submission import ItemReport, ItemStatus, SignOff
from desktop.workspace import FormSession, Workspace
from ui.app import create_application
from ui.main_window import MainWindow

UNIT, PERIOD = "jingkai", Period.parse("2024Q3")
BEFORE = Period.parse("2024Q2")
SIZES = ((1024, 600), (1920, 1080))
FIGURES = {
    "overseas_invention_grants": "37",
    "certified_orgs_new": "8",
    "contract_total": "1234567.8",
    "contract_patent": "9876.54",
    "custody_firms": "415",
    "training_visits": "5200",
}


def now() -> datetime.datetime:
    """An autumn morning."""
    return datetime.datetime(2024, 10, 5, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def made(folder: Path) -> Workspace:
    """经开区 with the quarter before filled in, and figures issued."""
    workspace = Workspace.create(folder / "经开区.zhibao", [UNIT], person="演示员", clock=now)
    issued = {"patents_valid": 41200, "patents_invention_valid": 15230, "patents_high_value": 6120}
    workspace.set_references(
        [ReferenceFigure(e, UNIT, Decimal(v), PERIOD.end, source="演示") for e, v in issued.items()]
    )
    for element, text in FIGURES.items():
        workspace.form(UNIT, BEFORE).type_figure(element, str(Decimal(text) / 2).split(".")[0]).saved.result()
    return workspace


def half(session: FormSession) -> None:
    """Half of the fields, one with what is taken off, and a few items."""
    from desktop.model.submission import Deduction, DeductionKind

    for element in list(FIGURES)[:3]:
        session.type_figure(element, FIGURES[element])
    session.confirm_issued("patents_valid")
    session.set_deductions(
        "overseas_invention_grants", (Deduction(DeductionKind.OVERLAP, Decimal(5), "taida"),)
    )
    first, second = (entry.item.number for entry in session.form.items[:2])
    session.set_item(first, ItemReport(ItemStatus.NO_NEWS))
    session.set_item(second, ItemReport(narrative="演示：举办两期培训，一百二十人参加。")).saved.result()


def findings(session: FormSession) -> None:
    """What can't be read, what is above its whole, what is out of range."""
    half(session)
    session.type_figure("contract_patent", "2345678.9")
    session.type_figure("custody_firms", "12a4")
    session.type_figure("patents_invention_valid", "15100")
    session.type_figure("training_visits", "150000").saved.result()


def locked(session: FormSession) -> None:
    """All filled in; the caller hands it in."""
    half(session)
    for element, text in FIGURES.items():
        session.type_figure(element, text)
    for row in session.form.due_rows:
        if not session.section.figure(row.element.id).reported:
            session.set_nil(row.element.id)
    session.set_sign_off(SignOff("演示负责人", "演示审核人", "演示员")).saved.result()


STATES: dict[str, Callable[[FormSession], None]] = {
    "empty": lambda _session: None,
    "half": half,
    "findings": findings,
    "locked": locked,
}


def windows(folder: Path) -> Iterator[tuple[str, MainWindow]]:
    """A window in each state."""
    for name, fill in STATES.items():
        place = folder / name
        place.mkdir()
        workspace = made(place)
        session = workspace.form(UNIT, PERIOD)
        fill(session)
        if name == "locked":
            hand_in(workspace, session, place)
        window = MainWindow()
        window.show_workspace(workspace)
        window.show()
        wait(lambda window=window: window.page.form.settled)
        if name == "findings":
            window.page.form.next_finding()
        yield name, window
        window.close()
        window.deleteLater()


def hand_in(workspace: Workspace, session: FormSession, place: Path) -> None:
    """Explain what is odd and hand in."""
    for finding in session.assessment.unexplained:
        session.explain(finding.key, "other", "演示：与台账核对过，系本季集中登记所致。").saved.result()
    workspace.submit(UNIT, PERIOD, place)


def wait(condition: Callable[[], bool]) -> None:
    """Let the window work until something holds."""
    while not condition():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def keep(window: MainWindow, path: Path) -> None:
    """A small picture: a window has few colours."""
    for _ in range(20):
        QApplication.processEvents()
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    image.save(str(path))


def main(folder: Path) -> None:
    """All of them."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_application(["zhibao"])
    with tempfile.TemporaryDirectory() as place:
        os.environ["ZHIBAO_HOME"] = place
        Preferences().set(TOUR_SEEN, True)
        for name, window in windows(Path(place)):
            for theme in (Theme.LIGHT, Theme.DARK):
                window.preferences.set(THEME, theme)
                for percent in (200, 100):
                    window.preferences.set(FONT_PERCENT, percent)
                    for width, height in SIZES:
                        window.resize(width, height)
                        app.processEvents()
                        keep(window, folder / f"{name}-{width}x{height}-{percent}-{theme.value}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
