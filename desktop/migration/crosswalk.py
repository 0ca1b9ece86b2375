"""The rows of a plan's mapping that speak of one older version, asked where a thing went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.migration.lines import Note
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.plan import Plan

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """Where one thing goes: its new id, or None and why. `row` is the plan's own word on it, if any."""

    new: str | None
    row: MappingRow | None = None
    why: Note | None = None

    @property
    def said(self) -> str:
        """The reason that the mapping gives."""
        return self.row.reason if self.row else ""


class Crosswalk:
    """From an old plan to a new one. What has no row keeps its id where the new plan knows it."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old = old
        self.new = new
        self._rows: dict[tuple[Mapped, str], MappingRow] = {}
        for row in rows_between(old, new):
            self._rows.setdefault((row.what, row.old), row)

    def unit(self, id_: str) -> Way:
        """Where a unit's content goes."""
        return self._way(Mapped.UNIT, id_, known=self.new.has_unit)

    def element(self, id_: str) -> Way:
        """Where a data element's figure goes."""
        return self._way(Mapped.ELEMENT, id_, known=self.new.has_element)

    def item(self, number: int) -> Way:
        """Where an item's report goes."""
        return self._way(
            Mapped.ITEM,
            str(number),
            known=lambda text: text.isascii() and text.isdigit() and self.new.has_item(int(text)),
        )

    def _way(self, what: Mapped, id_: str, known: Known) -> Way:
        row = self._rows.get((what, id_))
        if row is None:
            return Way(id_) if known(id_) else Way(None, why=Note("migration.not_in_new"))
        if not row.new:
            return Way(None, row, None if row.reason else Note("migration.dropped_by_plan"))
        if len(row.new) > 1:
            return Way(None, row, Note("migration.split", {"targets": "、".join(row.new)}))
        if not known(row.new[0]):
            return Way(None, row, Note("migration.unknown_target", {"target": row.new[0]}))
        return Way(row.new[0], row)


def rows_between(old: Plan, new: Plan) -> tuple[MappingRow, ...]:
    """The new plan's mapping rows that speak of the old one."""
    return tuple(
        row for row in new.mapping if (row.from_plan or new.id) == old.id and row.from_version == old.version
    )
