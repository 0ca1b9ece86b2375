"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from desktop.config.replacing import put_in_place
from desktop.errors import InputError, from_os_error

_READABLE = 0o644


def write_whole(path: Path, content: bytes, what: str, *, overwrite: bool = False) -> None:
    """Write to a temporary file beside `path`, sync, then put it in place.

    `what` says in Chinese what is being done. Raises InputError if the file exists (unless `overwrite`) and
    EnvironmentFault if it can't be written; then nothing is left behind and an existing file is as it was.
    """
    if not overwrite and path.exists():
        raise InputError("file.exists", f"文件已存在：{path}。", "请换一个位置，或先移走原有文件。")
    try:
        _write_and_replace(path, content)
    except OSError as error:
        raise from_os_error(error, what) from error


def _write_and_replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".zhibao-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _share(temporary)
        put_in_place(Path(temporary), path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
    _sync_folder(path.parent)


def _share(temporary: str) -> None:
    """Give the file the usual permissions: a temporary file is its owner's alone."""
    if os.name == "posix":
        Path(temporary).chmod(_READABLE)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    with suppress(OSError):  # some network file systems refuse it; the file itself is on disk
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
