"""What a person sees of a figure, an item or an explanation: the one text or number that its cell holds.

The writer writes these, and the reader compares the cells with them: equal cells mean unchanged content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Context, Decimal

from desktop.exchange.format.layout import ANSWER_LABELS, NIL_TEXT, STATUS_LABELS, VINTAGE_LABELS
from desktop.model.canonical import clean_text
from desktop.model.decimals import canonical, display, places
from desktop.model.plan import Plan
from desktop.model.submission import (
    Answer,
    DeductionKind,
    Explanation,
    Figure,
    FigureState,
    ItemReport,
    Section,
    SignOff,
)

Visible = str | Decimal | None
"""A cell's content: a text, a number, or nothing."""

CELL_DIGITS = 15
"""Significant digits that spreadsheets keep; longer figures are written as text."""

_CELL_CONTEXT = Context(prec=CELL_DIGITS)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SPACES = "\u3000"


def number(value: Decimal) -> Visible:
    """A figure's value as a number, or as plain digits where a spreadsheet would cut it."""
    return value if cell_precision(value) == value else canonical(value)


def cell_precision(value: Decimal) -> Decimal:
    """The value as a spreadsheet keeps it."""
    return _CELL_CONTEXT.plus(value)


def figure(content: Figure) -> Visible:
    """本期."""
    match content.state:
        case FigureState.BLANK:
            return None
        case FigureState.NIL:
            return NIL_TEXT
        case FigureState.UNREADABLE:
            return content.typed or None
        case FigureState.NUMBER:
            assert content.value is not None  # a number has a value
            return number(content.value)


def deduction(content: Figure, kind: DeductionKind, unit: str) -> Visible:
    """其中：区外 or 其中：与××重复."""
    found = [d.value for d in content.deductions if d.kind is kind and (not unit or d.unit == unit)]
    return number(sum(found, Decimal(0))) if found else None


def answer(content: Figure) -> Visible:
    """核对."""
    return None if content.answer is Answer.NONE else ANSWER_LABELS[content.answer]


def status(report: ItemReport) -> Visible:
    """状态."""
    return STATUS_LABELS.get(report.status)


def percent(report: ItemReport) -> Visible:
    """完成百分比, a whole number."""
    return None if report.percent is None else Decimal(report.percent)


def finished(report: ItemReport) -> Visible:
    """完成日期, ISO 8601."""
    return report.finished.isoformat() if report.finished else None


def evidence(report: ItemReport) -> Visible:
    """佐证材料: names only; size and hash are in the manifest."""
    return "\n".join(entry.name for entry in report.evidence) or None


def note(section: Section, element: str) -> Visible:
    """说明: the vintage and the explanations of findings at this figure. They are changed elsewhere."""
    vintage = section.figure(element).vintage
    parts = [VINTAGE_LABELS.get(vintage, vintage)] if vintage != "final" else []
    parts += [e.text for e in section.explanations if element in e.finding.split("@")[1:2]]
    return "；".join(dict.fromkeys(part for part in parts if part)) or None


def reason(code: str, plan: Plan) -> Visible:
    """原因: a reason's label, or what stands for it where the plan has none."""
    return plan.explanations.reasons.get(code, code) or None


def causes(explanations: Iterable[Explanation]) -> dict[str, Decimal]:
    """同因: cause → the number that its explanations show, counted in the order of their findings."""
    ordered = sorted(explanations, key=lambda e: e.finding)
    found = dict.fromkeys(e.cause for e in ordered if e.cause)
    return {cause: Decimal(number) for number, cause in enumerate(found, 1)}


def sign_off(content: SignOff) -> str:
    """The line of those who answer for the report."""
    parts = (
        f"单位负责人：{content.responsible}",
        f"审核人：{content.reviewer}",
        f"填表人：{content.preparer}",
        f"报出日期：{content.date.isoformat() if content.date else ''}",
    )
    return (_SPACES * 6).join(parts)  # room to sign by hand


def shown(content: Visible) -> str:
    """A cell's content in a sentence; exact, with thousands separators."""
    if content is None:
        return ""
    return content if isinstance(content, str) else display(content, places(content))


def comparable(text: str) -> str:
    """A text without what a re-save may change: escapes, line ends, form of characters, margins."""
    # nearly always, and this runs for every cell
    if text.isprintable() and "_x" not in text and "x005F_" not in text:
        return unicodedata.normalize("NFC", text).strip()
    plain = _ESCAPED.sub(_control, text.replace("x005F_", ""))
    return clean_text(unicodedata.normalize("NFC", plain).replace("\r\n", "\n")).strip()


def _control(escape: re.Match[str]) -> str:
    """The control character that an escape stands for; others are texts that only look like an escape."""
    character = chr(int(escape[1], 16))
    return character if unicodedata.category(character) in ("Cc", "Cs") else escape[0]
