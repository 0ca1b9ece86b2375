"""Who typed what when in a field or item, read from the audit trail without waiting for the disk."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from desktop.errors import ZhibaoError
from desktop.values import dataclass
from desktop.workspace import FormSession
from desktop.workspace.form.field_log import LogEntry
from ui.i18n import translate

MOST_ENTRIES = 8

Log = tuple[LogEntry, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read for a field."""

    session: FormSession
    address: str
    answer: Future[Log]


class FieldLog(QLabel):
    """A line for each change, the newest first."""

    _read = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[FormSession, str] | None = None
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._read.connect(self._take)

    def show_field(self, session: FormSession | None, address: str) -> None:
        """Ask for the log of a field or item; what is on its way for another one is let go."""
        self._wanted = (session, address) if session is not None else None
        if session is None:
            self.clear()
            return
        session.log(address).add_done_callback(
            lambda answer: self._read.emit(_Read(session, address, answer))
        )

    @Slot(object)
    def _take(self, read: _Read) -> None:
        if self._wanted != (read.session, read.address):
            return
        fault = read.answer.exception()
        if fault is None:
            self.setText(log_text(read.answer.result()))
        elif isinstance(fault, ZhibaoError):
            self.setText(str(fault))
        else:
            raise fault


def log_text(entries: Sequence[LogEntry]) -> str:
    """The lines as people read them."""
    if not entries:
        return translate("FieldLog", "本期还没有人填过。")
    lines = [_line(entry) for entry in entries[:MOST_ENTRIES]]
    if len(entries) > MOST_ENTRIES:
        more = translate("FieldLog", "更早还有 {n} 次。")
        lines.append(more.format(n=len(entries) - MOST_ENTRIES))
    return "\n".join(lines)


def _line(entry: LogEntry) -> str:
    when = entry.time.astimezone().strftime("%m-%d %H:%M")
    blank = translate("FieldLog", "空")
    change = f"{entry.was or blank} → {entry.now or blank}"
    who = entry.actor or translate("FieldLog", "（未选填报人）")
    return f"{when}　{who}　{_actions().get(entry.action, translate('FieldLog', '改动'))}　{change}"


def _actions() -> dict[str, str]:
    return {
        "type": translate("FieldLog", "录入"),
        "paste": translate("FieldLog", "粘贴"),
        "fill": translate("FieldLog", "取上期数"),
        "clear": translate("FieldLog", "清空"),
        "nil": translate("FieldLog", "无此项业务"),
        "confirm": translate("FieldLog", "核对"),
        "rows": translate("FieldLog", "名单"),
        "deduct": translate("FieldLog", "“其中”数"),
        "explain": translate("FieldLog", "说明"),
        "merge": translate("FieldLog", "合并说明"),
        "withdraw": translate("FieldLog", "撤回说明"),
        "item": translate("FieldLog", "填写"),
        "undo": translate("FieldLog", "撤销"),
        "redo": translate("FieldLog", "重做"),
        "prefill": translate("FieldLog", "年报预填"),
        "migrate": translate("FieldLog", "换版"),
    }
