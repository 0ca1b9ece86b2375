CREATE TABLE workspace (
    id TEXT NOT NULL PRIMARY KEY,
    created TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;

CREATE TABLE plan (
    position INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE own_unit (
    plan TEXT NOT NULL,
    unit TEXT NOT NULL,
    position INTEGER NOT NULL,
    consolidates INTEGER NOT NULL CHECK (consolidates IN (0, 1)),
    children TEXT NOT NULL CHECK (json_valid(children)),
    PRIMARY KEY (plan, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    plan TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    address TEXT NOT NULL,
    plan_digest TEXT NOT NULL REFERENCES plan (digest),
    content TEXT NOT NULL CHECK (json_valid(content)),
    state TEXT GENERATED ALWAYS AS (json_extract(content, '$.state')) VIRTUAL,
    value TEXT GENERATED ALWAYS AS (json_extract(content, '$.value')) VIRTUAL,
    PRIMARY KEY (plan, unit, period, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    plan TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    position INTEGER NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    PRIMARY KEY (plan, unit, period, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
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
) STRICT, WITHOUT ROWID;

CREATE TABLE reference (
    plan TEXT NOT NULL,
    element TEXT NOT NULL,
    area TEXT NOT NULL,
    date TEXT NOT NULL,
    vintage TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (plan, element, area, date, vintage)
) STRICT, WITHOUT ROWID;

CREATE TABLE submission (
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
) STRICT;

CREATE TABLE submission_file (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL REFERENCES submission (digest),
    path TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT;

CREATE TABLE received_content (
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
) STRICT;

CREATE TABLE received_file (
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
) STRICT;

CREATE TABLE decision (
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
) STRICT;

CREATE INDEX audit_place ON audit (unit, period, sequence);

CREATE INDEX received_content_place ON received_content (plan, period, unit, revision);

CREATE INDEX received_file_sha256 ON received_file (sha256);

CREATE INDEX received_file_digest ON received_file (digest);

CREATE INDEX decision_place ON decision (plan, period, unit);

CREATE TRIGGER workspace_refuses_update BEFORE UPDATE ON workspace BEGIN SELECT RAISE(ABORT, 'workspace is append-only'); END;

CREATE TRIGGER workspace_refuses_delete BEFORE DELETE ON workspace BEGIN SELECT RAISE(ABORT, 'workspace is append-only'); END;

CREATE TRIGGER plan_refuses_update BEFORE UPDATE ON plan BEGIN SELECT RAISE(ABORT, 'plan is append-only'); END;

CREATE TRIGGER plan_refuses_delete BEFORE DELETE ON plan BEGIN SELECT RAISE(ABORT, 'plan is append-only'); END;

CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER submission_refuses_update BEFORE UPDATE ON submission BEGIN SELECT RAISE(ABORT, 'submission is append-only'); END;

CREATE TRIGGER submission_refuses_delete BEFORE DELETE ON submission BEGIN SELECT RAISE(ABORT, 'submission is append-only'); END;

CREATE TRIGGER received_content_refuses_update BEFORE UPDATE ON received_content BEGIN SELECT RAISE(ABORT, 'received_content is append-only'); END;

CREATE TRIGGER received_content_refuses_delete BEFORE DELETE ON received_content BEGIN SELECT RAISE(ABORT, 'received_content is append-only'); END;

CREATE TRIGGER received_file_refuses_update BEFORE UPDATE ON received_file BEGIN SELECT RAISE(ABORT, 'received_file is append-only'); END;

CREATE TRIGGER received_file_refuses_delete BEFORE DELETE ON received_file BEGIN SELECT RAISE(ABORT, 'received_file is append-only'); END;

CREATE TRIGGER decision_refuses_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;

CREATE TRIGGER decision_refuses_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;

CREATE TRIGGER audit_in_order BEFORE INSERT ON audit WHEN NEW.sequence <> 1 + coalesce((SELECT max(sequence) FROM audit WHERE workspace = NEW.workspace), 0) BEGIN SELECT RAISE(ABORT, 'audit rows come one after the other'); END;

CREATE TABLE received_origin (
    file INTEGER PRIMARY KEY REFERENCES received_file (id),
    place TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts))
) STRICT;

CREATE TRIGGER received_origin_refuses_update BEFORE UPDATE ON received_origin BEGIN SELECT RAISE(ABORT, 'received_origin is append-only'); END;

CREATE TRIGGER received_origin_refuses_delete BEFORE DELETE ON received_origin BEGIN SELECT RAISE(ABORT, 'received_origin is append-only'); END;

CREATE TABLE sight (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    audit_head TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;
