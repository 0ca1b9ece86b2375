"""What is risky about where a workspace lies: network drives, synchronised folders, read-only media."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NETWORK = "workspace.on_network"
CLOUD = "workspace.in_cloud_folder"
READ_ONLY = "workspace.read_only_medium"

_NETWORK_TYPES = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs", "9p"),
        *("fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.s3fs"),
    )
)

_CLOUD_NAMES = (
    *("onedrive", "坚果云", "nutstore", "百度网盘", "baidunetdisk", "baidusyncdisk", "wps云盘", "wpsdrive"),
    *("阿里云盘", "微云", "dropbox", "icloud", "google drive"),
)

_MOUNTS = Path("/proc/mounts")
_DRIVE_REMOTE = 4


def medium_warnings(path: Path) -> tuple[str, ...]:
    """The message codes for the place of a workspace, whether or not the file exists; none if all is well."""
    place = path.absolute()
    checks = ((NETWORK, on_network(place)), (CLOUD, in_cloud_folder(place)), (READ_ONLY, read_only(place)))
    return tuple(code for code, applies in checks if applies)


def on_network(path: Path) -> bool:
    """Whether the place is a network drive, where locks aren't reliable."""
    if sys.platform == "win32":
        return _remote_drive(path)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return filesystem_of(path.resolve(), mounts) in _NETWORK_TYPES


def in_cloud_folder(path: Path) -> bool:
    """Whether a folder on the way bears the name of a synchronisation service."""
    return any(name in part.lower() for part in path.absolute().parts[:-1] for name in _CLOUD_NAMES)


def read_only(path: Path) -> bool:
    """Whether the folder or the file can't be written."""
    if not os.access(path.parent, os.W_OK):
        return path.parent.exists()
    return path.exists() and not os.access(path, os.W_OK)


def filesystem_of(path: Path, mounts: str) -> str:
    """The type of the file system that holds `path`, by the text of /proc/mounts; empty if none does."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_unescaped(fields[1]))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def _unescaped(field: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, char)
    return field


def _remote_drive(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = path.absolute().drive
        mapped = ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
        return drive.startswith("\\\\") or mapped
    return False
