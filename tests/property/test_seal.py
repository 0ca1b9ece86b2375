"""The way without a parser and that through the cells say the same; no changed byte gets in under a seal."""

from __future__ import annotations

import datetime
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.exchange import FileReading, SignatureState, read_submission
from desktop.exchange.guarded.transport import reading_from_bytes, reading_to_bytes
from desktop.exchange.signing.seal import SEAL_PART
from desktop.exchange.signing.signatures import SigningKey
from desktop.exchange.signing.trust import Trusted
from desktop.exchange.writing.submission_sheets import Surroundings
from desktop.exchange.writing.writer import submission_bytes
from desktop.model.roster import Roster, RosterEntry
from desktop.model.submission import Section, Submission
from tests.core.exchange.submissions import PLAN, submission
from tests.property.test_exchange import UNITS, submissions

KEYS = {unit: SigningKey.make() for unit in UNITS}
STRANGER = SigningKey.make()
TRUSTED = Trusted(
    Roster(tuple(RosterEntry(unit, key.public, confirmed=True) for unit, key in KEYS.items())),
    datetime.date(2025, 1, 15),
)
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def signed(draw: st.DrawFn) -> Submission:
    """A submission in which units signed their sections, or didn't, or somebody else did."""
    content = draw(submissions())
    return replace(content, sections=tuple(draw(signatures(content.plan, s)) for s in content.sections))


@st.composite
def signatures(draw: st.DrawFn, plan: str, section: Section) -> Section:
    """A section with one of the signatures that may stand under it."""
    kind = draw(st.sampled_from(("own", "none", "stranger", "other content")))
    if kind == "none":
        return section
    if kind == "other content":
        other = replace(section, coverage=replace(section.coverage, due=section.coverage.due + 1))
        return replace(section, signature=KEYS[section.unit].sign_section(plan, other))
    key = KEYS[section.unit] if kind == "own" else STRANGER
    return replace(section, signature=key.sign_section(plan, section))


def read(content: bytes) -> FileReading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报送.xlsx"
        path.write_bytes(content)
        return read_submission(path, [PLAN], TRUSTED)


def without_seal(content: bytes) -> bytes:
    """The file as any program re-saves it that keeps the other parts."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old.xlsx", Path(folder) / "new.xlsx"
        old.write_bytes(content)
        with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                if name != SEAL_PART:
                    target.writestr(name, source.read(name))
        return new.read_bytes()


@slow
@given(content=signed())
@example(content=submission())
def test_both_ways_say_the_same(content: Submission) -> None:
    written = submission_bytes(content, PLAN, Surroundings({}, {}, ()), KEYS[content.unit])
    direct, parsed = read(written), read(without_seal(written))
    assert direct.sealed
    assert not parsed.sealed
    assert direct.signature is SignatureState.VALID
    assert replace(parsed, sealed=True, sha256=direct.sha256, size=direct.size) == direct
    assert reading_from_bytes(reading_to_bytes(direct)) == direct


SAMPLE = submission_bytes(submission(), PLAN, Surroundings({}, {}, ()), KEYS[submission().unit])


@given(at=st.integers(0, len(SAMPLE) - 1), bit=st.integers(0, 7))
def test_no_flipped_bit_changes_what_a_seal_brings_in(at: int, bit: int) -> None:
    flipped = bytearray(SAMPLE)
    flipped[at] ^= 1 << bit
    reading = read(bytes(flipped))
    if reading.sealed:  # times and attributes in the zip's directory mean nothing
        assert reading.submission == submission()
    else:
        assert reading.refusal is not None or reading.submission is not None


@slow
@given(content=signed())
def test_a_stranger_s_seal_is_never_the_unit_s(content: Submission) -> None:
    reading = read(submission_bytes(content, PLAN, Surroundings({}, {}, ()), STRANGER))
    assert not reading.sealed
    assert reading.signature is SignatureState.CHANGED_KEY
