"""Undo and redo: they append, keep to one section, and survive closing the file."""

from __future__ import annotations

from pathlib import Path

from desktop.store import Store, audit, entries, open_store, undo
from desktop.store.entries import Change, Edit, Edited
from tests.core.store.stores import ACTOR, NOW, PLACE, PLAN, UNIT, new_store, number, section, typed


def undo_last(store: Store) -> Edited | None:
    return store.run(lambda c: undo.undo_last(c, *PLACE, ACTOR, NOW))


def redo_last(store: Store) -> Edited | None:
    return store.run(lambda c: undo.redo_last(c, *PLACE, ACTOR, NOW))


def test_undo_appends_and_names_what_it_takes_back(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.zhibao") as store:
        store.run(typed("a", number(1)))
        second = store.run(typed("a", number(2)))
        undone = undo_last(store)
        assert undone is not None and section(store) == {"figure/a": number(1)}
        last = store.run(lambda c: audit.history(c, *PLACE, "figure/a"))[-1]
        assert (last.kind, last.undoes, last.sequence) == ("undo", second.action_id, undone.action_id)
        assert len(store.run(lambda c: audit.history(c, *PLACE, "figure/a"))) == 3


def test_one_paste_is_one_step_after_a_restart_too(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        store.run(typed("a", number(1)))
        block = (
            Change("figure/a", number(7)),
            Change("figure/b", number(8)),
            Change("item/3", '{"percent":5}'),
        )
        store.run(lambda c: entries.edit(c, Edit(*PLACE, block, ACTOR, "paste"), NOW))
    with open_store(path) as store:
        assert undo_last(store) is not None
        assert section(store) == {"figure/a": number(1)}
    with open_store(path) as store:
        assert redo_last(store) is not None
        assert section(store) == {change.address: change.content for change in block}


def test_undo_keeps_to_its_section(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.zhibao") as store:
        store.run(typed("a", number(1)))
        store.run(typed("a", number(2), period="2024Q4"))
        store.run(typed("a", number(3), unit="tanggu"))
        assert undo_last(store) is not None
        assert undo_last(store) is None
        assert section(store) == {}
        assert section(store, period="2024Q4") and section(store, unit="tanggu")


def test_redo_ends_where_something_new_was_typed(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.zhibao") as store:
        store.run(typed("a", number(1)))
        assert redo_last(store) is None
        undo_last(store)
        store.run(typed("b", number(2)))
        assert redo_last(store) is None
        assert section(store) == {"figure/b": number(2)}


def test_a_stage_of_the_submissions_life_is_passed_over(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.zhibao") as store:
        store.run(typed("a", number(1)))
        life = Edit(
            PLAN, UNIT, PLACE[2], (Change("life", '{"stage":"sent"}'),), ACTOR, "life", undoable=False
        )
        store.run(lambda c: entries.edit(c, life, NOW))
        assert undo_last(store) is not None
        assert section(store) == {"life": '{"stage":"sent"}'}


def test_undo_never_overwrites_what_was_changed_past_it(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.zhibao") as store:
        store.run(typed("a", number(1)))
        forced = Edit(*PLACE, (Change("figure/a", number(9)),), ACTOR, "issued", undoable=False)
        store.run(lambda c: entries.edit(c, forced, NOW))
        assert undo_last(store) is None
        assert section(store) == {"figure/a": number(9)}
