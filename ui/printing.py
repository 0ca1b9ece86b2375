"""The sheet to print and stamp, painted page by page on A4: into a PDF, or onto a printer.

Everything is measured first, so that each page can say how many there are. The header of a table is repeated
on every page; a row is only broken where it is longer than a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication

from desktop.workspace import Paper, PaperRow, PaperTable
from ui.i18n import translate
from ui.paper_blocks import LINE, Block, Signatures

DPI = 300
MARGIN_MM = 15.0
BODY_PT, TITLE_PT, SMALL_PT = 9.0, 15.0, 8.0
PAD_MM = 1.0
THIN = 0.17
"""A line's width as a part of the padding: the same on paper whatever the device's resolution."""
BAND = QColor("#eeeeee")
WATER = QColor(0, 0, 0, 22)
STAMP_MM = 42.0
"""Room for a round seal, which has at most 42 mm."""


def pdf_of(paper: Paper) -> bytes:
    """The sheet as a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(paper.title)
    writer.setCreator("zhibao")
    writer.setResolution(DPI)
    print_on(writer, paper)
    buffer.close()
    return bytes(buffer.data().data())


def print_on(device: QPagedPaintDevice, paper: Paper) -> int:
    """Paint the sheet on a PDF writer or a printer; returns the number of pages."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter(device)
    try:
        sheet = _Sheet(device, paper)
        for number, page in enumerate(sheet.pages, 1):
            if number > 1:
                device.newPage()
            sheet.paint_frame(painter, number)
            for placed in page:
                placed.block.paint(painter, placed.top)
        return len(sheet.pages)
    finally:
        painter.end()


@dataclass(frozen=True, slots=True)
class _Cell:
    """Wrapped lines of one cell, and where its box lies from the left edge."""

    lines: tuple[str, ...]
    left: float
    width: float
    align: Qt.AlignmentFlag


@dataclass(frozen=True, slots=True)
class _Placed:
    block: Block
    top: float


@dataclass(frozen=True)
class _Row(Block):
    cells: tuple[_Cell, ...]
    font: QFont
    height: float
    line: float
    pad: float
    fill: QColor | None = None
    boxed: bool = True

    def paint(self, painter: QPainter, top: float) -> None:
        """The boxes with their lines."""
        painter.setFont(self.font)
        for cell in self.cells:
            box = QRectF(cell.left, top, cell.width, self.height)
            if self.fill is not None:
                painter.fillRect(box, self.fill)
            if self.boxed:
                painter.setPen(QPen(LINE, self.pad * THIN))
                painter.drawRect(box)
            painter.setPen(Qt.GlobalColor.black)
            free = self.height - self.line * len(cell.lines)
            y = top + (free / 2 if len(cell.lines) * self.line + 2 * self.pad <= self.height else self.pad)
            inner = cell.width - 2 * self.pad
            for text in cell.lines:
                painter.drawText(
                    QRectF(cell.left + self.pad, y, inner, self.line),
                    int(cell.align | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip.value),
                    text,
                )
                y += self.line

    def parts(self, first: float, page: float) -> Iterator[_Row]:
        """The row in pieces that fit: what is left of this page first, then whole pages."""
        at, room = 0, first
        most = max(len(cell.lines) for cell in self.cells)
        while at < most:
            count = max(1, int((room - 2 * self.pad) // self.line))
            cells = tuple(replace(cell, lines=cell.lines[at : at + count]) for cell in self.cells)
            here = max(len(cell.lines) for cell in cells)
            yield replace(self, cells=cells, height=here * self.line + 2 * self.pad)
            at, room = at + count, page


class _Sheet:
    """The paper laid out on pages of one device."""

    def __init__(self, device: QPagedPaintDevice, paper: Paper) -> None:
        self._device, self._paper = device, paper
        self._mm = device.logicalDpiX() / 25.4
        self._width = float(device.width())
        self._height = float(device.height())
        self._body, self._bold = self._font(BODY_PT), self._font(BODY_PT, bold=True)
        self._small = self._font(SMALL_PT)
        self._band = self._line(self._small) * 1.8
        """The height of what stands at the top and at the bottom of every page."""
        self.pages: list[list[_Placed]] = [[]]
        self._y = self._top
        self._place_all()

    @property
    def _top(self) -> float:
        return self._band

    @property
    def _bottom(self) -> float:
        return self._height - self._band

    def paint_frame(self, painter: QPainter, number: int) -> None:
        """The running title, check code and page number, and the mark 演示 across the page."""
        paper, line = self._paper, self._line(self._small)
        if paper.demo:
            self._water(painter)
        painter.setFont(self._small)
        painter.setPen(Qt.GlobalColor.black)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        top = QRectF(0, 0, self._width, line)
        foot = QRectF(0, self._height - line, self._width, line)
        painter.drawText(top, int(left), paper.running)
        painter.drawText(top, int(right), paper.demo)
        code = translate("Printing", "校验码 {code}").format(code=paper.code)
        page = translate("Printing", "第 {n} 页　共 {all} 页").format(n=number, all=len(self.pages))
        painter.drawText(foot, int(left), code)
        painter.drawText(foot, int(right), page)
        painter.setPen(QPen(LINE, PAD_MM * self._mm * THIN))
        painter.drawLine(QPointF(0, line * 1.3), QPointF(self._width, line * 1.3))
        y = self._height - line * 1.3
        painter.drawLine(QPointF(0, y), QPointF(self._width, y))

    def _water(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(self._width / 2, self._height / 2)
        painter.rotate(-50)
        painter.setFont(self._font(80, bold=True))
        painter.setPen(WATER)
        half = QRectF(-self._height / 2, -self._width / 2, self._height, self._width)
        painter.drawText(half, int(Qt.AlignmentFlag.AlignCenter), self._paper.demo)
        painter.restore()

    def _place_all(self) -> None:
        paper = self._paper
        for text in paper.head.lines:
            self._text(text, self._small, Qt.AlignmentFlag.AlignRight)
        self._text(paper.title, self._font(TITLE_PT, bold=True), Qt.AlignmentFlag.AlignHCenter, gap=1.5)
        self._text(self._in_lines(paper.about), self._body, Qt.AlignmentFlag.AlignLeft, gap=1.5)
        for table in paper.tables:
            self._table(table)
        line = self._line(self._body)
        stamp = STAMP_MM * self._mm
        signed = paper.signatures
        self._put(Signatures(signed, paper.code, self._body, self._width, stamp + line, line, stamp))

    def _table(self, table: PaperTable) -> None:
        lefts, widths = self._columns(table)
        header = self._row(
            tuple(column.title for column in table.columns), table, lefts, widths, self._bold, BAND
        )
        rows = [self._filled(row, table, lefts, widths) for row in table.rows]
        title = self._plain(table.title, self._bold, Qt.AlignmentFlag.AlignLeft)
        first = rows[0].height if rows[0].height < self._page / 3 else self._line(self._body) * 3
        follows = 0.0 if len(rows) < 2 or not table.rows[0].band else rows[1].height
        self._gap(2)
        self._room(title.height + header.height + first + follows)
        self._put(title)
        self._put(header)
        for number, row in enumerate(rows):
            more = rows[number + 1].height if table.rows[number].band and number + 1 < len(rows) else 0.0
            self._add(row, header, keep=more if more < self._page / 3 else 0.0)
        if table.note:
            self._text(table.note, self._small, Qt.AlignmentFlag.AlignLeft)

    def _add(self, row: _Row, header: _Row, keep: float) -> None:
        """Place a row with what must follow it; on a new page under the header again."""
        if self._y + row.height + keep <= self._bottom:
            self._put(row)
            return
        if row.height + keep <= self._page - header.height:
            self._new_page()
            self._put(header)
            self._put(row)
            return
        room = self._bottom - self._y
        if room < 4 * row.line:
            self._new_page()
            self._put(header)
            room = self._bottom - self._y
        for number, part in enumerate(row.parts(room, self._page - header.height)):
            if number:
                self._new_page()
                self._put(header)
            self._put(part)

    def _filled(
        self, row: PaperRow, table: PaperTable, lefts: Sequence[float], widths: Sequence[float]
    ) -> _Row:
        if not row.band:
            return self._row(row.cells, table, lefts, widths, self._body, None)
        cell = _Cell((row.cells[0],), 0.0, self._width, Qt.AlignmentFlag.AlignLeft)
        line, pad = self._line(self._bold), PAD_MM * self._mm
        return _Row((cell,), self._bold, line + 2 * pad, line, pad, BAND)

    def _row(
        self,
        texts: Sequence[str],
        table: PaperTable,
        lefts: Sequence[float],
        widths: Sequence[float],
        font: QFont,
        fill: QColor | None,
    ) -> _Row:
        line, pad = self._line(font), PAD_MM * self._mm
        cells = tuple(
            _Cell(
                self._wrapped(text, font, width - 2 * pad),
                left,
                width,
                _alignment(right=column.right, header=fill is not None),
            )
            for text, column, left, width in zip(texts, table.columns, lefts, widths, strict=True)
        )
        most = max(len(cell.lines) for cell in cells)
        return _Row(cells, font, most * line + 2 * pad, line, pad, fill)

    def _columns(self, table: PaperTable) -> tuple[list[float], list[float]]:
        whole = sum(column.share for column in table.columns)
        widths = [self._width * column.share / whole for column in table.columns]
        lefts = [sum(widths[:number]) for number in range(len(widths))]
        return lefts, widths

    def _wrapped(self, text: str, font: QFont, width: float) -> tuple[str, ...]:
        """A text in lines no wider than that; Chinese breaks anywhere, what has no blanks too."""
        found: list[str] = []
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        for paragraph in text.split("\n"):
            layout = QTextLayout(paragraph, font, self._device)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                # Qt counts in UTF-16: characters beyond the first plane take two places
                start, length = line.textStart(), line.textLength()
                piece = paragraph.encode("utf-16-le")[2 * start : 2 * (start + length)]
                found.append(piece.decode("utf-16-le").rstrip(" "))
            layout.endLayout()
        return tuple(found) or ("",)

    def _in_lines(self, parts: Sequence[str]) -> str:
        """Parts one after the other; one that no longer fits begins a line of its own."""
        lines = list(parts[:1])
        for part in parts[1:]:
            longer = f"{lines[-1]}　　{part}"
            if len(self._wrapped(longer, self._body, self._width)) > 1:
                lines.append(part)
            else:
                lines[-1] = longer
        return "\n".join(lines)

    def _text(self, text: str, font: QFont, align: Qt.AlignmentFlag, gap: float = 0.5) -> None:
        self._put(self._plain(text, font, align))
        self._gap(gap)

    def _plain(self, text: str, font: QFont, align: Qt.AlignmentFlag) -> _Row:
        lines = self._wrapped(text, font, self._width)
        line = self._line(font)
        cell = _Cell(lines, 0.0, self._width, align)
        return _Row((cell,), font, len(lines) * line, line, 0.0, boxed=False)

    def _gap(self, millimetres: float) -> None:
        self._y += millimetres * self._mm

    def _room(self, height: float) -> None:
        if self._y + height > self._bottom:
            self._new_page()

    def _put(self, block: Block) -> None:
        if self._y + block.height > self._bottom and self.pages[-1]:
            self._new_page()
        self.pages[-1].append(_Placed(block, self._y))
        self._y += block.height

    def _new_page(self) -> None:
        self.pages.append([])
        self._y = self._top

    @property
    def _page(self) -> float:
        return self._bottom - self._top

    def _font(self, points: float, *, bold: bool = False) -> QFont:
        font = QFont(QApplication.font())
        font.setPointSizeF(points)
        font.setBold(bold)
        return font

    def _line(self, font: QFont) -> float:
        return QFontMetricsF(font, self._device).height() * 1.1


def _alignment(*, right: bool, header: bool) -> Qt.AlignmentFlag:
    if header:
        return Qt.AlignmentFlag.AlignHCenter
    return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
