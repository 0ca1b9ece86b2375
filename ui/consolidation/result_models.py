"""What came of taking files in, and of exporting: two small tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.workspace import FileOutcome, IndicatorTotal
from ui.colours import Tone, tone
from ui.i18n import translate
from ui.row_table import Index, Role, RowTable

VERDICT_TONES = {
    "accepted": Tone.GOOD,
    "duplicate": Tone.MUTED,
    "superseded": Tone.MUTED,
    "rejected": Tone.ERROR,
    "conflict": Tone.ERROR,
}

CONTENT_LABELS = {
    "intact": "完整",
    "edited": "在软件外改动过",
    "no_manifest": "没有校验信息",
    "put_together": "汇总单位逐处选定",
}

SIGNATURE_LABELS = {
    "valid": "有效",
    "unknown_key": "首次，待核对",
    "changed_key": "⚠ 密钥不同",
    "invalid": "⚠ 与内容不符",
    "none": "没有",
}


def verdict_label(outcome: FileOutcome) -> str:
    """A file's verdict for people."""
    if outcome.verdict == "accepted" and outcome.questioned:
        return translate("Outcomes", "已接收，有疑问")
    return verdict_name(outcome.verdict)


def verdict_name(verdict: str) -> str:
    """What a verdict is called."""
    return {
        "accepted": translate("Outcomes", "已接收"),
        "duplicate": translate("Outcomes", "重复"),
        "superseded": translate("Outcomes", "已有更新版"),
        "rejected": translate("Outcomes", "不接收"),
        "conflict": translate("Outcomes", "冲突"),
    }[verdict]


def signature_label(outcome: FileOutcome) -> str:
    """What a file's signature came to, for people."""
    if outcome.verdict == "rejected":
        return ""
    return {
        "valid": translate("Outcomes", "有效"),
        "unknown_key": translate("Outcomes", "首次，待核对"),
        "changed_key": translate("Outcomes", "⚠ 密钥不同"),
        "invalid": translate("Outcomes", "⚠ 与内容不符"),
    }.get(outcome.signature, translate("Outcomes", "未签名"))


class OutcomeModel(RowTable):
    """Files with their verdicts, those that need a person first."""

    columns = 7

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outcomes: tuple[FileOutcome, ...] = ()
        self._plan: Plan | None = None

    def set_outcomes(self, plan: Plan, outcomes: Sequence[FileOutcome]) -> None:
        """Show the outcomes of a batch."""
        order = ("conflict", "rejected", "accepted", "superseded", "duplicate")
        self.beginResetModel()
        self._plan = plan
        self._outcomes = tuple(sorted(outcomes, key=lambda o: (order.index(o.verdict), not o.questioned)))
        self.endResetModel()

    def outcome(self, row: int) -> FileOutcome:
        """The file in a row."""
        return self._outcomes[row]

    def convertible(self) -> tuple[FileOutcome, ...]:
        """The files that were refused and may be tried again with a conversion."""
        return tuple(outcome for outcome in self._outcomes if outcome.convertible)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, with the verdict's colour beside its word."""
        if not index.isValid():
            return None
        outcome = self._outcomes[index.row()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(outcome, index.column())
        if role in (Role.ForegroundRole, Role.DecorationRole) and index.column() == 1:
            which = Tone.WARNING if outcome.questioned else VERDICT_TONES[outcome.verdict]
            return tone(QGuiApplication.palette(), which)
        return None

    def _count(self) -> int:
        return len(self._outcomes)

    def _titles(self) -> Sequence[str]:
        return (
            self.tr("文件"),
            self.tr("结论"),
            self.tr("单位"),
            self.tr("报告期"),
            self.tr("版次"),
            self.tr("签名"),
            self.tr("说明"),
        )

    def _text(self, outcome: FileOutcome, column: int) -> str:
        match column:
            case 0:
                return Path(outcome.path).name
            case 1:
                return verdict_label(outcome)
            case 2:
                known = self._plan is not None and self._plan.has_unit(outcome.unit)
                return self._plan.unit(outcome.unit).short_name if known and self._plan else outcome.unit
            case 3:
                return Period.parse(outcome.period).label if outcome.period else ""
            case 4:
                return "" if outcome.revision is None else str(outcome.revision)
            case 5:
                return signature_label(outcome)
            case _:
                return outcome.reason


class TotalModel(RowTable):
    """The indicators' district figures of the last export."""

    columns = 5

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._totals: tuple[IndicatorTotal, ...] = ()

    def set_totals(self, totals: Sequence[IndicatorTotal]) -> None:
        """Show the totals of an export."""
        self.beginResetModel()
        self._totals = tuple(totals)
        self.endResetModel()

    def total(self, row: int) -> IndicatorTotal:
        """The indicator in a row."""
        return self._totals[row]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; figures to the right."""
        if not index.isValid():
            return None
        total = self._totals[index.row()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            coverage = self.tr("{n} / {of} 个单位").format(n=total.units_reporting, of=total.units_expected)
            if not total.units_expected:
                coverage = "—"  # nobody reports it in this period
            return (str(total.number), total.name, total.shown, total.verdict, coverage)[index.column()]
        if role == Role.TextAlignmentRole and index.column() == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _count(self) -> int:
        return len(self._totals)

    def _titles(self) -> Sequence[str]:
        return (self.tr("序号"), self.tr("指标"), self.tr("本期"), self.tr("完成情况"), self.tr("汇总范围"))
