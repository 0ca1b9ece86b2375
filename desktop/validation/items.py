"""Rules on the plan's items: the leading unit says where they stand, and what it says fits together."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.model.finding import Finding, Severity, item_address
from desktop.model.form import FormItem
from desktop.model.submission import ItemReport, ItemStatus
from desktop.validation.context import CheckContext
from desktop.validation.finding_maker import figures_digest

_NAMED = 8
"""Items without a status that are named one by one."""


def statuses(context: CheckContext) -> Iterator[Finding]:
    """Items that this unit leads without a status: one finding for all, so that one reason may answer it."""
    missing = [
        entry.item.number
        for entry in context.form.items
        if entry.leads and _report(context, entry).status is ItemStatus.NOT_SAID
    ]
    if missing:
        numbers = "、".join(map(str, missing[:_NAMED])) + ("…" if len(missing) > _NAMED else "")
        params = {"numbers": numbers, "count": str(len(missing))}
        yield _finding(context, "item.status_required", Severity.WARNING, missing[0], "missing", params)


def item(context: CheckContext, entry: FormItem) -> Iterator[Finding]:
    """What a report says of one item fits together."""
    report, number = _report(context, entry), entry.item.number
    done = report.status is ItemStatus.DONE
    if not done and report.percent is None:
        return
    said = f"{report.status.value}/{report.percent}/{bool(report.narrative.strip())}"
    params = {"number": str(number), "title": entry.item.title, "percent": str(report.percent)}
    if report.percent is not None and not 0 <= report.percent <= 100:
        yield _finding(context, "item.percent", Severity.ERROR, number, said, params)
    if report.percent == 100 and not done:
        yield _finding(context, "item.percent_not_done", Severity.WARNING, number, said, params)
    if done and report.percent is not None and report.percent < 100:
        yield _finding(context, "item.done_not_whole", Severity.WARNING, number, said, params)
    if done and not report.narrative.strip():
        yield _finding(context, "item.done_no_narrative", Severity.WARNING, number, said, params)


def _report(context: CheckContext, entry: FormItem) -> ItemReport:
    return context.section.items.get(entry.item.number, ItemReport())


def _finding(
    context: CheckContext, code: str, severity: Severity, number: int, said: str, params: dict[str, str]
) -> Finding:
    section, address = context.section, item_address(number)
    figures = figures_digest({(address, section.period): said})
    return Finding(code, severity, section.unit, str(section.period), address, "", params, figures)
