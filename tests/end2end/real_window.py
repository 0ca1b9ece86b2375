"""The real program on a screen of its own, driven by the keyboard alone.

What happened is read where it must have happened: in the title of the window, in the workspace file, in the
files that were made. Nothing waits for a fixed time.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
"""Seconds for anything: two cores, shared by several workers, are slow now and then."""

POLL = 0.04

SIZE = "1366x768"

WINDOW_MANAGER = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><name>Clearlooks</name></theme>
  <applications>
    <application type="normal"><maximized>yes</maximized><focus>yes</focus></application>
    <application type="dialog"><focus>yes</focus></application>
  </applications>
</openbox_config>
"""


def wait_until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Return as soon as the condition holds; fail with `what` once the time is up."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s for {what}")
        time.sleep(POLL)


class Screen:
    """An X server with a window manager; pictures go to `pictures` if there is such a folder."""

    def __init__(self, display: str, pictures: Path | None) -> None:
        self.display = display
        self._pictures = pictures

    def run(self, *command: str | Path) -> bytes:
        """Run a command on this screen and return what it printed; b"" if it failed."""
        environment = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=PATIENCE)
        return done.stdout if done.returncode == 0 else b""

    def look(self) -> bytes:
        """The screen as it is, if pictures are asked for."""
        return self._picture() if self._pictures is not None else b""

    def take(self, name: str, unlike: bytes = b"") -> None:
        """Keep a picture of the screen once it has come to rest, and no longer looks like `unlike`."""
        if self._pictures is None:
            return
        before, now = b"", self._picture()
        deadline = time.monotonic() + PATIENCE
        while (now in (unlike, b"") or before != now or _is_black(now)) and time.monotonic() < deadline:
            time.sleep(0.25)  # two pictures that are alike: whatever was going to be painted has been
            before, now = now, self._picture()
        self._pictures.mkdir(parents=True, exist_ok=True)
        # few colours: a window has few, and the pictures stand in the repository
        subprocess.run(
            ["convert", "ppm:-", "+dither", "-colors", "64", "-strip", f"png8:{self._pictures / name}.png"],
            input=now,
            check=True,
        )

    def keep(self, path: Path) -> None:
        """Keep a picture of the screen as it is, for whoever looks into a failure."""
        if shutil.which("import"):
            self.run("import", "-window", "root", path)
            print(f"what the screen showed: {path}")  # noqa: T201 (pytest shows it with the failure)

    def _picture(self) -> bytes:
        return self.run("import", "-window", "root", "ppm:-")


@contextmanager
def open_screen(folder: Path, pictures: Path | None = None) -> Iterator[Screen]:
    """A screen that nobody else uses; it takes a free number by itself."""
    settings = folder / "openbox.xml"
    settings.write_text(WINDOW_MANAGER, encoding="utf-8")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        display = f":{_line(reading)}"
        manager = subprocess.Popen(
            ["openbox", "--sm-disable", "--config-file", str(settings)],
            env={**os.environ, "DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            screen = Screen(display, pictures)
            # windows that open before it stay without a frame and a title
            wait_until(lambda: screen.run("xdotool", "get_num_desktops") != b"", "a window manager")
            yield screen
        finally:
            end(manager)
    finally:
        os.close(reading)
        end(server)


class RealWindow:
    """One office's program: its home, its keys, and what its workspace file says."""

    def __init__(self, screen: Screen, home: Path) -> None:
        self.screen = screen
        self.home = home
        self._log = (home / "window.log").open("wb")
        self._program = self._start()

    @property
    def files(self) -> Path:
        """Where the program keeps the person's files."""
        return self.home / "files"

    @property
    def workspace(self) -> Path:
        """The one workspace file of this home."""
        (path,) = self.files.glob("*.zhibao")
        return path

    def kill(self) -> None:
        """End it as a power cut does: at once, without a word."""
        self._program.kill()
        self._program.wait()

    def open_again(self) -> None:
        """Start the program anew on its workspace, as a double click on the file does."""
        self._program = self._start(self.workspace)
        self.wait_for_title(self.workspace.name)

    def go_to_what_a_crash_left(self, period: str) -> None:
        """The notice after a crash leads, by its key, to what was saved last."""

        def led() -> bool:
            return period in self.title()

        def pressed() -> bool:
            self.keys("alt+y")  # the notice comes after the first sight of the form
            return led()

        self.wait(pressed, f"the notice after a crash to lead to {period}")

    def keys(self, *names: str) -> None:
        """Press keys one after another."""
        if names:
            self.screen.run("xdotool", "key", "--delay", "8", *names)

    def type(self, text: str) -> None:
        """Type a text; ASCII only, as the keyboard of the screen has no other letters."""
        assert text.isascii()
        self.screen.run("xdotool", "type", "--delay", "8", text)

    def title(self) -> str:
        """The title of the window that has the keyboard; "" while none has."""
        # a window manager calls a window active a moment before the keyboard is there
        return self.screen.run("xdotool", "getwindowfocus", "getwindowname").decode().strip()

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something that the program does; it must not have ended."""

        def holds() -> bool:
            assert self._program.poll() is None, f"the program ended: {self._said()}"
            return condition()

        wait_until(holds, what)

    def wait_for_title(self, part: str) -> None:
        """Wait until the keyboard is in a window with that title."""
        self.wait(lambda: part in self.title(), f"a window with the title {part}")

    def walk_until_title(self, key: str, part: str, most: int) -> None:
        """Press a key until the window says what was looked for, at most so many times."""
        for _ in range(most):
            before = self.title()
            if part in before:
                return
            self.keys(key)
            self._wait_for_other_title(before)
        self.wait_for_title(part)

    def _wait_for_other_title(self, before: str) -> None:
        self.wait(lambda: self.title() != before, f"another title than {before}")

    def entries(self, period: str) -> dict[str, dict[str, Any]]:
        """Address → what the workspace file holds there."""
        rows = self._ask("SELECT address, content FROM entry WHERE period = ?", period)
        return {address: json.loads(content) for address, content in rows}

    def all_entries(self) -> dict[tuple[str, str], dict[str, Any]]:
        """(period, address) → what the workspace file holds there, empty while it is being written."""
        rows = self._ask("SELECT period, address, content FROM entry")
        return {(period, address): json.loads(content) for period, address, content in rows}

    def findings(self, period: str) -> set[tuple[str, str]]:
        """(severity, code@address) of what the workspace file says was found."""
        found = [
            json.loads(row[0]) for row in self._ask("SELECT content FROM finding WHERE period = ?", period)
        ]
        return {(f["severity"], f"{f['code']}@{f['address']}") for f in found}

    def received(self) -> int:
        """How many contents were taken in."""
        return len(self._ask("SELECT digest FROM received_content"))

    def wait_for_entry(self, period: str, address: str, **content: str) -> None:
        """Wait until the workspace file holds that at an address."""

        def holds() -> bool:
            held = self.entries(period).get(address, {})
            return all(held.get(name) == value for name, value in content.items()) and bool(held)

        self.wait(holds, f"{address} to be saved as {content}")

    def quit(self) -> None:
        """Close the window by its key; the program must end well."""

        def gone() -> bool:
            self.keys("ctrl+q")  # while figures are added up in front of the window, a key is the progress's
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._program.wait(1)
            return self._program.poll() is not None

        wait_until(gone, "the program to end")
        assert self._program.returncode == 0, self._said()
        self._log.close()

    def end(self) -> None:
        """Whatever happened, leave nothing running."""
        end(self._program)
        self._log.close()

    def _start(self, *opened: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "ui", *opened],
            cwd=ROOT,
            env=self._environment(),
            stdout=self._log,
            stderr=self._log,
        )

    def _said(self) -> str:
        return (self.home / "window.log").read_text(encoding="utf-8", errors="replace")

    def _ask(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        """Look into the file beside the program, which holds it locked; what is half written is nothing."""
        paths = list(self.files.glob("*.zhibao"))
        if not paths:
            return []
        connection = sqlite3.connect(f"{paths[0].as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return connection.execute(question, values).fetchall()
        except sqlite3.DatabaseError:
            return []
        finally:
            connection.close()

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XDG_", "LC_"))
        }
        return {
            **kept,
            "DISPLAY": self.screen.display,
            "QT_QPA_PLATFORM": "xcb",
            "ZHIBAO_HOME": str(self.home),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
        }


@contextmanager
def open_program(screen: Screen, home: Path) -> Iterator[RealWindow]:
    """Start the program in a home of its own and end it in any case."""
    home.mkdir(parents=True)
    window = RealWindow(screen, home)
    try:
        window.wait_for_title("知报")
        yield window
    except BaseException:
        screen.keep(home.with_suffix(".failed.png"))  # before the window goes
        raise
    finally:
        window.end()


def end(program: subprocess.Popen[bytes]) -> None:
    """End a program that is still running."""
    if program.poll() is not None:
        return
    program.terminate()
    try:
        program.wait(5)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def pictures_folder() -> Path | None:
    """Where pictures of each step are asked for: ZHIBAO_SCREENS, which needs ImageMagick."""
    folder = os.environ.get("ZHIBAO_SCREENS")
    if not folder:
        return None
    assert shutil.which("import") and shutil.which("convert"), "ZHIBAO_SCREENS needs ImageMagick"
    return (ROOT / folder).resolve()


def _is_black(picture: bytes) -> bool:
    """Whether most of it is black: a window before its first painting."""
    return picture.count(0) > len(picture) / 2


def _line(reading: int) -> str:
    ready, _, _ = select.select([reading], [], [], PATIENCE)
    assert ready, "Xvfb did not start"
    return os.read(reading, 32).decode().strip()
