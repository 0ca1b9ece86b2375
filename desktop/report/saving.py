"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop.errors import InputError, from_os_error


def save_whole(path: Path, what: str, write: Callable[[Path], None], *, overwrite: bool = False) -> None:
    """Let `write` make the file beside its place, sync it, and put it there in one step.

    `what` (Chinese) names the doing in the fault's text. Raises `InputError` if the file exists and
    `overwrite` isn't set, `EnvironmentFault` where the disk doesn't take it; then nothing is left behind.
    """
    if not overwrite and path.exists():
        raise InputError(
            "file.exists",
            f"{what}失败：文件已经存在（{path}）。",
            "请换一个文件名，或确认覆盖后重试。",
        )
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".zhibao-", suffix=".tmp")
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        _sync(temporary)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise from_os_error(error, what) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
