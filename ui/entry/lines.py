"""The lines of the form's table: section headers, rows, and their state in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal

from desktop.model.element import Mode
from desktop.model.finding import Finding, Severity
from desktop.model.form import FormRow, FormSection
from desktop.model.submission import Answer, Figure, FigureState
from desktop.values import dataclass
from desktop.workspace import FormSession, figure_text
from desktop.workspace.desk.display import deducted_text
from ui.colours import Tone
from ui.i18n import translate


@dataclass(frozen=True, slots=True)
class Remark:
    """A row's state in few words, and its tone."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Findings of a form by address, and which of them are still open."""

    by_address: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    open_keys: frozenset[str] = frozenset()
    explained_keys: frozenset[str] = frozenset()
    blank_keys: frozenset[str] = frozenset()
    """Errors that only say a field is still empty: what is left to do, not what was done wrong."""
    void_keys: frozenset[str] = frozenset()
    """Open findings whose explanation is void."""
    refused_keys: frozenset[str] = frozenset()
    """Open findings whose explanation says nothing."""

    @classmethod
    def of(cls, session: FormSession) -> FindingsView:
        """The view of a session as it stands now; an empty one while its rules are still to run."""
        if session.postponed:
            return cls()
        assessment = session.assessment
        by_address: dict[str, list[Finding]] = defaultdict(list)
        for finding in session.findings:
            by_address[finding.address].append(finding)
        return cls(
            {address: tuple(found) for address, found in by_address.items()},
            frozenset(f.key for f in (*assessment.blocking, *assessment.unexplained)),
            frozenset(f.key for f in (*assessment.forced, *assessment.explained)),
            frozenset(f.key for f in assessment.blocking if _is_blank(f, session)),
            frozenset(e.finding for e in assessment.void),
            frozenset(f.qualifier for f in assessment.refused),
        )

    def at(self, address: str) -> tuple[Finding, ...]:
        """The findings at an address."""
        return self.by_address.get(address, ())

    def is_open(self, finding: Finding) -> bool:
        """Whether the finding still stands against submission."""
        return finding.key in self.open_keys

    def order(self, finding: Finding) -> tuple[bool, bool, int]:
        """Where a finding stands in a list: open ones first, errors, warnings, then what is still empty."""
        severities = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
        return (not self.is_open(finding), finding.key in self.blank_keys, severities.index(finding.severity))

    def state_text(self, finding: Finding) -> str:
        """错误, 待说明, 说明失效, 未采用, 已说明 or 提示."""
        if finding.key in self.void_keys or finding.code == "explanation.unneeded":
            return translate("Findings", "说明失效")
        if finding.key in self.refused_keys:
            return translate("Findings", "未采用")
        if finding.key in self.explained_keys:
            if finding.severity is Severity.ERROR:
                return translate("Findings", "带错上报")
            return translate("Findings", "已说明")
        if finding.key in self.blank_keys:
            return translate("Findings", "待填")
        return {
            Severity.ERROR: translate("Findings", "错误"),
            Severity.WARNING: translate("Findings", "待说明"),
            Severity.NOTICE: translate("Findings", "提示"),
        }[finding.severity]

    def tone(self, finding: Finding) -> Tone:
        """The tone that goes with the state."""
        if finding.key in self.explained_keys:
            return Tone.GOOD
        if finding.key in self.blank_keys:
            return Tone.MUTED
        return {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, Severity.NOTICE: Tone.INFO}[
            finding.severity
        ]


def _is_blank(finding: Finding, session: FormSession) -> bool:
    row = session.form.row(finding.address)
    return row is not None and session.section.figure(finding.address).state is FigureState.BLANK


def section_state(section: FormSection, session: FormSession) -> str:
    """How far a section is: what is left, that all is there, or that nothing in it has to be filled in."""
    left = sum(1 for row in section.rows if is_left(row, session))
    if left:
        return translate("FigureModel", "还剩 {n} 项").format(n=left)
    if not any(row.due for row in section.rows):
        return translate("FigureModel", "本期不报")
    if not any(session.section.figure(row.element.id).reported for row in section.rows):
        return translate("FigureModel", "没有必填的")
    return translate("FigureModel", "✔ 已填齐")


def section_title(section: FormSection, session: FormSession) -> str:
    """A section's category, and how far it is."""
    return f"{section.category}　{section_state(section, session)}"


def is_left(row: FormRow, session: FormSession) -> bool:
    """Whether a row is asked for and holds nothing that counts; what wasn't issued yet may stay empty."""
    if not row.due or session.section.figure(row.element.id).reported:
        return False
    unreadable = session.section.figure(row.element.id).state is FigureState.UNREADABLE
    return row.mode is not Mode.ISSUED or unreadable or issued_value(row, session) is not None


def can_type(row: FormRow, session: FormSession) -> bool:
    """Only rows that are asked for can be typed, and only before 报出; a list's count isn't."""
    return row.due and not session.locked and not session.section.figure(row.element.id).rows


def issued_value(row: FormRow, session: FormSession) -> Decimal | None:
    """The figure issued for a row (下发核对), None where there is none."""
    if row.mode is not Mode.ISSUED or not session.around.issued:
        return None
    return session.around.issued.get(row.element.id)


def remark(row: FormRow, session: FormSession, findings: FindingsView) -> Remark:
    """What the column 说明 says of a row: what is wrong first, then what is to do, then what was done."""
    if not row.due:
        return Remark(translate("FigureModel", "本期不报"), Tone.MUTED)
    figure = session.section.figure(row.element.id)
    about = findings.at(row.element.id)
    if not figure.reported and any(_sent_along(finding, findings) for finding in about):
        return Remark(translate("FigureModel", "带错上报"), Tone.WARNING)
    if figure.state is FigureState.UNREADABLE:
        return Remark(translate("FigureModel", "✖ 无法识别，请重新录入"), Tone.ERROR)
    if figure.state is FigureState.BLANK:
        blank = _blank_remark(row, session)
        return Remark(_beside(blank.text, _revised_text(row, session)), blank.tone)
    trouble = _trouble(about, findings)
    more = _beside(_deducted(row, figure, session), _revised_text(row, session))
    if trouble is not None:
        return Remark(_beside(trouble.text, more), trouble.tone)
    explained = any(finding.key in findings.explained_keys for finding in about)
    said = translate("FigureModel", "✔ 已说明") if explained else ""
    return Remark(_beside(_done_text(figure), said, more), Tone.GOOD)


def _sent_along(finding: Finding, findings: FindingsView) -> bool:
    """Whether it is an error that goes along with a reason (带错上报)."""
    return finding.severity is Severity.ERROR and finding.key in findings.explained_keys


def _deducted(row: FormRow, figure: Figure, session: FormSession) -> str:
    """What is taken off the figure."""
    return deducted_text(figure, row.element, session.plan) if figure.deductions else ""


def _beside(*texts: str) -> str:
    return "  ".join(text for text in texts if text)


def _revised_text(row: FormRow, session: FormSession) -> str:
    """What a revision has changed: the figure handed in before."""
    if session.locked or session.frozen is None:
        return ""
    before = session.frozen.figure(row.element.id)
    if before == session.section.figure(row.element.id):
        return ""
    return translate("FigureModel", "改：原 {was}").format(was=figure_text(before, row.element) or "空")


def _trouble(about: Iterable[Finding], findings: FindingsView) -> Remark | None:
    errors = [f for f in about if f.severity is Severity.ERROR and findings.is_open(f)]
    warnings = [f for f in about if f.severity is Severity.WARNING and findings.is_open(f)]
    if errors:
        return Remark(translate("FigureModel", "✖ 错误 {n}").format(n=len(errors)), Tone.ERROR)
    if any(warning.key in findings.void_keys for warning in warnings):
        return Remark(translate("FigureModel", "▲ 说明失效，请重写"), Tone.WARNING)
    if any(warning.key in findings.refused_keys for warning in warnings):
        return Remark(translate("FigureModel", "▲ 说明未采用"), Tone.WARNING)
    if warnings:
        return Remark(translate("FigureModel", "▲ 待说明 {n}").format(n=len(warnings)), Tone.WARNING)
    return None


def _blank_remark(row: FormRow, session: FormSession) -> Remark:
    if row.mode is Mode.ISSUED:
        if issued_value(row, session) is None:
            return Remark(translate("FigureModel", "未下发，可不填"), Tone.MUTED)
        return Remark(translate("FigureModel", "待核对：空格键确认"), Tone.INFO)
    if row.element.columns:
        return Remark(translate("FigureModel", "待填：F4 填名单"), Tone.MUTED)
    return Remark(translate("FigureModel", "待填"), Tone.MUTED)


def _done_text(figure: Figure) -> str:
    return {
        Answer.NONE: "",
        Answer.CONFIRMED: translate("FigureModel", "✔ 核对相符"),
        Answer.DISPUTED: translate("FigureModel", "≠ 有异议"),
    }[figure.answer]
