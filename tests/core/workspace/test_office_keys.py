"""Whose task package it is: pinned once, held to afterwards; the roster it carries reaches the zones."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.exchange.office.office_file import OfficeFile
from desktop.exchange.office.office_reading import read_office_file
from desktop.exchange.office.office_sheets import OfficeBook, write_office_file
from desktop.exchange.signing.signatures import SigningKey
from desktop.model.submission import Signature
from desktop.store import key_lists
from desktop.workspace import Arrival, Workspace
from desktop.workspace.keys.roster import KeyState
from tests.core.workspace.workspaces import Q3, Q4, at, blank_to_nil, explain_all, make

STRANGER = SigningKey.make()


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return make(tmp_path, "scjg", consolidates=True)


@pytest.fixture
def clerk(tmp_path: Path) -> Workspace:
    return make(tmp_path, "gaoxin")


def published(office: Workspace, path: Path) -> Path:
    office.publish(Q3, path)
    return path


def rewritten(path: Path, change: Callable[[OfficeFile], OfficeFile]) -> Path:
    """The package as somebody else would hand it out."""
    out = path.with_name(f"改_{path.name}")
    write_office_file(change(read_office_file(path)), OfficeBook("演示", ()), out)
    return out


def noted(file: OfficeFile, note: str) -> OfficeFile:
    """The package with another remark, the signature as it was."""
    return replace(file, content={**file.content, "note": note})


def unsigned(file: OfficeFile) -> OfficeFile:
    without = {key: value for key, value in file.content.items() if key != "roster"}
    return OfficeFile(file.kind, without)


def by_stranger(file: OfficeFile) -> OfficeFile:
    return unsigned(file).signed(STRANGER, Signature())


def office_rows(workspace: Workspace) -> list[KeyState]:
    return [row.state for row in workspace.keys.roster() if row.unit == key_lists.OFFICE]


def test_the_first_package_pins_the_office_and_shows_its_fingerprint(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    path = published(office, tmp_path / "1.xlsx")
    (own,) = office.keys.own()
    looked = clerk.look_from_office(path)
    assert isinstance(looked, Arrival)
    assert office_rows(clerk) == []  # looking keeps nothing
    first = clerk.receive(path)
    for arrival in (looked, first):
        assert arrival.signature is not None
        assert (arrival.signature.fingerprint, arrival.signature.confirmed) == (own.fingerprint, False)
        assert any(own.fingerprint in line for line in arrival.lines)
    assert office_rows(clerk) == [KeyState.SEEN]
    clerk.keys.confirm(key_lists.OFFICE, own.fingerprint)
    again = clerk.receive(published(office, tmp_path / "2.xlsx"))
    assert again.as_data()["signature"] == "valid"
    assert again.as_data()["confirmed"] is True


def test_confirming_while_receiving_is_one_step(tmp_path: Path, office: Workspace, clerk: Workspace) -> None:
    path = published(office, tmp_path / "1.xlsx")
    with pytest.raises(InputError) as refused:
        clerk.receive(path, "12345 67890 12345 67890")
    assert refused.value.code == "office.other_fingerprint"
    assert office_rows(clerk) == []
    assert clerk.receive(path, office.keys.own()[0].fingerprint).as_data()["confirmed"] is True
    assert office_rows(clerk) == [KeyState.CONFIRMED]


@pytest.mark.parametrize(
    ("change", "code"), [(unsigned, "office.unsigned"), (by_stranger, "office.other_key")]
)
def test_after_the_pin_nobody_else_hands_out_packages(
    tmp_path: Path,
    office: Workspace,
    clerk: Workspace,
    change: Callable[[OfficeFile], OfficeFile],
    code: str,
) -> None:
    path = published(office, tmp_path / "1.xlsx")
    forged = rewritten(path, lambda file: change(noted(file, "演示：请改报期限")))
    clerk.receive(path)
    before = clerk.round
    with pytest.raises(InputError) as refused:
        clerk.receive(forged)
    assert refused.value.code == code
    assert clerk.round == before
    assert office_rows(clerk) == [KeyState.SEEN]


def test_before_any_pin_an_unsigned_package_is_taken_with_a_warning(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    arrival = clerk.receive(rewritten(published(office, tmp_path / "1.xlsx"), unsigned))
    assert arrival.as_data()["signature"] == "none"
    assert any("没有签名" in line for line in arrival.lines)
    assert office_rows(clerk) == []


def test_a_signature_moved_onto_other_content_is_refused_even_at_the_start(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    path = published(office, tmp_path / "1.xlsx")
    forged = rewritten(path, lambda file: noted(file, "演示：另一句话"))
    with pytest.raises(InputError) as refused:
        clerk.receive(forged)
    assert refused.value.code == "office.invalid_signature"
    with pytest.raises(InputError):
        Workspace.create(tmp_path / "new.zhibao", ["gaoxin"], plan=str(forged))
    assert not (tmp_path / "new.zhibao").exists()


def test_a_certified_successor_of_the_office_is_taken(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    clerk.receive(published(office, tmp_path / "1.xlsx"), office.keys.own()[0].fingerprint)
    new = office.keys.new("scjg")
    arrival = clerk.receive(published(office, tmp_path / "2.xlsx"))
    assert arrival.as_data()["fingerprint"] == new.fingerprint
    assert arrival.as_data()["confirmed"] is True
    assert any("由原密钥签发" in line for line in arrival.lines)


def test_an_office_that_lost_its_key_is_taken_after_a_telephone_call(
    tmp_path: Path, office: Workspace, clerk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.receive(published(office, tmp_path / "1.xlsx"))
    monkeypatch.setenv("ZHIBAO_HOME", str(tmp_path / "elsewhere"))
    new = office.keys.new("scjg")
    second = published(office, tmp_path / "2.xlsx")
    with pytest.raises(InputError) as refused:
        clerk.receive(second)
    assert new.fingerprint in str(refused.value)
    assert clerk.receive(second, new.fingerprint).as_data()["confirmed"] is True
    assert KeyState.CONFIRMED in office_rows(clerk)


def test_the_consolidator_s_own_package_needs_no_pin(tmp_path: Path, office: Workspace) -> None:
    arrival = office.receive(published(office, tmp_path / "1.xlsx"))
    assert arrival.as_data()["confirmed"] is True
    assert office_rows(office) == []


def test_a_workspace_started_from_a_package_has_the_office_pinned(tmp_path: Path, office: Workspace) -> None:
    path = published(office, tmp_path / "1.xlsx")
    with Workspace.create(tmp_path / "new.zhibao", ["gaoxin"], plan=str(path), clock=at("2024-10-05")) as new:
        assert office_rows(new) == [KeyState.SEEN]


def test_the_roster_in_a_package_lets_a_zone_know_its_streets(tmp_path: Path, office: Workspace) -> None:
    street = make(tmp_path, "taida")
    blank_to_nil(street.form("taida", Q3))
    session = street.form("taida", Q3)
    explain_all(session)
    street_file = street.submit_form(session, tmp_path).path
    office.take_in([street_file])
    zone = Workspace.create(
        tmp_path / "zone.zhibao", ["jingkai"], consolidates=True, children=["taida"], clock=at("2024-10-05")
    )
    zone.receive(published(office, tmp_path / "1.xlsx"))
    assert [row for row in zone.keys.roster() if row.unit == "taida"] == []  # nobody confirmed it yet
    office.keys.confirm("taida")
    zone.receive(published(office, tmp_path / "2.xlsx"))
    (row,) = (row for row in zone.keys.roster() if row.unit == "taida")
    assert (row.state, row.note) == (KeyState.CONFIRMED, "汇总单位名册")
    (outcome,) = zone.take_in([street_file])
    assert (outcome.signature, outcome.said) == ("valid", ())
    office.keys.end("taida", datetime.date(2024, 10, 1))
    office.publish(Q4, tmp_path / "3.xlsx")
    zone.receive(tmp_path / "3.xlsx")
    assert [row.state for row in zone.keys.roster() if row.unit == "taida"] == [KeyState.ENDED]
