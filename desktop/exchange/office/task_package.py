"""The task package: it carries plan, open periods, deadlines, figures and the roster of keys to the units."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from desktop.errors import InputError
from desktop.exchange.office.office_file import CHOOSE, FORMAT, OfficeFile, OfficeKind, broken
from desktop.exchange.signing.signatures import Purpose, SigningKey, signer, verifies
from desktop.model.canonical import Json, digest
from desktop.model.content import signature_from_json, signature_to_json
from desktop.model.decimals import canonical, parse_canonical
from desktop.model.period import OpenPeriod, Period
from desktop.model.plan import ReferenceFigure
from desktop.model.roster import PublicKey, RosterEntry, entry_from_json, entry_to_json
from desktop.model.submission import Signature


@dataclass(frozen=True, slots=True)
class IssuedRoster:
    """The keys of units as the office lists them, with its signature."""

    entries: tuple[RosterEntry, ...]
    signature: Signature

    @classmethod
    def signed(cls, entries: tuple[RosterEntry, ...], key: SigningKey) -> Self:
        """Entries signed by the office's key."""
        return cls(entries, key.sign(Purpose.ROSTER, _roster_digest(entries)))


@dataclass(frozen=True, slots=True)
class TaskPackage:
    """What a round starts with.

    `plan` is the plan's document as its digest covers it; `groups` is what the office laid over it (group
    id → members and lead). `contact` is a line of the office's own, `note` what it wants to say. `unit` is
    the id of the unit that hands it out.
    """

    plan: Json
    periods: tuple[OpenPeriod, ...]
    groups: Json = field(default_factory=dict, hash=False)
    references: tuple[ReferenceFigure, ...] = ()
    office: str = ""
    contact: str = ""
    note: str = ""
    created: datetime.datetime | None = None
    synthetic: bool = False
    unit: str = ""
    roster: IssuedRoster | None = None


def read_package(file: OfficeFile, name: str) -> TaskPackage:
    """The package that a file holds; raises InputError if it is another kind or broken."""
    if file.kind is not OfficeKind.TASK_PACKAGE:
        raise InputError("office.other_kind", f"{name}是{file.label}，不是任务包。", CHOOSE)
    try:
        return _package(file.content)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise broken(name) from error


def roster_verifies(roster: IssuedRoster, key: PublicKey) -> bool:
    """Whether a roster is signed by that key."""
    return signer(roster.signature) == key and verifies(
        roster.signature, Purpose.ROSTER, _roster_digest(roster.entries)
    )


def package_file(package: TaskPackage) -> OfficeFile:
    """The package as it travels, unsigned; what older ones didn't have is left out where it is blank."""
    data = {
        "format": FORMAT,
        "plan": package.plan,
        "groups": package.groups,
        "periods": [
            {
                "period": str(open_.period),
                "deadlines": {unit: day.isoformat() for unit, day in open_.deadlines.items()},
            }
            for open_ in package.periods
        ],
        "references": [_reference_data(figure) for figure in package.references],
        "office": package.office,
        "contact": package.contact,
        "note": package.note,
        "synthetic": package.synthetic,
    }
    if package.unit:
        data["unit"] = package.unit
    if package.roster is not None:
        data["roster"] = {
            "entries": [entry_to_json(entry) for entry in package.roster.entries],
            "signature": signature_to_json(package.roster.signature),
        }
    return OfficeFile(OfficeKind.TASK_PACKAGE, data)


def _roster_digest(entries: tuple[RosterEntry, ...]) -> str:
    return digest([entry_to_json(entry) for entry in entries])


def _package(data: Json) -> TaskPackage:
    return TaskPackage(
        plan=_object(data["plan"]),
        groups=_object(data["groups"]),
        periods=tuple(
            OpenPeriod(
                Period.parse(row["period"]),
                {unit: datetime.date.fromisoformat(day) for unit, day in row["deadlines"].items()},
            )
            for row in data["periods"]
        ),
        references=tuple(_reference(row) for row in data["references"]),
        office=str(data["office"]),
        contact=str(data["contact"]),
        note=str(data["note"]),
        synthetic=bool(data["synthetic"]),
        unit=str(data.get("unit", "")),
        roster=_roster(data["roster"]) if "roster" in data else None,
    )


def _roster(data: Json) -> IssuedRoster:
    entries = tuple(entry_from_json(entry) for entry in data["entries"])
    return IssuedRoster(entries, signature_from_json(data["signature"]))


def _object(data: object) -> Json:
    if not isinstance(data, dict):
        raise TypeError("not an object")
    return data


def _reference(row: Mapping[str, Any]) -> ReferenceFigure:
    value: Decimal = parse_canonical(row["value"])
    day = datetime.date.fromisoformat(row["date"])
    return ReferenceFigure(row["element"], row["area"], value, day, row["vintage"], row["source"])


def _reference_data(figure: ReferenceFigure) -> Json:
    return {
        "element": figure.element,
        "area": figure.area,
        "value": canonical(figure.value),
        "date": figure.date.isoformat(),
        "vintage": figure.vintage,
        "source": figure.source,
    }
