"""Faults of the environment: what is said fits what happened, on Windows too."""

from __future__ import annotations

import errno
import os

import pytest

from desktop.errors import from_os_error


def windows_error(number: int, code: int, filename: str = "C:\\报表\\a.xlsx") -> OSError:
    """An error as Windows raises it: with a number of its own beside C's."""
    error = OSError(code, "said by Windows", filename)
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]  # only there on Windows
    return error


@pytest.mark.parametrize(
    ("number", "code", "said", "remedy"),
    [
        (32, errno.EACCES, "正被另一个程序使用", "关闭"),
        (33, errno.EACCES, "正被另一个程序使用", "关闭"),
        (5, errno.EACCES, "没有写入权限", "Excel、WPS"),
        (19, errno.EACCES, "只读", "换一个可以写入"),
        (112, errno.ENOSPC, "磁盘已满", "清理磁盘"),
        (21, errno.EACCES, "不存在", "U盘"),
        (1167, errno.EINVAL, "不存在", "U盘"),
        (53, errno.ENOENT, "不存在", "检查路径"),
        (206, errno.ENOENT, "太长", "路径较短"),
        (1117, errno.EIO, "said by Windows", "检查磁盘"),
    ],
)
def test_windows_tells_more_than_the_number_of_c(number: int, code: int, said: str, remedy: str) -> None:
    fault = from_os_error(windows_error(number, code), "写入文件")
    assert fault.message.startswith("写入文件失败：")
    assert said in fault.message
    assert remedy in fault.remedy


def test_a_folder_that_isnt_found_under_a_long_path_is_too_deep() -> None:
    deep = "C:\\" + "很深的文件夹\\" * 40 + "a.xlsx"
    assert from_os_error(windows_error(3, errno.ENOENT, deep), "写入文件").code == "disk.path_too_long"
    assert from_os_error(windows_error(3, errno.ENOENT), "写入文件").code == "disk.missing"
    assert from_os_error(OSError(errno.ENOENT, "", deep), "写入文件").code == "disk.missing"


def test_every_fault_has_a_remedy() -> None:
    for code in errno.errorcode:
        fault = from_os_error(OSError(code, os.strerror(code), "a"), "读取文件")
        assert fault.remedy.endswith("。") and fault.code.startswith("disk.")
