"""Signatures and the seal: what proves something, and what an attacker who knows the format can't do."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.exchange import ContentState, FileReading, SignatureState, read_submission, write_submission
from desktop.exchange.signing.seal import CONTENT_PART, SEAL_PART, sealed
from desktop.exchange.signing.signatures import SigningKey
from desktop.exchange.signing.trust import Trusted
from desktop.exchange.writing.submission_sheets import Surroundings
from desktop.exchange.writing.writer import submission_bytes
from desktop.model.canonical import canonical_text
from desktop.model.content import submission_to_json
from desktop.model.roster import PublicKey, Roster, RosterEntry
from desktop.model.submission import Figure, Section, Submission
from tests.core.exchange.submissions import (
    PLAN,
    STREET,
    STREET_SECTION,
    ZONE,
    ZONE_SECTION,
    cell,
    sheet,
    submission,
)

TODAY = datetime.date(2025, 1, 15)
KEY, OTHER = SigningKey.make(), SigningKey.make()
Parts = dict[str, bytes]


def trusting(*entries: RosterEntry) -> Trusted:
    return Trusted(Roster(entries), TODAY)


def listed(
    unit: str = ZONE,
    key: SigningKey = KEY,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> RosterEntry:
    return RosterEntry(unit, key.public, valid_from, valid_to, confirmed=True)


KNOWN = trusting(listed())


def signed(folder: Path, content: Submission | None = None, key: SigningKey = KEY) -> Path:
    path = folder / "报送.xlsx"
    write_submission(content or submission(), PLAN, path, key=key)
    return path


def read(path: Path, trusted: Trusted = KNOWN) -> FileReading:
    return read_submission(path, [PLAN], trusted)


def repacked(path: Path, change: Callable[[Parts], Parts]) -> Path:
    """The file with other parts, as somebody with a zip program makes it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in change(parts).items():
            archive.writestr(name, part)
    return path


def with_figure(value: int) -> Submission:
    figures = {**ZONE_SECTION.figures, "patents": Figure.number(Decimal(value))}
    return submission(replace(ZONE_SECTION, figures=figures))


def test_an_untouched_file_of_a_known_key_needs_no_parser(tmp_path: Path) -> None:
    reading = read(signed(tmp_path))
    assert reading.sealed
    assert (reading.content, reading.signature) == (ContentState.INTACT, SignatureState.VALID)
    assert reading.submission == submission()
    assert reading.signer == KEY.public


def test_both_routes_say_the_same(tmp_path: Path) -> None:
    path = signed(tmp_path)
    direct = read(path)
    parsed = read(repacked(path, lambda parts: {n: p for n, p in parts.items() if n != SEAL_PART}))
    assert direct.sealed
    assert not parsed.sealed
    same = replace(parsed, sealed=True, sha256=direct.sha256, size=direct.size)
    assert same == direct


def test_the_same_content_and_key_give_the_same_bytes(tmp_path: Path) -> None:
    first = submission_bytes(submission(), PLAN, Surroundings({}, {}, ()), KEY)
    assert first == submission_bytes(submission(), PLAN, Surroundings({}, {}, ()), KEY)


@pytest.mark.parametrize(
    ("trusted", "state"),
    [
        (Trusted(), SignatureState.UNKNOWN_KEY),
        (trusting(listed(key=OTHER)), SignatureState.CHANGED_KEY),
        (trusting(listed(valid_to=TODAY - datetime.timedelta(days=1))), SignatureState.CHANGED_KEY),
        (trusting(listed(valid_from=TODAY + datetime.timedelta(days=1))), SignatureState.CHANGED_KEY),
        (trusting(listed(STREET)), SignatureState.UNKNOWN_KEY),
        (trusting(RosterEntry(ZONE, KEY.public)), SignatureState.VALID),
    ],
)
def test_whose_key_it_is_decides(tmp_path: Path, trusted: Trusted, state: SignatureState) -> None:
    reading = read(signed(tmp_path), trusted)
    assert reading.signature is state
    assert reading.content is ContentState.INTACT
    assert reading.sealed == (state is SignatureState.VALID)


def test_a_resaved_file_keeps_its_signature(tmp_path: Path) -> None:
    path = signed(tmp_path)
    openpyxl.load_workbook(path).save(path)
    reading = read(path)
    assert not reading.sealed
    assert (reading.content, reading.signature) == (ContentState.INTACT, SignatureState.VALID)


def test_a_changed_cell_is_named_and_the_claim_still_verifies(tmp_path: Path) -> None:
    path = signed(tmp_path)
    workbook = openpyxl.load_workbook(path)
    cell(sheet(workbook), "patents", "本期").value = 1300
    workbook.save(path)
    reading = read(path)
    assert [(c.element, c.was, c.now) for c in reading.edited_cells] == [("patents", "1,200", "1,300")]
    assert (reading.content, reading.signature) == (ContentState.EDITED, SignatureState.VALID)


def test_digests_computed_anew_over_a_changed_cell_prove_nothing(tmp_path: Path) -> None:
    """The attacker writes a whole file with another figure, and keeps the signature of the true one."""
    true = signed(tmp_path)
    with zipfile.ZipFile(true) as archive:
        seal, content = archive.read(SEAL_PART), archive.read(CONTENT_PART)
    (tmp_path / "altered").mkdir()
    altered = tmp_path / "altered" / "报送.xlsx"
    write_submission(with_figure(9000), PLAN, altered)
    for added in ({}, {SEAL_PART: seal}, {SEAL_PART: seal, CONTENT_PART: content}):
        reading = read(repacked(altered, lambda parts, added=added: {**parts, **added}))  # type: ignore[misc]
        assert not reading.sealed
        assert reading.signature is SignatureState.NONE
        assert reading.submission is not None
        assert reading.submission.sections[0].figure("patents").value == Decimal(9000)


def test_a_signature_moved_under_other_content_is_invalid(tmp_path: Path) -> None:
    path = signed(tmp_path)
    workbook = openpyxl.load_workbook(path)
    page = workbook["_zhibao"]
    pieces = {str(row[0].value): row[1] for row in page.iter_rows(max_col=2)}
    data = json.loads(str(pieces["content/1"].value))
    data["sections"][0]["figures"]["patents"]["value"] = "9000"
    pieces["content/1"].value = canonical_text(data)
    cell(sheet(workbook), "patents", "本期").value = 9000
    workbook.save(path)
    assert read(path).signature is SignatureState.INVALID


def test_a_seal_of_the_attackers_own_key_is_not_the_units(tmp_path: Path) -> None:
    """Content that says one thing and cells that show another, sealed by somebody."""
    shown = submission_bytes(submission(), PLAN, Surroundings({}, {}, ()))
    path = tmp_path / "报送.xlsx"
    path.write_bytes(sealed(shown, canonical_text(submission_to_json(with_figure(9000))), OTHER))
    reading = read(path)
    assert not reading.sealed
    assert reading.submission is not None
    assert reading.submission.sections[0].figure("patents").value == Decimal(1200)


def _junk_before(content: bytes) -> bytes:
    return b"PK\x03\x04junk" + content


def _comment(content: bytes) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"hidden"
    return target.getvalue()


def _one_more_part(content: bytes) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/worksheets/sheet9.xml", "<worksheet/>")
    return target.getvalue()


def _other_local_name(content: bytes) -> bytes:
    at = content.index(b"xl/worksheets/sheet1.xml")
    return content[:at] + b"xl/worksheets/sheet8.xml" + content[at + 24 :]


@pytest.mark.parametrize("tamper", [_junk_before, _comment, _one_more_part, _other_local_name])
def test_a_zip_that_two_programs_may_read_differently_is_not_taken_by_its_seal(
    tmp_path: Path, tamper: Callable[[bytes], bytes]
) -> None:
    path = signed(tmp_path)
    path.write_bytes(tamper(path.read_bytes()))
    assert not read(path).sealed


def test_a_street_s_signature_is_still_checkable_in_its_zone_s_file(tmp_path: Path) -> None:
    street = replace(STREET_SECTION, signature=OTHER.sign_section(PLAN.id, STREET_SECTION))
    forged = replace(street, figures={**street.figures, "pledges": Figure.number(Decimal(99))})

    def findings(*sections: Section) -> list[str]:
        (tmp_path / "报送.xlsx").unlink(missing_ok=True)
        trusted = trusting(listed(), listed(STREET, OTHER))
        found = read(signed(tmp_path, submission(ZONE_SECTION, *sections)), trusted).findings
        return [finding.code for finding in found if finding.unit == STREET]

    assert findings(street) == []
    assert findings(forged) == ["exchange.section_invalid"]
    other_plan = replace(STREET_SECTION, signature=OTHER.sign_section("another-plan", STREET_SECTION))
    assert findings(other_plan) == ["exchange.section_invalid"]
    not_listed = replace(STREET_SECTION, signature=KEY.sign_section(PLAN.id, STREET_SECTION))
    assert findings(not_listed) == ["exchange.section_changed_key"]


def test_fingerprints_are_four_short_groups_of_digits() -> None:
    groups = KEY.public.fingerprint.split(" ")
    assert [len(group) for group in groups] == [5, 5, 5, 5]
    assert "".join(groups).isdecimal()
    assert KEY.public.fingerprint != OTHER.public.fingerprint
    assert PublicKey("sm2", KEY.public.value).fingerprint != KEY.public.fingerprint
