"""Verdicts on milestones, from the status of the plan's items."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop.model.period import Period
from desktop.model.submission import ItemReport, ItemStatus
from desktop.model.target import Target
from desktop.model.verdict import Verdict, VerdictKind


def judge_milestone(target: Target, reports: Mapping[int, ItemReport], period: Period) -> Verdict:
    """The verdict of a `complete` target from its items' latest reports by their leading bodies.

    `reports` maps item numbers to reports up to `period`. It is achieved once all its items are done, none of
    them after the due date; from then on it is missed otherwise. `progress` is the least percentage said.
    """
    found = [reports.get(number, ItemReport()) for number in target.items]
    said = [report for report in found if report.status is not ItemStatus.NOT_SAID]
    percents = [100 if r.status is ItemStatus.DONE else r.percent for r in found]
    known = [percent for percent in percents if percent is not None]
    kind, reason = _kind(target, found, said, period)
    return Verdict(
        target.id,
        kind,
        progress=Decimal(min(known)) if known and len(known) == len(found) else None,
        incomplete=0 < len(said) < len(found),
        reason=reason,
        basis=str(period),
    )


def _kind(
    target: Target, found: list[ItemReport], said: list[ItemReport], period: Period
) -> tuple[VerdictKind, str]:
    if not said:
        return VerdictKind.NO_DATA, "not_reported" if target.items else "no_measure"
    if all(report.status is ItemStatus.DONE for report in found):
        late = any(report.finished is not None and report.finished > target.due for report in found)
        return (VerdictKind.MISSED, "done_late") if late else (VerdictKind.ACHIEVED, "")
    if period.end >= target.due:
        return VerdictKind.MISSED, ""
    if any(report.status is ItemStatus.DELAYED for report in said):
        return VerdictKind.BEHIND, ""
    return VerdictKind.ON_TRACK, ""
