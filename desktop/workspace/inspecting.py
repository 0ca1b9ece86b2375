"""Looking at a travelling file without taking it in."""

from __future__ import annotations

from pathlib import Path

from desktop import config
from desktop.definition import bundled_plan
from desktop.errors import InputError
from desktop.exchange import ContentState, SignatureState, read_files
from desktop.exchange.signing import signer
from desktop.exchange.task_package import KIND as PACKAGE
from desktop.exchange.task_package import TaskPackage, read_task_package, verified
from desktop.exchange.trust import SECTION_FINDINGS
from desktop.model.catalogue import message
from desktop.model.plan import Plan
from desktop.workspace.keys import Keys
from desktop.workspace.office_keys import OfficeSignature
from desktop.workspace.results import InspectedFile
from desktop.workspace.taking_in import edited_views
from desktop.workspace.trusting import FILE_FINDINGS
from desktop.workspace.workspace import Workspace

_DOUBTS = (*SECTION_FINDINGS, *FILE_FINDINGS)


def inspect_file(path: Path, workspace: Path | None = None) -> InspectedFile:
    """What a file is, and what was changed in it, read with the plans at hand."""
    if workspace is None:
        return _inspected(path, _bundled(), None)
    with Workspace.open(workspace) as opened:
        own = [opened.plan, *reversed(opened.versions()), *opened.plans()]
        plans = list({plan.digest: plan for plan in (*own, *_bundled())}.values())
        return _inspected(path, plans, opened.keys)


def _inspected(path: Path, plans: list[Plan], keys: Keys | None) -> InspectedFile:
    (reading,) = read_files([path], plans, trusted=keys.trusted() if keys else None)
    if reading.reason == "exchange.other_kind":
        package = _package(path, keys)
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
        fingerprint=reading.signer.fingerprint if reading.signer else "",
        said=tuple(message(finding) for finding in reading.findings if finding.code in _DOUBTS),
    )


def _package(path: Path, keys: Keys | None) -> InspectedFile | None:
    """What a task package is; None if the file is another kind or can't be read as one."""
    try:
        package = read_task_package(path)
    except InputError:
        return None
    signed = keys.of_package(package) if keys else _signed(package)
    return InspectedFile(
        path=str(path),
        kind=PACKAGE,
        content=ContentState.INTACT.value,
        signature=signed.state.value,
        unit="",
        period="、".join(str(open_.period) for open_ in package.periods),
        revision=None,
        digest="",
        edited=(),
        code="",
        reason=f"方案“{package.plan['name']}”第{package.plan['version']}版的任务包。",
        fingerprint=signed.fingerprint,
    )


def _signed(package: TaskPackage) -> OfficeSignature:
    """What can be said of a signature without knowing anybody's key."""
    if not package.signature.value:
        return OfficeSignature(SignatureState.NONE)
    state = SignatureState.UNKNOWN_KEY if verified(package) else SignatureState.INVALID
    return OfficeSignature(state, signer(package.signature).fingerprint)


def _bundled() -> list[Plan]:
    return [
        bundled_plan(folder.name)
        for folder in config.plans_folder().iterdir()
        if (folder / "plan.toml").is_file()
    ]
