"""A block of cells from Excel or WPS: which field each figure goes into, and what stands in the way.

Blank cells change nothing. What can't be read, isn't asked for or finds no row is left out and said.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.errors import InputError
from desktop.model.canonical import clean_text
from desktop.model.catalogue import message
from desktop.model.element import Mode
from desktop.model.finding import Severity
from desktop.model.form import FormRow
from desktop.model.submission import Answer, Figure, FigureState
from desktop.workspace.desk.display import figure_text
from desktop.workspace.form.form_session import FormSession

PART = "其中"
CURRENT = "本期"
Cells = tuple[str, ...]
_FIGURE_LIKE = re.compile(r"[-+]?[\d.,，．\s]*\d[\d.,，．\s]*%?")


@dataclass(frozen=True, slots=True)
class PasteLine:
    """One cell of the block: its row in the form (None where there is none), the text as it came, what stands
    in the field and what would. `problem` is a sentence, empty if there is none; `takes` says whether the
    field changes.
    """

    row: FormRow | None
    name: str
    text: str
    old: str
    new: str
    problem: str = ""
    takes: bool = False


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a block would change; `notes` are sentences about the block as a whole."""

    lines: tuple[PasteLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """Element → text, for `FormSession.paste`."""
        return {line.row.element.id: line.text for line in self.lines if line.row and line.takes}

    @property
    def fits(self) -> bool:
        """Whether nothing about it needs a look."""
        return not self.notes and not any(line.problem for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where key and figure stand in a block; `first` is the first row found: headings are above."""

    key: int
    figure: int
    first: int
    certain: bool


def read_block(text: str) -> tuple[Cells, ...]:
    """The cells of a clipboard text, rows padded to one width; empty rows at the end are cut."""
    quoted = text.count('"') % 2 == 0  # a single mark is one that somebody typed, not the edge of a cell
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter="\t",
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        )
        rows = [[clean_text(cell).strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise InputError("paste.text", "剪贴板里的内容不是表格，没有粘贴。", "请重新复制。") from error
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def plan_paste(session: FormSession, text: str, start: str, hidden: Collection[str] = ()) -> PastePlan:
    """What a clipboard text would change, from the row of element `start` down or by code and name. That it
    would go into rows out of sight, of the elements `hidden`, wants a look.
    """
    block = read_block(text)
    keys = _Keys(session.form.rows)
    columns = _columns(block, keys)
    if columns is None:
        return _by_place(session, block, start, hidden)
    return _by_key(session, block, columns, keys)


def _by_place(session: FormSession, block: Sequence[Cells], start: str, hidden: Collection[str]) -> PastePlan:
    rows = session.form.rows
    first = next((n for n, row in enumerate(rows) if row.element.id == start), len(rows))
    lines: list[PasteLine] = []
    for offset, cells in enumerate(block):
        row = rows[first + offset] if first + offset < len(rows) else None
        if not cells[0]:
            continue
        lines.append(_line(session, row, row.element.name if row else "—", cells[0], "表格到此为止"))
    notes = []
    if any(any(cells[1:]) for cells in block):
        notes.append("有多列，又没有代码或名称：只用第一列，请核对。")
    if any(line.row is not None and line.row.element.id in hidden for line in lines):
        notes.append("按行往下对应，折叠起来的行也算在内，请逐行核对。")
    return PastePlan(tuple(lines), tuple(notes))


def _by_key(session: FormSession, block: Sequence[Cells], columns: _Columns, keys: _Keys) -> PastePlan:
    lines: list[PasteLine] = []
    seen: set[str] = set()
    for number, cells in enumerate(block):
        key, text = cells[columns.key], cells[columns.figure]
        heading = number < columns.first and not _FIGURE_LIKE.fullmatch(text)
        if not text or heading:
            continue
        found = keys.matching(key)
        if len(found) == 1 and found[0].element.id in seen:
            line = PasteLine(found[0], found[0].element.name, text, "", "", "前面已有这一项，不粘贴")
        elif len(found) == 1:
            seen.add(found[0].element.id)
            line = _line(session, found[0], found[0].element.name, text, "")
        else:
            why = "有几项叫这个名称，请用代码" if found else "本表没有这一项"
            line = _line(session, None, key or "—", text, why)
        lines.append(line)
    notes = () if columns.certain else (f"有几列数，用的是第 {columns.figure + 1} 列，请核对。",)
    return PastePlan(tuple(lines), notes)


def _line(session: FormSession, row: FormRow | None, name: str, text: str, why: str) -> PasteLine:
    if row is None:
        return PasteLine(None, name, text, "", "", f"{why}，不粘贴")
    element = row.element
    present = session.section.figure(element.id)
    old = figure_text(present, element)
    if not row.due:
        return PasteLine(row, name, text, old, "", "本期不报，不粘贴")
    if element.columns:
        return PasteLine(row, name, text, old, "", "名单类，按 F4 填名单，不粘贴")
    reading = session.read(element.id, text)
    figure = reading.figure
    if figure.state is FigureState.UNREADABLE:
        return PasteLine(row, name, text, old, "", "不是数，不粘贴")
    changes = figure != present
    issued = session.around.issued.get(element.id)
    found = session.shape_findings(element.id, text) if changes else ()
    wrong = next((finding for finding in found if finding.severity is Severity.ERROR), None)
    problem = message(wrong or found[0]) if found else ""
    if changes and row.mode is Mode.ISSUED and wrong is None:
        problem = _about_issued(issued, figure)
    new = figure_text(figure, element)
    return PasteLine(row, name, text, old, new, problem, takes=changes)


def _about_issued(issued: Decimal | None, figure: Figure) -> str:
    if issued is None:
        return "等待下发的数，请核对"
    return "下发数，与下发一致" if figure.answer is Answer.CONFIRMED else "下发数，粘贴后即为异议"


def _columns(block: Sequence[Cells], keys: _Keys) -> _Columns | None:
    """Where codes or names stand and which column holds the figures; None for a block without keys."""
    width = len(block[0]) if block else 0
    matched = [sum(1 for cells in block if keys.matching(cells[n])) for n in range(width)]
    if width < 2 or not any(matched):
        return None
    key = max(range(width), key=lambda n: (matched[n], -n))
    first = next(n for n, cells in enumerate(block) if keys.matching(cells[key]))
    keyed = [(row, cells) for cells in block if (row := next(iter(keys.matching(cells[key])), None))]
    others = [
        n for n in range(key + 1, width) if any(cells[n] for _, cells in keyed) and not _labels(n, keyed)
    ]
    titles = [n for n in others for cells in block[:first] if cells[n].startswith(CURRENT)]
    if titles:
        return _Columns(key, titles[0], first, certain=True)
    figures = [n for n in others if any(_has_digit(cells[n]) for _, cells in keyed)] or others
    if not figures:
        return None
    units = key + 1 < width and key + 1 not in others and any(cells[key + 1] for _, cells in keyed)
    own_layout = units and {key + 2, key + 3} <= set(figures)  # name, unit, last period, this period
    if own_layout:
        return _Columns(key, key + 3, first, certain=True)
    return _Columns(key, figures[-1], first, certain=len(figures) == 1)


def _labels(column: int, keyed: Iterable[tuple[FormRow, Cells]]) -> bool:
    """Whether a column only says names, codes or units of its rows."""
    return all(
        cells[column] in ("", row.element.unit.typed, row.element.id)
        or _plain(cells[column]) == _plain(row.element.name)
        for row, cells in keyed
    )


class _Keys:
    """The rows of a form by code and by name."""

    def __init__(self, rows: Iterable[FormRow]) -> None:
        self._by_code: dict[str, list[FormRow]] = {}
        self._by_name: dict[str, list[FormRow]] = {}
        for row in rows:
            self._by_code[row.element.id] = [row]
            self._by_name.setdefault(_plain(row.element.name), []).append(row)

    def matching(self, key: str) -> list[FormRow]:
        """The rows of a code or a name; several rows may have one name."""
        return self._by_code.get(key) or self._by_name.get(_plain(key), []) if key else []


def _plain(name: str) -> str:
    """A name without blanks, and without 其中 before it."""
    bare = "".join(name.split())
    return bare.removeprefix(PART).lstrip("：:") if bare.startswith((f"{PART}：", f"{PART}:")) else bare


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
