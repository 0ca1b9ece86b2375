"""Whose file it is: keys of units, the consolidator's roster, copied workspaces, lost keys, forged files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.config import folders
from desktop.errors import InputError
from desktop.exchange import read_submission, write_submission
from desktop.exchange.signing.keyring import KeyRing
from desktop.exchange.signing.signatures import Purpose, SigningKey
from desktop.model.submission import Figure, Section, Signature
from desktop.workspace import FileOutcome, FormSession, Workspace
from desktop.workspace.keys.roster import KeyState
from tests.core.workspace.workspaces import Q3, at, blank_to_nil, explain_all, make

UNIT = "gaoxin"
OFFICE = "scjg"
STRANGER = SigningKey.make()
LATER = datetime.datetime(2024, 10, 6, 12, tzinfo=datetime.UTC)


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return make(tmp_path, OFFICE, consolidates=True)


def fill(session: FormSession) -> None:
    blank_to_nil(session)
    explain_all(session)


def report(workspace: Workspace, out: Path) -> Path:
    """Hand the form in, a new revision if it was handed in before."""
    session = workspace.form(UNIT, Q3)
    if session.locked:
        session = workspace.start_revision(session)
    fill(session)
    out.mkdir(exist_ok=True)
    return workspace.submit_form(session, out).path


def taken(office: Workspace, path: Path) -> FileOutcome:
    (outcome,) = office.take_in([path])
    assert outcome.verdict == "accepted", outcome.reason
    return outcome


def states(office: Workspace, unit: str = UNIT) -> list[KeyState]:
    return [row.state for row in office.keys.roster() if row.unit == unit]


def on_another_computer(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("ZHIBAO_HOME", str(folder))


def test_a_key_is_made_once_and_never_lies_in_the_workspace_file(tmp_path: Path, home: Path) -> None:
    with make(tmp_path, UNIT) as workspace:
        (own,) = workspace.keys.own()
        path = workspace.path
    with Workspace.open(path) as again:
        assert again.keys.own() == (own,)
        assert own.here
        assert again.keys.missing() == ()
    assert len(list((home / "config" / "keys").glob("*.key"))) == 1
    assert b"PRIVATE KEY" not in path.read_bytes()


def test_the_first_file_is_taken_with_the_fingerprint_to_ring_up_about(
    tmp_path: Path, office: Workspace
) -> None:
    with make(tmp_path, UNIT) as clerk:
        first = taken(office, report(clerk, tmp_path / "out"))
        (own,) = clerk.keys.own()
        assert (first.signature, first.fingerprint) == ("unknown_key", own.fingerprint)
        assert own.fingerprint in first.said[0]
        assert not first.questioned
        second = taken(office, report(clerk, tmp_path / "out"))
        assert second.signature == "valid"
        assert "尚未电话核对" in second.said[0]
        row = office.keys.confirm(UNIT)
        assert (row.state, row.fingerprint) == (KeyState.CONFIRMED, own.fingerprint)
        third = taken(office, report(clerk, tmp_path / "out"))
        assert (third.signature, third.said) == ("valid", ())


def test_a_copied_workspace_reports_unsigned_and_is_taken_without_fuss(
    tmp_path: Path, office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make(tmp_path, UNIT) as clerk:
        taken(office, report(clerk, tmp_path / "out"))
        path = clerk.path
    on_another_computer(monkeypatch, tmp_path / "elsewhere")
    with Workspace.open(path, clock=lambda: LATER) as there:
        assert there.missing_keys_unsaid()
        (said,) = there.keys.missing()
        assert there.keys.own()[0].fingerprint in said
        assert not there.missing_keys_unsaid()  # once
        outcome = taken(office, report(there, tmp_path / "out"))
    assert (outcome.signature, outcome.said, outcome.questioned) == ("none", (), False)


def test_an_exported_key_signs_on_the_other_computer(
    tmp_path: Path, office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make(tmp_path, UNIT) as clerk:
        taken(office, report(clerk, tmp_path / "out"))
        clerk.keys.export(UNIT, tmp_path / "密钥", "演示口令-2025")
        path = clerk.path
    on_another_computer(monkeypatch, tmp_path / "elsewhere")
    with Workspace.open(path, clock=lambda: LATER) as there:
        with pytest.raises(InputError):
            there.keys.take_in(tmp_path / "密钥", "别的口令-2025")
        assert there.keys.take_in(tmp_path / "密钥", "演示口令-2025").here
        assert there.keys.missing() == ()
        assert taken(office, report(there, tmp_path / "out")).signature == "valid"


def test_a_new_key_after_a_loss_is_questioned_until_the_telephone_call(
    tmp_path: Path, office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make(tmp_path, UNIT) as clerk:
        taken(office, report(clerk, tmp_path / "out"))
        path = clerk.path
    office.keys.confirm(UNIT)
    office.keys.end(UNIT, datetime.date(2024, 10, 1))
    assert states(office) == [KeyState.ENDED]
    on_another_computer(monkeypatch, tmp_path / "elsewhere")
    with Workspace.open(path, clock=lambda: LATER) as there:
        new = there.keys.new(UNIT)
        outcome = taken(office, report(there, tmp_path / "out"))
    assert (outcome.signature, outcome.questioned) == ("changed_key", True)
    assert new.fingerprint in outcome.said[0]
    (row,) = (row for row in office.board(Q3).rows if row.unit.id == UNIT)
    assert any(new.fingerprint in said for said in row.remarks)
    with pytest.raises(InputError):
        office.keys.confirm(UNIT, "00000 00000 00000 00000")
    assert office.keys.confirm(UNIT, new.fingerprint.replace(" ", "")).state is KeyState.CONFIRMED
    (row,) = (row for row in office.board(Q3).rows if row.unit.id == UNIT)
    assert not any(new.fingerprint in said for said in row.remarks)


def test_a_key_that_the_old_one_certified_needs_no_call(tmp_path: Path, office: Workspace) -> None:
    with make(tmp_path, UNIT) as clerk:
        taken(office, report(clerk, tmp_path / "out"))
        office.keys.confirm(UNIT)
        new = clerk.keys.new(UNIT)
        outcome = taken(office, report(clerk, tmp_path / "out"))
        assert (outcome.signature, outcome.questioned) == ("valid", False)
        assert new.fingerprint in outcome.said[0]
        again = taken(office, report(clerk, tmp_path / "out"))
        assert (again.signature, again.said) == ("valid", ())
    assert states(office) == [KeyState.CONFIRMED, KeyState.CONFIRMED]


def test_a_lost_key_certifies_nothing(tmp_path: Path, office: Workspace) -> None:
    with make(tmp_path, UNIT) as clerk:
        taken(office, report(clerk, tmp_path / "out"))
        office.keys.end(UNIT, datetime.date(2024, 10, 1))
        clerk.keys.new(UNIT)
        assert taken(office, report(clerk, tmp_path / "out")).signature == "changed_key"


def test_a_stranger_who_signs_for_the_unit_is_named_and_may_not_pass_as_it(
    tmp_path: Path, office: Workspace
) -> None:
    with make(tmp_path, UNIT) as clerk:
        path = report(clerk, tmp_path / "out")
        taken(office, path)
        path = report(clerk, tmp_path / "out")
        (own,) = clerk.keys.own()
    forge(office, path, tmp_path / "forged.xlsx")
    outcome = taken(office, tmp_path / "forged.xlsx")
    assert (outcome.signature, outcome.questioned) == ("changed_key", True)
    assert outcome.fingerprint != own.fingerprint
    assert states(office) == [KeyState.SEEN, KeyState.OFFERED]
    with pytest.raises(InputError) as refused:
        office.keys.confirm(UNIT)
    assert own.fingerprint in str(refused.value)


def forge(office: Workspace, path: Path, out: Path) -> None:
    """The content of a file with another figure, signed by somebody else."""
    submission = read_submission(path, [office.plan]).submission
    assert submission is not None
    (section,) = submission.sections
    figures = {**section.figures, "training_visits": Figure.number(Decimal(9000))}
    other = replace(submission, sections=(replace(section, figures=figures, signature=Signature()),))
    write_submission(replace(other, revision=submission.revision + 1), office.plan, out, key=STRANGER)


def test_a_file_edited_after_signing_lists_its_cells_and_keeps_its_signature(
    tmp_path: Path, office: Workspace
) -> None:
    with make(tmp_path, UNIT) as clerk:
        taken(office, report(clerk, tmp_path / "out"))
        path = report(clerk, tmp_path / "out")
    workbook = openpyxl.load_workbook(path)
    set_figure(workbook, "training_visits", 77)
    workbook.save(path)
    outcome = taken(office, path)
    assert [(cell.element, cell.now) for cell in outcome.edited] == [("training_visits", "77")]
    assert (outcome.content, outcome.signature) == ("edited", "valid")
    assert not any("不符" in said for said in outcome.said)


def test_a_file_whose_signature_was_cut_out_tells_by_its_section(tmp_path: Path, office: Workspace) -> None:
    """Unsigned files are taken without fuss; one that says it was signed, and changed, is not."""
    with make(tmp_path, UNIT) as clerk:
        path = report(clerk, tmp_path / "out")
    submission = read_submission(path, [office.plan]).submission
    assert submission is not None
    (section,) = submission.sections
    figures = {**section.figures, "training_visits": Figure.number(Decimal(9000))}
    write_submission(
        replace(submission, sections=(replace(section, figures=figures),)), office.plan, tmp_path / "cut.xlsx"
    )
    outcome = taken(office, tmp_path / "cut.xlsx")
    assert (outcome.signature, outcome.questioned) == ("none", True)
    assert "与该单位的签名不符" in outcome.said[0]


def set_figure(workbook: openpyxl.Workbook, code: str, value: int) -> None:
    sheet = workbook.worksheets[0]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    sheet[f"{cells['本期'].column_letter}{cells[code].row}"] = value


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda section: section, ""),
        (
            lambda s: replace(s, figures={**s.figures, "training_visits": Figure.number(Decimal(900))}),
            "与该单位的签名不符",
        ),
        (
            lambda s: replace(s, signature=STRANGER.sign_section("binhai-ip-2022-2024", s)),
            STRANGER.public.fingerprint,
        ),
    ],
    ids=["as it was", "another figure", "another's key"],
)
def test_a_street_s_section_in_its_zone_s_file_is_held_to_the_roster(
    tmp_path: Path, office: Workspace, tamper: Callable[[Section], Section], said: str
) -> None:
    with make(tmp_path, "taida") as street:
        fill(street.form("taida", Q3))
        street_file = street.submit("taida", Q3, tmp_path).path
        (own,) = street.keys.own()
    taken(office, street_file)  # it sent once by itself: its key is pinned
    zone = Workspace.create(
        tmp_path / "zone.zhibao",
        ["jingkai"],
        consolidates=True,
        children=["taida"],
        clock=at("2024-10-05"),
    )
    with zone:
        taken(zone, street_file)
        fill(zone.form("jingkai", Q3))
        zone_file = zone.submit("jingkai", Q3, tmp_path).path
        held = KeyRing(keys_folder()).keys("jingkai")[0]
    submission = read_submission(zone_file, [office.plan]).submission
    assert submission is not None
    sections = tuple(tamper(s) if s.unit == "taida" else s for s in submission.sections)
    forged = tmp_path / "forged.xlsx"
    write_submission(replace(submission, sections=sections), office.plan, forged, key=held.key)
    (outcome,) = office.take_in([forged])
    assert outcome.signature == "unknown_key"  # the zone's own key, met for the first time
    about_street = [line for line in outcome.said if "泰达" in line]
    assert outcome.questioned == bool(said)
    assert bool(about_street) == bool(said)
    assert all(said in line for line in about_street)
    assert own.fingerprint not in "".join(about_street)
    (row,) = (row for row in office.board(Q3).rows if row.unit.id == "jingkai")
    assert any(said in line for line in row.remarks) if said else row.remarks == ()


def keys_folder() -> Path:
    return folders().config / "keys"


def test_demonstrations_sign_with_keys_of_their_own(tmp_path: Path, home: Path) -> None:
    real = make(tmp_path, UNIT)
    demo = Workspace.create(tmp_path / "demo.zhibao", [UNIT], synthetic=True)
    with real, demo:
        assert real.keys.own()[0].key != demo.keys.own()[0].key


def test_nobody_is_kept_from_reporting_where_keys_cannot_be_kept(tmp_path: Path, home: Path) -> None:
    (home / "config").write_text("a file where the folder should be", encoding="utf-8")
    with make(tmp_path, UNIT) as clerk:
        assert clerk.keys.own()[0].key is None
        assert clerk.keys.missing() == ()
        assert report(clerk, tmp_path / "out").is_file()
        path = clerk.path
    (home / "config").unlink()
    with Workspace.open(path) as again:
        assert again.keys.own()[0].here


def test_a_signature_over_something_else_is_said_in_clear_words(tmp_path: Path, office: Workspace) -> None:
    with make(tmp_path, UNIT) as clerk:
        path = report(clerk, tmp_path / "out")
        held = KeyRing(keys_folder()).keys(UNIT)[0]
    other = held.key.sign(Purpose.SUBMISSION, "sha256:0")
    workbook = openpyxl.load_workbook(path)
    rows = {str(row[0].value): row[1] for row in workbook["_zhibao"].iter_rows(max_col=2)}
    rows["signature.value"].value = other.value
    workbook.custom_doc_props["zhibao.signature"].value = ":".join((other.algorithm, other.key, other.value))  # type: ignore[attr-defined]
    workbook.save(path)
    outcome = taken(office, path)
    assert (outcome.content, outcome.signature, outcome.questioned) == ("intact", "invalid", True)
    assert outcome.said[0].startswith("签名与内容不符")
    assert states(office) == []  # nobody is pinned by it
    (row,) = (row for row in office.board(Q3).rows if row.unit.id == UNIT)
    assert any("签名与内容不符" in said for said in row.remarks)


def test_a_property_that_contradicts_the_manifest_is_said(tmp_path: Path, office: Workspace) -> None:
    with make(tmp_path, UNIT) as clerk:
        taken(office, report(clerk, tmp_path / "out"))
        path = report(clerk, tmp_path / "out")
    workbook = openpyxl.load_workbook(path)
    workbook.custom_doc_props["zhibao.digest"].value = "sha256:0"  # type: ignore[attr-defined]
    workbook.save(path)
    outcome = taken(office, path)
    assert (outcome.content, outcome.questioned) == ("intact", True)
    assert any("文件属性里的标识与清单页不一致" in said for said in outcome.said)
