"""A plan as a workspace keeps it: it was checked before it was stored, so it is only read."""

from __future__ import annotations

import dataclasses

from desktop.definition.places import FRAME_FILE, Where
from desktop.definition.reader import Reader
from desktop.model.canonical import Json
from desktop.model.plan import Plan


def stored_plan(document: Json, digest_: str) -> Plan:
    """The plan of a document that was checked before it was stored; raises ValueError if it isn't one.

    Start-up waits for this, so neither the checks nor the digest are done again.
    """
    reader = Reader()
    plan: Plan = reader.read(Plan, document, Where(FRAME_FILE))
    if reader.findings:
        raise ValueError(reader.findings[0].key)
    return dataclasses.replace(plan, digest=digest_)
