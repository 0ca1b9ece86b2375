"""What an office answered to reports: returns and receipts that came, and returns that went out."""

from __future__ import annotations

import sqlite3

from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.store import audit, settings
from desktop.store.texts import kept
from desktop.values import dataclass

CAME, SENT = "return/", "returned/"
_RECEIPT = "receipt/"


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A return notice as it is kept: its content as JSON, its digest, and the day (ISO 8601)."""

    digest: str
    day: str
    content: Json


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """That a revision was accepted: its digests as taken in and as handed in, and the day of receipt."""

    revision: int
    digest: str
    claimed: str
    received: str
    office: str


def keep_notice(
    connection: sqlite3.Connection, way: str, name: str, notice: KeptNotice, stamp: audit.Stamp
) -> bool:
    """Keep a notice that came or was sent under `plan/unit/period/number`; false if it is there."""
    data = {"digest": notice.digest, "day": notice.day, "content": notice.content}
    if settings.setting(connection, way + name) is not None:
        return False
    return settings.set_setting(connection, way + name, canonical_text(data), stamp)


def notices(
    connection: sqlite3.Connection, way: str, plan: str, unit: str, period: str
) -> tuple[KeptNotice, ...]:
    """The notices on a unit and period, oldest first."""
    found = settings.settings_below(connection, f"{way}{plan}/{unit}/{period}/")
    rows = [text for _, text in sorted(found.items(), key=lambda pair: _number(pair[0]))]
    return tuple(kept(text, _notice, "退回通知") for text in rows)


def notices_in(connection: sqlite3.Connection, way: str, plan: str, period: str) -> tuple[KeptNotice, ...]:
    """The notices on all units in a period, unit by unit, oldest first."""
    names = settings.settings_below(connection, f"{way}{plan}/")
    units = dict.fromkeys(unit for unit, then, *_ in (n.split("/") for n in names) if then == period)
    return tuple(one for unit in units for one in notices(connection, way, plan, unit, period))


def keep_receipt(
    connection: sqlite3.Connection, place: str, receipt: KeptReceipt, stamp: audit.Stamp
) -> bool:
    """Keep that a revision of `plan/unit/period` was accepted; false if that is known."""
    data = {
        "revision": receipt.revision,
        "digest": receipt.digest,
        "claimed": receipt.claimed,
        "received": receipt.received,
        "office": receipt.office,
    }
    return settings.set_setting(connection, _RECEIPT + place, canonical_text(data), stamp)


def receipt_of(connection: sqlite3.Connection, plan: str, unit: str, period: str) -> KeptReceipt | None:
    """The last receipt for a unit and period; None before the first."""
    text = settings.setting(connection, f"{_RECEIPT}{plan}/{unit}/{period}")
    return kept(text, _receipt, "回执") if text else None


def _notice(data: Json) -> KeptNotice:
    return KeptNotice(plain.text(data["digest"]), plain.text(data["day"]), data["content"])


def _receipt(data: Json) -> KeptReceipt:
    revision = plain.whole(data.pop("revision"))
    return KeptReceipt(revision, **plain.texts_by_name(data))


def receipts_told(
    connection: sqlite3.Connection, plan: str, unit: str, period: str
) -> tuple[tuple[str, KeptReceipt], ...]:
    """When a receipt for a unit and period was taken in (ISO 8601), and what it said; oldest first."""
    rows = audit.events_named(connection, f"setting/{_RECEIPT}{plan}/{unit}/{period}")
    return tuple((row.time, kept(row.new, _receipt, "回执")) for row in rows if row.new)


def _number(rest: str) -> int:
    """Names end in the number of the notice, with a mark where two offices counted alike."""
    return int(rest.partition("-")[0])
