"""A round by hand: a zone, a street and a department fill their forms in the window, keyboard only.

With ZHIBAO_SCREENS=docs/screens each step is kept as a picture; `--basetemp=/tmp/zhibao` keeps the paths in
them short.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.model.period import Period
from tests.core.workspace.workspaces import make
from tests.end2end.real_window import RealWindow, open_program, open_screen, pictures_folder

PERIOD = "2024Q3"
LABEL = Period.parse(PERIOD).label
PERSON = "Demo"
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
    role: Sequence[str] = ()
    """The keys from 填报员 to who is starting."""
    explained: Sequence[str] = ()
    """Elements whose figures need a word."""
    pictures: Mapping[str, str] = field(default_factory=dict)


ZONE = Office(
    "jingkai",
    "经开区",
    "jkq",
    {
        "overseas_invention_grants": ("37", Decimal(37)),
        "contract_total": ("1,234,567.8", Decimal("1234567.8")),
        "contract_patent": ("9,876.54", Decimal("9876.54")),
        "training_visits": ("150,000", Decimal(150000)),
    },
    corrected="contract_patent",
    explained=("training_visits",),
    pictures={name: name for name in ("01-start", "02-form", "03-error", "04-explain", "06-submitted")},
)
STREET = Office(
    "tanggu",
    "塘沽街道",
    "tgjd",
    {"mediation_street": ("12", Decimal(12)), "training_visits": ("1,234", Decimal(1234))},
    corrected="mediation_street",
)
BUREAU = Office(
    "scjg",
    "区市场监管局",
    "qscjgj",
    {
        "market_entities": ("345,678", Decimal(345678)),
        "patents_valid": ("80,000", Decimal(80000)),
        "patents_invention_valid": ("24,105", Decimal(24105)),
        "patents_high_value": ("9,876", Decimal(9876)),
        "patent_applications": ("21,500", Decimal(21500)),
        "abnormal_reported": ("320", Decimal(320)),
        "abnormal_withdrawn": ("290", Decimal(290)),
        "trademarks_valid": ("108,600", Decimal(108600)),
        "gi_trademarks": ("145", Decimal(145)),
        "overseas_invention_grants": ("210", Decimal(210)),
        "ip_transfers_licences": ("3,950", Decimal(3950)),
        "patent_transfers": ("3,400", Decimal(3400)),
        "patent_licences": ("550", Decimal(550)),
        "pledge_amount": ("281,234.5", Decimal("281234.5")),
        "training_visits": ("5,000", Decimal(5000)),
    },
    corrected="pledge_amount",
    role=("Right", "Right"),
    pictures={"05-items": "05-items"},
)


@pytest.mark.xvfb
@pytest.mark.slow
def test_round_by_hand(tmp_path: Path) -> None:
    mail, merged = tmp_path / "mail", tmp_path / "merged.xlsx"
    mail.mkdir()
    asked = {office.unit: _asked(tmp_path, office) for office in (ZONE, STREET, BUREAU)}
    with open_screen(tmp_path, pictures_folder()) as screen:
        for office in (ZONE, STREET):
            with open_program(screen, tmp_path / office.unit) as window:
                report(window, office, asked[office.unit])
                window.quit()
                (made,) = window.files.glob("*.xlsx")
                shutil.copy(made, mail)
        with open_program(screen, tmp_path / BUREAU.unit) as window:
            report(window, BUREAU, asked[BUREAU.unit])
            consolidate(window, mail, merged)
            window.quit()
    assert _figures(merged) == {
        (office.unit, element): ("已报", office.figures[element][1])
        if element in office.figures
        else ("无此项业务", Decimal(0))
        for office in (ZONE, STREET, BUREAU)
        for element, entered in asked[office.unit]
        if entered
    }


def report(window: RealWindow, office: Office, asked: Sequence[tuple[str, bool]]) -> None:
    """From the first start to the locked form."""
    begin(window, office)
    fill_figures(window, office, asked)
    explain(window, office)
    fill_items(window, office)
    submit(window, office)


def begin(window: RealWindow, office: Office) -> None:
    """Say who you are and which unit, then go to the period."""
    window.type(PERSON)
    window.keys("Tab", *office.role, "alt+u", "ctrl+a")
    window.type(office.initials)
    _take(window, office, "01-start")
    window.keys("Return", "space")
    window.wait_for_title(office.name)
    window.keys("ctrl+t")
    window.type(PERIOD[:4])
    window.wait_for_title(f"{PERIOD[:4]}年")
    window.walk_until_title("Down", LABEL, most=4)
    window.keys("ctrl+1")
    _take(window, office, "02-form")


def fill_figures(window: RealWindow, office: Office, asked: Sequence[tuple[str, bool]]) -> None:
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
            window.wait_for_entry(PERIOD, f"figure/{element}", state="number", value=str(value))
        elif entered:
            window.wait_for_entry(PERIOD, f"figure/{element}", state="nil")
    window.wait(lambda: not _errors(window), "the errors to be gone")


def _slip(window: RealWindow, office: Office, element: str) -> None:
    window.type("12a4")
    window.keys("Return")
    window.wait(
        lambda: any(key.endswith(f"@{element}") and "required" not in key for key in _errors(window)),
        f"an error at {element}",
    )
    window.keys("shift+Return")
    _take(window, office, "03-error")


def explain(window: RealWindow, office: Office) -> None:
    """F8 to what is odd, F7 to its explanation."""
    for element in office.explained:
        window.keys("F8", "F7")
        window.type(BECAUSE)
        _take(window, office, "04-explain")
        window.keys("Return")
        _wait_for_explanation(window, element)


def fill_items(window: RealWindow, office: Office) -> None:
    """Nothing new about one item, a line about the next."""
    window.keys("ctrl+2", "slash", "Return")
    if office is BUREAU:
        window.keys("Down", "Down", "Tab")
        window.type("45")
        window.keys("Tab")
    window.type(NARRATIVE)
    window.wait(
        lambda: [item.get("narrative") for item in _items(window)] == [None, NARRATIVE],
        "two items to be saved, what is typed without leaving the field",
    )
    _take(window, office, "05-items")
    window.keys("Escape", "ctrl+1")


def submit(window: RealWindow, office: Office) -> None:
    """Say who answers, explain what is left, hand in."""
    window.keys("F12")
    window.wait_for_title("报出")
    window.type("Demo")
    window.keys("Tab")
    window.type("Demo")
    window.keys("Tab", "Tab", "Tab")
    if office is BUREAU:  # items it leads whose state is not chosen yet
        window.keys("Tab", "Tab")
        window.type(BECAUSE)
        window.keys("Return")
        _wait_for_explanation(window, "item/3")
    window.keys("alt+s")
    window.wait_for_title("已报出")
    window.wait_for_entry(PERIOD, "life", state="submitted")
    _take(window, office, "06-submitted")
    window.keys("alt+c")
    window.wait(lambda: office.name in window.title() and "报出" not in window.title(), "the locked form")


def consolidate(window: RealWindow, mail: Path, merged: Path) -> None:
    """Take the mailed files in and export."""
    window.keys("ctrl+3")
    window.screen.take("07-board")
    window.keys("ctrl+shift+i")
    window.wait_for_title("收取文件夹")
    window.type(str(mail))
    window.keys("Return")
    window.wait(lambda: window.received() == 3, "three contents, the bureau's own among them")
    window.wait_for_title(BUREAU.name)
    window.screen.take("08-intake")
    window.keys("ctrl+e")
    window.wait_for_title("导出汇总表")
    window.keys("ctrl+a")
    window.type(str(merged))
    window.keys("Return")
    window.wait(merged.exists, "the merged workbook")
    window.wait_for_title(BUREAU.name)
    window.screen.take("09-exported")


def _wait_for_explanation(window: RealWindow, address: str) -> None:
    def stands() -> bool:
        kept = [key for key in window.entries(PERIOD) if key.startswith("explanation/")]
        return any(key.endswith(f"@{address}") for key in kept)

    window.wait(stands, f"the explanation of {address}")


def _items(window: RealWindow) -> list[dict[str, Any]]:
    held = window.entries(PERIOD)
    return [held[key] for key in sorted(held) if key.startswith("item/")]


def _errors(window: RealWindow) -> list[str]:
    return [key for severity, key in window.findings(PERIOD) if severity == "error"]


def _take(window: RealWindow, office: Office, name: str) -> None:
    if name in office.pictures:
        window.screen.take(name)


def _asked(folder: Path, office: Office) -> list[tuple[str, bool]]:
    """The fields Enter walks through: (element, whether this unit enters it itself)."""
    aside = folder / "aside" / office.unit
    aside.mkdir(parents=True)
    with make(aside, office.unit) as workspace:
        rows = workspace.form(office.unit, Period.parse(PERIOD)).form.due_rows
        return [(row.element.id, row.mode.value == "entered") for row in rows]


def _figures(path: Path) -> dict[tuple[str, str], tuple[str, Decimal]]:
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
