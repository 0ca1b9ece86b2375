"""Every page and dialog of the consolidator, opened on a round of 54 units with trouble; all is 演示.

The tests walk through them at every size of type and screen; `tools/consolidating.py` takes their pictures.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.exchange import write_submission
from desktop.model.content import submission_digest
from desktop.model.plan import ReferenceFigure
from desktop.model.submission import Answer, Figure, FigureState, Submission
from desktop.workspace import Extension, PaperState, ReturnComment, StampedPaper, ToReturn, Workspace
from tests.end2end.troubled_round import BEIJING, Q4, TroubledRound
from ui.consolidation.board_page import INBOX, OUTCOMES, TOTALS, YEAR, BoardPage
from ui.consolidation.references_dialog import ReferencesDialog
from ui.consolidation.return_dialog import ReturnDialog
from ui.consolidation.unit_dialog import UnitDialog
from ui.consolidation.unit_tables import CHANGED, DECISIONS, EXPLANATIONS, FILES, MESSAGES, REVISIONS
from ui.head_bar import BOARD
from ui.main_window import MainWindow
from ui.tasks import ProgressDialog

MOST_MS = 60_000
TWICE, EDITED, RETURNED, ZONE, STREET = "xinbei", "taiping", "gulin", "jingkai", "taida"
PASTED = "\t有效专利拥有量\t不存在的指标\n经开区\t41200\t1\n泰达街道\t3120\t2\n没有的街道\t5\t6\n"


class Clock:
    """Stands where the round is."""

    def __init__(self, day: str) -> None:
        self.go_to(day)

    def go_to(self, day: str) -> None:
        """Noon of a day in Beijing."""
        self.now = datetime.datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=BEIJING)

    def __call__(self) -> datetime.datetime:
        return self.now


def troubled_office(folder: Path) -> Workspace:
    """区市场监管局 on 21 January 2025, the day after late reports of 2024Q4 came."""
    round_, clock = TroubledRound(folder), Clock("2024-10-06")
    office = Workspace.create(
        folder / "区市场监管局.zhibao",
        ["scjg"],
        consolidates=True,
        person="演示员",
        clock=clock,
        synthetic=True,
    )
    office.take_in([round_.first_quarter()])
    clock.go_to("2025-01-06")
    office.set_references(_issued(round_))
    on_time, late = round_.second_quarter()
    office.take_in([on_time])
    office.export(Q4, folder / "滨海新区指标汇总表_2024Q4.xlsx")
    clock.go_to("2025-01-14")
    _decide(office, folder)
    clock.go_to("2025-01-21")
    office.take_in([late, _revisions(round_, folder / "再报")])
    return office


def _issued(round_: TroubledRound) -> list[ReferenceFigure]:
    """What the bureau knows of three units; 经开区 will say that it is otherwise."""
    plan, found = round_.plan, []
    for unit in ("jingkai", "taida", "tanggu"):
        for element, value in round_.figures.issued(plan.unit(unit), Q4).items():
            found.append(ReferenceFigure(element, unit, value, Q4.end, source="演示"))
    return found


def _decide(office: Workspace, folder: Path) -> None:
    """Explanations, paper, a later day for one unit, and one report sent back."""
    rows = {row.unit.id: row for row in office.board(Q4).rows}
    [view] = office.review.explanations(Q4, rows["dagang"].digest)
    office.review.judge(Q4, rows["dagang"].digest, view, agree=False, reason="演示：请写明哪几场活动")
    office.review.note_paper(
        "dagang", Q4, StampedPaper(PaperState.DIFFERS, note="演示：培训人次与电子表不同")
    )
    day = datetime.date(2025, 1, 25)
    office.extend(Extension("wsb", Q4, day, "演示：主管人员出差", "演示负责人"))
    comment = ReturnComment(RETURNED, "training_visits", "演示：与上报的签到表不符，请核对")
    wanted = ToReturn("演示：培训人次在软件外改动过，请核实后重报。", (comment,), day)
    (folder / "退回").mkdir()
    office.office.send_back(RETURNED, Q4, wanted, folder / "退回", mail=True)


def _revisions(round_: TroubledRound, out: Path) -> Path:
    """Two second revisions that differ; and two overlapping units that list one agency both."""
    out.mkdir()
    plan = round_.plan
    for name, change in (("a", 3), ("b", 8)):
        sent = _second(round_, TWICE)
        numbers = [
            element
            for element, figure in sent.sections[0].figures.items()
            if figure.state is FigureState.NUMBER and not figure.rows
        ][:4]
        write_submission(
            _with(sent, {element: _more(sent, element, change) for element in numbers}),
            plan,
            out / f"新北街道_2024Q4_2{name}.xlsx",
        )
    agency = Figure(FigureState.NUMBER, Decimal(1), rows=({"name": "演示专利代理有限公司滨海分公司"},))
    for unit in (ZONE, STREET):
        sent = _second(round_, unit)
        said = {"agencies": agency}
        if unit == ZONE:
            said["patents_valid"] = replace(_more(sent, "patents_valid", 12), answer=Answer.DISPUTED)
        write_submission(_with(sent, said), plan, out / f"{plan.unit(unit).short_name}_2024Q4_2.xlsx")
    return out


def _second(round_: TroubledRound, unit: str) -> Submission:
    first = round_.submission(round_.plan.unit(unit), Q4)
    return replace(first, revision=2, parent=submission_digest(first))


def _more(sent: Submission, element: str, by: int) -> Figure:
    figure = sent.sections[0].figure(element)
    return replace(figure, value=(figure.value or Decimal(0)) + by)


def _with(sent: Submission, figures: dict[str, Figure]) -> Submission:
    (section,) = sent.sections
    return replace(sent, sections=(replace(section, figures={**section.figures, **figures}),))


def until(condition: Callable[[], object]) -> None:
    """Let the window work until something holds; AssertionError after a minute."""
    left = QDeadlineTimer(MOST_MS)
    while not condition():
        assert not left.hasExpired(), "it doesn't come"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def show_board(window: MainWindow, office: Workspace) -> BoardPage:
    """The window on the board of 2024Q4."""
    window.show_workspace(office)
    window.show()
    window.activateWindow()
    until(lambda: window.page.form.settled)
    window.page.head.choose("scjg", Q4)
    window.page.show_mode(BOARD)
    window.page.board.show_period(office, Q4)
    choose(window.page.board, TWICE)
    return window.page.board


def choose(page: BoardPage, unit: str) -> None:
    """Choose a unit's row."""
    for row in range(page.filter.rowCount()):
        if page.board.row(page.filter.mapToSource(page.filter.index(row, 0)).row()).unit.id == unit:
            page.table.setCurrentIndex(page.filter.index(row, 0))
            page.table.scrollTo(page.filter.index(row, 0))


def opened(page: BoardPage) -> QDialog:
    """The dialog that has come up above the page's window."""

    def found() -> list[QDialog]:
        dialogs = page.window().findChildren(QDialog)
        return [one for one in dialogs if one.isVisible() and not isinstance(one, ProgressDialog)]

    until(lambda: len(found()) == 1)
    return found()[0]


def at_rest(page: BoardPage) -> bool:
    """Whether no work is going on."""
    return not any(one.isVisible() for one in page.window().findChildren(ProgressDialog))


def board(page: BoardPage) -> QWidget:
    """The states of all units, the one in conflict chosen."""
    page.focus_units()
    choose(page, TWICE)
    return page.window()


def intake(page: BoardPage) -> QWidget:
    """What became of the files taken in: all of them once more, and one that is none."""
    if page.outcomes.rowCount() == 0:
        folder = page.unit_actions.folder.parent
        broken = folder / "通知.xlsx"
        broken.write_bytes(b"no workbook at all")
        page.take_in([folder / "再报", folder / "late", broken, folder / str(Q4) / "太平镇_2024Q4_1.xlsx"])
        until(lambda: page.outcomes.rowCount() > 0 and at_rest(page))
    page.tabs.setCurrentIndex(OUTCOMES)
    page.outcome_table.setFocus()
    return page.window()


def inbox(page: BoardPage) -> QWidget:
    """Every file ever seen."""
    page.tabs.setCurrentIndex(INBOX)
    return page.window()


def year(page: BoardPage) -> QWidget:
    """Units × periods."""
    page.tabs.setCurrentIndex(YEAR)
    return page.window()


def totals(page: BoardPage) -> QWidget:
    """The indicators' figures."""
    page.tabs.setCurrentIndex(TOTALS)
    if page.totals.rowCount() == 0:
        page.totals_panel.compute.click()
        until(lambda: page.totals.rowCount() > 0 and at_rest(page))
    return page.window()


def trace(page: BoardPage) -> QWidget:
    """Where a total comes from, unit by unit, with the department's figure beside it."""
    totals(page)
    rows = range(page.totals.rowCount())
    page.total_table.selectRow(next(row for row in rows if page.totals.total(row).number == 16))
    page.totals_panel.trace.click()
    return opened(page)


def overlaps(page: BoardPage) -> QWidget:
    """What two overlapping units share."""
    page.totals_panel.overlaps.click()
    return opened(page)


def duplicates(page: BoardPage) -> QWidget:
    """Entries that several units list."""
    page.totals_panel.duplicates.click()
    return opened(page)


def changes(page: BoardPage) -> QWidget:
    """What is other than at the last export."""
    page.totals_panel.changes.click()
    return opened(page)


def references(page: BoardPage) -> QWidget:
    """A pasted table, looked at."""
    page.totals_panel.references.click()
    dialog = opened(page)
    assert isinstance(dialog, ReferencesDialog)
    QGuiApplication.clipboard().setText(PASTED)
    dialog.paste_table()
    return dialog


def answers(page: BoardPage) -> QWidget:
    """What units said of issued figures."""
    page.totals_panel.references.click()
    dialog = opened(page)
    assert isinstance(dialog, ReferencesDialog)
    dialog.tabs.setCurrentIndex(1)
    return dialog


def conflict(page: BoardPage) -> QWidget:
    """Two contents of one revision beside their common ancestor."""
    choose(page, TWICE)
    page.unit_actions.compare.click()
    return opened(page)


def edited(page: BoardPage) -> QWidget:
    """What was changed outside the program."""
    choose(page, EDITED)
    page.unit_actions.compare.click()
    return opened(page)


def return_(page: BoardPage) -> QWidget:
    """退回 with a comment at a place."""
    choose(page, EDITED)
    page.unit_actions.send_back.click()
    dialog = opened(page)
    assert isinstance(dialog, ReturnDialog)
    dialog.comment.setPlainText("演示：培训人次在软件外改动过，请核实后重报。")
    at = next(r for r in range(dialog.places.rowCount()) if "培训" in str(dialog.places.index(r, 0).data()))
    dialog.places.setData(dialog.places.index(at, 2), "演示：与签到表不符，请核对后改正，并附说明")
    dialog.table.setCurrentIndex(dialog.places.index(at, 2))
    return dialog


def unit_page(unit: str, tab: int) -> Callable[[BoardPage], QWidget]:
    """A unit's page with one of its tables in front."""

    def show(page: BoardPage) -> QWidget:
        choose(page, unit)
        page.unit_actions.details.click()
        dialog = opened(page)
        assert isinstance(dialog, UnitDialog)
        dialog.tabs.setCurrentIndex(tab)
        return dialog

    return show


def publish(page: BoardPage) -> QWidget:
    """下发任务包."""
    window = page.window()
    assert isinstance(window, MainWindow)
    window.page.publish_package()
    return opened(page)


def extensions(page: BoardPage) -> QWidget:
    """延期."""
    window = page.window()
    assert isinstance(window, MainWindow)
    window.page.office.extend(Q4)
    return opened(page)


def groups(page: BoardPage) -> QWidget:
    """集体成员与牵头单位."""
    window = page.window()
    assert isinstance(window, MainWindow)
    window.page.office.fill_groups()
    return opened(page)


def keys(page: BoardPage) -> QWidget:
    """The roster of keys."""
    window = page.window()
    assert isinstance(window, MainWindow)
    window.page.show_keys()
    return opened(page)


SCENES: dict[str, Callable[[BoardPage], QWidget]] = {
    "board": board,
    "intake": intake,
    "inbox": inbox,
    "year": year,
    "totals": totals,
    "trace": trace,
    "overlaps": overlaps,
    "duplicates": duplicates,
    "changes": changes,
    "references": references,
    "answers": answers,
    "conflict": conflict,
    "edited": edited,
    "return": return_,
    "unit-revisions": unit_page(ZONE, REVISIONS),
    "unit-changed": unit_page(ZONE, CHANGED),
    "explanations": unit_page("dagang", EXPLANATIONS),
    "unit-messages": unit_page(RETURNED, MESSAGES),
    "unit-decisions": unit_page("dagang", DECISIONS),
    "unit-files": unit_page(TWICE, FILES),
    "publish": publish,
    "extensions": extensions,
    "groups": groups,
    "keys": keys,
}
"""Name → what opens it; a window or the dialog above it comes back."""
