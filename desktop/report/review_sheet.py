"""Sheet 审核情况: what was found in the accepted sections, with the units' explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.consolidation import Consolidated
from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.model.place_name import place_name
from desktop.model.plan import Plan
from desktop.model.submission import Explanation, Section
from desktop.report.page import Column, Page, freeze_below_head
from desktop.validation import answers_beside, open_findings

NAME = "审核情况"
COLUMNS = (
    Column("单位", 18, "text"),
    Column("数据项或事项", 28, "text"),
    Column("级别", 10, "centre"),
    Column("审核结果", 56, "text"),
    Column("原因类别", 14, "centre"),
    Column("说明", 56, "text"),
    Column("带错上报", 9, "centre"),
    Column("说明状态", 22, "text"),
    Column("审核代码", 26, "small"),
)
_LEVELS = {Severity.ERROR: "强制性", Severity.WARNING: "核实性", Severity.NOTICE: "提示"}
_STYLES = {Severity.ERROR: "bad", Severity.WARNING: "fair", Severity.NOTICE: "centre"}


def write_review(page: Page, consolidated: Consolidated, findings: Mapping[str, tuple[Finding, ...]]) -> None:
    """Fill the sheet: findings in the plan's order of units, then explanations of what no longer is one."""
    page.head()
    freeze_below_head(page, 1)
    first = page.row
    for unit in consolidated.plan.units:
        section = consolidated.figures.get(unit.id)
        found = findings.get(unit.id, ())
        states = _States.of(section, found, consolidated.plan)
        explanations = states.explanations
        for finding in (*found, *states.repeated):
            _row(page, consolidated.plan, unit.id, finding, states)
        known = {finding.key for finding in found}
        for key, explanation in explanations.items():
            if key not in known:
                _explanation_row(page, consolidated.plan, unit.id, explanation, states)
    if page.row == first:
        page.across("没有审核结果。", "text")


@dataclass(frozen=True, slots=True)
class _States:
    """A unit's explanations by finding, what is to be said of each, and texts that were pasted."""

    explanations: Mapping[str, Explanation] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    repeated: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, section: Section | None, findings: tuple[Finding, ...], plan: Plan) -> _States:
        if section is None:
            return cls()
        answers = answers_beside(section.explanations, findings)
        weighed = open_findings(findings, answers, plan)
        numbers = {cause: number for number, cause in enumerate(_shared(answers), 1)}
        words = {e.finding: f"同因{numbers[e.cause]}" for e in answers if e.cause in numbers}
        found = {finding.key for finding in findings}
        # without the finding here nobody can tell: our history may be shorter than the unit's
        words |= {e.finding: "失效：数据已改动" for e in weighed.void if e.finding in found}
        words |= {f.qualifier: f"未采用：{message(f)}" for f in weighed.refused}
        return cls({e.finding: e for e in answers}, words, weighed.repeated)


def _shared(explanations: Iterable[Explanation]) -> tuple[str, ...]:
    """The causes that several explanations share, in the order of their findings."""
    counts = Counter(e.cause for e in sorted(explanations, key=lambda e: e.finding) if e.cause)
    return tuple(cause for cause, count in counts.items() if count > 1)


def _row(page: Page, plan: Plan, unit: str, finding: Finding, states: _States) -> None:
    page.put(0, plan.unit(unit).short_name)
    page.put(1, place_name(finding.address, plan))
    page.put(2, _LEVELS[finding.severity], _STYLES[finding.severity])
    page.put(3, message(finding))
    _explained(page, plan, states.explanations.get(finding.key), states)
    page.put(8, finding.key)
    page.next()


def _explanation_row(page: Page, plan: Plan, unit: str, explanation: Explanation, states: _States) -> None:
    code, _, rest = explanation.finding.partition("@")
    page.put(0, plan.unit(unit).short_name)
    page.put(1, place_name(rest.partition("@")[0], plan))
    for column in (2, 3):
        page.put(column, None)
    _explained(page, plan, explanation, states)
    page.put(8, explanation.finding if rest else code)
    page.next()


def _explained(page: Page, plan: Plan, explanation: Explanation | None, states: _States) -> None:
    reason = plan.explanations.reasons.get(explanation.reason, explanation.reason) if explanation else None
    page.put(4, reason)
    page.put(5, explanation.text if explanation else None)
    page.put(6, "是" if explanation and explanation.forced else None)
    page.put(7, states.words.get(explanation.finding) if explanation else None)
