"""Nothing typed is lost: a disk that is away or full, a crash, a damaged file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.errors import EnvironmentFault, InputError
from desktop.store import holder
from desktop.workspace import Workspace
from desktop.workspace.safety.backing_up import BackupReader, kept_backups, restore_backup
from tests.core.workspace.workspaces import Q3, Q4, make


def value_in(path: Path, element: str = "training_visits") -> Decimal | None:
    with Workspace.open(path) as workspace:
        return workspace.form("tanggu", Q3).section.figure(element).value


def test_what_was_refused_is_in_the_copy_made_elsewhere(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = workspace.form("tanggu", Q3)
        session.type_figure("training_visits", "120").saved.result()
        workspace.path.unlink()
        assert isinstance(session.type_figure("training_visits", "130").saved.exception(), EnvironmentFault)
        assert workspace.safety.unsaved == 1
        with pytest.raises(EnvironmentFault):
            workspace.form("tanggu", Q4)
        with pytest.raises(EnvironmentFault):
            session.undo()
        with pytest.raises(InputError, match="已存在"):
            workspace.safety.save_elsewhere(tmp_path, session, tmp_path / "backups")
        made = workspace.safety.save_elsewhere(tmp_path / "新.zhibao", session, tmp_path / "backups")
        assert made.backup is None and workspace.safety.unsaved == 0
    assert value_in(tmp_path / "新.zhibao") == Decimal(130)
    assert sorted(p.name for p in tmp_path.glob("新*")) == ["新.zhibao"]


def test_where_the_file_cannot_be_read_the_backup_and_the_open_form_make_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = workspace.form("tanggu", Q3)
        session.type_figure("training_visits", "120").saved.result()
        made = workspace.safety.back_up(tmp_path / "backups")
        assert made is not None
        session.type_figure("training_visits", "").saved.result()
        session.clear("training_visits").saved.result()
        session.set_nil(session.form.due_rows[0].element.id).saved.result()

        def gone(*_: object) -> None:
            raise EnvironmentFault("disk.fault", "磁盘读写出错。")

        monkeypatch.setattr("desktop.workspace.safety.unsaved.copy_out", gone)
        with pytest.raises(EnvironmentFault):
            workspace.safety.save_elsewhere(tmp_path / "新.zhibao", session, tmp_path / "none")
        done = workspace.safety.save_elsewhere(tmp_path / "新.zhibao", session, tmp_path / "backups")
        assert done.backup is not None
        shown = session.section
    with Workspace.open(tmp_path / "新.zhibao") as workspace:
        assert workspace.form("tanggu", Q3).section == shown


def test_a_backup_is_made_only_of_what_is_new(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        assert workspace.safety.back_up(tmp_path / "b") is not None
        assert workspace.safety.back_up(tmp_path / "b") is None
        workspace.form("tanggu", Q3).type_figure("training_visits", "120").saved.result()
    with Workspace.open(workspace.path) as workspace:
        second = workspace.safety.back_up(tmp_path / "b")
        assert second is not None and second.exists()


def test_a_backup_says_what_is_in_it_and_takes_the_place_of_a_damaged_file(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        workspace.form("tanggu", Q3).type_figure("training_visits", "120").saved.result()
        workspace.safety.back_up(tmp_path / "b")
    path = workspace.path
    path.write_bytes(path.read_bytes()[:5000] + b"\xa5" * 200_000)
    (backup,) = kept_backups(tmp_path / "b")
    found = BackupReader().read(backup.path, thoroughly=True)
    assert (found.units, found.periods, found.figures) == (("塘沽街道",), (Q3.label,), 1)
    assert found.person == "演示员" and not found.problem
    aside = restore_backup(backup.path, path)
    assert aside is not None and aside.stat().st_size == 205_000
    assert value_in(path) == Decimal(120)
    backup.path.write_bytes(b"no")
    assert BackupReader().read(backup.path, thoroughly=True).problem


def test_after_a_crash_the_last_thing_saved_is_told(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        assert workspace.safety.recovered() is None
        workspace.form("tanggu", Q3).type_figure("training_visits", "120").saved.result()
        shutil.copy(holder.sidecar(workspace.path), tmp_path / "kept")
    shutil.move(tmp_path / "kept", holder.sidecar(workspace.path))
    with Workspace.open(workspace.path) as workspace:
        found = workspace.safety.recovered()
        assert found is not None
        assert (found.unit, found.period, found.value) == ("塘沽街道", Q3.label, "120")
        assert found.person == "演示员" and found.address == "training_visits"
    with Workspace.open(workspace.path) as workspace:
        assert workspace.safety.recovered() is None


DIES = """
import os, sys
from pathlib import Path
from desktop.workspace import Workspace
from desktop.model.period import Period
workspace = Workspace.open(Path(sys.argv[1]), person="演示员")
workspace.form("tanggu", Period.parse("2024Q3")).type_figure("training_visits", "121").saved.result()
os.kill(os.getpid(), 9)
"""


def test_after_a_real_kill_the_figure_is_there_and_told(tmp_path: Path) -> None:
    make(tmp_path, "tanggu").close()
    path = tmp_path / "tanggu.zhibao"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", DIES, str(path)], env=environment, check=False)
    assert killed.returncode == -9
    with Workspace.open(path) as workspace:
        found = workspace.safety.recovered()
        assert found is not None and (found.value, found.person) == ("121", "演示员")
    assert value_in(path) == Decimal(121)
