"""Wrong input gets one clear Chinese sentence and exit 2, and leaves the workspace as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.core.workspace.workspaces import at, blank_to_nil, explain_all, make
from tests.end2end.command_line import CommandLine

Q3 = Period.parse("2024Q3")


@dataclass(frozen=True)
class Office:
    """A consolidator's workspace and one good submission to spoil."""

    workspace: Path
    submission: Path
    folder: Path


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Made once: the tests work on copies."""
    folder = tmp_path_factory.mktemp("office")
    with make(folder, "scjg", consolidates=True) as office:
        workspace = office.path
    with make(folder, "tanggu") as unit:
        session = unit.form("tanggu", Q3)
        session.type_figure("training_visits", "120")
        blank_to_nil(session)
        explain_all(session)
        submission = unit.submit_form(session, folder).path
    return Office(workspace, submission, folder)


@pytest.fixture
def office(good: Office, tmp_path: Path) -> Office:
    """A copy of the office."""
    workspace = Path(shutil.copy(good.workspace, tmp_path / "office.zhibao"))
    submission = Path(shutil.copy(good.submission, tmp_path / good.submission.name))
    return Office(workspace, submission, tmp_path)


def _nothing(office: Office) -> Path:
    path = office.folder / "空文件.xlsx"
    path.write_bytes(b"")
    return path


def _not_a_workbook(office: Office) -> Path:
    path = office.folder / "图片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 400)
    return path


def _macros(office: Office) -> Path:
    path = office.folder / "宏.xlsm"
    shutil.copy(office.submission, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return path


def _cut_in_half(office: Office) -> Path:
    content = office.submission.read_bytes()
    office.submission.write_bytes(content[: len(content) // 2])
    return office.submission


def _text_in_a_number_cell(office: Office) -> Path:
    workbook = openpyxl.load_workbook(office.submission)
    sheet = workbook["指标报表"]
    for row in sheet.iter_rows():
        codes = [cell.value for cell in row]
        if "training_visits" in codes:
            next(cell for cell in row if cell.value == 120).value = "一百多"
    workbook.save(office.submission)
    return office.submission


def _missing(office: Office) -> Path:
    return office.folder / "没有这个文件.xlsx"


@pytest.mark.parametrize(
    "spoil", [_nothing, _not_a_workbook, _macros, _cut_in_half, _text_in_a_number_cell, _missing]
)
def test_a_wrong_file_is_refused(
    zhibao: CommandLine, office: Office, spoil: Callable[[Office], Path]
) -> None:
    path = spoil(office)
    before = zhibao("status", office.workspace, "--period", str(Q3), "--json").data["units"]
    called = zhibao("merge", office.workspace, path, "--json")
    assert called.status == 2
    (outcome,) = called.data["files"]
    assert outcome["verdict"] == "rejected"
    assert outcome["reason"].endswith("。")
    after = zhibao("status", office.workspace, "--period", str(Q3), "--files", "--json").data
    # a remark may say that a file with the unit's name couldn't be read; nothing else knows of it
    assert [row | {"remarks": []} for row in after["units"]] == [row | {"remarks": []} for row in before]
    assert path.name in {file["name"] for file in after["files"]} or not path.exists()


def test_the_good_file_is_taken(zhibao: CommandLine, office: Office) -> None:
    called = zhibao("merge", office.workspace, office.submission, "--json")
    assert called.status == 0, called
    assert [outcome["verdict"] for outcome in called.data["files"]] == ["accepted"]


def test_a_file_of_another_period_is_refused(zhibao: CommandLine, office: Office) -> None:
    called = zhibao("merge", office.workspace, office.submission, "--period", "2024Q4", "--json")
    assert called.status == 2
    assert called.data["files"][0]["code"] == "workspace.period_other"


def test_a_file_of_another_plan_is_refused(zhibao: CommandLine, office: Office, tmp_path: Path) -> None:
    _, plan = _other_plan(tmp_path)
    path = tmp_path / "别的方案.zhibao"
    with Workspace.create(path, ["tanggu"], plan=str(plan), clock=at("2024-10-05")) as unit:
        session = unit.form("tanggu", Q3)
        blank_to_nil(session)
        explain_all(session)
        submission = unit.submit_form(session, plan).path
    called = zhibao("merge", office.workspace, submission, "--json")
    assert called.status == 2
    assert called.data["files"][0]["verdict"] == "rejected"


def test_a_file_of_an_unknown_unit_is_refused(zhibao: CommandLine, office: Office, tmp_path: Path) -> None:
    text, plan = _other_plan(tmp_path)
    (plan / "plan.toml").write_text(text, encoding="utf-8")
    units = (plan / "units.toml").read_text(encoding="utf-8")
    (plan / "units.toml").write_text(units.replace('id = "xincun"', 'id = "xincun2"'), encoding="utf-8")
    path = tmp_path / "新村.zhibao"
    with Workspace.create(path, ["xincun2"], plan=str(plan), clock=at("2024-10-05")) as unit:
        session = unit.form("xincun2", Q3)
        blank_to_nil(session)
        explain_all(session)
        submission = unit.submit_form(session, tmp_path).path
    called = zhibao("merge", office.workspace, submission, "--json")
    assert called.status == 2
    assert called.data["files"][0]["verdict"] == "rejected"


@pytest.mark.parametrize(
    "call",
    [
        ("check", "{workspace}", "--period", "2024Q5"),
        ("check", "{workspace}", "--period", "1999Q1"),
        ("check", "{workspace}"),
        ("export", "{workspace}", "--period", "1999Q1", "--out", "{folder}/x.xlsx"),
        ("status", "{workspace}", "--period", "2999Q1"),
        ("export", "{workspace}", "--period", "2024M05", "--out", "{folder}/x.xlsx"),
        ("fill", "{workspace}", "--period", "2024Q3", "no_such_code=1"),
        ("fill", "{workspace}", "--period", "2024Q3", "annual_reports=1"),
        ("fill", "{workspace}", "--period", "2024Q3"),
        ("fill", "{workspace}", "--period", "2024Q3", "--unit", "tanggu", "training_visits=1"),
        ("init", "{workspace}", "--unit", "tanggu"),
        ("init", "{folder}/new.zhibao", "--unit", "没有这个单位"),
        ("init", "{folder}/new.zhibao", "--unit", "tanggu", "--plan", "{folder}"),
        ("status", "{folder}/absent.zhibao", "--period", "2024Q3"),
        (
            "explain",
            "{workspace}",
            "--period",
            "2024Q3",
            "no.finding",
            "--reason",
            "other",
            "--text",
            "演示说明文字",
        ),
        ("inspect", "{folder}/absent.xlsx"),
        ("frobnicate",),
        (),
    ],
)
def test_a_wrong_call_is_refused(zhibao: CommandLine, office: Office, call: tuple[str, ...]) -> None:
    before = _digest(office.workspace)
    arguments = [part.format(workspace=office.workspace, folder=office.folder) for part in call]
    called = zhibao(*arguments)
    assert called.status == 2
    assert called.err.count("\n") <= 1
    assert any("\u4e00" <= character <= "\u9fff" for character in called.err + called.out)
    assert _digest(office.workspace) == before
    assert not (office.folder / "new.zhibao").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts small file systems; only root can."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root to mount a small file system")
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False)
        if done.returncode:
            pytest.skip("no tmpfs can be mounted here")
        mounted.append(folder)
        return folder

    try:
        yield mount
    finally:
        for folder in mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_is_an_environment_fault(
    zhibao: CommandLine, office: Office, small_disk: Callable[[str], Path]
) -> None:
    folder = small_disk("size=1m")
    (folder / "filler").write_bytes(b"0" * (1 << 20))
    before = _digest(office.workspace)
    called = zhibao("export", office.workspace, "--period", "2024Q3", "--out", folder / "汇总.xlsx")
    assert called.status == 3
    assert "磁盘已满" in called.err
    assert [path.name for path in folder.iterdir()] == ["filler"]
    assert _digest(office.workspace) == before


def test_a_full_disk_under_the_workspace_loses_nothing(
    zhibao: CommandLine, office: Office, small_disk: Callable[[str], Path]
) -> None:
    folder = small_disk("size=2m")
    workspace = Path(shutil.copy(office.workspace, folder / "office.zhibao"))
    before = _digest(workspace)
    filler = folder / "filler"
    with filler.open("wb") as file:
        file.write(b"0" * (shutil.disk_usage(folder).free))
    called = zhibao("merge", workspace, office.submission)
    assert called.status == 3
    filler.unlink()
    assert _digest(workspace) == before
    assert zhibao("merge", workspace, office.submission).status == 0


def test_a_readonly_medium_is_an_environment_fault(
    zhibao: CommandLine, office: Office, small_disk: Callable[[str], Path]
) -> None:
    folder = small_disk("size=4m")
    workspace = Path(shutil.copy(office.workspace, folder / "office.zhibao"))
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    assert zhibao("merge", workspace, office.submission).status == 3
    assert zhibao("init", folder / "new.zhibao", "--unit", "tanggu").status == 3
    assert zhibao("export", office.workspace, "--period", "2024Q3", "--out", folder / "a.xlsx").status == 3


def _other_plan(tmp_path: Path) -> tuple[str, Path]:
    """A copy of the real plan under another id; returns the text of its untouched frame too."""
    from desktop.config import DEFAULT_PLAN, plans_folder

    folder = tmp_path / "other-plan"
    shutil.copytree(plans_folder() / DEFAULT_PLAN, folder)
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(
        text.replace(f'id = "{DEFAULT_PLAN}"', 'id = "other-plan"'), encoding="utf-8"
    )
    return text, folder


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
