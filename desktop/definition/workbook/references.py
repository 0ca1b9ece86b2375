"""Names in a workbook's cells → the ids they mean; names that mean several entries are findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from desktop.definition.workbook.columns import Column
from desktop.definition.workbook.reference_fields import DISTRICT
from desktop.model.canonical import Json

Id = str | int

_NAME_FIELDS = ("name", "short_name", "label", "title")
_MOST_CANDIDATES = 6


class AmbiguousError(Exception):
    """A name means more than one entry; `candidates` are their ids."""

    def __init__(self, text: str, candidates: Iterable[str]) -> None:
        super().__init__(text)
        self.text = text
        self.candidates = tuple(candidates)


class Names:
    """Ids and names of a document's entries, by collection."""

    def __init__(self, document: Json) -> None:
        self._ids: dict[str, dict[str, Id]] = {}
        self._named: dict[str, dict[str, list[Id]]] = {}
        for collection, entries in document.items():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, dict):
                    self.add(collection, entry)
        district = document.get("district")
        if isinstance(district, dict):
            self.add(DISTRICT, district)

    def add(self, collection: str, entry: Json) -> None:
        """Make an entry known by its id and its names."""
        id_ = entry.get("id", entry.get("number"))
        if not isinstance(id_, str | int):
            return
        self._ids.setdefault(collection, {})[str(id_)] = id_
        named = self._named.setdefault(collection, {})
        for name in dict.fromkeys(_names(entry)):
            if id_ not in named.setdefault(name, []):
                named[name].append(id_)

    def resolve(self, collections: Iterable[str], text: str) -> Id | None:
        """The id that a text is or names, None for nothing known; raises AmbiguousError."""
        found: dict[str, Id] = {}
        for collection in collections:
            id_ = self._ids.get(collection, {}).get(text)
            if id_ is not None:
                return id_
            found.update((str(id_), id_) for id_ in self._named.get(collection, {}).get(squeezed(text), ()))
        if len(found) > 1:
            raise AmbiguousError(text, list(found)[:_MOST_CANDIDATES])
        return next(iter(found.values()), None)


def resolved(column: Column, value: Any, names: Names) -> Any:
    """A field's value with ids in the place of names; raises AmbiguousError."""

    def one(part: Any) -> Any:
        if isinstance(part, dict) and "stated" in part:
            return {**part, "stated": one(part["stated"])}
        if not isinstance(part, str):
            return part
        id_ = names.resolve(column.refers, part)
        return part if id_ is None else id_

    match value:
        case str():
            return one(value)
        case [[_, _], *_] if all(isinstance(pair, list) and len(pair) == 2 for pair in value):
            return [[one(key), part] for key, part in value]
        case list():
            return [one(part) for part in value]
        case _:
            return value


def squeezed(text: str) -> str:
    """A name without the spaces and line breaks that a narrow table column brings, brackets half-width."""
    return "".join(text.split()).replace("（", "(").replace("）", ")")


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    for field in _NAME_FIELDS:
        if isinstance(entry.get(field), str):
            yield squeezed(entry[field])
    for alias in _list(entry.get("aliases")):
        if isinstance(alias, str):
            yield squeezed(alias)
    for part in (*_list(entry.get("former_names")), *_list(entry.get("codes"))):
        if isinstance(part, dict) and isinstance(part.get("name"), str) and part["name"]:
            yield squeezed(part["name"])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
