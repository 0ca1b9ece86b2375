"""The line above a form that says where it is in its life: sent for review, handed in, being revised."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.model.canonical import short_digest
from desktop.workspace import FormSession
from desktop.workspace.desk.entries import Act
from ui.colours import Tone, tint
from ui.entry.findings_panel import LOWEST_EM


class LifeBanner(QFrame):
    """Shown for every form that is more than a first draft."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said_whole = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(1)  # what is too long for one line is cut, and stands in the tool tip
        self.result = QPushButton(self.tr("打印、邮件(&W)…"))
        self.revise = QPushButton(self.tr("修订(&R)"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.addWidget(self._text, 1)
        line.addWidget(self.result)
        line.addWidget(self.revise)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it isn't shown."""
        return "" if self.isHidden() else self._said_whole

    def fit_height(self) -> None:
        """In the lowest windows what comes first is said in one line: the sheet needs the room."""
        em = self.fontMetrics().horizontalAdvance("国")
        low = self.window().height() < em * LOWEST_EM
        said = re.split("[，。（]", self._said_whole)[0] if low else self._said_whole
        self._text.setWordWrap(not low)
        self._text.setText(said)
        self._text.setToolTip(self._said_whole if low else "")

    def show_session(self, session: FormSession | None) -> None:
        """Say where a form is; nothing for a first draft."""
        text, which = self._said(session) if session is not None else ("", Tone.MUTED)
        locked = session is not None and session.locked
        tint(self._text, which)
        self._said_whole = text
        self.fit_height()
        self.revise.setVisible(locked)
        self.result.setVisible(locked)
        self.setVisible(bool(text))

    def _said(self, session: FormSession) -> tuple[str, Tone]:
        life = session.life
        if life.locked:
            return self._locked(session), Tone.GOOD
        if life.reviewed is not None:
            code, by = short_digest(life.reviewed.check_code), _by(life.reviewed.by)
            if session.review_stands:
                text = self.tr(
                    "✔ 已送审：{by}，校验码 {code}。负责人同意后按 F12 报出；再改动，校验码就作废。"
                )
                return text.format(by=by, code=code), Tone.INFO
            text = self.tr("▲ 送审后又有改动，校验码 {code} 已作废（{by}送审）。改完后按 F12 重新送审。")
            return text.format(by=by, code=code), Tone.WARNING
        if life.revision > 1:
            changed = len(session.revised)
            text = self.tr("修订：第 {n} 版草稿，与第 {before} 版相比改动 {changed} 处，按 F9 查看。")
            said = text.format(n=life.revision, before=life.revision - 1, changed=changed)
            whole = (pin for pin in session.around.pinned if not pin.comment.address)
            returned = [self._returned(pin.office, pin.comment.text) for pin in whole]
            return "\n".join((*returned, said)), Tone.WARNING if returned else Tone.INFO
        return "", Tone.MUTED

    def _returned(self, office: str, said: str) -> str:
        return self.tr("▲ {office}退回修改：{said}").format(office=office or self.tr("汇总单位"), said=said)

    def _locked(self, session: FormSession) -> str:
        life = session.life
        by = self.tr("，{by}").format(by=_by(life.handed_in)) if life.handed_in else ""
        text = self.tr("✔ 本期已报出：第 {n} 版{by}，校验码 {code}。报表已锁定，如需更正请点“修订”。")
        said = text.format(n=life.revision, by=by, code=short_digest(life.parent or ""))
        if session.newer_version:
            older = self.tr("报出时用的是方案第 {was} 版，修订时转到第 {now} 版。")
            said += older.format(was=session.plan.version, now=session.newer_version)
        return said


def _by(act: Act) -> str:
    when = act.time.astimezone()
    day = f"{when.year}年{when.month}月{when.day}日{when:%H:%M}"
    return f"{day} {act.person}".rstrip()
