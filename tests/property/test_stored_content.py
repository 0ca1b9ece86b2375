"""A damaged or hand-edited workspace: what it keeps is read as it was, or one fault says so. Nothing else."""

from __future__ import annotations

import dataclasses
import datetime
import json
import sqlite3
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.config import DEFAULT_PLAN
from desktop.definition import bundled_plan, plan_to_document
from desktop.definition.annotations import hints_of
from desktop.errors import WorkspaceDamaged, ZhibaoError
from desktop.model.canonical import canonical_text
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import ItemReport, ItemStatus
from desktop.store.plans import StoredPlan, require_sound_plans
from desktop.workspace import ToPublish, Workspace
from desktop.workspace.desk.extensions import Extension
from desktop.workspace.desk.rounds import Deadline
from desktop.workspace.desk.shelf import plan_of
from tests.core.workspace.workspaces import Q3, explain_all, fill_everything, make

REAL = bundled_plan(DEFAULT_PLAN)
TEXT = canonical_text(plan_to_document(REAL))
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**20),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.sampled_from(
        ["NaN", "1E5", "-0", "1.50", "2024-01-01", "street", [], {}, [[]], [["a", "b"]], {"id": "x"}]
    ),
)


def containers(value: object) -> Iterator[dict[str, Any] | list[Any]]:
    """Every object and list in plain data."""
    if isinstance(value, dict | list):
        yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from containers(part)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The text of a plan with one to three changes somewhere inside, or cut, or with another letter."""
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(TEXT) - 1))
        return draw(st.sampled_from([TEXT[:at], TEXT[:at] + draw(st.characters()) + TEXT[at + 1 :]]))
    document = json.loads(TEXT)
    for _ in range(draw(st.integers(1, 3))):
        where = draw(st.sampled_from([part for part in containers(document) if part]))
        if isinstance(where, list):
            at = draw(st.integers(0, len(where) - 1))
            change = draw(st.sampled_from(["set", "drop", "again"]))
            if change == "set":
                where[at] = draw(VALUES)
            elif change == "drop":
                del where[at]
            else:
                where.append(where[at])
        else:
            key = draw(st.sampled_from(sorted(where)))
            change = draw(st.sampled_from(["set", "drop", "rename"]))
            value = where.pop(key)
            if change == "set":
                where[key] = draw(VALUES)
            elif change == "rename":
                where[draw(st.text(max_size=4))] = value
    return json.dumps(document, ensure_ascii=False)


def conforms(kind: type, value: object) -> bool:
    """Whether a value is of an annotation's type, all the way down."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return any(conforms(part, value) for part in args)
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        kinds = (args[0],) * len(value) if args[-1] is Ellipsis else args
        return len(value) == len(kinds) and all(map(conforms, kinds, value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return isinstance(value, Mapping) and all(
            conforms(args[0], key) and conforms(args[1], part) for key, part in value.items()
        )
    if dataclasses.is_dataclass(kind):
        hints = hints_of(kind)
        return isinstance(value, kind) and all(
            conforms(hints[field.name], getattr(value, field.name)) for field in dataclasses.fields(kind)
        )
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def kept_in_store(content: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE plan (digest TEXT, content TEXT)")
    connection.execute("INSERT INTO plan VALUES (?, ?)", (REAL.digest, content))
    return connection


@given(mutated())
def test_a_changed_plan_is_the_same_or_a_fault(content: str) -> None:
    try:
        plan = plan_of(StoredPlan(REAL.digest, REAL.id, REAL.version, content))
    except WorkspaceDamaged:
        return
    assert conforms(Plan, plan)
    with closing(kept_in_store(content)) as connection:
        try:
            require_sound_plans(connection)
        except WorkspaceDamaged:
            return
    assert plan == REAL


def test_the_fault_names_what_is_damaged_and_the_way_out() -> None:
    with pytest.raises(WorkspaceDamaged, match=r"方案已损坏.*请从备份恢复"):
        plan_of(StoredPlan(REAL.digest, REAL.id, REAL.version, "{}"))


def test_the_plan_as_it_was_stored_is_sound() -> None:
    with closing(kept_in_store(TEXT)) as connection:
        require_sound_plans(connection)
    assert conforms(Plan, plan_of(StoredPlan(REAL.digest, REAL.id, REAL.version, TEXT)))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every kind of content is kept."""
    folder = tmp_path_factory.mktemp("full")
    with make(folder, "scjg", "tanggu", consolidates=True, today="2024-10-08") as workspace:
        session = workspace.form("tanggu", Q3)
        fill_everything(session)
        session = workspace.form("scjg", Q3)
        fill_everything(session)
        session.set_item(
            session.form.items[0].item.number, ItemReport(ItemStatus.UNDER_WAY, narrative="演示")
        )
        explain_all(session)
        workspace.submit_form(session, folder)
        deadline = Deadline("street", datetime.date(2024, 10, 15))
        workspace.publish(ToPublish((Q3,), (deadline,)), folder / "包.xlsx")
        workspace.extend(Extension("tanggu", Q3, datetime.date(2024, 10, 20), "演示", "演示"))
        workspace.set_group("cydw", ["tanggu"])
        workspace.export(Q3, folder / "汇总.xlsx")
        return workspace.path


BROKEN = ("5", "[]", "{}", "null", '"x"', '["x"]', '{"x":1}', "[[1,2],3]", '{"state":7}', "true")


def look_at_all(path: Path) -> None:
    """What a window asks for: each use case by itself, so that one fault doesn't hide the others."""
    with Workspace.open(path, person="演示员") as workspace:
        wanted: tuple[Callable[[], object], ...] = (
            lambda: workspace.people,
            lambda: workspace.round,
            workspace.wording,
            workspace.keys.own,
            workspace.keys.roster,
            lambda: workspace.standings("tanggu"),
            workspace.default_period,
            lambda: workspace.extensions(Q3),
            lambda: workspace.board(Q3),
            lambda: workspace.totals.trace(Q3, "training_visits"),
            lambda: workspace.totals.exports(Q3),
            workspace.moved_forms,
            lambda: workspace.form("tanggu", Q3).assessment,
            lambda: workspace.form("scjg", Q3).assessment,
            lambda: workspace.form("scjg", Period.parse("2024Q4")).assessment,
        )
        for look in wanted:
            with suppress(ZhibaoError):
                look()


@pytest.mark.parametrize("content", BROKEN)
def test_broken_content_anywhere_ends_as_a_fault(content: str, full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full)) as source:
        settings = [row[0] for row in source.execute("SELECT name FROM setting")]
        kinds = [
            row[0] for row in source.execute("SELECT min(address) FROM entry GROUP BY substr(address, 1, 4)")
        ]
    assert len(settings) > 5 and len(kinds) > 3
    for number, (table, column, name) in enumerate(
        [*(("setting", "name", name) for name in settings), *(("entry", "address", kind) for kind in kinds)]
    ):
        path = tmp_path / f"{number}.zhibao"
        path.write_bytes(full.read_bytes())
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"UPDATE {table} SET content = ? WHERE {column} = ?", (content, name))
        with suppress(ZhibaoError):
            look_at_all(path)
        path.unlink()


def test_a_plan_changed_by_hand_is_told_before_a_backup_is_made_of_it(full: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    path.write_bytes(full.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER plan_refuses_update")
        connection.execute('UPDATE plan SET content = replace(content, \'"value":"0.8"\', \'"value":"0.9"\')')
    with Workspace.open(path, person="演示员") as workspace, pytest.raises(WorkspaceDamaged, match="方案"):
        workspace.safety.back_up(tmp_path / "backups")
    assert not (tmp_path / "backups").exists()
