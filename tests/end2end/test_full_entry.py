"""The whole form of 经开区 by keyboard in the real window, without and with the program being killed."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from desktop.store import audit
from tests.end2end.full_entry import Content, Held, Key, Step, begin, follow, go_to, steps_of, write
from tests.end2end.real_window import RealWindow, open_program, open_screen

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
KILLS = 50 if LONG else 10
AHEAD_S = 0.12
"""Within that time after its last key a killed program may or may not have come to that key."""


def held(window: RealWindow) -> Held:
    """All that the workspace file holds."""
    return window.all_entries()


def wait_for(window: RealWindow, step: Step) -> None:
    window.wait(lambda: step.held_by(held(window).get(step.key)), f"{step.key} to be saved as {step.holds}")


def typed(steps: list[Step]) -> dict[Key, Step]:
    """The last step at each address says what is to stand there."""
    return {step.key: step for step in steps}


def assert_sound(path: Path) -> None:
    """The file is whole, its audit chain unbroken, and what it holds is what the chain makes."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert audit.verify(connection).ok
        assert audit.differences(connection) == ()
    finally:
        connection.close()


@pytest.mark.xvfb
@pytest.mark.slow
def test_the_file_holds_what_was_typed(tmp_path: Path) -> None:
    steps = steps_of(tmp_path)
    numbers = [step for step in steps if step.address.startswith("figure/") and not step.dialog]
    items = {step.address for step in steps if step.address.startswith("item/")}
    assert len(numbers) >= 30 and len(items) >= 5
    with open_screen(tmp_path) as screen, open_program(screen, tmp_path / "zone") as window:
        begin(window)
        before: Step | None = None
        for step in steps:
            follow(window, step, before)
            write(window, step)
            before = step
        for step in typed(steps).values():
            wait_for(window, step)
        assert held(window).keys() == typed(steps).keys()
        window.quit()
        assert_sound(window.workspace)


@pytest.mark.xvfb
@pytest.mark.slow
def test_killed_at_random_moments_at_most_the_field_being_typed_is_missing(tmp_path: Path) -> None:
    steps, chance = steps_of(tmp_path), random.Random(5)
    killed = sorted(chance.choices(range(1, len(steps)), k=KILLS))
    with open_screen(tmp_path) as screen, open_program(screen, tmp_path / "zone") as window:
        begin(window)
        saved: Held = {}
        before: Step | None = None
        for number, step in enumerate(steps):
            follow(window, step, before)
            for _ in range(killed.count(number)):
                kill_while_typing(window, step, chance)
                saved = come_back(window, step, before, saved)
            write(window, step)
            wait_for(window, step)
            saved, before = held(window), step
        window.quit()
        assert saved.keys() == typed(steps).keys()
        assert all(step.held_by(saved[key]) for key, step in typed(steps).items())
        assert_sound(window.workspace)


def kill_while_typing(window: RealWindow, step: Step, chance: random.Random) -> None:
    """Type some of a field, or all of it, and kill the program at any point of its work."""
    whole = chance.random() < 0.5
    window.type(step.text if whole else step.text[: chance.randrange(len(step.text) + 1)])
    if whole:
        window.keys(*step.close[:1])
    time.sleep(chance.random() * AHEAD_S)  # no waiting for anything: this is the moment
    window.kill()


def come_back(window: RealWindow, step: Step, before: Step | None, saved: Held) -> Held:
    """Start again: nothing but the field being typed may differ; the window leads to what was saved last."""
    assert_sound(copied(window.workspace))
    window.open_again()
    found = held(window)
    assert {key: content for key, content in found.items() if key != step.key} == {
        key: content for key, content in saved.items() if key != step.key
    }
    was, now = saved.get(step.key), found.get(step.key)
    assert now == was or step.held_by(now) or _begun(step, now), f"{step.key}: {was} → {now}"
    last = step if now != was or before is None else before
    assert last.period.label not in window.title()
    window.go_to_what_a_crash_left(last.period.label)
    go_to(window, step, now)
    return found


def copied(path: Path) -> Path:
    """A copy of a workspace as the crash left it, with what it needs to be taken back to a whole state."""
    folder = path.parent / "as-left"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for part in path.parent.glob(f"{path.name}*"):
        shutil.copy(part, folder)
    return folder / path.name


def _begun(step: Step, content: Content | None) -> bool:
    """Whether it is the beginning of a text, kept while its writer paused."""
    begun = str((content or {}).get("narrative", ""))
    return bool(begun) and step.text.startswith(begun)
