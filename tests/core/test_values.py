"""Classes declared with `desktop.values.dataclass` behave as the standard library's."""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import field
from functools import cached_property
from typing import Any, get_type_hints

import pytest

from desktop import values


def both(**options: bool) -> list[Any]:
    return [dataclasses.dataclass(frozen=True, **options), values.dataclass(frozen=True, **options)]


class Shape:
    """As it is written in the modules of the program."""

    name: str
    size: int = 3
    parts: dict[str, int] = field(default_factory=dict, hash=False)
    note: str | None = None
    place: int = field(default=0, compare=False)

    def doubled(self) -> int:
        return self.size * 2


class Alone:
    """One field."""

    value: int


class Nothing:
    """None."""


def declared(shape: type, *, slots: bool) -> tuple[Any, Any]:
    body = {name: value for name, value in vars(shape).items() if name not in ("__dict__", "__weakref__")}
    copies = [type(shape.__name__, (), dict(body)) for _ in range(2)]
    for made in copies:
        made.__qualname__ = shape.__qualname__
    theirs, ours = both(slots=slots)
    return theirs(copies[0]), ours(copies[1])


@pytest.fixture(params=[True, False], ids=["slots", "no slots"])
def shapes(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    return declared(Shape, slots=request.param)


def test_objects_are_made_shown_compared_and_hashed_alike(shapes: tuple[Any, Any]) -> None:
    said = []
    for cls in shapes:
        one = cls("a", parts={"x": 1})
        said.append(
            (
                repr(one),
                dataclasses.astuple(one),
                one.doubled(),
                one == cls("a", 3, {"x": 1}),
                one == cls("b", 3, {"x": 1}),
                one == cls("a", 3, {"x": 1}, place=9),
                one == ("a", 3, {"x": 1}, None),
                hash(one) == hash(cls("a", 3, {"y": 2})),
                hash(one) == hash(cls("a", 4)),
                cls("a").parts is cls("b").parts,
                cls.__match_args__,
                [(f.name, f.type, f.hash, f.compare, f.default) for f in dataclasses.fields(cls)],
                get_type_hints(cls),
                dataclasses.replace(one, size=7).size,
                copy.deepcopy(one) == one,
                copy.copy(one) == one,
                hasattr(one, "__dict__"),
            )
        )
    assert said[0] == said[1]
    assert said[0][3:10] == (True, False, True, False, True, False, False)


def test_the_same_calls_are_refused(shapes: tuple[Any, Any]) -> None:
    said = []
    for cls in shapes:
        one = cls("a")
        with pytest.raises(TypeError) as missing:
            cls()
        with pytest.raises(TypeError) as unknown:
            cls("a", colour=1)
        with pytest.raises(dataclasses.FrozenInstanceError) as assigned:
            one.name = "b"
        with pytest.raises(dataclasses.FrozenInstanceError):
            del one.name
        said.append([str(error.value) for error in (missing, unknown, assigned)])
    assert said[0] == said[1]


@pytest.mark.parametrize("shape", [Alone, Nothing])
def test_one_field_or_none(shape: type) -> None:
    for cls in declared(shape, slots=True):
        arguments = [5] * len(dataclasses.fields(cls))
        assert cls(*arguments) == cls(*arguments)
        assert hash(cls(*arguments)) == hash(cls(*arguments))


def test_what_is_computed_once_is_kept_beside_the_fields() -> None:
    @values.dataclass(frozen=True)
    class Counting:
        numbers: tuple[int, ...]

        @cached_property
        def total(self) -> int:
            return sum(self.numbers)

    one = Counting((1, 2))
    assert (one.total, one.total) == (3, 3)
    assert one == Counting((1, 2))


def test_what_it_does_not_do_is_refused_where_it_is_declared() -> None:
    with pytest.raises(AssertionError, match=r"dataclasses\.dataclass"):

        @values.dataclass(frozen=True, slots=True)
        class Secret:
            shown: int
            kept: int = field(default=0, repr=False)

    with pytest.raises(AssertionError, match=r"dataclasses\.dataclass"):

        @values.dataclass(frozen=True, slots=True)
        class Wider(declared(Alone, slots=True)[1]):  # type: ignore[misc]
            more: int = 0
