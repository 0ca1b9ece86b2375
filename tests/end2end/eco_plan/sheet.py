"""What one sheet of the workbook is filled with: the columns by their keys, and the rows."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | None


@dataclass(frozen=True)
class Sheet:
    """Rows in the order of `keys`; the other columns of the sheet stay empty."""

    name: str
    keys: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
