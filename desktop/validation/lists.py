"""Rules on list elements: complete rows, rows that expired, one name twice, the count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from desktop.model.canonical import digest
from desktop.model.element import ColumnType
from desktop.model.finding import Finding
from desktop.model.form import FormRow
from desktop.model.listing import is_credit_code, read_date, valid_rows
from desktop.model.submission import Answer, FigureState
from desktop.validation.finding_maker import Figures, Maker


def rows(make: Maker, _row: FormRow) -> Iterator[Finding]:
    """All rules on a list."""
    if make.figure.state is not FigureState.NUMBER:
        return
    yield from _cells(make)
    yield from _counted(make)
    yield from _twice(make)


def _cells(make: Maker) -> Iterator[Finding]:
    """Required columns filled, dates that are dates, codes that check."""
    for number, listed in enumerate(make.figure.rows, start=1):
        for column in make.element.columns:
            text = listed.get(column.id, "")
            if not text:
                say, code = make.error, "list.column_missing" if column.required else ""
            elif column.type is ColumnType.DATE and read_date(text) is None:
                say, code = make.error, "list.date"
            elif column.type is ColumnType.CREDIT_CODE and not is_credit_code(text):
                say, code = make.warning, "list.credit_code"
            else:
                continue
            if code:
                place = {"row": str(number), "column": column.name, "text": text[:40]}
                yield say(code, f"{number}/{column.id}", _about(make), **place)


def _counted(make: Maker) -> Iterator[Finding]:
    """The figure is the count of valid rows; of an issued one that was answered its owner has the names."""
    figure, value = make.figure, make.figure.value or Decimal(0)
    if not figure.rows:
        if value > 0 and figure.answer is Answer.NONE:
            yield make.warning("list.no_rows", value=make.shown(value))
        return
    valid = Decimal(len(valid_rows(figure.rows, make.element, make.context.period.end)))
    expired = len(figure.rows) - valid
    if expired:
        yield make.notice("list.expired", about=_about(make), count=str(expired), total=str(len(figure.rows)))
    if value != valid:
        yield make.error("list.count", about=_about(make), value=make.shown(value), count=make.shown(valid))


def _twice(make: Maker) -> Iterator[Finding]:
    """One organisation stands in one list once."""
    for column in make.element.columns:
        if column.type is not ColumnType.CREDIT_CODE:
            continue
        codes = Counter(listed.get(column.id, "") for listed in make.figure.rows)
        for code, count in codes.items():
            if code and count > 1:
                yield make.warning("list.duplicate", code, _about(make), credit_code=code, count=str(count))


def _about(make: Maker) -> Figures:
    rows_text = digest([dict(listed) for listed in make.figure.rows])
    return {(f"{make.element.id}/rows", make.context.period): rows_text}
