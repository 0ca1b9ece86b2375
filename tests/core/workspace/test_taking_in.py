"""收取: files that come together are kept together, and whatever was said of a file is on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.errors import EnvironmentFault
from desktop.exchange import FileReader, FileReading
from desktop.exchange.parsing.sources import Source
from desktop.store import Connection, audit, inbox
from desktop.store.inbox import ReceivedContent, ReceivedFile
from desktop.workspace import Workspace
from desktop.workspace.intake import taking_in
from tests.core.workspace.workspaces import at, first_report, make


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return make(tmp_path, "scjg", consolidates=True)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder with 塘沽街道's report, a copy of it, and a note that is no workbook."""
    folder = tmp_path / "sent"
    folder.mkdir()
    first_report(tmp_path).rename(folder / "1.xlsx")
    shutil.copy(folder / "1.xlsx", folder / "2.xlsx")
    (folder / "3.xlsx").write_bytes(b"no workbook at all")
    return folder


def kept(office: Workspace) -> list[tuple[str, str]]:
    return sorted((file.name, file.verdict) for file in office.review.files())


def test_in_a_group_each_file_is_judged_after_the_ones_before_it(office: Workspace, sent: Path) -> None:
    outcomes = office.take_in([sent])
    assert [outcome.verdict for outcome in outcomes] == ["accepted", "duplicate", "rejected"]
    assert [name for name, _ in kept(office)] == ["1.xlsx", "2.xlsx", "3.xlsx"]


def test_progress_hears_of_files_that_are_kept_already(office: Workspace, sent: Path) -> None:
    heard: list[tuple[int, str, int]] = []

    def progress(number: int, total: int, name: str) -> bool:
        heard.append((number, name, len(kept(office))))
        return total == 3

    office.take_in([sent], progress=progress)
    assert [(number, name) for number, name, _ in heard] == [(1, "1.xlsx"), (2, "2.xlsx"), (3, "3.xlsx")]
    assert all(there >= number for number, _, there in heard)


def test_what_was_read_before_a_fault_is_kept(
    office: Workspace, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = FileReader.read

    def faulty(self: FileReader, file: Path | Source) -> FileReading | None:
        if isinstance(file, Source) and file.name == "2.xlsx":
            raise EnvironmentFault("exchange.worker_not_started", "读取文件的程序无法启动。", "请重试。")
        return read(self, file)

    monkeypatch.setattr(FileReader, "read", faulty)
    with pytest.raises(EnvironmentFault):
        office.take_in([sent])
    assert kept(office) == [("1.xlsx", "accepted")]


def test_a_group_that_the_disk_refuses_leaves_nothing_and_can_be_taken_in_again(
    office: Workspace, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = inbox.record

    def refusing(
        connection: Connection, file: ReceivedFile, content: ReceivedContent | None, stamp: audit.Stamp
    ) -> int:
        if file.name == "3.xlsx":
            connection.execute("PRAGMA max_page_count = 1")  # to no less than there are: full from here on
            connection.execute("CREATE TABLE more AS SELECT zeroblob(1 << 20)")
        return record(connection, file, content, stamp)

    def heard(_number: int, _total: int, name: str) -> bool:
        said.append(name)
        return True

    monkeypatch.setattr(taking_in, "AT_ONCE_SECONDS", 600)
    monkeypatch.setattr(inbox, "record", refusing)
    said: list[str] = []
    with pytest.raises(EnvironmentFault, match="磁盘已满"):
        office.take_in([sent], progress=heard)
    assert (said, kept(office)) == ([], [])
    office.close()
    monkeypatch.setattr(inbox, "record", record)
    with Workspace.open(office.path, clock=at("2024-10-05")) as again:
        assert [one.verdict for one in again.take_in([sent])] == ["accepted", "duplicate", "rejected"]
