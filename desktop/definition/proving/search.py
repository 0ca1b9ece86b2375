"""Which figures are tried for a rule, in which order: middling ones, the boundary, extremes, blanks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop.definition.proving.stage import Cell, Stage, Values
from desktop.model.decimals import EXACT, divide

_LEVELS = (Decimal(0), Decimal(1), Decimal(10), Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9)
_USUAL = Decimal(100)
_LARGEST = Decimal(10) ** 18


@dataclass(slots=True)
class Searched:
    """What the last record tried came to: left side less right side; None where nothing was compared."""

    difference: Decimal | None = None


def assignments(stage: Stage, tolerance: Decimal, searched: Searched) -> Iterator[Values]:
    """Records to try, one after the other; `searched` tells what came of the one before."""
    for base in _bases(stage):
        yield base
        yield from _boundaries(stage, base, tolerance, searched)
    for base in _bases(stage):
        for cell in stage.cells:
            for value in _values(cell):
                yield {**base, cell: value}
    for one in stage.cells:
        yield {cell: None if cell is one else _middle(cell) for cell in stage.cells}
        yield {cell: _middle(cell) if cell is one else None for cell in stage.cells}


def _bases(stage: Stage) -> Iterator[Values]:
    yield {cell: _middle(cell) for cell in stage.cells}
    for level in _LEVELS:
        yield {cell: _within(cell, level) for cell in stage.cells}
    yield {cell: _least(cell) for cell in stage.cells}
    yield {cell: _most(cell) for cell in stage.cells}
    yield dict.fromkeys(stage.cells)


def _boundaries(stage: Stage, base: Values, tolerance: Decimal, searched: Searched) -> Iterator[Values]:
    """For each cell the value at which both sides would be equal if it enters linearly, and those beside."""
    start = searched.difference
    if start is None:
        return
    for cell in stage.cells:
        value = base[cell]
        if value is None:
            continue
        step = _step(cell)
        away = EXACT.add(value, step)
        yield {**base, cell: away}
        if searched.difference is None or searched.difference == start:
            continue
        slope = divide(EXACT.subtract(searched.difference, start), step)
        root = EXACT.subtract(value, divide(start, slope))
        spread = divide(tolerance, abs(slope))
        if abs(root) + spread > _LARGEST:
            continue
        for near in _near(root, spread, cell):
            yield {**base, cell: near}


def _near(root: Decimal, spread: Decimal, cell: Cell) -> Iterator[Decimal]:
    """Values around a boundary, as exact as the data element is; never negative where it can't be."""
    step = _step(cell)
    for edge in dict.fromkeys((root, root - spread, root + spread)):
        low = edge.quantize(step, rounding=ROUND_FLOOR, context=EXACT)
        high = edge.quantize(step, rounding=ROUND_CEILING, context=EXACT)
        for value in dict.fromkeys((low, high, low - step, high + step)):
            if value >= 0 or cell.element.negative:
                yield value


def _values(cell: Cell) -> Iterator[Decimal | None]:
    yield None
    yield from dict.fromkeys((_least(cell), _most(cell), *(_within(cell, level) for level in _LEVELS)))
    yield from _LEVELS
    if cell.element.negative:
        yield from (-level for level in _LEVELS)


def _step(cell: Cell) -> Decimal:
    return Decimal(1).scaleb(-cell.element.decimals)


def _least(cell: Cell) -> Decimal:
    return Decimal(0) if cell.element.minimum is None else cell.element.minimum


def _most(cell: Cell) -> Decimal:
    return Decimal(10) ** 9 if cell.element.maximum is None else cell.element.maximum


def _within(cell: Cell, value: Decimal) -> Decimal:
    return max(_least(cell), min(_most(cell), value))


def _middle(cell: Cell) -> Decimal:
    """A middling figure of the element's range."""
    if cell.element.maximum is None:
        return _within(cell, _USUAL)
    middle = EXACT.divide(EXACT.add(_least(cell), cell.element.maximum), Decimal(2))
    return middle.quantize(_step(cell), rounding=ROUND_FLOOR, context=EXACT)
