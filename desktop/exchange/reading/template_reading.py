"""What a filled-in template says beyond a submission: remarks beside figures, figures confirmed as issued."""

from __future__ import annotations

from dataclasses import replace

from desktop.exchange.reading.comparison import Log, Place, text_of
from desktop.exchange.reading.item_reading import reason_code
from desktop.exchange.reading.section_rows import SectionRows
from desktop.exchange.reading.text_reading import read_text
from desktop.model.explaining import REMARK
from desktop.model.finding import Severity
from desktop.model.form import form_for
from desktop.model.plan import Plan
from desktop.model.submission import Coverage, Explanation, Section, Submission

REASON = "reason"
"""The column that only a template's 指标报表 has."""


def read_remarks(rows: SectionRows, section: Section, log: Log) -> tuple[Explanation, ...]:
    """What stands in 原因 and 说明 beside figures, ordered by key."""
    found = []
    for code, row in rows.of(section.unit, replace(log, findings=[])).items():
        place = Place(section.unit, code, rows.table, row)
        said = {REASON: text_of(place.cell(REASON)), "note": read_text(place, "note", log)}
        if not log.plan.has_element(code) or not any(said.values()):
            continue
        reason = reason_code(said[REASON], log)
        if said[REASON] and reason not in log.plan.explanations.reasons:
            log.say(place, "exchange.unknown_reason", Severity.WARNING, REASON, content=said[REASON])
        for column, aspect in ((REASON, "原因"), ("note", "说明")):
            if said[column]:
                log.changed(place, column, None, said[column], aspect)
        found.append(Explanation(f"{REMARK}@{code}", reason, said["note"], ""))
    return tuple(sorted(found, key=lambda explanation: explanation.finding))


def covered(submission: Submission, plan: Plan) -> Submission:
    """The submission with the coverage of what was filled in: the template's own says that nothing was."""
    return replace(submission, sections=tuple(_covered(section, plan) for section in submission.sections))


def _covered(section: Section, plan: Plan) -> Section:
    due = form_for(plan, plan.unit(section.unit), section.period).due_rows
    reported = sum(section.figure(row.element.id).reported for row in due)
    return replace(section, coverage=Coverage(len(due), reported))
