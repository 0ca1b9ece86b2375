"""What stands on the printed sheet as a whole: blocks that are never broken, and the place to sign."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from ui.i18n import translate

LINE = QColor("#555555")
NAMES_SHARE = 0.94
"""How far the lines to sign on reach towards the code."""


class Block:
    """What can't be broken: the lines of a row, a title, the signatures."""

    height: float

    def paint(self, painter: QPainter, top: float) -> None:
        """Draw it at that height of the page."""
        raise NotImplementedError


@dataclass(frozen=True)
class Signatures(Block):
    """Names with room to sign, the check code to be scanned, and the place for the seal; lengths in dots."""

    parts: tuple[tuple[str, str], ...]
    code: str
    font: QFont
    width: float
    height: float
    line: float
    stamp: float

    @property
    def code_side(self) -> float:
        """The width and height of the code."""
        return self.stamp * 0.42

    def code_box(self, top: float) -> QRectF:
        """Where the code stands, with a margin as wide as scanners want."""
        left = self.width - self.stamp - self.code_side * 1.2
        return QRectF(left, top + self.line * 0.5, self.code_side, self.code_side)

    def paint(self, painter: QPainter, top: float) -> None:
        """Draw all of it."""
        painter.setFont(self.font)
        painter.setPen(Qt.GlobalColor.black)
        self._names(painter, top)
        paint_code(painter, self.code, self.code_box(top))
        painter.setPen(QPen(LINE, self.line / 20, Qt.PenStyle.DashLine))
        box = QRectF(self.width - self.stamp, top + self.line * 0.5, self.stamp, self.stamp)
        painter.drawRect(box)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), translate("Printing", "（单位盖章）"))

    def _names(self, painter: QPainter, top: float) -> None:
        step = self.height / (len(self.parts) + 0.5)
        end = self.code_box(top).left() * NAMES_SHARE
        for number, (label, name) in enumerate(self.parts):
            y = top + step * (number + 0.5)
            text = f"{label}：{name}"
            painter.drawText(QPointF(0, y + self.line), text)
            start = max(painter.fontMetrics().horizontalAdvance(text) + self.line, end * 0.45)
            if number < len(self.parts) - 1:  # the date is printed, the others sign
                sign = translate("Printing", "签字：")
                painter.drawText(QPointF(start, y + self.line), sign)
                begin = start + painter.fontMetrics().horizontalAdvance(sign)
                painter.setPen(QPen(LINE, self.line / 20))
                painter.drawLine(QPointF(begin, y + self.line * 1.2), QPointF(end, y + self.line * 1.2))
                painter.setPen(Qt.GlobalColor.black)


def code_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a text's QR code, true where it is dark; without the quiet zone around it."""
    import segno

    made = segno.make(text, error="m", micro=False)
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def paint_code(painter: QPainter, text: str, box: QRectF) -> None:
    """A text's QR code, as large as the box; one shape, so that no hairlines run through it."""
    rows = code_modules(text)
    path = QPainterPath()
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                path.addRect(x, y, 1, 1)
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width() / len(rows), box.height() / len(rows))
    painter.fillPath(path.simplified(), Qt.GlobalColor.black)
    painter.restore()
