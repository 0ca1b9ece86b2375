"""The whole form of 经开区, typed field by field in the real window with the keyboard alone.

The form asks 15 figures in a quarter, so two quarters are typed: 30 figures, a part taken off one, the
rows of four lists of the fourth quarter, and six items. Each field is a step that knows its keys, how to come
to it after a start, and what the workspace file must hold after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.model.decimals import canonical
from desktop.model.form import FormRow
from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.end2end.real_window import RealWindow

UNIT, NAME = "jingkai", "经济技术开发区"
QUARTERS = (Period.parse("2024Q3"), Period.parse("2024Q4"))
NUMBERS = (
    *("1,234", "567", "89", "40", "35", "12345", "37", "8", "120", "45"),
    *("1,234,567.8", "9,876.54", "88000.25", "15", "50,000"),
)
"""What is typed in a quarter, with separators here and there; a quarter later each is 4 more."""
SHARED = "overseas_invention_grants"
"""Of this a part is 泰达街道's too."""
LIST_ROW = ("Demo Ltd", "", "Doc 7", "2030-01-31")
NARRATIVES = 5

Content = Mapping[str, Any]
Key = tuple[str, str]
"""Period and address."""
Held = Mapping[Key, Content]
"""What the workspace file holds."""


@dataclass(frozen=True, slots=True)
class Step:
    """One field.

    `open` are the keys that lead to it from its period's sheet, where `search` finds its row; `dialog` is the
    title of what they open, `in_dialog` the keys there to a cell of the row typed last (with `new_row` there
    is none before). `flow` are the keys from the step before, where a person needn't look for it. `text` is
    typed over what stands there, `close` leaves it. `holds` is part of what the file then has at its address.
    """

    period: Period
    address: str
    open: tuple[str, ...]
    text: str
    close: tuple[str, ...]
    holds: Content
    flow: tuple[str, ...] | None = None
    search: str = ""
    dialog: str = ""
    in_dialog: tuple[str, ...] = ()
    new_row: bool = False

    @property
    def key(self) -> Key:
        """Where the file keeps it."""
        return (str(self.period), self.address)

    def held_by(self, content: Content | None) -> bool:
        """Whether the file's content at the address is what was typed."""
        return content is not None and all(content.get(name) == value for name, value in self.holds.items())


def steps_of(folder: Path) -> list[Step]:
    """All steps in the order in which they are typed."""
    with Workspace.create(folder / "aside.zhibao", [UNIT]) as workspace:
        found: list[Step] = []
        for period in QUARTERS:
            form = workspace.form(UNIT, period).form
            numbers = [row for row in form.due_rows if not row.element.columns]
            texts = dict(zip((row.element.id for row in numbers), NUMBERS, strict=True))
            flow: tuple[str, ...] | None = None
            for row in form.due_rows:
                if row.element.columns:
                    found += _list_steps(period, row, flow or ())
                    flow = ("Return",)
                else:
                    found.append(_number_step(period, row, texts[row.element.id], flow))
                    flow = ()
                    if period is QUARTERS[1] and row.element.id == SHARED:
                        found.append(_part_step(found[-1]))
                        flow = ("Return",)
        items = [entry.item.number for entry in workspace.form(UNIT, QUARTERS[-1]).form.items]
        return [*found, *_item_steps(items)]


def _number_step(period: Period, row: FormRow, text: str, flow: tuple[str, ...] | None) -> Step:
    """A figure: typed over, left with Enter, which goes on to the next."""
    value = Decimal(text.replace(",", ""))
    if period is QUARTERS[1]:
        value += 4
        text = f"{value:,}"
    holds = {"state": "number", "value": canonical(value)}
    return Step(period, f"figure/{row.element.id}", (), text, ("Return",), holds, flow, row.element.id)


def _part_step(figure: Step) -> Step:
    """其中：与泰达街道重复, of the figure just typed."""
    holds = {**figure.holds, "deductions": [{"kind": "overlap", "unit": "taida", "value": "5"}]}
    keys = ("F4",)
    return replace(
        figure,
        open=keys,
        text="5",
        close=("Return", "Escape"),
        holds=holds,
        flow=("Up", *keys),
        dialog="其中",
    )


def _list_steps(period: Period, row: FormRow, flow: tuple[str, ...]) -> Iterator[Step]:
    """A row of a list, cell by cell; the code stays blank, and after the last cell the list is closed."""
    ids = [column.id for column in row.element.columns]
    held: dict[str, str] = {}
    last = len(ids) - 1
    for number, (id_, text) in enumerate(zip(ids, LIST_ROW, strict=True)):
        if not text:
            continue
        held = {**held, id_: text}
        to_cell = ("Up", "Home", *["Right"] * number)
        between = 0 if number == 0 or LIST_ROW[number - 1] else 1
        yield Step(
            period,
            f"figure/{row.element.id}",
            ("F4",),
            text,
            ("Return",) if number < last else ("Return", "Escape"),
            {"state": "number", "value": "1", "rows": [dict(held)]},
            (*flow, "F4") if number == 0 else ("Return",) * between,
            row.element.id,
            "名单",
            to_cell,
            new_row=number == 0,
        )


def _item_steps(numbers: list[int]) -> Iterator[Step]:
    """Nothing new about the first item, a line about the next ones."""
    period = QUARTERS[-1]
    yield Step(period, f"item/{numbers[0]}", ("ctrl+2", "ctrl+Home"), "/", (), {"status": "no_news"})
    for place, number in enumerate(numbers[1 : NARRATIVES + 1], 1):
        text = f"Demo {number}: two training sessions were held, 120 people came"
        there = ("ctrl+2", "Escape", "ctrl+Home", *["Down"] * place, "Return", "ctrl+a")
        flow = ("Return",) if place == 1 else ("Down", "Return")
        yield Step(period, f"item/{number}", there, text, ("Escape",), {"narrative": text}, flow)


def begin(window: RealWindow) -> None:
    """Say who you are and which unit, and go to the first quarter."""
    window.type("Demo")
    window.keys("Tab", "alt+u", "ctrl+a")
    window.type("jkq")
    window.keys("Return", "space")
    window.wait_for_title(NAME)
    window.keys("Escape")
    go_to_period(window, QUARTERS[0])


def go_to_period(window: RealWindow, period: Period) -> None:
    """Ctrl+T, the year, and down to the quarter."""
    if period.label in window.title():
        return
    window.keys("ctrl+t", "End")
    window.wait_for_title(Period.parse("2022Q1").label)
    window.type(str(period.year))
    window.wait_for_title(Period.parse(str(period.year)).label)
    window.walk_until_title("Down", period.label, most=period.per_year)
    window.keys("ctrl+1")


def go_to(window: RealWindow, step: Step, content: Content | None) -> None:
    """To a step's field from wherever one is in the main window; `content` is what the file holds there."""
    go_to_period(window, step.period)
    if step.search:
        window.keys("ctrl+1", "ctrl+f", "ctrl+a")
        window.type(step.search)
        window.keys("Escape")
    window.keys(*step.open)
    if step.dialog:
        window.wait_for_title(step.dialog)
        if content is not None or not step.new_row:
            window.keys(*step.in_dialog)


def follow(window: RealWindow, step: Step, before: Step | None) -> None:
    """To a step's field from the one before, as a person walks down the form."""
    if before is not None and before.dialog and not (step.dialog and step.key == before.key):
        window.wait_for_title(NAME)
    if step.flow is None or before is None or before.period is not step.period:
        go_to_period(window, step.period)
        window.keys("ctrl+1", "ctrl+Home", *step.open)
    else:
        window.keys(*step.flow)
    if step.dialog:
        window.wait_for_title(step.dialog)


def write(window: RealWindow, step: Step) -> None:
    """Type a step's text and leave its field."""
    window.type(step.text)
    window.keys(*step.close)
