"""Faults of the call and of the environment, each with a sentence that says what to do next.

Problems in data are values (`desktop.model.finding`); bugs raise ordinary exceptions. What stands
here is what the person at the desk can act on: `exit_status` is what the command line returns.
"""

from __future__ import annotations

import errno
from typing import ClassVar


class ZhibaoError(Exception):
    """A fault with a message in Chinese; `remedy` says what to do about it.

    `code` is stable and may be tested for; `exit_status` follows the command line's contract.
    """

    exit_status: ClassVar[int] = 3

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}{self.remedy}"


class InputError(ZhibaoError):
    """The call or the file handed in is wrong: nothing was changed."""

    exit_status: ClassVar[int] = 2


class EnvironmentFault(ZhibaoError):
    """Disk, lock or permission: nothing was changed, and typing may go on where possible."""


class WorkspaceLocked(EnvironmentFault):
    """Another window or program holds the workspace file."""


class WorkspaceDamaged(EnvironmentFault):
    """The workspace file can't be read as one; it is set aside, never overwritten."""


_FULL, _READ_ONLY, _MISSING, _IN_USE, _TOO_LONG = "full", "readonly", "missing", "in_use", "path_too_long"
_NO_FOLDER, _TROUBLE = "no_folder", "fault"
_BY_NUMBER = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.ENOENT: _MISSING,
    errno.ENAMETOOLONG: _TOO_LONG,
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR), _NO_FOLDER),
    # a medium pulled while it is written to, a network place that went away
    **dict.fromkeys((errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ENOTCONN), _TROUBLE),
    **dict.fromkeys((errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ETIMEDOUT), _TROUBLE),
}
_BY_WINDOWS_NUMBER = {
    **dict.fromkeys((39, 112), _FULL),
    **dict.fromkeys((32, 33), _IN_USE),
    # no disk in the drive, a network place not found, a device unplugged
    **dict.fromkeys((21, 53, 55, 64, 67, 433, 1167, 1617), _MISSING),
    206: _TOO_LONG,
}
"""System error codes that Windows tells more by than by the number that C knows for them."""
_ACCESS_DENIED = 5
_LONGEST_PATH = 259
"""Characters of a path on Windows, unless an administrator allowed more."""
_SAID = {
    _FULL: ("磁盘已满", "请清理磁盘或换一个位置后重试，已保存的数据不受影响。"),
    _READ_ONLY: ("该位置只读或没有写入权限", "请换一个可以写入的文件夹后重试。"),
    _MISSING: ("文件或文件夹不存在", "请检查路径或U盘是否已拔出。"),
    _IN_USE: ("文件正被另一个程序使用", "请先在 Excel、WPS 等程序中关闭它，再重试。"),
    _NO_FOLDER: ("该路径被一个同名的文件占用，不是文件夹", "请换一个文件夹后重试。"),
    _TROUBLE: ("磁盘读写出错，或连接已断开", "请检查磁盘、U盘或网络后重试。"),
    _TOO_LONG: ("路径或文件名太长", "请换一个路径较短的文件夹，例如放在磁盘根目录下，再重试。"),
}


def from_os_error(error: OSError, what: str) -> EnvironmentFault:
    """Turn an `OSError` met while doing `what` (Chinese, e.g. 写入报送文件) into a fault with a remedy."""
    where = f"（{error.filename}）" if error.filename else ""
    windows: int | None = getattr(error, "winerror", None)
    kind = _kind(error, windows)
    if kind is None:
        said = f"{what}失败：{error.strerror or error}{where}。"
        return EnvironmentFault("disk.fault", said, "请检查磁盘后重试。")
    said, remedy = _SAID[kind]
    if windows == _ACCESS_DENIED:  # Windows says so of a file that is open, too
        remedy = "如果文件正在 Excel、WPS 等程序中打开，请先关闭；否则请换一个可以写入的文件夹后重试。"
    return EnvironmentFault(f"disk.{kind}", f"{what}失败：{said}{where}。", remedy)


def _kind(error: OSError, windows: int | None) -> str | None:
    """Which of the faults that we have words for it is; None for others."""
    if windows in _BY_WINDOWS_NUMBER:
        return _BY_WINDOWS_NUMBER[windows]
    kind = _BY_NUMBER.get(error.errno or 0)
    if kind == _TROUBLE and windows is not None:
        return None  # Windows says more, and in the language of its user
    if kind == _MISSING and windows is not None and len(str(error.filename or "")) > _LONGEST_PATH:
        return _TOO_LONG
    return kind
