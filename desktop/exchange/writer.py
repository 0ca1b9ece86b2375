"""Writing a submission workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.model.finding import Finding
from desktop.model.plan import Plan
from desktop.model.submission import Figure, Submission

FiguresByUnit = Mapping[str, Mapping[str, Figure]]
"""Unit id → element id → figure."""


def write_submission(
    submission: Submission,
    plan: Plan,
    path: Path,
    *,
    previous: FiguresByUnit | None = None,
    issued: FiguresByUnit | None = None,
    findings: Sequence[Finding] = (),
    overwrite: bool = False,
) -> None:
    """Write the workbook of a submission; the same content gives the same bytes.

    `previous` and `issued` are shown beside the figures, `findings` with their explanations. A finding without a
    unit belongs to the submitting one. Raises InputError where the file exists (unless `overwrite`) or a text is
    too long for a cell, EnvironmentFault where it can't be written; then nothing is left behind.
    """
    raise NotImplementedError
