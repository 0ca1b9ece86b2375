"""Who typed what when in one field: its figure or item, the rows of its list, and what explains it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from desktop.model.element import DataElement
from desktop.model.finding import item_number
from desktop.model.plan import Plan
from desktop.model.submission import ITEM_STATUS_LABELS, Answer, Figure, ItemReport
from desktop.store.audit import AuditRow
from desktop.store.entries import EXPLANATION, FIGURE, ITEM
from desktop.values import dataclass
from desktop.workspace.desk.display import deducted_text, figure_text
from desktop.workspace.desk.entries import kept_explanation, kept_figure, kept_item
from desktop.workspace.form.explaining import addresses_of

_ANSWERS = {Answer.NONE: "", Answer.CONFIRMED: "（核对相符）", Answer.DISPUTED: "（有异议）"}
_KEPT_WHILE_TYPING = frozenset({"rows", "item"})
"""Kinds of edits that are kept with every pause and every cell: one sitting is one line."""
_SITTING = datetime.timedelta(minutes=10)
_LONGEST = 60
_MOST_ROWS = 3


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change of a field: `time` has a zone, `action` is the kind of edit (type, paste, explain, undo …),
    `was` and `now` are what changed as shown, empty for blank; long texts are cut to where they differ.
    """

    time: datetime.datetime
    actor: str
    action: str
    was: str
    now: str


def patterns_of(address: str) -> tuple[str, str]:
    """What the audit trail is asked for, for an element's id or an item's address."""
    own = address if item_number(address) is not None else FIGURE + address
    return own, f"{EXPLANATION}*@{address}*"


def log_entries(rows: Iterable[AuditRow], address: str, plan: Plan) -> tuple[LogEntry, ...]:
    """The entries of an element's or item's audit rows, newest first; rows about others are passed over."""
    told = []
    for row in _sittings(_about(rows, address)):
        was, now = _texts(row, address, plan)
        if was != now:
            told.append(LogEntry(_time(row), row.actor, row.kind, was, now))
    return tuple(reversed(told))


def _about(rows: Iterable[AuditRow], address: str) -> Iterator[AuditRow]:
    for row in rows:
        own = not row.address.startswith(EXPLANATION)
        if own or address in addresses_of([row.address.removeprefix(EXPLANATION)]):
            yield row


def _sittings(rows: Iterable[AuditRow]) -> Iterator[AuditRow]:
    """Rows of one sitting as one, from what stood there first to what does last."""
    before: AuditRow | None = None
    for row in rows:
        if before is not None and _same_sitting(before, row):
            before = replace(row, old=before.old)
            continue
        if before is not None:
            yield before
        before = row
    if before is not None:
        yield before


def _same_sitting(before: AuditRow, row: AuditRow) -> bool:
    one = (before.address, before.actor, before.kind) == (row.address, row.actor, row.kind)
    return one and row.kind in _KEPT_WHILE_TYPING and _time(row) - _time(before) <= _SITTING


def _time(row: AuditRow) -> datetime.datetime:
    return datetime.datetime.fromisoformat(row.time)


def _texts(row: AuditRow, address: str, plan: Plan) -> tuple[str, str]:
    """What changed, before and after."""
    if row.address.startswith(EXPLANATION):
        return _cut(_explanation_text(row.old, plan), _explanation_text(row.new, plan))
    if row.address.startswith(ITEM):
        return _item_texts(kept_item(row.old), kept_item(row.new))
    element, was, now = plan.element(address), kept_figure(row.old), kept_figure(row.new)
    listed = _rows_text(was, now)
    return _figure_text(was, element, plan), _figure_text(now, element, plan) + listed


def _figure_text(figure: Figure, element: DataElement, plan: Plan) -> str:
    parts = deducted_text(figure, element, plan)
    return figure_text(figure, element) + _ANSWERS[figure.answer] + (f"（{parts}）" if parts else "")


def _rows_text(was: Figure, now: Figure) -> str:
    """Which rows of a list came, went or read otherwise."""
    before, after = Counter(map(_row_text, was.rows)), Counter(map(_row_text, now.rows))
    gone, come = list((before - after).elements()), list((after - before).elements())
    if len(gone) == len(come) == 1:
        return "（改：{} → {}）".format(*_cut(gone[0], come[0]))
    said = (f"{word}：{_named(rows)}" for word, rows in (("加", come), ("删", gone)) if rows)
    text = "；".join(said)
    return f"（{text}）" if text else ""


def _row_text(row: Mapping[str, str]) -> str:
    return " ".join(row.values())


def _named(rows: list[str]) -> str:
    more = f"等 {len(rows)} 行" if len(rows) > _MOST_ROWS else ""
    return "、".join(_cut(row, "")[0] for row in rows[:_MOST_ROWS]) + more


def _explanation_text(content: str | None, plan: Plan) -> str:
    if content is None:
        return ""
    explanation = kept_explanation(content)
    reason = plan.explanations.reasons.get(explanation.reason, explanation.reason)
    kind = "带错上报" if explanation.forced else "说明"
    return f"{kind}：{reason}，{explanation.text}" if reason else f"{kind}：{explanation.text}"


def _item_texts(was: ItemReport, now: ItemReport) -> tuple[str, str]:
    """The fields of an item that read otherwise."""
    pairs = (
        ("", ITEM_STATUS_LABELS.get(was.status, ""), ITEM_STATUS_LABELS.get(now.status, "")),
        ("完成 ", _percent(was), _percent(now)),
        ("完成日期 ", _day(was), _day(now)),
        ("进展：", *_cut(was.narrative, now.narrative)),
        ("佐证：", _files(was), _files(now)),
    )
    before = [word + one for word, one, other in pairs if one and one != other]
    after = [word + other for word, one, other in pairs if other and one != other]
    return "，".join(before), "，".join(after)


def _percent(report: ItemReport) -> str:
    return "" if report.percent is None else f"{report.percent}%"


def _day(report: ItemReport) -> str:
    return report.finished.isoformat() if report.finished else ""


def _files(report: ItemReport) -> str:
    return "、".join(file.name for file in report.evidence)


def _cut(was: str, now: str) -> tuple[str, str]:
    """Two texts in one line each, cut to where they differ if they are long."""
    was, now = " ".join(was.split()), " ".join(now.split())
    if max(len(was), len(now)) <= _LONGEST:
        return was, now
    same = next(
        (n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now))
    )
    first = max(same - _LONGEST // 3, 0)
    return _from(was, first), _from(now, first)


def _from(text: str, first: int) -> str:
    shown = text[first : first + _LONGEST]
    return ("…" if first and shown else "") + shown + ("…" if len(text) > first + _LONGEST else "")
