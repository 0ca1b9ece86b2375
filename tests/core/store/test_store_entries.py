"""Edits: value, findings and audit rows together, and nothing written where nothing changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.errors import InputError
from desktop.store import Store, audit, entries, plans
from desktop.store.entries import Change, Edit
from desktop.store.plans import StoredPlan
from tests.core.store.stores import (
    ACTOR,
    NOW,
    PERIOD,
    PLACE,
    PLAN,
    STORED_PLAN,
    UNIT,
    new_store,
    number,
    section,
    stamp,
    typed,
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "a.zhibao") as opened:
        yield opened


def test_a_typed_figure_can_be_read_and_is_in_the_trail(store: Store) -> None:
    edited = store.run(typed("patents", number("12.5")))
    assert [(c.address, c.old) for c in edited.changed] == [("figure/patents", None)]
    assert section(store) == {"figure/patents": number("12.5")}
    (row,) = store.run(lambda c: audit.history(c, *PLACE, "figure/patents"))
    assert (row.old, row.new, row.actor, row.kind) == (None, number("12.5"), ACTOR, "type")
    assert row.action == edited.action_id == edited.sequence[0] == row.sequence


def test_the_same_again_writes_nothing(store: Store) -> None:
    store.run(typed("patents", number(1)))
    before = store.run(audit.head)
    edited = store.run(typed("patents", number(1)))
    assert (edited.changed, edited.action_id, list(edited.sequence)) == ((), None, [])
    assert store.run(audit.head) == before


def test_a_paste_is_one_action_of_many_rows(store: Store) -> None:
    changes = tuple(Change(f"figure/e{i}", number(i)) for i in range(5))
    edited = store.run(lambda c: entries.edit(c, Edit(*PLACE, changes, ACTOR, "paste"), NOW))
    rows = [row for row in store.run(lambda c: tuple(audit.rows(c))) if row.kind == "paste"]
    assert len(rows) == 5 and {row.action for row in rows} == {edited.action_id}
    assert [row.sequence for row in rows] == list(edited.sequence)


def test_blanking_removes_the_entry_and_keeps_the_old_content_in_the_trail(store: Store) -> None:
    store.run(typed("patents", number(1)))
    (changed,) = store.run(typed("patents", None)).changed
    assert (changed.old, changed.new) == (number(1), None)
    assert section(store) == {}


def test_long_digits_come_back_as_they_were(store: Store) -> None:
    digits = "12345678901234567.12345678901234567"
    store.run(typed("output", number(digits)))
    assert section(store) == {"figure/output": number(digits)}


def test_floats_never_get_in(store: Store) -> None:
    with pytest.raises(TypeError, match="float"):
        store.run(typed("output", cast("Any", 1.5)))
    assert section(store) == {}


def test_findings_are_replaced_with_the_edit_or_left(store: Store) -> None:
    def edit(value: int, found: tuple[str, ...] | None) -> None:
        change = (Change("figure/e", number(value)),)
        store.run(lambda c: entries.edit(c, Edit(*PLACE, change, ACTOR, findings=found), NOW))

    edit(1, ('{"code":"a"}', '{"code":"b"}'))
    edit(2, None)
    assert store.run(lambda c: entries.findings(c, *PLACE)) == ('{"code":"a"}', '{"code":"b"}')
    edit(3, ('{"code":"b"}',))
    assert store.run(lambda c: entries.findings(c, *PLACE)) == ('{"code":"b"}',)
    assert store.run(lambda c: entries.findings(c, PLAN, "another", PERIOD)) == ()


def test_a_job_that_fails_leaves_neither_value_nor_findings_nor_trail(store: Store) -> None:
    before = store.run(audit.head)

    def job(connection: sqlite3.Connection) -> None:
        typed("patents", number(1))(connection)
        entries.set_findings(connection, *PLACE, ['{"code":"a"}'])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.run(job)
    assert section(store) == {} and store.run(audit.head) == before
    assert store.run(lambda c: entries.findings(c, *PLACE)) == ()


def test_every_figure_names_the_newest_version_of_its_plan(store: Store) -> None:
    def plan_of_patents() -> str:
        return str(store.run(lambda c: c.execute("SELECT plan_digest FROM entry").fetchone())[0])

    store.run(typed("patents", number(1)))
    assert plan_of_patents() == STORED_PLAN.digest
    newer = StoredPlan("sha256:two", PLAN, "2", "{}")
    assert store.run(lambda c: plans.save_plan(c, newer, stamp())) is True
    assert store.run(lambda c: plans.save_plan(c, newer, stamp())) is False
    store.run(typed("patents", number(2)))
    assert plan_of_patents() == "sha256:two"
    assert store.run(lambda c: plans.plan_json(c, STORED_PLAN.digest)) == STORED_PLAN.content
    assert store.run(plans.current_plan) == newer
    assert [head.version for head in store.run(plans.plan_heads)] == ["1", "2"]


def test_an_unknown_plan_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="没有方案"):
        store.run(lambda c: entries.edit(c, Edit("other", UNIT, PERIOD, (), ACTOR), NOW))
