"""Old .xls files: offered, converted in a fenced-off program, read like any other; nothing stays running."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from desktop.store import inbox
from desktop.workspace import Workspace
from desktop.workspace.intake.converting import Converter, Unconverted, converted, find_converter
from tests.core.workspace.workspaces import Q3, at, blank_to_nil, explain_all, make
from tests.soffice import convert

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def submission_as_xls(folder: Path) -> Path:
    """A street's file that somebody saved in the old format."""
    with make(folder, "tanggu") as unit:
        session = unit.form("tanggu", Q3)
        session.type_figure("training_visits", "77")
        blank_to_nil(session)
        explain_all(session)
        handed_in = unit.submit("tanggu", Q3, folder).path
    (old,) = convert([handed_in], folder / "old", to="xls")
    return old


def program(folder: Path, body: str) -> Converter:
    """A program that does something else than converting."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return Converter("演示程序", path)


@pytest.mark.soffice
def test_an_old_file_is_offered_and_then_taken_by_its_own_hash(tmp_path: Path) -> None:
    old = submission_as_xls(tmp_path)
    with make(tmp_path, "scjg", consolidates=True) as office:
        (offered,) = office.take_in([old])
        assert (offered.verdict, offered.code, offered.convertible) == ("rejected", "exchange.xls", True)
        assert "LibreOffice" in offered.reason
        (taken,) = office.take_in([old], convert=True)
        assert (taken.verdict, taken.content, taken.converter) == ("accepted", "intact", "LibreOffice")
        assert "由 LibreOffice 转换" in taken.reason
        assert not taken.convertible
        figure = office.content(taken.digest).sections[0].figure("training_visits")
        assert str(figure.value) == "77"
        (again,) = office.take_in([old], convert=True)
        assert again.verdict == "duplicate"
        kept = office._store.run(lambda connection: inbox.files_of(connection, taken.digest))
    assert {file.sha256 for file in kept} == {hashlib.sha256(old.read_bytes()).hexdigest()}
    assert {file.name for file in kept} == {old.name}


@pytest.mark.soffice
def test_a_file_that_only_looks_old_is_refused_with_a_remedy(tmp_path: Path) -> None:
    broken = tmp_path / "坏.et"
    broken.write_bytes(OLE + bytes(4096))
    with make(tmp_path, "scjg", consolidates=True) as office:
        (outcome,) = office.take_in([broken], convert=True)
    assert outcome.verdict == "rejected"
    assert "没有成功" in outcome.reason
    assert "另存为" in outcome.reason
    assert not outcome.convertible


def test_without_a_converter_the_remedy_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.workspace.intake.rereading.find_converter", lambda: None)
    old = tmp_path / "旧.xls"
    old.write_bytes(OLE + bytes(600))
    with Workspace.create(
        tmp_path / "office.zhibao", ["scjg"], consolidates=True, clock=at("2024-10-05")
    ) as office:
        (quiet,) = office.take_in([old])
        (asked,) = office.take_in([old], convert=True)
    assert not quiet.convertible
    assert "另存为" in quiet.reason
    assert "没有找到 LibreOffice" in asked.reason


def test_it_is_found_on_the_path_and_in_its_usual_folder(tmp_path: Path) -> None:
    place = tmp_path / "opt" / "libreoffice24.8" / "program"
    place.mkdir(parents=True)
    there = program(place, "exit 0")
    usual = [(str(tmp_path / "opt"), "libreoffice*/program")]
    assert find_converter(str(tmp_path), []) is None
    assert find_converter(str(tmp_path), usual) == Converter("LibreOffice", there.command)
    assert find_converter(str(place), []) == Converter("LibreOffice", there.command)


def test_a_program_in_the_working_folder_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows looks there first, and a mail may have been unpacked there."""
    program(tmp_path, "exit 0")
    monkeypatch.chdir(tmp_path)
    assert find_converter(os.curdir, []) is None


@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    hanging = program(tmp_path, f"echo $$ >> {pids}; (echo $$; sleep 300) & echo $! >> {pids}; wait")
    begun = time.monotonic()
    with pytest.raises(Unconverted), converted(hanging, OLE, seconds=1):
        pass
    assert time.monotonic() - begun < 10
    started = [int(pid) for pid in pids.read_text().split()]
    assert len(started) == 2
    while any(_runs(pid) for pid in started) and time.monotonic() - begun < 10:
        os.sched_yield()  # the system takes a moment to end what was killed
    assert not [pid for pid in started if _runs(pid)]


def _runs(pid: int) -> bool:
    """Whether a process still does something; one that is dead and not yet fetched doesn't."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_a_program_that_fails_or_writes_nothing_is_no_conversion(tmp_path: Path) -> None:
    for body in ("exit 3", "exit 0"):
        with pytest.raises(Unconverted), converted(program(tmp_path, body), OLE):
            pass
    with pytest.raises(Unconverted), converted(Converter("没有", tmp_path / "missing"), OLE):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_nothing_stays_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    copier = program(tmp_path, 'for last; do :; done; cp "$last" "$(dirname "$last")/out/in.xlsx"')
    with converted(copier, b"content") as made:
        assert made.read_bytes() == b"content"
    assert not list(place.iterdir())
