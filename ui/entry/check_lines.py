"""The lines of the check page: what stands against 报出, what is to fill in, what a revision changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from desktop.model.catalogue import message
from desktop.model.element import Mode
from desktop.model.finding import Finding, item_address
from desktop.model.form import FormItem, FormRow
from desktop.model.submission import ItemReport
from desktop.workspace import FormSession
from ui.colours import Tone
from ui.entry import item_words
from ui.entry.lines import FindingsView, is_left
from ui.i18n import translate

SHOWN_FIRST = 5
"""Warnings (and other long lists) shown before 更多."""


class Group(Enum):
    """The parts of the page, in this order."""

    ERRORS = auto()
    WARNINGS = auto()
    BLANKS = auto()
    ITEMS = auto()
    CHANGES = auto()
    ANSWERED = auto()


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line. A heading has only a group; `more` opens the rest of its group; others lead to an `address`.

    `finding` is what can be explained there.
    """

    text: str
    tone: Tone
    group: Group
    address: str = ""
    finding: Finding | None = None
    more: bool = False

    @property
    def heading(self) -> bool:
        """Whether it only titles a group."""
        return not self.address and not self.more and self.finding is None


def check_lines(session: FormSession, opened: Collection[Group]) -> tuple[CheckLine, ...]:
    """All lines of a form as it stands; the groups `opened` are shown whole."""
    view, assessment = FindingsView.of(session), session.assessment
    errors = [f for f in assessment.blocking if f.key not in view.blank_keys]
    answered = (*assessment.forced, *assessment.explained)
    spoken_of = {finding.address for finding in (*errors, *answered)}
    blanks = [row for row in session.form.rows if is_left(row, session) and row.element.id not in spoken_of]
    items = [entry for entry in session.form.items if item_words.is_left(entry, _report(session, entry))]
    groups = (
        (Group.ERRORS, [_found(f, Group.ERRORS, view) for f in errors], SHOWN_FIRST * 20),
        (Group.WARNINGS, [_found(f, Group.WARNINGS, view) for f in assessment.unexplained], SHOWN_FIRST),
        (Group.BLANKS, [_blank(row, session) for row in blanks], SHOWN_FIRST * 20),
        (Group.ITEMS, [_item(entry, _report(session, entry)) for entry in items], SHOWN_FIRST),
        (Group.CHANGES, _changes(session), SHOWN_FIRST * 4),
        (Group.ANSWERED, [_found(f, Group.ANSWERED, view) for f in answered], 0),
    )
    lines: list[CheckLine] = []
    for group, found, first in groups:
        lines += _group(group, found, len(found) if group in opened else first)
    return tuple(lines)


def left_text(session: FormSession) -> str:
    """What is left, counted in one sentence; that nothing is left says so too."""
    lines = check_lines(session, tuple(Group))
    counts = [
        (group, sum(1 for line in lines if line.group is group and not line.heading)) for group in _LEFT
    ]
    parts = [_count(group, n) for group, n in counts if n]
    if not parts:
        return translate("Check", "全部处理完，可以报出。")
    text = translate("Check", "还有：{parts}。").format(parts="，".join(parts))
    if session.assessment.may_submit:
        return text + translate("Check", "这些不影响报出。")
    return text


_LEFT = (Group.ERRORS, Group.WARNINGS, Group.BLANKS, Group.ITEMS)


def _count(group: Group, n: int) -> str:
    return {
        Group.ERRORS: translate("Check", "错误 {n} 条"),
        Group.WARNINGS: translate("Check", "待说明 {n} 条"),
        Group.BLANKS: translate("Check", "待填 {n} 项"),
        Group.ITEMS: translate("Check", "任务进展待填 {n} 项"),
        Group.CHANGES: translate("Check", "改动 {n} 处"),
        Group.ANSWERED: translate("Check", "已说明 {n} 条"),
    }[group].format(n=n)


def _title(group: Group, n: int) -> str:
    return {
        Group.ERRORS: translate("Check", "错误 {n} 条：请改正，确实无法改正的写明原因后带错上报"),
        Group.WARNINGS: translate("Check", "待说明 {n} 条：最要紧的排在前面"),
        Group.BLANKS: translate("Check", "待填 {n} 项：没有这项业务的按 / 键"),
        Group.ITEMS: translate("Check", "任务进展待填 {n} 项"),
        Group.CHANGES: translate("Check", "本版改动 {n} 处（与上一版对照）"),
        Group.ANSWERED: translate("Check", "已说明 {n} 条"),
    }[group].format(n=n)


_TONES = {
    Group.ERRORS: Tone.ERROR,
    Group.WARNINGS: Tone.WARNING,
    Group.BLANKS: Tone.INFO,
    Group.ITEMS: Tone.INFO,
    Group.CHANGES: Tone.INFO,
    Group.ANSWERED: Tone.GOOD,
}


def _group(group: Group, found: Sequence[CheckLine], first: int) -> Iterable[CheckLine]:
    if not found:
        return
    yield CheckLine(_title(group, len(found)), _TONES[group], group)
    yield from found[:first]
    rest = len(found) - first
    if rest > 0:
        text = translate("Check", "▸ 更多：还有 {n} 条（回车展开）").format(n=rest)
        if not first:
            text = translate("Check", "▸ 展开查看（回车）")
        yield CheckLine(text, Tone.MUTED, group, more=True)


def _found(finding: Finding, group: Group, view: FindingsView) -> CheckLine:
    text = f"【{view.state_text(finding)}】{message(finding)}"
    return CheckLine(text, view.tone(finding), group, finding.address, finding)


def _blank(row: FormRow, session: FormSession) -> CheckLine:
    issued = row.mode is Mode.ISSUED
    state = translate("Check", "待核对") if issued else translate("Check", "待填")
    finding = next((f for f in session.assessment.blocking if f.address == row.element.id), None)
    text = f"【{state}】{row.element.name}（{row.element.unit.typed}）"
    return CheckLine(text, Tone.MUTED, Group.BLANKS, row.element.id, finding)


def _item(entry: FormItem, report: ItemReport) -> CheckLine:
    state = translate("Check", "待填") if report.blank else translate("Check", "待选状态")
    text = f"【{state}】{entry.item.number}. {entry.item.title}"
    return CheckLine(text, Tone.MUTED, Group.ITEMS, item_address(entry.item.number))


def _changes(session: FormSession) -> list[CheckLine]:
    return [
        CheckLine(f"【改】{e.name}：{_short(e.was)} → {_short(e.now)}", Tone.INFO, Group.CHANGES, e.address)
        for e in session.revised
    ]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:59] + "…"


def _report(session: FormSession, entry: FormItem) -> ItemReport:
    return session.section.items.get(entry.item.number, ItemReport())
