"""What was found in a plan that was read, proved or imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.definition.proving import Proof
from desktop.model.finding import Finding
from desktop.model.plan import Plan


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """A plan (None if it can't be read) with what is wrong in it."""

    plan: Plan | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ProvedPlan:
    """A plan (None if it can't be read) with what is wrong in it and the proofs that its rules are alive.

    A plan with errors has no proofs.
    """

    plan: Plan | None
    findings: tuple[Finding, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """A plan folder that was written (None if the workbook has errors) and what was found."""

    path: Path | None
    findings: tuple[Finding, ...]
