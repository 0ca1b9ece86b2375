"""What the sheet shows of a form, cell by cell: enough to show it before anything of the form is read."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from desktop.model.canonical import Json
from desktop.model.plain import SHAPE_FAULTS, listed, text, texts
from desktop.values import dataclass
from ui.colours import Tone
from ui.entry.columns import COLUMNS


class Mark(StrEnum):
    """What is to be known of a line beside its texts. `LEFT`: still to do; `TYPED`: one can type there."""

    HEADER = "header"
    DUE = "due"
    LEFT = "left"
    TYPED = "typed"
    FIELD = "field"
    SLANTED = "slanted"


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A line of the sheet. A header has its title alone; other lines have a text and a tone for each column,
    None for the usual one. `element` is empty where nobody could type.
    """

    category: str
    element: str
    marks: frozenset[Mark]
    texts: tuple[str, ...]
    tones: tuple[Tone | None, ...] = ()

    @property
    def is_header(self) -> bool:
        """Whether it opens a section."""
        return Mark.HEADER in self.marks


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """The lines of one form, and whose it is."""

    plan: str
    unit: str
    period: str
    lines: tuple[PictureLine, ...]

    def plain(self) -> Json:
        """As plain data, to be kept."""
        lines = [_plain_line(line) for line in self.lines]
        return {"plan": self.plan, "unit": self.unit, "period": self.period, "lines": lines}


def picture_from(plain: Json) -> SheetPicture | None:
    """The picture of plain data; None if it is none."""
    try:
        return _read(plain)
    except SHAPE_FAULTS:
        return None


def header_text(title: str, *, folded: bool) -> str:
    """The line above a section, with the mark that folds it."""
    return f"{'▸' if folded else '▾'} {title}"


def _plain_line(line: PictureLine) -> list[object]:
    marks = [mark.value for mark in Mark if mark in line.marks]
    tones = [found.value if found is not None else "" for found in line.tones]
    return [line.category, line.element, marks, list(line.texts), tones]


def _read(plain: Json) -> SheetPicture:
    lines = tuple(_read_line(listed(line)) for line in listed(plain["lines"]))
    return SheetPicture(text(plain["plan"]), text(plain["unit"]), text(plain["period"]), lines)


def _read_line(parts: list[Any]) -> PictureLine:
    category, element, marks, shown, tones = parts
    line = PictureLine(
        text(category),
        text(element),
        frozenset(map(Mark, texts(marks))),
        texts(shown),
        tuple(Tone(name) if name else None for name in texts(tones)),
    )
    wanted = (1, 0) if line.is_header else (COLUMNS, COLUMNS)
    if (len(line.texts), len(line.tones)) != wanted:
        raise ValueError("not as many columns as the sheet has")
    return line
