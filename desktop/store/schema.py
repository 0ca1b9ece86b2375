"""The current schema. New files are made straight from it; older ones are brought to it by `migrations`.

Tables are STRICT, so that a text column never holds a binary float; the columns that people's work
depends on are append-only by trigger.
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x5A48_4942
"""`ZHIB` in the file's header: what tells a workspace from other SQLite files."""

SCHEMA_VERSION = 3

ORIGIN_TABLE = """CREATE TABLE received_origin (
    file INTEGER PRIMARY KEY REFERENCES received_file (id),
    place TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts))
) STRICT"""
"""Version 2: from where a file came, and what was said of it."""

SIGHT_TABLE = """CREATE TABLE sight (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    audit_head TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content))
) STRICT"""
"""Version 3: what the form looked like when the window was closed, and the last audit row then."""

_TABLES = (
    """CREATE TABLE workspace (
    id TEXT NOT NULL PRIMARY KEY,
    created TEXT NOT NULL
) STRICT""",
    """CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL CHECK (json_valid(content))
) STRICT""",
    """CREATE TABLE plan (
    position INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT""",
    """CREATE TABLE own_unit (
    plan TEXT NOT NULL,
    unit TEXT NOT NULL,
    position INTEGER NOT NULL,
    consolidates INTEGER NOT NULL CHECK (consolidates IN (0, 1)),
    children TEXT NOT NULL CHECK (json_valid(children)),
    PRIMARY KEY (plan, unit)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE entry (
    plan TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    address TEXT NOT NULL,
    plan_digest TEXT NOT NULL REFERENCES plan (digest),
    content TEXT NOT NULL CHECK (json_valid(content)),
    state TEXT GENERATED ALWAYS AS (json_extract(content, '$.state')) VIRTUAL,
    value TEXT GENERATED ALWAYS AS (json_extract(content, '$.value')) VIRTUAL,
    PRIMARY KEY (plan, unit, period, address)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE finding (
    plan TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    position INTEGER NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    PRIMARY KEY (plan, unit, period, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE audit (
    workspace TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    action INTEGER NOT NULL,
    undoes INTEGER,
    kind TEXT NOT NULL,
    undoable INTEGER NOT NULL CHECK (undoable IN (0, 1)),
    time TEXT NOT NULL,
    actor TEXT NOT NULL,
    plan TEXT NOT NULL,
    plan_digest TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    address TEXT NOT NULL,
    old TEXT,
    new TEXT,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (workspace, sequence)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE reference (
    plan TEXT NOT NULL,
    element TEXT NOT NULL,
    area TEXT NOT NULL,
    date TEXT NOT NULL,
    vintage TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (plan, element, area, date, vintage)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE submission (
    digest TEXT NOT NULL PRIMARY KEY,
    plan TEXT NOT NULL,
    plan_digest TEXT NOT NULL REFERENCES plan (digest),
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    parent TEXT,
    time TEXT NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (plan, unit, period, revision)
) STRICT""",
    """CREATE TABLE submission_file (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL REFERENCES submission (digest),
    path TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT""",
    """CREATE TABLE received_content (
    digest TEXT NOT NULL,
    claimed TEXT NOT NULL,
    plan TEXT NOT NULL,
    plan_version TEXT NOT NULL,
    plan_digest TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    revision INTEGER NOT NULL,
    parent TEXT,
    content_state TEXT NOT NULL,
    signature_state TEXT NOT NULL,
    edited_cells TEXT NOT NULL CHECK (json_valid(edited_cells)),
    intake TEXT NOT NULL CHECK (json_valid(intake)),
    content BLOB NOT NULL,
    PRIMARY KEY (digest, claimed)
) STRICT""",
    """CREATE TABLE received_file (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    received TEXT NOT NULL,
    sender TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    params TEXT NOT NULL CHECK (json_valid(params)),
    digest TEXT,
    claimed TEXT,
    FOREIGN KEY (digest, claimed) REFERENCES received_content (digest, claimed)
) STRICT""",
    """CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    plan TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    kind TEXT NOT NULL,
    chosen TEXT NOT NULL,
    loser TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    time TEXT NOT NULL,
    undoes INTEGER UNIQUE REFERENCES decision (id)
) STRICT""",
    ORIGIN_TABLE,
    SIGHT_TABLE,
)

_INDEXES = (
    "CREATE INDEX audit_place ON audit (unit, period, sequence)",
    "CREATE INDEX received_content_place ON received_content (plan, period, unit, revision)",
    "CREATE INDEX received_file_sha256 ON received_file (sha256)",
    "CREATE INDEX received_file_digest ON received_file (digest)",
    "CREATE INDEX decision_place ON decision (plan, period, unit)",
)

_APPEND_ONLY = ("workspace", "plan", "audit", "submission", "received_content", "received_file", "decision")


def _refusals(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for event in ("UPDATE", "DELETE")
    )


ORIGIN_REFUSALS = _refusals("received_origin")

_REFUSALS = (*(trigger for table in _APPEND_ONLY for trigger in _refusals(table)), *ORIGIN_REFUSALS)

_IN_ORDER = (
    "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit "
    "WHEN NEW.sequence <> 1 + coalesce("
    "(SELECT max(sequence) FROM audit WHERE workspace = NEW.workspace), 0) "
    "BEGIN SELECT RAISE(ABORT, 'audit rows come one after the other'); END"
)

STATEMENTS: tuple[str, ...] = (*_TABLES, *_INDEXES, *_REFUSALS, _IN_ORDER)

MIGRATIONS_TABLE = "_sqlite_migrations"
"""Where sqlite-utils notes the migrations it ran; it is no part of our schema."""


def create_schema(connection: sqlite3.Connection) -> None:
    """Make an empty database a workspace of the current schema; the caller holds the transaction."""
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def schema_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What sqlite_master says, in a fixed order: tables, indexes and triggers, all of them ours."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> ? ORDER BY type, name",
        (MIGRATIONS_TABLE,),
    )
    return tuple(str(row[0]) for row in rows)


def current_schema() -> tuple[str, ...]:
    """What `schema_of` gives for a file of the current schema."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        create_schema(connection)
        return schema_of(connection)
    finally:
        connection.close()
