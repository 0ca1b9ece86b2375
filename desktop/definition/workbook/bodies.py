"""Responsible bodies as a document names them → ids of units and groups."""

from __future__ import annotations

import re

from desktop.definition.workbook.draft import Draft, Entry
from desktop.definition.workbook.pasted_tables import squeeze
from desktop.definition.workbook.places import Cell
from desktop.definition.workbook.references import AmbiguousError, Names
from desktop.definition.workbook.resolving import say_ambiguous
from desktop.model.finding import Severity

_LABELS = re.compile(r"(责任|牵头|配合|主责|承办|协同|参与)(单位|部门)?[：:]")
_BRACKET = re.compile(r"[（(]([^（()）]*)[）)]")
_SEPARATOR = re.compile(r"[、，,；;]")


class Bodies:
    """Finds the bodies of cells; a name that nobody bears becomes a group that the office fills."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._names = Names(draft.document())

    def of_cell(self, text: str, cell: Cell) -> tuple[str, ...]:
        """Ids in the order of the cell, each once."""
        found: dict[str, None] = {}
        for part in _SEPARATOR.split(_LABELS.sub("、", text)):
            for id_ in self._part(part.strip(), cell):
                found[id_] = None
        return tuple(found)

    def _part(self, part: str, cell: Cell) -> list[str]:
        """One name, broken over lines or not; or several names with spaces or line breaks between them."""
        if not squeeze(part):
            return []
        if (id_ := self._known(squeeze(part), cell)) is not None:
            return [id_]
        pieces = [self._known(piece, cell) for piece in part.split()]
        if len(pieces) > 1 and all(pieces):
            return [piece for piece in pieces if piece]
        return [self._group(squeeze(part), cell)]

    def _known(self, name: str, cell: Cell) -> str | None:
        """The id of a name: whole, without its bracket, or the one in the bracket."""
        plain = _BRACKET.sub("", name)
        inner = _BRACKET.search(name)
        try:
            for text in (name, plain, inner[1] if inner else ""):
                id_ = self._names.resolve(("units", "groups"), text) if text else None
                if id_ is not None:
                    return str(id_)
        except AmbiguousError as error:
            say_ambiguous(self._draft, cell, error)
            return error.candidates[0]
        return None

    def _group(self, name: str, cell: Cell) -> str:
        """A new group for a name that isn't known: of kinds of units where 各… says so, else undefined."""
        number = len(self._draft.records("groups")) + 1
        record = {"id": self._draft.free_id("groups", "g", number), "name": name}
        kinds = self._kinds(name) if name.startswith("各") else []
        group = self._draft.add("groups", Entry(record | ({"kinds": kinds} if kinds else {}), cell))
        group.cells[("members",)] = cell
        self._names.add("groups", record)
        code = "plan.default.group_of_kinds" if kinds else "plan.default.group"
        self._draft.say(code, Severity.NOTICE, cell, value=name, id=str(record["id"]))
        return str(record["id"])

    def _kinds(self, name: str) -> list[str]:
        rest = name.removeprefix("各")
        labels = {str(kind.get("id")): str(kind.get("label")) for kind in self._draft.records("unit_kinds")}
        short = {"街道": "街", "乡镇": "镇"}
        return [id_ for id_, label in labels.items() if label in rest or short.get(label, label) in rest]
