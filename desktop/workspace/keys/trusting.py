"""Whose signature it is: the roster of the workspace, and what a file's signatures come to.

A signature never decides whether content is taken, only what is said of it: an unsigned file is taken without
fuss, and one by a changed key or with a signature that fails is no worse than that, but a person must look.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from desktop.exchange import FileReading, SignatureState
from desktop.exchange.signing.signatures import section_verifies, signer, succession_verifies
from desktop.exchange.signing.trust import Trusted
from desktop.model.catalogue import message, text
from desktop.model.key_list import KeyList, combined
from desktop.model.plan import Plan
from desktop.model.roster import PublicKey, Roster, Trust
from desktop.model.submission import Signature, Submission
from desktop.store import Connection, audit, key_lists

CONFIRMED_NOTE = "已电话核对"
FILE_FINDINGS = ("exchange.manifest_altered", "exchange.property_differs")
"""What a file says of itself in two places, and not the same."""

_OF_KEYS = (SignatureState.VALID, SignatureState.UNKNOWN_KEY, SignatureState.CHANGED_KEY)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file's signatures came to.

    `said` is a sentence on the file's own, empty where there is nothing to say; `remarks` are sentences on
    what the file states twice and on the sections inside that bear others' signatures. `questioned`: a person
    must look. `marks` are those sections for the record: unit and public key, None where the signature fails.
    """

    state: SignatureState
    key: PublicKey | None = None
    said: str = ""
    remarks: tuple[str, ...] = ()
    questioned: bool = False
    marks: tuple[tuple[str, PublicKey | None], ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All there is to say."""
        return (*([self.said] if self.said else []), *self.remarks)

    def for_record(self, unit: str) -> tuple[tuple[str, PublicKey | None], ...]:
        """The units and keys that signed, the submitting unit first; empty where nobody did."""
        return ((unit, self.key), *self.marks) if self.key is not None or self.marks else ()


@dataclass(frozen=True, slots=True)
class _Met:
    """A key that signed for a unit, and what it is worth."""

    trust: Trust
    succeeded: bool = False


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys known here, when a file of that name is judged by them."""

    connection: Connection
    stamp: audit.Stamp
    issued: Roster
    file: str

    def meet(self, unit: str, key: PublicKey, certificate: Signature | None = None) -> _Met:
        """What a key that signed validly for a unit is worth; what is new of it is remembered."""
        known, day = known_keys(self.connection, unit, self.issued), self.stamp.now.date()
        trust = known.trust(key, day)
        if trust is Trust.CHANGED and certificate is not None and _certified(known, key, certificate, day):
            after = known.succeeded(signer(certificate), key, day, "由原密钥签发")
            key_lists.set_key_list(self.connection, after, self.stamp)
            return _Met(after.trust(key, day), succeeded=True)
        if trust in (Trust.UNKNOWN, Trust.CHANGED):
            self._remember(unit, known, known.seen(key, day, self.file))
        return _Met(trust)

    def _remember(self, unit: str, known: KeyList, after: KeyList) -> None:
        # the office's entries stay the office's: what it says later still counts
        kept = key_lists.key_list(self.connection, unit)
        if known.entries and known.entries != kept.entries:
            after = replace(kept, offered=after.offered)
        key_lists.set_key_list(self.connection, after, self.stamp)


def known_keys(connection: Connection, unit: str, issued: Roster | None = None) -> KeyList:
    """What counts for a unit: its list here, or the office's word (`issued`, if it is at hand)."""
    word = key_lists.issued_to(connection, unit) if issued is None else issued.all_of(unit)
    return combined(key_lists.key_list(connection, unit), word)


def all_known_keys(connection: Connection) -> tuple[KeyList, ...]:
    """The lists of all units of which anything is known, by unit."""
    issued = key_lists.issued_roster(connection)
    lists = {keys.unit: keys for keys in key_lists.key_lists(connection)}
    units = sorted({*lists, *(entry.unit for entry in issued.entries)})
    return tuple(combined(lists.get(unit, KeyList(unit)), issued.all_of(unit)) for unit in units)


def trusted(connection: Connection, day: datetime.date) -> Trusted:
    """The roster by which files are read on a day."""
    lists = all_known_keys(connection)
    return Trusted(Roster(tuple(entry for keys in lists for entry in keys.entries)), day)


def judge(
    connection: Connection, plan: Plan, reading: FileReading, stamp: audit.Stamp, issued: Roster
) -> Judged:
    """What the signatures of a file come to; a key that is new for its unit is remembered.

    `issued` is the roster of the last task package.
    """
    submission = reading.submission
    assert submission is not None
    keys = _Keys(connection, stamp, issued, reading.name)
    own = _own_signature(keys, plan, reading)
    marks = _sections(submission, own=own.state is SignatureState.NONE and not reading.edited_cells)
    said = [message(finding) for finding in reading.findings if finding.code in FILE_FINDINGS]
    for unit, key in marks:
        name = plan.unit(unit).short_name if plan.has_unit(unit) else unit
        if key is None:
            said.append(text("trust.section_invalid", {"unit": name}))
        elif keys.meet(unit, key).trust is Trust.CHANGED:
            said.append(text("trust.section_changed", {"unit": name, "fingerprint": key.fingerprint}))
    return replace(own, remarks=tuple(said), questioned=own.questioned or bool(said), marks=marks)


def remarks_on(
    connection: Connection,
    plan: Plan,
    state: str,
    signed: tuple[tuple[str, PublicKey | None], ...],
    day: datetime.date,
) -> tuple[str, ...]:
    """What is to be said, by today's roster, of signatures on a content that was received on a day.

    `state` is its file's, `signed` are units and the keys that signed for them, the submitting unit first.
    """
    said = []
    for number, (unit, key) in enumerate(signed):
        name = plan.unit(unit).short_name if plan.has_unit(unit) else unit
        invalid = state == SignatureState.INVALID if number == 0 else key is None
        if invalid:
            said.append(text("trust.section_invalid" if number else "trust.invalid", {"unit": name}))
        elif key is not None and known_keys(connection, unit).trust(key, day) is Trust.CHANGED:
            params = {"unit": name, "fingerprint": key.fingerprint}
            said.append(text("trust.section_changed" if number else "trust.changed", params))
    return tuple(said)


def _own_signature(keys: _Keys, plan: Plan, reading: FileReading) -> Judged:
    assert reading.submission is not None
    unit = reading.submission.unit
    params = {"unit": plan.unit(unit).short_name if plan.has_unit(unit) else unit}
    if reading.signature is SignatureState.INVALID:
        return Judged(SignatureState.INVALID, reading.signer, text("trust.invalid", params), questioned=True)
    if reading.signature not in _OF_KEYS or reading.signer is None:
        return Judged(reading.signature)
    key = reading.signer
    params["fingerprint"] = key.fingerprint
    met = keys.meet(unit, key, reading.certificate)
    if met.succeeded:
        return Judged(SignatureState.VALID, key, text("trust.succeeded", params))
    match met.trust:
        case Trust.CONFIRMED:
            return Judged(SignatureState.VALID, key)
        case Trust.SEEN:
            return Judged(SignatureState.VALID, key, text("trust.not_confirmed", params))
        case Trust.UNKNOWN:
            return Judged(SignatureState.UNKNOWN_KEY, key, text("trust.first_use", params))
        case _:
            return Judged(SignatureState.CHANGED_KEY, key, text("trust.changed", params), questioned=True)


def _sections(submission: Submission, *, own: bool) -> tuple[tuple[str, PublicKey | None], ...]:
    """The units whose sections bear a signature of theirs, with its key, None where it fails.

    Of the submitting unit only if `own` says so: usually the file's own signature speaks for it.
    """
    return tuple(
        (s.unit, signer(s.signature) if section_verifies(submission.plan, s) else None)
        for s in submission.sections
        if s.signature.value and (own or s.unit != submission.unit)
    )


def _certified(known: KeyList, key: PublicKey, certificate: Signature, day: datetime.date) -> bool:
    """Whether a key that counts says that `key` follows it."""
    return succession_verifies(certificate, known.unit, key) and known.trust(signer(certificate), day) in (
        Trust.CONFIRMED,
        Trust.SEEN,
    )
