"""Disk full and read-only media: one sentence, nothing lost, and typing goes on once there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import EnvironmentFault
from desktop.store import audit, open_store
from desktop.store.backup import back_up
from desktop.store.medium import CLOUD, NETWORK, READ_ONLY, filesystem_of, medium_warnings
from tests.core.store.stores import NOW, new_store, number, section, typed


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"mount: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave no room on the disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return filler


def test_a_full_disk_is_said_and_loses_nothing(small_disk: Path) -> None:
    path = small_disk / "a.zhibao"
    with new_store(path) as store:
        store.run(typed("e", number(0)))
        filler = fill(small_disk)
        saved = 0

        def type_on() -> None:
            nonlocal saved
            for value in range(1, 10_000):
                store.run(typed("e", number("7" * 200 + str(value))))
                saved = value

        with pytest.raises(EnvironmentFault, match="磁盘已满") as fault:
            type_on()
        assert fault.value.exit_status == 3 and fault.value.code == "disk.full"
        expected = {"figure/e": number("7" * 200 + str(saved)) if saved else number(0)}
        assert section(store) == expected
        with pytest.raises(EnvironmentFault, match="磁盘已满"):
            back_up(store, small_disk / "backups", NOW)
        assert not list(small_disk.glob("backups/*"))
        filler.unlink()
        store.run(typed("f", number(5)))
    with open_store(path) as store:
        assert section(store) == expected | {"figure/f": number(5)}
        assert store.run(audit.verify).ok and store.run(audit.differences) == ()


def test_no_workspace_is_begun_on_a_full_disk(small_disk: Path) -> None:
    filler = fill(small_disk)
    with pytest.raises(EnvironmentFault, match="磁盘已满"):
        new_store(small_disk / "a.zhibao")
    assert list(small_disk.iterdir()) == [filler]


def test_a_read_only_medium_is_said(small_disk: Path) -> None:
    path = small_disk / "a.zhibao"
    new_store(path).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(EnvironmentFault, match="只读") as fault:
        open_store(path)
    assert fault.value.exit_status == 3
    with pytest.raises(EnvironmentFault, match="只读"):
        new_store(small_disk / "b.zhibao")
    assert medium_warnings(path) == (READ_ONLY,)


@pytest.mark.parametrize(
    "name", ["OneDrive - 单位", "坚果云", "我的坚果云", "BaiduSyncdisk", "WPS云盘", "百度网盘"]
)
def test_synchronised_folders_are_known_by_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "报送"
    folder.mkdir(parents=True)
    assert medium_warnings(folder / "a.zhibao") == (CLOUD,)
    assert medium_warnings(tmp_path / f"{name}.zhibao") == ()


def test_the_innermost_mount_says_what_a_place_is() -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n"
        "//srv/share /mnt/office\\040share cifs rw 0 0\n"
        "/dev/sdb1 /mnt/office\\040share/stick vfat rw 0 0\n"
    )
    assert filesystem_of(Path("/home/a.zhibao"), mounts) == "ext4"
    assert filesystem_of(Path("/mnt/office share/a.zhibao"), mounts) == "cifs"
    assert filesystem_of(Path("/mnt/office share/stick/a.zhibao"), mounts) == "vfat"
    assert filesystem_of(Path("/mnt/office share 2/a.zhibao"), mounts) == "ext4"


def test_a_network_drive_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"none / ext4 rw 0 0\nsrv:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr("desktop.store.medium._MOUNTS", mounts)
    assert medium_warnings(tmp_path / "a.zhibao") == (NETWORK,)
