"""Plain data as the JSON parser returns it → values of one type: another type is an error at once."""

from __future__ import annotations

from typing import Any

SHAPE_FAULTS = (
    ValueError,
    ArithmeticError,
    AttributeError,
    IndexError,
    KeyError,
    RecursionError,
    TypeError,
)
"""What reading plain data raises where it has another shape than expected."""


def text(value: object) -> str:
    """The value, if it is a text; raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"not a text: {value!r}")
    return value


def whole(value: object) -> int:
    """The value, if it is a whole number; raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"not a whole number: {value!r}")
    return value


def truth(value: object) -> bool:
    """The value, if it is true or false; raises ValueError."""
    if not isinstance(value, bool):
        raise ValueError(f"neither true nor false: {value!r}")
    return value


def listed(value: object) -> list[Any]:
    """The value, if it is a list; raises ValueError. A text is a sequence too."""
    if not isinstance(value, list):
        raise ValueError(f"not a list: {value!r}")
    return value


def texts(value: object) -> tuple[str, ...]:
    """A list of texts; raises ValueError."""
    return tuple(map(text, listed(value)))


def texts_by_name(value: object) -> dict[str, str]:
    """An object whose values are texts; raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError(f"not an object: {value!r}")
    return {name: text(part) for name, part in value.items()}
