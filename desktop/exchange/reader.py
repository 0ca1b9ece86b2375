"""Reading a submission workbook in this process: the visible cells are the truth, the manifest what they should be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.exchange.filereading import FileReading
from desktop.model.plan import Plan


def read_submission(path: Path, plans: Sequence[Plan]) -> FileReading:
    """What the file says, read with the plan among `plans` that it names (by digest, else version, else id).

    Data problems and refusals are in the reading. Raises EnvironmentFault where the file can't be opened.
    """
    raise NotImplementedError
