"""What a clipboard holds as a table: its plain text, or the HTML's table where the text says too little."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_TOO_NARROW = re.compile(r"#+")
_SCIENTIFIC = re.compile(r"[-+]?\d(\.\d+)?[eE][-+]?\d+")
_SKIPPED = ("style", "script", "head", "title")
_MOST_SPAN = 200

Attributes = list[tuple[str, str | None]]


def clipboard_table(plain: str, html: str) -> str:
    """The tab-separated text to paste.

    Spreadsheets put on the clipboard what they show: a column too narrow gives ####, a long number 1.2E+11.
    Such cells are taken from the value beside them in the HTML. Without a plain text the HTML's first table
    is taken, merged cells filled up with blank ones.
    """
    if plain.strip() and not any(_poor(cell) for line in plain.splitlines() for cell in line.split("\t")):
        return plain
    rows = _rows_of(html)
    if not rows:
        return plain
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def _poor(cell: str) -> bool:
    text = cell.strip()
    return bool(_TOO_NARROW.fullmatch(text) or _SCIENTIFIC.fullmatch(text))


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in '\t\n"'):
        return '"{}"'.format(cell.replace('"', '""'))
    return cell


def _rows_of(html: str) -> list[list[str]]:
    if "<t" not in html.lower():
        return []
    parser = _Tables()
    parser.feed(html)
    parser.close()
    return parser.filled()


class _Tables(HTMLParser):
    """Reads the first table: text per cell, its exact value where the spreadsheet gave one, its span."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[list[tuple[str, int, int]]] = []
        self._text: list[str] | None = None
        self._value = ""
        self._span = (1, 1)
        self._skipping = 0
        self._done = False

    def filled(self) -> list[list[str]]:
        """The cells of a rectangle: what a merged cell covers is blank."""
        self._end_cell()
        taken: dict[tuple[int, int], str] = {}
        for number, row in enumerate(self._rows):
            column = 0
            for text, across, down in row:
                while (number, column) in taken:
                    column += 1
                for below in range(down):
                    for beside in range(across):
                        taken.setdefault((number + below, column + beside), "")
                taken[number, column] = text
                column += across
        width = max((column + 1 for _, column in taken), default=0)
        return [[taken.get((n, column), "") for column in range(width)] for n in range(len(self._rows))]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """A row or a cell begins."""
        if tag in _SKIPPED:
            self._skipping += 1
        elif self._done:
            return
        elif tag == "tr":
            self._end_cell()
            self._rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p") and self._text:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A cell or the table ends."""
        if tag in _SKIPPED:
            self._skipping = max(self._skipping - 1, 0)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._done = True

    def handle_data(self, data: str) -> None:
        """Text in a cell."""
        if self._text is not None and not self._skipping:
            self._text.append(data)

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if not self._rows:
            self._rows.append([])
        self._text = []
        self._value = attributes.get("x:num") or attributes.get("sdval") or ""
        self._span = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))

    def _end_cell(self) -> None:
        if self._text is None or self._done:
            return
        shown = " ".join("".join(self._text).split())
        text = self._value if self._value and _poor(shown) else shown
        self._rows[-1].append((text, *self._span))
        self._text = None


def _span(text: str | None) -> int:
    return min(int(text), _MOST_SPAN) if text and text.isdecimal() and int(text) > 0 else 1
