"""Settings, references, revisions, inbox and decisions: kept, audited, immutable where they must be."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import Store, audit, decisions, inbox, references, settings, submissions
from desktop.store.decisions import Decision
from desktop.store.inbox import ContentHead, ReceivedContent, ReceivedFile
from desktop.store.references import Reference
from desktop.store.settings import OwnUnit
from desktop.store.submissions import FrozenHead
from tests.core.store.stores import NOW, PERIOD, PLACE, PLAN, STORED_PLAN, UNIT, new_store, stamp

FROZEN = FrozenHead("sha256:r1", PLAN, STORED_PLAN.digest, UNIT, PERIOD, 1, None, NOW.isoformat())
HEAD = ContentHead("d1", "d1", PLAN, "1", STORED_PLAN.digest, UNIT, PERIOD, 1, None, "intact", "none")
ARRIVAL = ReceivedFile("aa", "经开区.xlsx", 1234, NOW, "accepted")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "a.zhibao") as opened:
        yield opened


def head(store: Store) -> int:
    return store.run(audit.head).sequence


def receive(store: Store, file: ReceivedFile = ARRIVAL, content: ContentHead | None = HEAD) -> int:
    received = ReceivedContent(content, f'{{"digest":"{content.digest}"}}') if content else None
    return store.run(lambda c: inbox.record(c, file, received, stamp("receive")))


def test_settings_are_kept_and_their_changes_audited(store: Store) -> None:
    assert store.run(lambda c: settings.setting(c, "colour")) is None
    assert store.run(lambda c: settings.set_setting(c, "colour", '"red"', stamp())) is True
    before = head(store)
    assert store.run(lambda c: settings.set_setting(c, "colour", '"red"', stamp())) is False
    assert head(store) == before
    store.run(lambda c: settings.set_people(c, ["演示甲", "演示乙"], stamp()))
    assert store.run(settings.people) == ("演示甲", "演示乙")
    assert store.run(lambda c: settings.setting(c, "colour")) == '"red"'
    last = store.run(lambda c: tuple(audit.rows(c)))[-1]
    assert (last.address, last.old, last.new) == ("event/setting/people", None, '["演示甲","演示乙"]')


def test_own_units_keep_their_order_roles_and_children(store: Store) -> None:
    units = (OwnUnit(PLAN, "market", True, ("teda", "tanggu")), OwnUnit(PLAN, "another"))
    assert store.run(lambda c: settings.set_own_units(c, PLAN, units, stamp())) is True
    assert store.run(lambda c: settings.set_own_units(c, PLAN, units, stamp())) is False
    assert store.run(lambda c: settings.own_units(c, PLAN)) == units
    assert store.run(settings.own_units) == units
    assert store.run(lambda c: settings.own_units(c, "other")) == ()


def test_references_are_replaced_per_vintage_and_audited(store: Store) -> None:
    first = Reference(PLAN, "residents", "district", "2023-12-31", "preliminary", "204.93", "演示")
    final = dataclasses.replace(first, vintage="final", value="205.11")
    for reference in (first, final):
        assert store.run(lambda c, r=reference: references.save_reference(c, r, stamp())) is True  # type: ignore[misc]
    assert store.run(lambda c: references.save_reference(c, final, stamp())) is False
    assert store.run(lambda c: references.references(c, PLAN, "residents")) == (final, first)
    revised = dataclasses.replace(final, value="206")
    store.run(lambda c: references.save_reference(c, revised, stamp()))
    assert store.run(lambda c: references.references(c, PLAN)) == (revised, first)
    last = store.run(lambda c: tuple(audit.rows(c)))[-1]
    assert last.old is not None and '"205.11"' in last.old and last.new is not None and '"206"' in last.new


def test_frozen_revisions_are_found_and_never_change(store: Store) -> None:
    second = dataclasses.replace(FROZEN, digest="sha256:r2", revision=2, parent=FROZEN.digest)
    for revision in (FROZEN, second):
        store.run(lambda c, r=revision: submissions.freeze(c, r, f'"{r.digest}"', stamp("freeze")))  # type: ignore[misc]
    assert store.run(lambda c: submissions.frozen_json(c, FROZEN.digest)) == '"sha256:r1"'
    assert store.run(lambda c: submissions.frozen_json(c, "sha256:none")) is None
    rows = store.run(lambda c: audit.events(c, UNIT, PERIOD))
    assert [(row.address, row.new) for row in rows] == [
        ("event/frozen/1", "sha256:r1"),
        ("event/frozen/2", "sha256:r2"),
    ]
    for statement in ("UPDATE submission SET unit = 'x'", "DELETE FROM submission"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.run(lambda c, s=statement: c.execute(s).rowcount)  # type: ignore[misc]


def test_a_revision_is_frozen_once(store: Store) -> None:
    other = dataclasses.replace(FROZEN, digest="sha256:other")
    store.run(lambda c: submissions.freeze(c, FROZEN, "{}", stamp("freeze")))
    with pytest.raises(sqlite3.IntegrityError):
        store.run(lambda c: submissions.freeze(c, other, "{}", stamp("freeze")))


def test_where_a_revision_was_written_is_kept(store: Store) -> None:
    store.run(lambda c: submissions.freeze(c, FROZEN, "{}", stamp("freeze")))
    for path in ("a.xlsx", "b.xlsx"):
        store.run(lambda c, p=path: submissions.record_file(c, FROZEN.digest, p, NOW))  # type: ignore[misc]
    assert store.run(lambda c: submissions.written_files(c, FROZEN.digest)) == ("a.xlsx", "b.xlsx")


def test_every_arrival_is_kept_and_a_content_once(store: Store) -> None:
    again = dataclasses.replace(
        ARRIVAL, name="again.xlsx", verdict="duplicate", reason="x.y", params={"n": "1"}
    )
    first, second = receive(store), receive(store, again)
    found = store.run(lambda c: tuple(inbox.files(c)))
    assert [file.id for file in found] == [first, second]
    assert found[0] == dataclasses.replace(ARRIVAL, digest="d1", claimed="d1", id=first)
    assert (found[1].params, found[1].reason, found[1].verdict) == ({"n": "1"}, "x.y", "duplicate")
    assert store.run(lambda c: inbox.heads(c, PLAN, PERIOD)) == (HEAD,)
    seen = store.run(lambda c: inbox.seen(c, "aa"))
    assert seen is not None and seen.id == first
    assert store.run(lambda c: inbox.seen(c, "bb")) is None
    assert len(store.run(lambda c: inbox.files_of(c, "d1"))) == 2


def test_a_refused_file_is_kept_without_content(store: Store) -> None:
    refused = dataclasses.replace(ARRIVAL, verdict="rejected", reason="file.not_xlsx")
    receive(store, refused, None)
    (file,) = store.run(lambda c: tuple(inbox.files(c)))
    assert (file.digest, file.claimed, file.verdict) == (None, None, "rejected")


def test_an_edited_content_keeps_what_it_claims_to_be(store: Store) -> None:
    edited = dataclasses.replace(HEAD, digest="d2", content_state="edited", edited_cells='["B7"]')
    receive(store)
    receive(store, ARRIVAL, edited)
    assert store.run(lambda c: inbox.heads(c, PLAN, PERIOD)) == (HEAD, edited)
    assert store.run(lambda c: inbox.content_json(c, "d2")) == '{"digest":"d2"}'
    assert store.run(lambda c: inbox.content_json(c, "d3")) is None


def test_contents_of_a_period_come_by_unit_and_revision(store: Store) -> None:
    for unit, revision in (("tanggu", 2), ("teda", 1), ("tanggu", 1)):
        digest = f"{unit}{revision}"
        receive(
            store, ARRIVAL,
            dataclasses.replace(HEAD, digest=digest, claimed=digest, unit=unit, revision=revision),
        )  # fmt: skip
    receive(store, ARRIVAL, dataclasses.replace(HEAD, digest="x", claimed="x", period="2024Q4"))
    found = store.run(lambda c: [(r.head.digest, r.content) for r in inbox.contents(c, PLAN, PERIOD)])
    assert found == [(d, f'{{"digest":"{d}"}}') for d in ("tanggu1", "tanggu2", "teda1")]
    assert store.run(lambda c: inbox.periods(c, PLAN)) == (PERIOD, "2024Q4")


@pytest.mark.parametrize("table", ["received_file", "received_content", "decision"])
def test_what_arrived_and_was_decided_never_changes(store: Store, table: str) -> None:
    receive(store)
    store.run(lambda c: decisions.decide(c, Decision(*PLACE, "choose", "d1", "d2"), stamp("decide")))
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET unit = unit"):
        wanted = statement.replace("unit = unit", "name = name") if table == "received_file" else statement
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.run(lambda c, s=wanted: c.execute(s).rowcount)  # type: ignore[misc]


def test_a_decision_stands_until_it_is_taken_back_and_both_stay(store: Store) -> None:
    wanted = Decision(*PLACE, "choose", "d1", "d2", "电话核实")
    decided = store.run(lambda c: decisions.decide(c, wanted, stamp("decide")))
    (found,) = store.run(lambda c: decisions.decisions(c, PLAN, PERIOD))
    assert (found.id, found.chosen, found.loser, found.reason) == (decided, "d1", "d2", "电话核实")
    undone = store.run(lambda c: decisions.undo_decision(c, decided, stamp("undo")))
    assert store.run(lambda c: decisions.decisions(c, PLAN, PERIOD)) == ()
    (kept,) = store.run(lambda c: decisions.decisions(c, PLAN, PERIOD, standing=False))
    assert kept.undone_by == undone
    for again in (decided, undone):
        with pytest.raises(KeyError):
            store.run(lambda c, a=again: decisions.undo_decision(c, a, stamp("undo")))  # type: ignore[misc]
    addresses = [row.address for row in store.run(lambda c: audit.events(c, UNIT, PERIOD))]
    assert addresses == ["event/decision", "event/decision"]
