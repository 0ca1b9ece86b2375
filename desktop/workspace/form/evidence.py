"""佐证材料: a file stays where it is; its name, size and SHA-256 go into the report."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop.errors import from_os_error
from desktop.model.canonical import clean_text
from desktop.model.submission import Evidence


def evidence_of(path: Path) -> Evidence:
    """What names a file as evidence; the size in bytes. Raises EnvironmentFault if it can't be read."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            size = file.tell()
    except OSError as error:
        raise from_os_error(error, f"读取“{path.name}”") from error
    return Evidence(clean_text(path.name), size, digest.hexdigest())
