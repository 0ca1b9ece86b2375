"""Random sessions of edits, undo and redo: entries equal a plain model, and the trail replays to them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.store import Store, audit, entries, open_store, undo
from desktop.store.entries import Change, Edit
from tests.core.store.stores import ACTOR, NOW, PERIOD, PLAN, new_store, number

UNITS = ("teda", "tanggu")
ADDRESSES = ("figure/a", "figure/b", "item/1")

contents = st.none() | st.integers(-5, 5).map(number)
changes = st.dictionaries(st.sampled_from(ADDRESSES), contents, min_size=1)
steps = st.tuples(st.sampled_from(UNITS), changes | st.sampled_from(["undo", "redo", "reopen"]))


@dataclass
class Model:
    """One section as a pair of stacks of whole states: what an undo history is to a person."""

    state: dict[str, str] = field(default_factory=dict)
    past: list[dict[str, str]] = field(default_factory=list)
    future: list[dict[str, str]] = field(default_factory=list)

    def edit(self, wanted: dict[str, str | None]) -> None:
        merged = {**self.state, **wanted}
        after = {address: content for address, content in merged.items() if content is not None}
        if after != self.state:
            self.past.append(self.state)
            self.future.clear()
            self.state = after

    def undo(self) -> None:
        if self.past:
            self.future.append(self.state)
            self.state = self.past.pop()

    def redo(self) -> None:
        if self.future:
            self.past.append(self.state)
            self.state = self.future.pop()


def do(store: Store, model: Model, unit: str, step: str | dict[str, str | None]) -> None:
    match step:
        case "undo":
            model.undo()
            store.run(lambda c: undo.undo_last(c, PLAN, unit, PERIOD, ACTOR, NOW))
        case "redo":
            model.redo()
            store.run(lambda c: undo.redo_last(c, PLAN, unit, PERIOD, ACTOR, NOW))
        case dict():
            model.edit(step)
            edit = Edit(PLAN, unit, PERIOD, tuple(Change(*item) for item in step.items()), ACTOR)
            store.run(lambda c: entries.edit(c, edit, NOW))


@given(st.lists(steps, max_size=25))
def test_entries_follow_the_session_and_replay_from_the_trail(
    session: list[tuple[str, str | dict[str, str | None]]],
) -> None:
    models = {unit: Model() for unit in UNITS}
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder) / "a.zhibao")
        try:
            for unit, step in session:
                if step == "reopen":
                    store.close()
                    store = open_store(store.path)
                do(store, models[unit], unit, step)
                assert store.run(lambda c, u=unit: entries.section(c, PLAN, u, PERIOD)) == models[unit].state  # type: ignore[misc]
            assert store.run(audit.differences) == ()
            assert store.run(audit.verify).ok
            replayed = store.run(audit.replay)
        finally:
            store.close()
    expected = {(PLAN, u, PERIOD, a): text for u, model in models.items() for a, text in model.state.items()}
    assert replayed == expected
