"""Whose task package, return notice or receipt it is.

The office's key is pinned at the first one and holds for all that follow.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from desktop.errors import InputError
from desktop.exchange.format.filereading import SignatureState
from desktop.exchange.office.office_file import OfficeFile, OfficeKind
from desktop.exchange.office.task_package import IssuedRoster, roster_verifies
from desktop.exchange.signing.keyring import HeldKey
from desktop.exchange.signing.signatures import signer, succession_verifies
from desktop.exchange.signing.trust import STATES
from desktop.model.catalogue import text
from desktop.model.key_list import KeyList
from desktop.model.roster import Trust, digits
from desktop.store import Connection, audit, key_lists, settings
from desktop.workspace.keys.trusting import CONFIRMED_NOTE, all_known_keys, known_keys

ISSUED_NOTE = "汇总单位名册"
"""What stands beside keys that nobody here compared: the office did."""

_CALL = "请向汇总单位电话核实"


@dataclass(frozen=True, slots=True)
class OfficeSignature:
    """What a file's signature came to; `confirmed`: its key was compared by telephone, or is our own."""

    state: SignatureState
    fingerprint: str = ""
    said: str = ""
    confirmed: bool = False


def accept(
    connection: Connection,
    file: OfficeFile,
    stamp: audit.Stamp,
    fingerprint: str | None = None,
    superiors: frozenset[str] = frozenset(),
) -> OfficeSignature:
    """What the signature of a file comes to; its key is pinned if it is the first.

    `fingerprint` is what somebody compared by telephone: it confirms the key, even in the place of another.
    `superiors` are the units above the own ones: their keys in the roster may sign returns and receipts.
    Raises InputError for an unsigned file once a key is pinned, for one by a key that neither is pinned nor
    certified by one that is, and where `fingerprint` is another.
    """
    known = key_lists.key_list(connection, key_lists.OFFICE)
    if not file.signature.value:
        _require_no_pin(known, file, fingerprint)
        return OfficeSignature(SignatureState.NONE, said=text("trust.office_unsigned", {"kind": file.label}))
    key = file.key
    if fingerprint is not None and digits(fingerprint) != digits(key.fingerprint):
        raise InputError(
            "office.other_fingerprint",
            f"{file.label}的指纹是 {key.fingerprint}，与核对的 {fingerprint} 不符，没有接收。",
            f"{_CALL}是否发错文件；指纹不符时不要接收。",
        )
    if key in key_lists.all_own_keys(connection):
        said = text("trust.office_own", {})
        return OfficeSignature(SignatureState.VALID, key.fingerprint, said, confirmed=True)
    if _by_superior(connection, file, superiors, stamp.now.date()):
        said = text("trust.office_confirmed", {"fingerprint": key.fingerprint})
        return OfficeSignature(SignatureState.VALID, key.fingerprint, said, confirmed=True)
    return _pinned(connection, known, file, stamp, confirmed=fingerprint is not None)


def look(connection: Connection, file: OfficeFile, day: datetime.date) -> OfficeSignature:
    """What the signature of a file comes to, whatever it is; nothing is kept."""
    if not file.signature.value:
        return OfficeSignature(SignatureState.NONE, said=text("trust.office_unsigned", {"kind": file.label}))
    key = file.key
    trust = key_lists.key_list(connection, key_lists.OFFICE).trust(key, day)
    own = key in key_lists.all_own_keys(connection)
    confirmed = own or trust is Trust.CONFIRMED
    state = SignatureState.VALID if own else STATES[trust]
    if not file.verified():
        state, confirmed = SignatureState.INVALID, False
    return OfficeSignature(state, key.fingerprint, confirmed=confirmed)


def roster_to_issue(connection: Connection, held: HeldKey) -> IssuedRoster:
    """The keys that were confirmed here or ended, signed by the office."""
    lists = [keys for keys in all_known_keys(connection) if keys.decided]
    return IssuedRoster.signed(tuple(entry for keys in lists for entry in keys.entries), held.key)


def _by_superior(
    connection: Connection, file: OfficeFile, superiors: frozenset[str], day: datetime.date
) -> bool:
    """Whether a return or receipt is signed by a unit above, with a key that was compared by telephone."""
    if file.kind is OfficeKind.TASK_PACKAGE or file.unit not in superiors:
        return False
    return known_keys(connection, file.unit).trust(file.key, day) is Trust.CONFIRMED


def _pinned(
    connection: Connection, known: KeyList, file: OfficeFile, stamp: audit.Stamp, *, confirmed: bool
) -> OfficeSignature:
    key, day = file.key, stamp.now.date()
    trust, after, code, state = known.trust(key, day), known, "not_confirmed", SignatureState.VALID
    if trust is Trust.UNKNOWN:
        after, code, state = known.seen(key, day, file.office), "first", SignatureState.UNKNOWN_KEY
    elif trust is Trust.CHANGED and not confirmed:
        after, code = _succeeded(known, file, day), "succeeded"
    if confirmed:
        after = after.seen(key, day, file.office).confirmed(key, day, CONFIRMED_NOTE)
        code, state = "confirmed", SignatureState.VALID
    elif trust is Trust.CONFIRMED:
        code = "confirmed"
    key_lists.set_key_list(connection, after, stamp)
    said = text(f"trust.office_{code}", {"fingerprint": key.fingerprint})
    return OfficeSignature(state, key.fingerprint, said, after.trust(key, day) is Trust.CONFIRMED)


def _succeeded(known: KeyList, file: OfficeFile, day: datetime.date) -> KeyList:
    """The list with the successor of a pinned key; raises InputError if it isn't one."""
    key, certificate = file.key, file.certificate
    counts = (Trust.CONFIRMED, Trust.SEEN)
    if not (
        succession_verifies(certificate, file.unit, key) and known.trust(signer(certificate), day) in counts
    ):
        raise InputError(
            "office.other_key",
            f"{file.label}不是用此前核对的密钥签名的（指纹 {key.fingerprint}），没有接收。",
            f"{_CALL}：确已更换密钥的，核对这个指纹后再接收（命令行用 --fingerprint）；不符的请不要接收。",
        )
    return known.succeeded(signer(certificate), key, day, "由原密钥签发")


def _require_no_pin(known: KeyList, file: OfficeFile, fingerprint: str | None) -> None:
    if known.entries or fingerprint is not None:
        raise InputError(
            "office.unsigned",
            f"{file.label}没有签名，而此前收到的是签名的，没有接收。",
            f"{_CALL}这份{file.label}是否由其发出，并请其重新发来签名的{file.label}。",
        )


def keep_roster(
    connection: Connection, file: OfficeFile, roster: IssuedRoster | None, stamp: audit.Stamp
) -> None:
    """Keep the units' keys that an office lists in its package, but for one's own."""
    if roster is None or not file.signature.value or not roster_verifies(roster, file.key):
        return
    own = settings.units_with_own_keys(connection)
    entries = tuple(replace(e, note=ISSUED_NOTE) for e in roster.entries if e.unit not in own)
    if entries or key_lists.issued_roster(connection).entries:
        key_lists.set_issued_roster(connection, entries, stamp)
