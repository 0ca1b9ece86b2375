"""A small line chart: a figure over time, and the path of its target. What is drawn is also said in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.model.period import Period, PeriodType
from desktop.workspace.form.trends import Trend, TrendPoint
from ui.colours import Tone, tone

LINES_HIGH = 8
DOT = 3.0
HEADROOM = 0.08
"""Of the range, above the highest and below the lowest point."""


class TrendChart(QWidget):
    """Draws a Trend; its accessible description tells the same as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend = Trend("", ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("历次数据走势图"))

    def show_trend(self, trend: Trend) -> None:
        """Bring another course."""
        self._trend = trend
        said = self._in_words()
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        """A few lines of text high."""
        return QSize(self.fontMetrics().height() * 12, self.fontMetrics().height() * LINES_HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axes with the highest and lowest value, dots joined by a line, the path dashed."""
        points = self._trend.points
        if not points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, (low, high) = self._area(), self._range()
        self._draw_axes(painter, area, low, high)

        def place(number: int, value: float) -> QPointF:
            across = area.width() * number / max(len(points) - 1, 1)
            up = (value - low) / (high - low) if high > low else 0.5
            return QPointF(area.left() + across, area.bottom() - area.height() * up)

        path = [
            place(n, float(point.expected)) for n, point in enumerate(points) if point.expected is not None
        ]
        pen = QPen(tone(self.palette(), Tone.MUTED), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(path))
        line = [place(n, float(point.value)) for n, point in enumerate(points)]
        painter.setPen(QPen(tone(self.palette(), Tone.INFO), 1.8))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(tone(self.palette(), Tone.INFO))
        for dot in line:
            painter.drawEllipse(dot, DOT, DOT)
        painter.end()

    def _area(self) -> QRectF:
        metrics = self.fontMetrics()
        left = max(metrics.horizontalAdvance(text) for text in self._labels()) + 6
        above = metrics.height() * 1.3
        return QRectF(
            left, above, max(self.width() - left - 10, 20), self.height() - above - metrics.height() * 1.3
        )

    def _range(self) -> tuple[float, float]:
        values = [float(v) for p in self._trend.points for v in (p.value, p.expected) if v is not None]
        low, high = min(values), max(values)
        room = (high - low) * HEADROOM or abs(high) * HEADROOM or 1.0
        return low - room, high + room

    def _labels(self) -> tuple[str, str]:
        """The highest and the lowest figure, as they are written elsewhere."""
        said: list[tuple[float, str]] = []
        for point in self._trend.points:
            said.append((float(point.value), point.text))
            if point.expected is not None:
                said.append((float(point.expected), point.expected_text))
        return max(said)[1], min(said)[1]

    def _draw_axes(self, painter: QPainter, area: QRectF, low: float, high: float) -> None:
        metrics, muted = self.fontMetrics(), tone(self.palette(), Tone.MUTED)
        painter.setPen(QPen(muted, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.bottomLeft())
        top, bottom = self._labels()
        room = HEADROOM / (1 + 2 * HEADROOM) if high > low else 0
        for text, up in ((top, 1 - room), (bottom, room)):
            y = area.bottom() - area.height() * up
            box = QRectF(0, y - metrics.height() / 2, area.left() - 4, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            if top == bottom:
                break
        self._draw_periods(painter, area)
        legend = self.tr("单位：{unit}").format(unit=self._trend.unit)
        if self._trend.target:
            legend += self.tr("　— 实际　┄ 应达")
        width = self.width()
        painter.drawText(
            QRectF(0, 0, width, metrics.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(legend, Qt.TextElideMode.ElideRight, width),
        )

    def _draw_periods(self, painter: QPainter, area: QRectF) -> None:
        """First and last period, and those between that find room."""
        metrics, points = self.fontMetrics(), self._trend.points
        free = -1.0
        last = len(points) - 1
        for number in (0, last, *range(1, last)):
            text = short_label(points[number].period)
            half = metrics.horizontalAdvance(text) / 2 + 3
            x = area.left() + area.width() * number / max(last, 1)
            x = min(max(x, half), self.width() - half)
            if number not in (0, last) and not (free < x - half and x + half < self._last_begins(area)):
                continue
            box = QRectF(x - half, area.bottom() + 2, 2 * half, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            if number != last or last == 0:
                free = x + half

    def _last_begins(self, area: QRectF) -> float:
        width = self.fontMetrics().horizontalAdvance(short_label(self._trend.points[-1].period)) + 6
        return min(area.right() - width / 2, self.width() - width)

    def _in_words(self) -> str:
        points, unit = self._trend.points, self._trend.unit
        if not points:
            return ""
        text = "；".join(self._point_in_words(point, unit) for point in points)
        return self.tr("{points}。").format(points=text)

    def _point_in_words(self, point: TrendPoint, unit: str) -> str:
        said = f"{point.period.label} {point.text}{unit}"
        if point.expected_text:
            said += self.tr("（应达 {value}{unit}）").format(value=point.expected_text, unit=unit)
        return said


def short_label(period: Period) -> str:
    """A period in a few characters: 24Q3, 24-09, 2024."""
    year = f"{period.year % 100:02}"
    if period.type is PeriodType.QUARTER:
        return f"{year}Q{period.number}"
    if period.type is PeriodType.MONTH:
        return f"{year}-{period.number:02}"
    return str(period.year)


def worth_drawing(points: Sequence[TrendPoint]) -> bool:
    """Whether there is a course at all: one figure alone has none."""
    return len(points) > 1
