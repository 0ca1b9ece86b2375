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


def from_os_error(error: OSError, what: str) -> EnvironmentFault:
    """Turn an `OSError` met while doing `what` (Chinese, e.g. 写入报送文件) into a fault with a remedy."""
    where = f"（{error.filename}）" if error.filename else ""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return EnvironmentFault(
                "disk.full",
                f"{what}失败：磁盘已满{where}。",
                "请清理磁盘或换一个位置后重试，已保存的数据不受影响。",
            )
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return EnvironmentFault(
                "disk.readonly",
                f"{what}失败：该位置只读或没有写入权限{where}。",
                "请换一个可以写入的文件夹后重试。",
            )
        case errno.ENOENT:
            return EnvironmentFault(
                "disk.missing", f"{what}失败：文件或文件夹不存在{where}。", "请检查路径或U盘是否已拔出。"
            )
        case _:
            return EnvironmentFault(
                "disk.fault", f"{what}失败：{error.strerror or error}{where}。", "请检查磁盘后重试。"
            )
