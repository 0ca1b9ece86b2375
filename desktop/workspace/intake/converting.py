# ruff: noqa: S603 - calls are lists of our own words and paths, and no shell reads them
"""Old .xls and WPS's .et files: converted by LibreOffice, where the computer has it, then read as .xlsx.

The program runs with a profile of its own in a temporary folder, without a window, macros or links, for a
limited time. What it makes is read under all the checks for files from mailboxes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import from_os_error

CONVERTIBLE = "exchange.xls"
"""The refusal of a file that a converter could help with."""
SECONDS = 120.0
"""The first start of a slow computer's LibreOffice takes half a minute."""
_LARGEST_MADE = 256 << 20
_MOST_MEMORY = 8 << 30
_TICK = 0.2
_NAME = "LibreOffice"
_COMMANDS = ("soffice", "libreoffice", "soffice.exe")
_FOLDERS = (
    ("/usr/lib", "libreoffice/program"),
    ("/opt", "libreoffice*/program"),
    ("C:/Program Files", "LibreOffice/program"),
    ("C:/Program Files (x86)", "LibreOffice/program"),
)
"""Where the program lies if it isn't on the search path: a folder, and a pattern below it."""
_FILTER = "MS Excel 97"
"""The one format that is ever opened: the converter is not to guess what a file might be."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class Converter:
    """A program that makes .xlsx of .xls and .et."""

    name: str
    command: Path


class Unconverted(Exception):
    """The converter made nothing of a file, in time or at all."""


def find_converter(
    path: str | None = None, folders: Sequence[tuple[str, str]] = _FOLDERS
) -> Converter | None:
    """LibreOffice on the search path or in its usual folders; WPS can't convert without its window."""
    for command in _COMMANDS:
        found = shutil.which(command, path=path)
        # Windows looks into the working folder first, which may be one that a mail was unpacked into
        if found and Path(found).is_absolute():
            return Converter(_NAME, Path(found))
    for folder, pattern in folders:
        for place in sorted(Path(folder).glob(pattern)):
            for command in _COMMANDS:
                if (place / command).is_file():
                    return Converter(_NAME, place / command)
    return None


@contextmanager
def converted(
    converter: Converter,
    content: bytes,
    *,
    seconds: float = SECONDS,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Path]:
    """An .xlsx made of a file's content, there as long as the context lasts.

    Raises Unconverted if nothing came of it in time, EnvironmentFault if the disk can't be used.
    """
    with tempfile.TemporaryDirectory(prefix="zhibao-convert-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source, made = place / "in.xls", place / "out" / "in.xlsx"
        profile = place / "profile" / "user"
        try:
            profile.mkdir(parents=True)
            made.parent.mkdir()
            (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
            # under a name of our own: the file's might be taken for an option or another format
            source.write_bytes(content)
        except OSError as error:
            raise from_os_error(error, "转换文件") from error
        _run(_call(converter, place, source, made.parent), place, seconds, cancelled or _never)
        if not made.is_file():
            raise Unconverted("nothing was written")
        yield made


def _call(converter: Converter, place: Path, source: Path, out: Path) -> list[str]:
    limiter = shutil.which("prlimit") if sys.platform == "linux" else None
    limits = [limiter, f"--as={_MOST_MEMORY}", f"--fsize={_LARGEST_MADE}"] if limiter else []
    return [
        *limits,
        str(converter.command),
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        f"--infilter={_FILTER}",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
        str(source),
    ]


def _run(call: list[str], place: Path, seconds: float, cancelled: Callable[[], bool]) -> None:
    """Run to the end, at most so many seconds; afterwards nothing that was started is left."""
    try:
        process = _started(call, place)
    except OSError as error:
        raise Unconverted(str(error)) from error
    try:
        deadline = time.monotonic() + seconds
        while process.poll() is None:
            if cancelled() or time.monotonic() > deadline:
                raise Unconverted("too slow")
            with suppress(subprocess.TimeoutExpired):
                process.wait(_TICK)
    finally:
        _end(process)


def _started(call: list[str], place: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(call, cwd=place, stdin=quiet, stdout=quiet, stderr=quiet, creationflags=flags)
    return subprocess.Popen(call, cwd=place, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                [f"{os.environ['SYSTEMROOT']}/System32/taskkill.exe", "/F", "/T", "/PID", str(process.pid)],
                check=False,
                capture_output=True,
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _never() -> bool:
    return False
