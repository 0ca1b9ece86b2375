"""Ids and numbers that stand twice on a sheet: told at each of their cells."""

from __future__ import annotations

from collections import Counter

from desktop.definition.workbook.columns import collection_columns
from desktop.definition.workbook.draft import Draft
from desktop.model.finding import Severity

CODE = "plan.duplicate_id"
_KEYS = ("id", "number", "family")


def say_repeated(draft: Draft) -> None:
    """An error at every cell whose id, number or family another row of the sheet has too."""
    for collection, entries in draft.entries.items():
        for column in collection_columns(collection):
            if column.key not in _KEYS:
                continue
            values = [str(entry.record[column.key]) for entry in entries if column.key in entry.record]
            times = {value: count for value, count in Counter(values).items() if count > 1}
            for entry in entries if times else ():
                value = str(entry.record.get(column.key))
                if value in times:
                    draft.say(CODE, Severity.ERROR, entry.cell(column), value=value, times=str(times[value]))
