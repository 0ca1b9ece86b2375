"""A table pasted from a document: headers found by words, figures read as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.definition.workbook.cells import BLANK, from_cell
from desktop.definition.workbook.places import Cell
from desktop.definition.workbook.sheets import RawCell, Row
from desktop.model.cell_name import cell_name

_HEADERS_WITHIN = 20
_FEWEST_ROLES = 2
_LONGEST_LOWER = 10
_NUMBERED = re.compile(r"[（(]?[0-9一二三四五六七八九十]{1,3}([）)、.．]|$)")
YEAR = re.compile(r"(20[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows below the headers; `columns` maps a role to column numbers, `headers` columns to their texts."""

    sheet: str
    rows: Sequence[Row]
    columns: Mapping[str, tuple[int, ...]]
    headers: Mapping[int, str]
    header_row: int
    title: str = ""
    unread: tuple[int, ...] = ()

    def column(self, role: str) -> int:
        """The first column of a role, 0 for none."""
        return self.columns.get(role, (0,))[0]

    def raw(self, row: Row, column: int) -> RawCell:
        """What stands in a row's cell."""
        return row.cells.get(column, RawCell(None))

    def text(self, row: Row, role: str) -> str:
        """The text of a role's first column in one row."""
        return text_of(self.raw(row, self.column(role)))

    def cell(self, row: Row, role: str, label: str = "") -> Cell:
        """Where a role's cell of a row stands; the row's first cell where the role has no column."""
        column = self.column(role) or min(row.cells)
        return Cell(self.sheet, cell_name(row.number, column), label or self.headers.get(column, ""))


def find_table(sheet: str, rows: Sequence[Row], roles: Mapping[str, re.Pattern[str]]) -> Pasted | None:
    """The table whose headers match the most roles, in one row or in two; None where there is none."""
    first = [row for row in rows if row.number <= _HEADERS_WITHIN]
    best: tuple[int, int, dict[int, str]] = (0, 0, {})
    for index, row in enumerate(first):
        texts = {column: squeeze(text_of(cell)) for column, cell in row.cells.items()}
        if (found := len(_roles(texts, roles))) > best[0]:
            best = (found, index, texts)
        if index + 1 < len(first) and _like_headers(first[index + 1]):
            both = _joined(texts, first[index + 1])
            if (found := len(_roles(both, roles))) > best[0]:
                best = (found, index + 1, both)
    if best[0] < _FEWEST_ROLES:
        return None
    headers = {column: text for column, text in best[2].items() if text}
    columns = _roles(headers, roles)
    claimed = {column for numbers in columns.values() for column in numbers}
    header_row = first[best[1]].number
    title = next((text for row in first[: best[1]] if (text := _only_text(row))), "")
    below = [row for row in rows if row.number > header_row]
    return Pasted(sheet, below, columns, headers, header_row, title, tuple(sorted(headers.keys() - claimed)))


def _like_headers(row: Row) -> bool:
    """Whether a row can be the lower one of two header rows: short words and years, nothing else."""
    texts = [squeeze(text_of(cell)) for cell in row.cells.values()]
    return all(len(text) <= _LONGEST_LOWER and not _NUMBERED.match(text) for text in texts)


def _joined(texts: Mapping[int, str], below: Row) -> dict[int, str]:
    """Two header rows as one: a merged header stands over the columns to its right."""
    result = dict(texts)
    over = ""
    for column in range(1, max((*texts, *below.cells)) + 1):
        over = texts.get(column) or over
        if column in below.cells:
            result[column] = over + squeeze(text_of(below.cells[column]))
    return result


def _roles(texts: Mapping[int, str], roles: Mapping[str, re.Pattern[str]]) -> dict[str, tuple[int, ...]]:
    result: dict[str, tuple[int, ...]] = {}
    for column in sorted(texts):
        role = next((role for role, pattern in roles.items() if pattern.search(texts[column])), None)
        if role is not None and len(texts[column]) <= 24:
            result[role] = (*result.get(role, ()), column)
    return result


def _only_text(row: Row) -> str:
    texts = [text for cell in row.cells.values() if (text := squeeze(text_of(cell)))]
    return texts[0] if len(texts) == 1 and len(texts[0]) > 4 else ""


def text_of(raw: RawCell) -> str:
    """A cell as text: per cent figures as they are seen, dates as ISO."""
    value = from_cell(str, raw.value, percent=raw.percent)
    return "" if value is BLANK else str(value)


def squeeze(text: str) -> str:
    """A text in one line without spaces."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure's cell says: exact texts of the value and a range's upper one, unit, operator's code."""

    value: str | None = None
    value_max: str | None = None
    unit: str = ""
    operator: str = ""
    guessed: bool = False


_BEFORE = {
    "≥": "at_least",
    ">=": "at_least",
    "不低于": "at_least",
    "不少于": "at_least",
    "达到": "at_least",
    "≤": "at_most",
    "<=": "at_most",
    "不高于": "at_most",
    "不超过": "at_most",
    "控制在": "at_most",
    "<": "at_most",
    "低于": "at_most",
    ">": "above",
    "超过": "above",
    "突破": "above",
}
_AFTER = {"以上": "at_least", "以内": "at_most", "以下": "at_most"}
_FIGURE = re.compile(
    rf"(?P<before>{'|'.join(sorted(_BEFORE, key=len, reverse=True))}|约)?[\[(]?"
    r"(?P<value>-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]{1,16}(?:\.[0-9]{1,9})?)(?P<per1>%?)"
    r"(?:[-–—~～至](?P<max>[0-9]{1,16}(?:\.[0-9]{1,9})?))?[\])]?"
    r"(?P<unit>[^0-9]{0,8}?)(?P<after>以上|以内|以下|左右)?[\])]?"
)
_IMPROVE = re.compile("持续|提高|提升|改善|优化|下降|保持")
_NOTHING = re.compile("[-—–/无]*")


def read_figure(raw: RawCell) -> Reading | None:
    """A figure as people write it (≥ 30%, 13,066, 3-5家, 持续提高); None if it can't be read."""
    text = unicodedata.normalize("NFKC", squeeze(text_of(raw)))
    if _NOTHING.fullmatch(text):
        return Reading()
    match = _FIGURE.fullmatch(text)
    if match is None:
        return Reading(operator="improve") if _IMPROVE.search(text) else None
    operator = _BEFORE.get(match["before"] or "") or _AFTER.get(match["after"] or "") or ""
    guessed = match["before"] == "约" or match["after"] == "左右"
    if match["max"] and not operator:
        operator = "build"
    unit = match["per1"] or match["unit"]
    return Reading(match["value"].replace(",", ""), match["max"], unit, operator, guessed)
