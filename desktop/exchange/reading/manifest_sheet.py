"""The rows of a manifest sheet, read without looking at any other sheet; runs in the worker process."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from desktop.exchange.format.filereading import Refusal
from desktop.exchange.format.layout import MANIFEST_SHEET
from desktop.exchange.parsing.answers import answer_from_bytes, answer_to_bytes
from desktop.exchange.parsing.safety import Refused, check
from desktop.exchange.parsing.sources import Source, SourceReader

_UNREADABLE = (zipfile.BadZipFile, KeyError, IndexError, ValueError, TypeError, AttributeError)


def manifest_to_bytes(source: Source, reader: SourceReader) -> bytes:
    """The names and values of a file's manifest sheet as JSON, or why there are none."""
    return answer_to_bytes(lambda: _rows(check(reader.content(source), source.name).content))


def manifest_from_bytes(content: bytes) -> Mapping[str, str] | Refusal:
    """What such JSON says; raises one of NO_ANSWER if it is something else."""
    return answer_from_bytes(content, lambda found: {str(name): str(value) for name, value in found.items()})


def _rows(content: bytes) -> dict[str, str]:
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except _UNREADABLE as error:
        raise Refused("exchange.damaged") from error
    try:
        if MANIFEST_SHEET not in workbook.sheetnames:
            return {}
        sheet = workbook[MANIFEST_SHEET]
        if not hasattr(sheet, "reset_dimensions"):  # a chart that bears the name
            return {}
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=2, values_only=True)
        return {str(row[0]): str(row[1] or "") for row in rows if row and row[0] and len(row) > 1}
    except _UNREADABLE as error:
        raise Refused("exchange.damaged") from error
    finally:
        workbook.close()
