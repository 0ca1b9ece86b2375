"""What people call the places of a sheet: A1, AB12."""

from __future__ import annotations

from functools import cache


@cache
def column_letters(number: int) -> str:
    """The letters of a column number from 1."""
    result = ""
    while number:
        number, rest = divmod(number - 1, 26)
        result = chr(ord("A") + rest) + result
    return result


def cell_name(row: int, column: int) -> str:
    """The name of a cell by its numbers from 1."""
    return f"{column_letters(column)}{row}"
