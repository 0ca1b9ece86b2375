"""Reading what an office sent, under the supervisor: it comes out of a mailbox like everything else."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import InputError
from desktop.exchange.format.filereading import Refusal
from desktop.exchange.guarded.guarded_sheets import require_there
from desktop.exchange.guarded.supervisor import FileReader
from desktop.exchange.office.office_file import OfficeFile, not_one, office_file
from desktop.exchange.parsing.sources import UNREADABLE, Source, is_archive

_NOT_ONE = "office.not_one"


def read_office_file(path: Path) -> OfficeFile:
    """The task package, return notice or receipt in a file, or the only one in an archive or e-mail.

    Its signature is one over its content, if it bears any. Raises InputError with the remedy for anything
    else, EnvironmentFault if it can't be read.
    """
    if path.suffix.lower() in UNREADABLE:
        raise Refusal(UNREADABLE[path.suffix.lower()]).fault()
    require_there(path)
    with FileReader(()) as reader:
        found = _in_archive(path, reader) if is_archive(path) else _read(Source.on_disk(path), reader)
    found.require_intact(path.name)
    return found


def _read(source: Source, reader: FileReader) -> OfficeFile:
    rows = reader.manifest(source)
    if isinstance(rows, Refusal):
        raise rows.fault()
    return office_file(rows, source.name)


def _in_archive(path: Path, reader: FileReader) -> OfficeFile:
    walked = reader.walk(path)
    assert walked is not None  # nobody cancels it
    found: list[OfficeFile] = []
    faults = [refusal.fault() for _, refusal in walked.refused]
    for source in walked.sources:
        try:
            found.append(_read(source, reader))
        except InputError as fault:
            if fault.code != _NOT_ONE:
                faults.append(fault)
    if len({one.digest for one in found}) > 1:
        raise InputError(
            "office.several", f"{path.name}里有 {len(found)} 份任务包、退回通知或回执。", "请取出后逐份接收。"
        )
    if not found:
        raise faults[0] if faults else not_one(path.name)
    return found[0]
