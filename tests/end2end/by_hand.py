"""Filling, submitting and consolidating in the real window by keyboard only, on any plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.end2end.real_window import RealWindow

PERSON = "Demo"
OTHER = "7"
"""The digit of the last reason, 其他 in both plans."""
BECAUSE = "Demo: checked against our records"
NARRATIVE = "Demo: two training sessions were held"


@dataclass(frozen=True)
class Office:
    """Who fills in what: element → (keys, the figure they mean); all else that is asked for is nil."""

    unit: str
    name: str
    initials: str
    figures: Mapping[str, tuple[str, Decimal]]
    corrected: str
    """The element at which something that is no number is typed first."""
    period: str
    oldest: str
    """The last of the periods offered, from which the search for a year begins at the top."""
    role: Sequence[str] = ()
    """The keys from 填报员 to who is starting."""
    explained: Sequence[str] = ()
    """Elements whose figures need a word."""
    left_item: str = ""
    """Address of the first item that it leads and leaves without a state; empty: it leads none."""
    plan: str | None = None
    """A bundled plan other than the usual one."""
    plan_keys: Sequence[str] = ()
    """The keys from the usual plan to that one."""
    pictures: Mapping[str, str] = field(default_factory=dict)


def report(window: RealWindow, office: Office, asked: Sequence[tuple[str, bool]]) -> None:
    """From the first start to the locked form."""
    begin(window, office)
    fillmerged_figures(window, office, asked)
    explain(window, office)
    fill_items(window, office)
    submit(window, office)


def begin(window: RealWindow, office: Office) -> None:
    """Say who you are and which unit, of which plan if it isn't the usual one, then go to the period."""
    window.type(PERSON)
    if office.plan_keys:
        window.keys("alt+p")
        window.wait_for_title("选择方案")
        _take(window, office, "00-plans")
        window.keys(*office.plan_keys, "Return")
        window.wait_for_title("知报")
        window.keys("alt+n")
    window.keys("Tab", *office.role, "alt+u", "ctrl+a")
    window.type(office.initials)
    _take(window, office, "01-start")
    window.keys("Return", "space")
    window.wait_for_title(office.name)
    period = Period.parse(office.period)
    window.keys("ctrl+t", "End")
    window.wait_for_title(Period.parse(office.oldest).label)
    window.type(str(period.year))
    window.wait_for_title(Period.parse(str(period.year)).label)
    window.walk_until_title("Down", period.label, most=period.per_year)
    window.keys("ctrl+1")
    _take(window, office, "02-form")
    window.keys("Escape")  # the tour has been seen


def fillmerged_figures(window: RealWindow, office: Office, asked: Sequence[tuple[str, bool]]) -> None:
    """Walk down the form with Enter: figures, a slip that is put right, and nil for the rest."""
    window.keys("ctrl+Home")
    for element, entered in asked:
        if element == office.corrected:
            _slip(window, office, element)
        if element in office.figures:
            window.type(office.figures[element][0])
            window.keys("Return")
        else:
            window.keys("slash" if entered else "Return")
    for element, entered in asked:
        if element in office.figures:
            value = office.figures[element][1]
            window.wait_for_entry(office.period, f"figure/{element}", state="number", value=str(value))
        elif entered:
            window.wait_for_entry(office.period, f"figure/{element}", state="nil")
    window.wait(lambda: not _errors(window, office), "the errors to be gone")


def _slip(window: RealWindow, office: Office, element: str) -> None:
    window.type("12a4")
    window.keys("Return")
    window.wait(
        lambda: any(key.endswith(f"@{element}") and "required" not in key for key in _errors(window, office)),
        f"an error at {element}",
    )
    window.keys("shift+Return")
    _take(window, office, "03-error")


def explain(window: RealWindow, office: Office) -> None:
    """F8 to what is odd, F7 to its explanation: a digit chooses the reason."""
    for element in office.explained:
        window.keys("F8", "F7", OTHER, "Return")
        window.type(BECAUSE)
        _take(window, office, "04-explain")
        window.keys("Return")
        _wait_for_explanation(window, office, element)


def fill_items(window: RealWindow, office: Office) -> None:
    """Nothing new about one item, a line about the next."""
    window.keys("ctrl+2", "slash", "Return")
    if office.left_item:
        window.keys("Down", "Down", "Tab")
        window.type("45")
        window.keys("Tab", "Tab")
    window.type(NARRATIVE)
    window.wait(
        lambda: [item.get("narrative") for item in _items(window, office)] == [None, NARRATIVE],
        "two items to be saved, what is typed without leaving the field",
    )
    _take(window, office, "05-items")
    window.keys("Escape", "ctrl+1")


def submit(window: RealWindow, office: Office) -> None:
    """Say who answers, explain what is left, hand in."""
    window.keys("F12")
    window.wait_for_title("报出")
    if office.left_item:  # items it leads whose state is not chosen yet
        window.keys("Tab", "Tab", OTHER, "Return")
        window.type(BECAUSE)
        window.keys("Return")
        _wait_for_explanation(window, office, office.left_item)
        window.keys("Return")
    window.type("Demo")
    window.keys("Tab")
    window.type("Demo")
    window.keys("alt+s")
    window.wait_for_title("已报出")
    window.wait_for_entry(office.period, "life", state="submitted")
    _take(window, office, "06-submitted")
    window.keys("alt+c")
    window.wait(lambda: office.name in window.title() and "报出" not in window.title(), "the locked form")


def consolidate(window: RealWindow, office: Office, mail: Path, merged: Path) -> None:
    """Take the mailed files in and export; the office's own form is among what is received."""
    received = len(list(mail.iterdir())) + 1
    form = window.screen.look()
    window.keys("ctrl+3")
    _take(window, office, "07-board", unlike=form)
    window.keys("ctrl+shift+i")
    window.wait_for_title("收取文件夹")
    window.type(str(mail))
    window.keys("Return")
    window.wait(lambda: window.received() == received, f"{received} contents, its own among them")
    window.wait_for_title(office.name)
    _take(window, office, "08-intake")
    window.keys("ctrl+e")
    window.wait_for_title("导出汇总表")
    window.keys("ctrl+a")
    window.type(str(merged))
    window.keys("Return")
    window.wait(merged.exists, "the merged workbook")
    window.wait_for_title(office.name)
    _take(window, office, "09-exported")


def _wait_for_explanation(window: RealWindow, office: Office, address: str) -> None:
    def stands() -> bool:
        kept = [key for key in window.entries(office.period) if key.startswith("explanation/")]
        return any(key.endswith(f"@{address}") for key in kept)

    window.wait(stands, f"the explanation of {address}")


def _items(window: RealWindow, office: Office) -> list[dict[str, Any]]:
    held = window.entries(office.period)
    return [held[key] for key in sorted(held) if key.startswith("item/")]


def _errors(window: RealWindow, office: Office) -> list[str]:
    return [key for severity, key in window.findings(office.period) if severity == "error"]


def _take(window: RealWindow, office: Office, name: str, unlike: bytes = b"") -> None:
    if name in office.pictures:
        window.screen.take(office.pictures[name], unlike)


def asked_of(folder: Path, office: Office) -> list[tuple[str, bool]]:
    """The fields Enter walks through: (element, whether this unit enters it itself)."""
    aside = folder / "aside" / office.unit
    aside.mkdir(parents=True)
    with Workspace.create(aside / "aside.zhibao", [office.unit], plan=office.plan) as workspace:
        rows = workspace.form(office.unit, Period.parse(office.period)).form.due_rows
        return [(row.element.id, row.mode.value == "entered") for row in rows]


def expected_figures(
    office: Office, asked: Sequence[tuple[str, bool]]
) -> dict[tuple[str, str], tuple[str, Decimal]]:
    """What a merged workbook has to hold of an office, as `merged_figures` reads it."""
    return {
        (office.unit, element): ("已报", office.figures[element][1])
        if element in office.figures
        else ("无此项业务", Decimal(0))
        for element, entered in asked
        if entered
    }


def merged_figures(path: Path) -> dict[tuple[str, str], tuple[str, Decimal]]:
    """(unit, element) → (state, figure) of all figures in the long form, columns found by their headers."""
    sheet = openpyxl.load_workbook(path, data_only=True)["数据"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    start = next(i for i, row in enumerate(rows) if "单位编码" in row)
    names = ("单位编码", "数据项编码", "状态", "填报数")
    unit, element, state, value = (rows[start].index(name) for name in names)
    return {
        (str(row[unit]), str(row[element])): (str(row[state]), Decimal(str(row[value])))
        for row in rows[start + 1 :]
        if row[unit] and row[value] is not None
    }
