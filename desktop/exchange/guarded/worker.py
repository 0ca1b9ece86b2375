"""The worker process: reads one file after another until it is told to end. It knows no Qt."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence

from desktop.exchange.guarded.transport import reading_to_bytes, source_from_json, walked_to_bytes
from desktop.exchange.parsing.foreign_sheets import sheets_to_bytes
from desktop.exchange.parsing.sources import SourceReader, walk
from desktop.exchange.parsing.word_text import words_to_bytes
from desktop.exchange.reading.manifest_sheet import manifest_to_bytes
from desktop.exchange.reading.reader import read_source
from desktop.exchange.signing.trust import Trusted
from desktop.model.plan import Plan

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Pipe
else:
    from multiprocessing.connection import Connection as Pipe

READY = b"ready"
END = b""
READ, WALK, MANIFEST, SHEETS, WORDS = "read", "walk", "manifest", "sheets", "words"
SHOW_ERRORS = "ZHIBAO_DEBUG"
"""Set, it lets the worker write to the terminal why it died."""


def work(connection: Pipe, memory: int) -> None:
    """Say READY, take the plans and whom to trust, then answer with what files and archives hold."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then ends the worker
    _be_quiet()
    _limit_memory(memory)
    connection.send_bytes(READY)
    plans, trusted = _taken(connection)
    reader = SourceReader()
    while question := _next(connection):
        asked = json.loads(question)
        source = source_from_json(asked["source"])
        if asked["do"] == WALK:
            answer = walked_to_bytes(walk(source))
        elif asked["do"] == MANIFEST:
            answer = manifest_to_bytes(source, reader)
        elif asked["do"] == SHEETS:
            answer = sheets_to_bytes(source, reader)
        elif asked["do"] == WORDS:
            answer = words_to_bytes(source, reader)
        else:
            answer = reading_to_bytes(read_source(source, plans, trusted, reader))
        connection.send_bytes(answer)


def _taken(connection: Pipe) -> tuple[Sequence[Plan], Trusted]:
    try:
        taken: tuple[Sequence[Plan], Trusted] = connection.recv()
    except EOFError:  # the program is gone
        return (), Trusted()
    return taken


def _next(connection: Pipe) -> bytes:
    try:
        return connection.recv_bytes()
    except EOFError:  # the program is gone
        return END


def _be_quiet() -> None:
    """Whatever a parser writes before it dies is for nobody: the program says it in its own words."""
    if SHOW_ERRORS not in os.environ:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)


def _limit_memory(memory: int) -> None:
    """Bound the address space, where there is such a limit; on Windows the program bounds the worker."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
