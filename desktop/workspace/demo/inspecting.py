"""Looking at a travelling file without taking it in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop import config
from desktop.definition import bundled_plan
from desktop.errors import InputError
from desktop.exchange import ContentState, SignatureState, read_files
from desktop.exchange.office.office_file import OfficeFile, OfficeKind
from desktop.exchange.office.office_reading import read_office_file
from desktop.exchange.office.receipt import read_receipt
from desktop.exchange.office.return_notice import read_return
from desktop.exchange.office.task_package import read_package
from desktop.exchange.signing.trust import SECTION_FINDINGS
from desktop.model.catalogue import message
from desktop.model.plan import Plan
from desktop.workspace.intake.keeping import edited_views
from desktop.workspace.intake.outcome import EditedCellView
from desktop.workspace.keys.office_keys import OfficeSignature
from desktop.workspace.keys.roster import Keys
from desktop.workspace.keys.trusting import FILE_FINDINGS
from desktop.workspace.workspace import Workspace

_DOUBTS = (*SECTION_FINDINGS, *FILE_FINDINGS)


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """What a travelling file is; `exit_status` 0 intact or a filled template, 1 edited, 2 refused.

    It is 1 too where a person must look at the signatures; `said` are sentences on those of sections inside.
    """

    path: str
    kind: str
    content: str
    signature: str
    unit: str
    period: str
    revision: int | None
    digest: str
    edited: tuple[EditedCellView, ...]
    code: str
    reason: str
    fingerprint: str = ""
    said: tuple[str, ...] = ()

    @property
    def exit_status(self) -> int:
        """The command line's exit status."""
        doubtful = self.signature in ("invalid", "changed_key") or bool(self.said)
        if doubtful and self.content != "refused":
            return 1
        if self.content == "edited" and self.kind == "template":
            return 0
        return {"intact": 0, "edited": 1, "no_manifest": 1}.get(self.content, 2)


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
        office = _office(path, keys)
        if office is not None:
            return office
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


def _office(path: Path, keys: Keys | None) -> InspectedFile | None:
    """What a task package, return notice or receipt is; None if the file can't be read as one."""
    try:
        file = read_office_file(path)
        unit, period, reason = _about(file, path.name)
    except InputError:
        return None
    signed = keys.of_office_file(file) if keys else _signed(file)
    return InspectedFile(
        path=str(path),
        kind=file.kind.value,
        content=ContentState.INTACT.value,
        signature=signed.state.value,
        unit=unit,
        period=period,
        revision=None,
        digest=file.digest,
        edited=(),
        code="",
        reason=reason,
        fingerprint=signed.fingerprint,
    )


def _about(file: OfficeFile, name: str) -> tuple[str, str, str]:
    """Unit and periods that a file speaks of, and a sentence on it; raises InputError if it is broken."""
    match file.kind:
        case OfficeKind.TASK_PACKAGE:
            package = read_package(file, name)
            periods = "、".join(str(open_.period) for open_ in package.periods)
            plan = f"“{package.plan['name']}”第{package.plan['version']}版"
            return "", periods, f"方案{plan}的任务包。"
        case OfficeKind.RETURN:
            notice = read_return(file, name)
            return notice.to, str(notice.period), notice.heading
        case OfficeKind.RECEIPT:
            receipt = read_receipt(file, name)
            return receipt.to, "、".join(str(period) for period in receipt.periods), receipt.heading


def _signed(file: OfficeFile) -> OfficeSignature:
    """What can be said of a signature without knowing anybody's key."""
    if not file.signature.value:
        return OfficeSignature(SignatureState.NONE)
    return OfficeSignature(SignatureState.UNKNOWN_KEY, file.key.fingerprint)


def _bundled() -> list[Plan]:
    return [
        bundled_plan(folder.name)
        for folder in config.plans_folder().iterdir()
        if (folder / "plan.toml").is_file()
    ]
