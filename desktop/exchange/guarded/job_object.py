"""Windows' limit on a process: a job object that bounds its memory and ends it with the program.

Written from Microsoft's documentation and untested on Windows; the tests cover the layout of the structures
and the order of the calls. Nothing here is loaded elsewhere.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Protocol, Self

_PROCESS_MEMORY = 0x100
_DIE_ON_UNHANDLED_EXCEPTION = 0x400
_KILL_ON_JOB_CLOSE = 0x2000
_EXTENDED_LIMITS = 9
_SET_QUOTA_AND_TERMINATE = 0x0101

Handle = int | None
"""What the system gives for an object; None or 0 if there is none."""


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("smallest_working_set", ctypes.c_size_t),
        ("largest_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; `io` is IO_COUNTERS."""

    _fields_ = (
        ("basic", BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class Kernel(Protocol):
    """What is called of kernel32; each call gives a handle or whether it went well."""

    def CreateJobObjectW(self, security: None, name: None) -> Handle:  # noqa: N802
        ...

    def SetInformationJobObject(  # noqa: N802
        self, job: Handle, kind: int, limits: object, size: int
    ) -> int: ...

    def OpenProcess(self, access: int, inherit: int, pid: int) -> Handle:  # noqa: N802
        ...

    def AssignProcessToJobObject(self, job: Handle, process: Handle) -> int:  # noqa: N802
        ...

    def CloseHandle(self, handle: Handle) -> int:  # noqa: N802
        ...


class Job:
    """A process within limits; it ends when the job is closed, and so when the program does."""

    def __init__(self, kernel: Kernel, handle: Handle) -> None:
        self._kernel = kernel
        self._handle = handle

    @classmethod
    def around(cls, kernel: Kernel, pid: int, memory: int) -> Self | None:
        """The job of a running process, which may have so many bytes; None if the system refuses."""
        handle = kernel.CreateJobObjectW(None, None)
        if not handle:
            return None
        job = cls(kernel, handle)
        if job._bound(memory) and job._taken_in(pid):
            return job
        job.close()
        return None

    def close(self) -> None:
        """End the process, if it still runs."""
        if self._handle:
            self._kernel.CloseHandle(self._handle)
        self._handle = None

    def _bound(self, memory: int) -> bool:
        limits = ExtendedLimits()
        limits.basic.flags = _PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION | _KILL_ON_JOB_CLOSE
        limits.process_memory = memory
        size = ctypes.sizeof(limits)
        return bool(
            self._kernel.SetInformationJobObject(self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), size)
        )

    def _taken_in(self, pid: int) -> bool:
        process = self._kernel.OpenProcess(_SET_QUOTA_AND_TERMINATE, 0, pid)
        if not process:
            return False
        try:
            return bool(self._kernel.AssignProcessToJobObject(self._handle, process))
        finally:
            self._kernel.CloseHandle(process)


if sys.platform == "win32":

    def job_around(pid: int, memory: int) -> Job | None:
        """The job of a running process, which may have so many bytes; None if the system refuses."""
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            wintypes.LPVOID,
            wintypes.DWORD,
        )
        kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        return Job.around(kernel, pid, memory)
