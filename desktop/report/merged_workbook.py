"""The merged workbook of one period."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.consolidation import Consolidated, UnitState
from desktop.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a unit's figures come from: content digest, revision and file name. `sign_off` is for people."""

    digest: str = ""
    revision: int | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Findings on the accepted sections by unit; their explanations stand in the sections themselves."""

    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


def write_merged_workbook(
    consolidated: Consolidated,
    states: tuple[UnitState, ...],
    path: Path,
    *,
    created: datetime.datetime,
    synthetic: bool = False,
    provenance: Mapping[str, Provenance] | None = None,
    reviewed: Reviewed | None = None,
    office: str = "",
    overwrite: bool = False,
) -> Path:
    """Write the merged workbook and return its path.

    `created` makes the bytes reproducible. `provenance` is by unit id. Raises `EnvironmentFault` where the disk
    doesn't take it, `InputError` if the file is there and `overwrite` isn't set.
    """
    raise NotImplementedError
