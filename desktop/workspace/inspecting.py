"""Looking at a travelling file without taking it in."""

from __future__ import annotations

from pathlib import Path

from desktop import config
from desktop.definition import bundled_plan
from desktop.exchange import read_files
from desktop.model.plan import Plan
from desktop.workspace.results import InspectedFile
from desktop.workspace.taking_in import edited_views
from desktop.workspace.workspace import Workspace


def inspect_file(path: Path, workspace: Path | None = None) -> InspectedFile:
    """What a file is, and what was changed in it, read with the plans at hand."""
    plans = _plans(workspace)
    (reading,) = read_files([path], plans)
    submission = reading.submission
    return InspectedFile(
        path=str(path),
        kind=reading.kind.value,
        content=reading.content.value,
        signature=reading.signature.value,
        unit=submission.unit if submission else "",
        period=str(submission.period) if submission else "",
        revision=submission.revision if submission else None,
        digest=reading.digest,
        edited=edited_views(reading),
        code=reading.reason,
        reason=reading.refusal.message if reading.refusal else "",
    )


def _plans(workspace: Path | None) -> list[Plan]:
    bundled = [
        bundled_plan(folder.name)
        for folder in config.plans_folder().iterdir()
        if (folder / "plan.toml").is_file()
    ]
    if workspace is None:
        return bundled
    with Workspace.open(workspace) as opened:
        own = [opened.plan, *reversed(opened.versions()), *opened.plans()]
    return list({plan.digest: plan for plan in (*own, *bundled)}.values())
