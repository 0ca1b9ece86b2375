"""Looking at a travelling file without taking it in."""

from __future__ import annotations

from pathlib import Path

from desktop import config
from desktop.definition import bundled_plan
from desktop.errors import InputError
from desktop.exchange import ContentState, SignatureState, read_files
from desktop.exchange.task_package import KIND as PACKAGE
from desktop.exchange.task_package import read_task_package
from desktop.model.plan import Plan
from desktop.workspace.results import InspectedFile
from desktop.workspace.taking_in import edited_views
from desktop.workspace.workspace import Workspace


def inspect_file(path: Path, workspace: Path | None = None) -> InspectedFile:
    """What a file is, and what was changed in it, read with the plans at hand."""
    plans = _plans(workspace)
    (reading,) = read_files([path], plans)
    if reading.reason == "exchange.other_kind":
        package = _package(path)
        if package is not None:
            return package
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


def _package(path: Path) -> InspectedFile | None:
    """What a task package is; None if the file is another kind or can't be read as one."""
    try:
        package = read_task_package(path)
    except InputError:
        return None
    return InspectedFile(
        path=str(path),
        kind=PACKAGE,
        content=ContentState.INTACT.value,
        signature=SignatureState.NONE.value,
        unit="",
        period="、".join(str(open_.period) for open_ in package.periods),
        revision=None,
        digest="",
        edited=(),
        code="",
        reason=f"方案“{package.plan['name']}”第{package.plan['version']}版的任务包。",
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
