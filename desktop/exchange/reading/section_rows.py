"""The rows of a table by reporting unit and code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.exchange.format.layout import UNIT_COLUMNS
from desktop.exchange.format.visible import comparable
from desktop.exchange.parsing.safety import Refused
from desktop.exchange.reading.comparison import Log, Place
from desktop.exchange.reading.tables import Row, Table
from desktop.model.finding import Severity
from desktop.model.plan import Plan


@dataclass(frozen=True, slots=True)
class SectionRows:
    """Unit → rows with a code, in the sheet's order."""

    table: Table | None
    units: Mapping[str, Sequence[tuple[str, Row]]]

    def of(self, unit: str, log: Log) -> dict[str, Row]:
        """Code → row of a unit; of a code that stands twice the first, with an error."""
        found: dict[str, Row] = {}
        for code, row in self.units.get(unit, ()):
            if code in found:
                place = Place(unit, code, self.table, row)
                log.say(place, "exchange.duplicate_code", Severity.ERROR, "code", code=code)
            else:
                found[code] = row
        return found

    def all_of(self, unit: str) -> Sequence[tuple[str, Row]]:
        """Every row of a unit with its code, where a code may stand many times."""
        return self.units.get(unit, ())


def section_rows(table: Table | None, plan: Plan, units: Sequence[str], log: Log) -> SectionRows:
    """The rows sorted by unit; those of a unit that isn't expected are left out with an error.

    Raises Refused where rows of several units can't be told apart.
    """
    if table is None:
        return SectionRows(None, {})
    if len(units) > 1 and not {column.id for column in UNIT_COLUMNS} & table.headers.keys():
        raise Refused("exchange.missing_column", sheet=table.name, header=UNIT_COLUMNS[0].header)
    sorted_: dict[str, list[tuple[str, Row]]] = {unit: [] for unit in units}
    strangers: set[str] = set()
    for row in table.rows:
        code = comparable(row.text("code"))
        if not code:
            continue
        unit = _unit_of(row, plan) or (units[0] if len(units) == 1 else "")
        if unit in sorted_:
            sorted_[unit].append((code, row))
        elif (said := row.text("unit") or row.text("unit_name")) not in strangers:
            strangers.add(said)
            log.say(
                Place(said, "", table, row), "exchange.unexpected_unit", Severity.ERROR, "code", unit=said
            )
    return SectionRows(table, sorted_)


def _unit_of(row: Row, plan: Plan) -> str:
    for column in UNIT_COLUMNS:
        said = comparable(row.text(column.id))
        unit = plan.find_unit(said) if said else None
        if unit:
            return unit.id
        if said:
            return said
    return ""
