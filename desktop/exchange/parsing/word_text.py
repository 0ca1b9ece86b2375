"""The text of a Word file, as an office hands over its own copy of a document; runs in the worker process."""

from __future__ import annotations

import io
import zipfile
import zlib

from desktop.exchange.format.filereading import Refusal
from desktop.exchange.parsing.answers import answer_from_bytes, answer_to_bytes
from desktop.exchange.parsing.safety import LARGEST_UNPACKED, Refused
from desktop.exchange.parsing.sources import Source, SourceReader
from desktop.model.canonical import clean_text
from desktop.model.plain import text

_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, SyntaxError)
"""What python-docx and its parser raise, besides its own errors, on parts that are no proper document."""


def word_text(content: bytes) -> str:
    """The tables with a tab before each cell, which is how a text copy looks, then the paragraphs.

    Raises Refused if it isn't a whole Word file (.docx).
    """
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise Refused("exchange.too_large_unpacked", limit=str(LARGEST_UNPACKED >> 20))
        document = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        paragraphs = [paragraph.text for paragraph in document.paragraphs]
    except (*_UNREADABLE, OpcError) as error:
        raise Refused("exchange.damaged") from error
    lines = ["\t" + "\n".join(line for line in cell.splitlines() if line.strip()) for cell in cells]
    return clean_text("\n".join([*lines, "", *paragraphs]))


def words_to_bytes(source: Source, reader: SourceReader) -> bytes:
    """The text of a Word file as JSON, or why there is none."""
    return answer_to_bytes(lambda: {"text": word_text(reader.content(source))})


def words_from_bytes(content: bytes) -> str | Refusal:
    """What such JSON says; raises one of NO_ANSWER if it is something else."""
    return answer_from_bytes(content, lambda found: text(found["text"]))
