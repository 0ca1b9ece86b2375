"""Windows' limit on the worker, as far as it can be tried elsewhere: layout of structures, order of calls."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import Any

import pytest

from desktop.exchange.guarded.job_object import BasicLimits, ExtendedLimits, Job

JOB, PROCESS, PID, MEMORY = 11, 22, 4711, 1 << 30


class Kernel:
    """Keeps what is called; the one call in `refuses` fails."""

    def __init__(self, refuses: str = "") -> None:
        self.refuses = refuses
        self.calls: list[str] = []
        self.limits = ExtendedLimits()

    def _said(self, name: str, answer: int) -> int:
        self.calls.append(name)
        return 0 if name == self.refuses else answer

    def CreateJobObjectW(self, security: None, name: None) -> int:  # noqa: N802
        return self._said("create", JOB)

    def SetInformationJobObject(  # noqa: N802
        self,
        job: int | None,
        kind: int,
        limits: Any,  # noqa: ANN401 - a reference of ctypes' has no name to be typed with
        size: int,
    ) -> int:
        assert (job, kind, size) == (JOB, 9, ctypes.sizeof(ExtendedLimits))
        ctypes.memmove(ctypes.byref(self.limits), limits, size)
        return self._said("bound", 1)

    def OpenProcess(self, access: int, inherit: int, pid: int) -> int:  # noqa: N802
        assert (access, inherit, pid) == (0x101, 0, PID)
        return self._said("open", PROCESS)

    def AssignProcessToJobObject(self, job: int | None, process: int | None) -> int:  # noqa: N802
        assert (job, process) == (JOB, PROCESS)
        return self._said("take in", 1)

    def CloseHandle(self, handle: int | None) -> int:  # noqa: N802
        return self._said(f"close {handle}", 1)


@pytest.mark.skipif(sys.maxsize < 1 << 32, reason="sizes of 64-bit Windows")
def test_the_structures_are_laid_out_as_windows_has_them() -> None:
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(ExtendedLimits)) == (64, 144)
    assert BasicLimits.flags.offset == 16
    assert BasicLimits.active_processes.offset == 40
    assert (ExtendedLimits.io.offset, ExtendedLimits.process_memory.offset) == (64, 112)


def test_a_worker_is_bounded_and_ends_with_its_job() -> None:
    kernel = Kernel()
    job = Job.around(kernel, PID, MEMORY)
    assert job is not None
    assert kernel.calls == ["create", "bound", "open", "take in", f"close {PROCESS}"]
    assert kernel.limits.process_memory == MEMORY
    assert kernel.limits.basic.flags == 0x100 | 0x400 | 0x2000
    job.close()
    job.close()
    assert kernel.calls[5:] == [f"close {JOB}"]


@pytest.mark.parametrize("refuses", ["create", "bound", "open", "take in"])
def test_where_the_system_refuses_nothing_stays_open(refuses: str) -> None:
    kernel = Kernel(refuses)
    assert Job.around(kernel, PID, MEMORY) is None
    closed = {"create": [], "bound": [JOB], "open": [JOB], "take in": [PROCESS, JOB]}[refuses]
    assert [call for call in kernel.calls if call.startswith("close")] == [f"close {h}" for h in closed]


@pytest.mark.skipif(sys.platform == "win32", reason="there it is used")
def test_elsewhere_it_is_not_loaded() -> None:
    program = "import sys, desktop.exchange.guarded.supervisor; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "desktop.exchange.guarded.supervisor" in done.stdout
    assert "desktop.exchange.guarded.job_object" not in done.stdout
