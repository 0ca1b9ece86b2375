"""Reading a file again after it was converted: the reading says so, and goes by the original's bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.errors import EnvironmentFault
from desktop.exchange import FileReading
from desktop.exchange.parsing.safety import Refused
from desktop.exchange.parsing.sources import Source, SourceReader
from desktop.model.catalogue import text
from desktop.workspace.intake.converting import CONVERTIBLE, Unconverted, converted, find_converter


@dataclass(frozen=True, slots=True)
class Reread:
    """A reading, the converter that made it readable or could, and what is to be said of that."""

    reading: FileReading
    converter: str = ""
    sentence: str = ""


def reread(
    reading: FileReading, source: Source, *, convert: bool, read: Callable[[Path], FileReading | None]
) -> Reread:
    """The reading of a refused .xls or .et after its conversion; every other reading as it is."""
    if reading.reason != CONVERTIBLE:
        return Reread(reading)
    converter = find_converter()
    if converter is None:
        return Reread(reading, "", text("convert.none", {}) if convert else "")
    params = {"name": converter.name}
    if not convert:
        return Reread(reading, converter.name, text("convert.offered", params))
    try:
        with converted(converter, SourceReader().content(source)) as made:
            again = read(made)
    except (Unconverted, Refused):
        return Reread(reading, "", text("convert.failed", params))
    except EnvironmentFault as fault:
        return Reread(reading, "", str(fault))
    assert again is not None  # nobody cancels it
    kept = replace(
        again, name=reading.name, sha256=reading.sha256, size=reading.size, received=source.received
    )
    return Reread(kept, converter.name, text("convert.done", params))
