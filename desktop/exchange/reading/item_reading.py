"""Reading 任务进展 and 审核说明."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from desktop.exchange.format import visible
from desktop.exchange.format.layout import EARLIER_STATUS_LABELS, STATUS_LABELS, YES
from desktop.exchange.parsing.cells import CellKind
from desktop.exchange.reading.beside_cells import note_beside
from desktop.exchange.reading.comparison import Log, Place, agrees, cell_shown, is_percent, text_of
from desktop.exchange.reading.section_rows import SectionRows
from desktop.exchange.reading.text_reading import read_day, read_text
from desktop.model.decimals import canonical
from desktop.model.finding import Severity, item_address
from desktop.model.form import Form
from desktop.model.reading import read_percent
from desktop.model.submission import Explanation, ItemReport, ItemStatus, Section

_CAUSE = "cause"
_ITEM_CONTENT = ("status", "percent", "narrative", "finished")
_EXPLANATION_CONTENT = ("reason", "text", "forced")
_STATUSES = {label: status for status, label in STATUS_LABELS.items()} | EARLIER_STATUS_LABELS


def read_items(rows: SectionRows, section: Section, form: Form, log: Log) -> dict[int, ItemReport]:
    """The item reports of one section by item number; blank ones are left out."""
    reports: dict[int, ItemReport] = {}
    asked = {entry.item.number for entry in form.items}
    for code, row in rows.of(section.unit, log).items():
        number = int(code) if code.isdecimal() and len(code) < 7 else -1
        place = Place(section.unit, item_address(number) if number >= 0 else code, rows.table, row)
        if not log.plan.has_item(number) or (number not in asked and number not in section.items):
            log.say(place, "exchange.unknown_item", Severity.WARNING, "code", code=code)
            continue
        reports[number] = _report(place, section.items.get(number, ItemReport()), log)
        note_beside(place, _ITEM_CONTENT, log)
    for number, was in section.items.items():
        if number not in reports and not was.blank and log.plan.has_item(number):
            place = Place(section.unit, item_address(number), rows.table)
            log.say(place, "exchange.missing_row", Severity.WARNING)
            log.changed(place, "code", was.narrative or visible.status(was), None)
    return {number: report for number, report in reports.items() if not report.blank}


def _report(place: Place, was: ItemReport, log: Log) -> ItemReport:
    narrative = was.narrative
    if not agrees(place.cell("narrative"), was.narrative or None):
        narrative = read_text(place, "narrative", log)
        log.changed(place, "narrative", was.narrative or None, narrative, "进展情况")
    return replace(
        was,
        status=_status(place, was, log),
        percent=_percent(place, was, log),
        narrative=narrative,
        finished=_finished(place, was, log),
    )


def _status(place: Place, was: ItemReport, log: Log) -> ItemStatus:
    cell = place.cell("status")
    if agrees(cell, visible.status(was)):
        return was.status
    said = text_of(cell)
    if EARLIER_STATUS_LABELS.get(said) is was.status:
        return was.status
    if said and said not in _STATUSES:
        log.say(place, "exchange.unknown_status", Severity.ERROR, "status", content=said)
    log.changed(place, "status", visible.status(was), said, "状态")
    return _STATUSES.get(said, ItemStatus.NOT_SAID)


def _percent(place: Place, was: ItemReport, log: Log) -> int | None:
    cell = place.cell("percent")
    if agrees(cell, visible.percent(was)):
        return was.percent
    said = text_of(cell)
    if cell and cell.formula and cell.kind is not CellKind.NO_RESULT:
        log.say(place, "exchange.formula", Severity.NOTICE, "percent", content=cell.text)
    if cell and cell.number is not None and is_percent(cell):
        said = canonical(cell.number * 100)
        log.say(place, "exchange.percent_shown", Severity.NOTICE, "percent", content=cell.text, percent=said)
    reading = read_percent(said, unit=place.unit, period=str(log.period), address=place.address)
    log.findings += reading.findings
    if reading.percent != was.percent or reading.findings:
        log.changed(place, "percent", visible.percent(was), cell_shown(cell), "完成百分比")
    return reading.percent


def _finished(place: Place, was: ItemReport, log: Log) -> datetime.date | None:
    cell = place.cell("finished")
    if agrees(cell, visible.finished(was)):
        return was.finished
    now = read_day(place, "finished", log)
    if cell and now is None:
        log.say(place, "exchange.unknown_date", Severity.ERROR, "finished", content=text_of(cell))
    if now != was.finished or (cell and now is None):
        log.changed(place, "finished", visible.finished(was), cell_shown(cell), "完成日期")
    return now


def read_explanations(rows: SectionRows, section: Section, log: Log) -> tuple[Explanation, ...]:
    """The explanations of one section, ordered by the finding they answer."""
    before: Mapping[str, Explanation] = {e.finding: e for e in section.explanations}
    found: dict[str, Explanation] = {}
    places = {
        key: Place(section.unit, key, rows.table, row) for key, row in rows.of(section.unit, log).items()
    }
    causes = _causes(places, before, log)
    for key, place in places.items():
        was = before.get(key, Explanation(key, "", "", ""))
        now = replace(_explanation(place, was, log), cause=causes.get(key, ""))
        if key in before or now != was:
            found[key] = now
        note_beside(place, _EXPLANATION_CONTENT, log)
    for key, was in before.items():
        if key not in found:
            log.changed(Place(section.unit, key, rows.table), "text", was.text, None)
    return tuple(found[key] for key in sorted(found))


def _explanation(place: Place, was: Explanation, log: Log) -> Explanation:
    reason, text, forced = was.reason, was.text, was.forced
    label = visible.reason(was.reason, log.plan)
    if not agrees(place.cell("reason"), label):
        said = text_of(place.cell("reason"))
        reason = reason_code(said, log)
        if said and reason not in log.plan.explanations.reasons:
            log.say(place, "exchange.unknown_reason", Severity.WARNING, "reason", content=said)
        log.changed(place, "reason", label, said, "原因")
    if not agrees(place.cell("text"), was.text or None):
        text = read_text(place, "text", log)
        log.changed(place, "text", was.text, text, "说明")
    if not agrees(place.cell("forced"), YES if was.forced else None):
        forced = text_of(place.cell("forced")) == YES
        log.changed(
            place, "forced", YES if was.forced else None, cell_shown(place.cell("forced")), "带错上报"
        )
    return replace(was, reason=reason, text=text, forced=forced)


def _causes(places: Mapping[str, Place], before: Mapping[str, Explanation], log: Log) -> dict[str, str]:
    """Finding key → cause: rows with the same mark in 同因 are answered by one explanation.

    A mark that isn't one of the manifest's stands for the first finding, in the order of keys, that bears it.
    """
    marks = visible.causes(before.values())
    known = {canonical(number): cause for cause, number in marks.items()}
    found: dict[str, str] = {}
    for key in sorted(places):
        place, cause = places[key], before[key].cause if key in before else ""
        carried = place.table is not None and _CAUSE in place.table.headers
        if not carried or agrees(place.cell(_CAUSE), marks.get(cause)):
            found[key] = cause
            continue
        now = cell_shown(place.cell(_CAUSE))
        log.changed(place, _CAUSE, marks.get(cause), now, "同因")
        mark = canonical(now) if isinstance(now, Decimal) else now
        found[key] = known.setdefault(mark, key) if mark else ""
    return found


def reason_code(said: str, log: Log) -> str:
    """The code of a reason's label; what isn't one stays as typed."""
    return next((code for code, label in log.plan.explanations.reasons.items() if label == said), said)
