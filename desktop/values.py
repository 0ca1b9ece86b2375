"""Frozen dataclasses that cost little to declare.

The standard library compiles eight functions for each class and, for slots, makes it twice: 0.65 ms, and
starting declares a hundred of them. Here methods are closures, and only `__init__` is compiled, when the
first object is made. To all others, `dataclasses.fields` and `replace` included, they are dataclasses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool = False) -> Callable[[type], type]:
        """`dataclasses.dataclass` for frozen ones that inherit nothing."""
        assert frozen
        return partial(_declared, slots=slots)


__all__ = ["always_given", "dataclass"]

_ABSENT = object()


def always_given(cls: type) -> tuple[str, ...]:
    """The names of the fields without a default, of a class that was declared here."""
    names: tuple[str, ...] = vars(cls)["_always_given"]
    return names


class _Told:
    """What `dataclasses` keeps in a class, taken from the class as written when somebody asks: few do."""

    def __init__(self, plain: type) -> None:
        self._plain = plain
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, _asked: object, _cls: type) -> object:
        if self._name not in vars(self._plain):
            dataclasses.dataclass(frozen=True)(self._plain)
        return vars(self._plain)[self._name]


def _declared(plain: type, *, slots: bool) -> type:
    """The class that one with annotations stands for."""
    namespace = {key: value for key, value in vars(plain).items() if key not in ("__dict__", "__weakref__")}
    names = tuple(namespace.get("__annotations__", ()))
    given = {name: namespace.pop(name) for name in names if name in namespace}
    assert _is_usual(plain, given), f"{plain.__qualname__} needs dataclasses.dataclass"
    namespace = _methods(names, given) | namespace
    namespace |= {"__dataclass_fields__": _Told(plain), "__dataclass_params__": _Told(plain)}
    namespace |= {
        "__match_args__": names,
        "_always_given": tuple(name for name in names if name not in given),
    }
    if slots:
        namespace["__slots__"] = names
    made = type(plain)(plain.__name__, plain.__bases__, namespace)
    made.__qualname__ = plain.__qualname__
    return made


def _is_usual(plain: type, given: dict[str, Any]) -> bool:
    """Whether each field is asked for and shown, and nothing is inherited or done afterwards."""
    described = [value for value in given.values() if isinstance(value, Field)]
    return (
        not {"__post_init__", "__eq__"} & vars(plain).keys()
        and not any(hasattr(base, "__match_args__") for base in plain.__bases__)
        and all(value.__hash__ is not None for value in given.values())
        and all(field.init and field.repr for field in described)
    )


def _methods(names: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
    """The methods of a class with these fields and defaults."""
    fields = {name: given[name] for name in names if isinstance(given.get(name), Field)}
    compared = [name for name in names if name not in fields or fields[name].compare]
    hashed = [name for name in compared if name not in fields or fields[name].hash is not False]
    values, of_hash = _getter(compared), _getter(hashed)

    def init(self: object, *args: object, **kwargs: object) -> None:
        cls = next(cls for cls in type(self).__mro__ if vars(cls).get("__init__") is init)
        compiled = _compiled_init(cls, names, given)
        type.__setattr__(cls, "__init__", compiled)
        compiled(self, *args, **kwargs)

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def shown(self: object) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    def reduced(self: object) -> tuple[object, ...]:
        return type(self), tuple(getattr(self, name) for name in names)

    def refuse(_self: object, name: str, _value: object = None) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    return {
        "__init__": init,
        "__eq__": equal,
        "__hash__": lambda self: hash(of_hash(self)),
        "__repr__": shown,
        "__reduce__": reduced,
        "__setattr__": refuse,
        "__delattr__": refuse,
    }


def _getter(names: Sequence[str]) -> Callable[[Any], object]:
    return attrgetter(*names) if names else lambda _value: ()


def _compiled_init(cls: type, names: tuple[str, ...], given: dict[str, Any]) -> Callable[..., None]:
    """`__init__` as one would write it, but past the refusal to assign."""
    parameters, lines = ["self"], []
    known: dict[str, Any] = {"absent": _ABSENT, "put": object.__setattr__}
    for name in names:
        parameter = value = name
        default = given.get(name, MISSING)
        factory = default.default_factory if isinstance(default, Field) else MISSING
        default = default.default if isinstance(default, Field) else default
        if factory is not MISSING:
            known[f"make_{name}"] = factory
            parameter, value = f"{name}=absent", f"make_{name}() if {name} is absent else {name}"
        elif default is not MISSING:
            known[f"usual_{name}"] = default
            parameter = f"{name}=usual_{name}"
        parameters.append(parameter)
        if name in vars(cls):
            known[f"set_{name}"] = vars(cls)[name].__set__  # the slot
            lines.append(f"    set_{name}(self, {value})")
        else:
            lines.append(f"    put(self, {name!r}, {value})")
    source = "\n".join((f"def __init__({', '.join(parameters)}):", *lines, "    return"))
    exec(source, known)  # noqa: S102 - names of fields, written here
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init
