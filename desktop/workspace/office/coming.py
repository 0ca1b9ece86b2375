"""What an office sent, as it comes in: which of its kinds of file it is."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange.office.office_file import OfficeKind
from desktop.exchange.office.office_reading import read_office_file
from desktop.workspace.office.answers import ComingAnswer
from desktop.workspace.plans.named import coming_file
from desktop.workspace.plans.receiving import Coming


def coming_from_office(path: Path, fingerprint: str | None = None) -> Coming | ComingAnswer:
    """What an office sent as it comes in: a task package, a return notice or a receipt.

    Raises InputError if the file is none of them, is broken, or its signature isn't over its content.
    """
    file = read_office_file(path)
    if file.kind is OfficeKind.TASK_PACKAGE:
        return coming_file(file, path.name, fingerprint)
    return ComingAnswer(file, path.name, fingerprint)
