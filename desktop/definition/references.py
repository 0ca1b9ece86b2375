"""Helpers of the checks: references that lead nowhere, names that stand twice, chains that run in circles."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from desktop.definition.places import Where, entry_of, plan_error
from desktop.model.catalogue.plan_messages import KINDS
from desktop.model.finding import Finding

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")


def unknown(kind: str, value: str | int, known: Collection[str | int], where: Where) -> Iterator[Finding]:
    """A finding if `value` isn't among the known ids; `kind` is a key of the catalogue's KINDS."""
    if value in known:
        return
    near = difflib.get_close_matches(str(value), [str(id_) for id_ in known], n=1)
    hint = f"，是否应为 {near[0]}" if near else ""
    yield plan_error("plan.unknown_reference", where, what=KINDS[kind], value=str(value), hint=hint)


def unknown_ones(
    kind: str, values: Iterable[str | int], known: Collection[str | int], where: Where
) -> Iterator[Finding]:
    """A finding for each of the values that isn't known."""
    for value in values:
        yield from unknown(kind, value, known, where)


def repeated(collection: str, ids: Iterable[str | int]) -> Iterator[Finding]:
    """A finding for each id or number that stands twice in a collection."""
    for id_, times in Counter(ids).items():
        if times > 1:
            yield plan_error("plan.duplicate_id", entry_of(collection, id_), value=str(id_), times=str(times))


def misshapen(collection: str, ids: Iterable[str]) -> Iterator[Finding]:
    """A finding for each id that can't be one: ids go into files, addresses and the command line."""
    for id_ in ids:
        if not _ID.fullmatch(id_):
            yield plan_error("plan.bad_id", entry_of(collection, id_, "id"), value=id_)


def circles(
    collection: str, field: str, ids: Iterable[str], following: Callable[[str], Iterable[str]]
) -> Iterator[Finding]:
    """A finding for each id from which `following` leads back to itself."""
    for start in ids:
        seen: set[str] = set()
        ahead = list(following(start))
        while ahead:
            here = ahead.pop()
            if here not in seen:
                seen.add(here)
                ahead.extend(following(here))
        if start in seen:
            yield plan_error("plan.cycle", entry_of(collection, start, field), value=start)
