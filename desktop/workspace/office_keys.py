"""Whose task package it is: the office's key is pinned at the first one and holds for all that follow."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from desktop.errors import InputError
from desktop.exchange.filereading import SignatureState
from desktop.exchange.keyring import HeldKey
from desktop.exchange.signing import signer, succession_verifies
from desktop.exchange.task_package import IssuedRoster, TaskPackage, roster_verifies, verified
from desktop.exchange.trust import STATES
from desktop.model.catalogue import text
from desktop.model.key_list import KeyList
from desktop.model.roster import PublicKey, Trust, digits
from desktop.store import Connection, audit, key_lists
from desktop.workspace.trusting import CONFIRMED_NOTE, all_known_keys

ISSUED_NOTE = "汇总单位名册"
"""What stands beside keys that nobody here compared: the office did."""

_CALL = "请向汇总单位电话核实"


@dataclass(frozen=True, slots=True)
class OfficeSignature:
    """What a package's signature came to; `confirmed`: its key was compared by telephone, or is our own."""

    state: SignatureState
    fingerprint: str = ""
    said: str = ""
    confirmed: bool = False


def require_intact(package: TaskPackage, name: str) -> None:
    """Raise InputError if a package bears a signature that isn't one over its content."""
    if package.signature.value and not verified(package):
        raise InputError(
            "package.invalid_signature",
            f"{name}的签名与内容不符，文件可能被他人改动，没有接收。",
            "请向汇总单位重新索取任务包。",
        )


def accept(
    connection: Connection, package: TaskPackage, stamp: audit.Stamp, fingerprint: str | None = None
) -> OfficeSignature:
    """What the signature of a package comes to; its key is pinned if it is the first, and its roster kept.

    `fingerprint` is what somebody compared by telephone: it confirms the key, even in the place of another.
    Raises InputError for an unsigned package once a key is pinned, for one by a key that neither is pinned
    nor certified by one that is, and where `fingerprint` is another.
    """
    known = key_lists.key_list(connection, key_lists.OFFICE)
    if not package.signature.value:
        _require_no_pin(known, fingerprint)
        return OfficeSignature(SignatureState.NONE, said=text("trust.office_unsigned", {}))
    key = signer(package.signature)
    if fingerprint is not None and digits(fingerprint) != digits(key.fingerprint):
        raise InputError(
            "package.other_fingerprint",
            f"任务包的指纹是 {key.fingerprint}，与核对的 {fingerprint} 不符，没有接收。",
            f"{_CALL}是否发错文件；指纹不符时不要接收。",
        )
    if key in key_lists.all_own_keys(connection):
        found = OfficeSignature(
            SignatureState.VALID, key.fingerprint, text("trust.office_own", {}), confirmed=True
        )
    else:
        found = _pinned(connection, known, package, stamp, confirmed=fingerprint is not None)
    _keep_roster(connection, package, stamp)
    return found


def look(connection: Connection, package: TaskPackage, day: datetime.date) -> OfficeSignature:
    """What the signature of a package comes to, whatever it is; nothing is kept."""
    if not package.signature.value:
        return OfficeSignature(SignatureState.NONE, said=text("trust.office_unsigned", {}))
    key = signer(package.signature)
    trust = key_lists.key_list(connection, key_lists.OFFICE).trust(key, day)
    own = key in key_lists.all_own_keys(connection)
    confirmed = own or trust is Trust.CONFIRMED
    state = SignatureState.VALID if own else STATES[trust]
    if not verified(package):
        state, confirmed = SignatureState.INVALID, False
    return OfficeSignature(state, key.fingerprint, confirmed=confirmed)


def roster_to_issue(connection: Connection, held: HeldKey) -> IssuedRoster:
    """The keys that were confirmed here or ended, signed by the office."""
    lists = [keys for keys in all_known_keys(connection) if keys.decided]
    return IssuedRoster.signed(tuple(entry for keys in lists for entry in keys.entries), held.key)


def _pinned(
    connection: Connection, known: KeyList, package: TaskPackage, stamp: audit.Stamp, *, confirmed: bool
) -> OfficeSignature:
    key, day = signer(package.signature), stamp.now.date()
    trust, after, code, state = known.trust(key, day), known, "not_confirmed", SignatureState.VALID
    if trust is Trust.UNKNOWN:
        after, code, state = known.seen(key, day, package.office), "first", SignatureState.UNKNOWN_KEY
    elif trust is Trust.CHANGED and not confirmed:
        after, code = _succeeded(known, key, package, day), "succeeded"
    if confirmed:
        after = after.seen(key, day, package.office).confirmed(key, day, CONFIRMED_NOTE)
        code, state = "confirmed", SignatureState.VALID
    elif trust is Trust.CONFIRMED:
        code = "confirmed"
    key_lists.set_key_list(connection, after, stamp)
    said = text(f"trust.office_{code}", {"fingerprint": key.fingerprint})
    return OfficeSignature(state, key.fingerprint, said, after.trust(key, day) is Trust.CONFIRMED)


def _succeeded(known: KeyList, key: PublicKey, package: TaskPackage, day: datetime.date) -> KeyList:
    """The list with the successor of a pinned key; raises InputError if it isn't one."""
    certificate = package.certificate
    counts = (Trust.CONFIRMED, Trust.SEEN)
    if not (
        succession_verifies(certificate, package.unit, key)
        and known.trust(signer(certificate), day) in counts
    ):
        raise InputError(
            "package.other_key",
            f"任务包不是用此前核对的密钥签名的（指纹 {key.fingerprint}），没有接收。",
            f"{_CALL}：确已更换密钥的，核对这个指纹后再接收（命令行用 --fingerprint）；不符的请不要接收。",
        )
    return known.succeeded(signer(certificate), key, day, "由原密钥签发")


def _require_no_pin(known: KeyList, fingerprint: str | None) -> None:
    if known.entries or fingerprint is not None:
        raise InputError(
            "package.unsigned",
            "任务包没有签名，而此前的任务包是签名的，没有接收。",
            f"{_CALL}这份任务包是否由其发出，并请其重新下发签名的任务包。",
        )


def _keep_roster(connection: Connection, package: TaskPackage, stamp: audit.Stamp) -> None:
    """Keep the units' keys that the office lists, but for one's own."""
    roster = package.roster
    if roster is None or not roster_verifies(roster, signer(package.signature)):
        return
    own = key_lists.units_with_own_keys(connection)
    entries = tuple(replace(e, note=ISSUED_NOTE) for e in roster.entries if e.unit not in own)
    if entries or key_lists.issued_roster(connection).entries:
        key_lists.set_issued_roster(connection, entries, stamp)
