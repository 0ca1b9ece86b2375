"""The consolidator's answers to units: returns and receipts."""

from __future__ import annotations

from pathlib import Path

from desktop.model.office_word import ReturnNotice
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.workspace.desk import Desk
from desktop.workspace.office.receipting import Receipted, write_receipts
from desktop.workspace.office.returning import Answering, Returned, ToReturn, send_back, sent_back


class OfficeDesk:
    """Answers in the name of the consolidating unit; signed where its key is on this computer."""

    def __init__(self, desk: Desk, by: Answering, units: tuple[Unit, ...]) -> None:
        self._desk = desk
        self._by = by
        self._units = units

    def send_back(
        self, unit: str, period: Period, wanted: ToReturn, out: Path, *, mail: bool = False
    ) -> Returned:
        """退回: write the notice to the file `out` or into that folder, with a letter if asked for.

        Raises InputError for a unit of which nothing came, a missing comment, an unknown place or an existing
        file; EnvironmentFault for the disk.
        """
        return send_back(self._desk, self._by, (unit, period), wanted, out, mail=mail)

    def receipts(
        self, period: Period, out: Path, *, unit: str | None = None, mail: bool = False
    ) -> tuple[Receipted, ...]:
        """回执: write one for each unit whose own report counts, or for one of them, into a folder."""
        units = tuple(u for u in self._units if unit in (None, u.id))
        return write_receipts(self._desk, self._by, units, period, out, mail=mail)

    def sent_back(self, unit: str, period: Period) -> tuple[ReturnNotice, ...]:
        """The notices written for a unit and period, oldest first."""
        return sent_back(self._desk, unit, period)
