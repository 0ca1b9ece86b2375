"""What the cells of the sheet say. Texts are made once and kept until a figure changes: scrolling through a
long form must not compute anything twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.model.decimals import canonical
from desktop.model.element import DataElement
from desktop.model.form import FormRow, FormSection
from desktop.model.indicator import Indicator
from desktop.model.submission import Figure, FigureState, Section
from desktop.values import dataclass
from desktop.workspace import FormSession, figure_text
from desktop.workspace.form.ratios import LiveRatio, ratio_change, ratio_indicators, ratio_of
from ui.colours import Tone
from ui.entry.columns import (
    COL_CODE,
    COL_CURRENT,
    COL_GROWTH,
    COL_LAST_YEAR,
    COL_NAME,
    COL_PREVIOUS,
    COL_REMARK,
    COL_STANDING,
    COL_TARGET,
    COL_UNIT,
)
from ui.entry.lines import FindingsView, Remark, issued_value, remark
from ui.i18n import translate

if TYPE_CHECKING:
    from desktop.workspace import TargetStanding

INDENT = "　　"  # two full-width blanks: a part (其中) under its whole


@dataclass(frozen=True, slots=True)
class Header:
    """A line that opens a section."""

    section: FormSection


@dataclass(frozen=True, slots=True)
class RatioLine:
    """A computed indicator below its parts: nothing is typed there."""

    indicator: Indicator
    category: str
    indent: int

    def uses(self, element: str) -> bool:
        """Whether an element is one of its parts."""
        return element in (*self.indicator.numerator, *self.indicator.denominator)


Row = FormRow | RatioLine
Line = Header | Row


def lines_of(session: FormSession) -> tuple[Line, ...]:
    """The lines of a form: each section's header, its rows, and below its last part each ratio."""
    ratios = ratio_indicators(session)
    lines: list[Line] = []
    for section in session.form.sections:
        lines.append(Header(section))
        after = _ratios_after(section, ratios)
        for row in section.rows:
            lines.append(row)
            lines.extend(
                RatioLine(indicator, section.category, 1) for indicator in after.get(row.element.id, ())
            )
    return tuple(lines)


def _ratios_after(section: FormSection, ratios: tuple[Indicator, ...]) -> dict[str, list[Indicator]]:
    """Ratios by the row that they come after: the last of their parts, with what is indented below it."""
    found: dict[str, list[Indicator]] = {}
    for indicator in ratios:
        if not any(row.due for row in section.rows if row.element.id in indicator.numerator):
            continue
        parts = [n for n, row in enumerate(section.rows) if row.element.id in indicator.numerator]
        parts += [
            n for n, row in enumerate(section.rows) if parts and row.element.id in indicator.denominator
        ]
        if not parts:
            continue
        last = max(parts)
        while (
            last + 1 < len(section.rows) and section.rows[last + 1].indent > section.rows[max(parts)].indent
        ):
            last += 1
        found.setdefault(section.rows[last].element.id, []).append(indicator)
    return found


class CellTexts:
    """The texts of one session's rows."""

    def __init__(self, session: FormSession | None) -> None:
        self._session = session
        self.findings = FindingsView.of(session) if session else FindingsView()
        self._texts: dict[tuple[str, int], str] = {}
        self._steady: dict[tuple[str, int], str] = {}
        self._remarks: dict[str, Remark] = {}
        self._ratios: dict[str, LiveRatio] = {}
        self._trial: Section | None = None

    def try_figure(self, element: str, figure: Figure | None) -> None:
        """Compute ratios as if an element held a figure that is still being typed; None: as it stands."""
        from dataclasses import replace

        self._trial = None
        if self._session is not None and figure is not None:
            section = self._session.section
            self._trial = replace(section, figures={**section.figures, element: figure})
        self._texts.clear()
        self._remarks.clear()
        self._ratios.clear()

    def forget(self) -> None:
        """A figure changed: what depends on this period's figures is made anew when it is next looked at."""
        if self._session is not None:
            self.findings = FindingsView.of(self._session)
        self._trial = None
        self._texts.clear()
        self._remarks.clear()
        self._ratios.clear()

    def text(self, row: Row, column: int) -> str:
        """A cell as it is shown."""
        if self._is_early(row, column):
            return ""
        key = (_key(row), column)
        steady = column in _STEADY
        kept = self._steady if steady else self._texts
        if key not in kept:
            kept[key] = (
                self._ratio_text(row, column) if isinstance(row, RatioLine) else self._text(row, column)
            )
        return kept[key]

    def remark(self, row: Row) -> Remark:
        """What the column 说明 says."""
        if self._is_early(row, COL_REMARK):
            return Remark("", Tone.MUTED)
        key = _key(row)
        if key not in self._remarks:
            self._remarks[key] = self._make_remark(row)
        return self._remarks[key]

    def _is_early(self, row: Row, column: int) -> bool:
        """Whether a cell has to be computed, and the first sight of the form needn't wait for that."""
        if self._session is None or not self._session.postponed:
            return False
        return column in _COMPUTED or (isinstance(row, RatioLine) and column not in _NAMED)

    def spoken(self, row: Row) -> str:
        """The field of a row as a screen reader says it: name, figure with unit, state, last period's."""
        name = (row.indicator.name if isinstance(row, RatioLine) else row.element.name).strip()
        unit = self.text(row, COL_UNIT)
        parts = [name, self._spoken_figure(row, unit), self.remark(row).text]
        previous = self.text(row, COL_PREVIOUS)
        if previous:
            parts.append(translate("FigureModel", "上期{value}").format(value=previous))
        return "，".join(part for part in parts if part)

    def _spoken_figure(self, row: Row, unit: str) -> str:
        shown = self.text(row, COL_CURRENT)
        if isinstance(row, RatioLine) or self._session is None:
            return f"{shown}{unit}" if shown else translate("FigureModel", "算不出")
        if not row.due:
            return ""
        state = self._session.section.figure(row.element.id).state
        if state is FigureState.BLANK:
            return f"{shown}{unit}" if shown else translate("FigureModel", "空")
        return shown if state is FigureState.NIL else f"{shown}{unit}"

    def _make_remark(self, row: Row) -> Remark:
        if self._session is None:
            return Remark("", Tone.MUTED)
        if not isinstance(row, RatioLine):
            return remark(row, self._session, self.findings)
        ratio = self._ratio(row)
        if ratio.value:
            from ui.entry.facts import formula_text

            return Remark(formula_text(ratio, names=False), Tone.MUTED)
        if ratio.missing:
            names = "、".join(ratio.missing)
            return Remark(translate("FigureModel", "自动计算，缺：{names}").format(names=names), Tone.MUTED)
        return Remark(translate("FigureModel", "自动计算，除数为 0"), Tone.MUTED)

    def _text(self, row: FormRow, column: int) -> str:
        session, element = self._session, row.element
        if session is None:
            return ""
        around = session.around
        texts: dict[int, Callable[[], str]] = {
            COL_NAME: lambda: INDENT * row.indent + element.name,
            COL_UNIT: lambda: element.unit.typed,
            COL_CODE: lambda: element.id,
            COL_LAST_YEAR: lambda: (
                figure_text(around.same_last_year.figure(element.id), element)
                if around.same_last_year
                else ""
            ),
            COL_PREVIOUS: lambda: (
                figure_text(around.previous.figure(element.id), element) if around.previous else ""
            ),
            COL_CURRENT: lambda: self._current(row, session),
            COL_GROWTH: lambda: _growth(session, element),
            COL_TARGET: lambda: _target_text(self._standing(row)),
            COL_STANDING: lambda: _standing_text(self._standing(row)),
        }
        return texts[column]() if column in texts else self.remark(row).text

    def _ratio_text(self, row: RatioLine, column: int) -> str:
        session, indicator = self._session, row.indicator
        if session is None:
            return ""
        around = session.around
        texts: dict[int, Callable[[], str]] = {
            COL_NAME: lambda: f"{INDENT * row.indent}＝{indicator.name}",
            COL_UNIT: lambda: indicator.unit,
            COL_CODE: lambda: indicator.id,
            COL_LAST_YEAR: lambda: (
                ratio_of(session, indicator, around.same_last_year).value if around.same_last_year else ""
            ),
            COL_PREVIOUS: lambda: (
                ratio_of(session, indicator, around.previous).value if around.previous else ""
            ),
            COL_CURRENT: lambda: self._ratio(row).value or translate("FigureModel", "—"),
            COL_GROWTH: lambda: ratio_change(session, indicator),
            COL_TARGET: lambda: _target_text(self._standing(row)),
            COL_STANDING: lambda: _standing_text(self._standing(row)),
        }
        return texts[column]() if column in texts else self.remark(row).text

    def _ratio(self, row: RatioLine) -> LiveRatio:
        assert self._session is not None
        id_ = row.indicator.id
        if id_ not in self._ratios:
            self._ratios[id_] = ratio_of(self._session, row.indicator, self._trial)
        return self._ratios[id_]

    def _standing(self, row: Row) -> TargetStanding | None:
        """The target that judges this very figure, the unit's own before the district's."""
        session = self._session
        if session is None:
            return None
        from desktop.workspace.form.standing import target_standings

        if isinstance(row, RatioLine):
            found = target_standings(session, row.indicator.numerator[0])
            return next((s for s in found if s.target.indicator == row.indicator.id), None)
        alone = {i.id for i in session.plan.indicators if i.numerator == (row.element.id,) and not i.is_ratio}
        return next(
            (
                s
                for s in target_standings(session, row.element.id)
                if (s.target.element == row.element.id and not s.target.plus) or s.target.indicator in alone
            ),
            None,
        )

    def _current(self, row: FormRow, session: FormSession) -> str:
        figure = session.section.figure(row.element.id)
        if not row.due:
            return figure_text(figure, row.element) or translate("FigureModel", "不报")
        issued = issued_value(row, session)
        if figure.state is FigureState.BLANK and issued is not None:
            shown = figure_text(Figure.number(issued), row.element)
            return translate("FigureModel", "（下发）{value}").format(value=shown)
        return figure_text(figure, row.element)


_NAMED = frozenset((COL_NAME, COL_UNIT, COL_CODE))
_COMPUTED = frozenset((COL_GROWTH, COL_TARGET, COL_STANDING))
_STEADY = frozenset((COL_NAME, COL_UNIT, COL_CODE, COL_LAST_YEAR, COL_PREVIOUS, COL_TARGET))
"""Columns whose texts don't hang on this period's figures."""


def _growth(session: FormSession, element: DataElement) -> str:
    from desktop.workspace.form.trends import growth_text

    return growth_text(session, element)


def typed_text(figure: Figure) -> str:
    """A figure as one would type it."""
    if figure.state is FigureState.UNREADABLE:
        return figure.typed
    return canonical(figure.value) if figure.value is not None else ""


def _key(row: Row) -> str:
    return f"={row.indicator.id}" if isinstance(row, RatioLine) else row.element.id


def _target_text(standing: TargetStanding | None) -> str:
    if standing is None:
        return ""
    from ui.entry.facts import operator_text

    text = operator_text(standing.target)
    return text if standing.own else translate("FigureModel", "全区{text}").format(text=text)


def _standing_text(standing: TargetStanding | None) -> str:
    """The verdict, and 完成率, 目标进度 or 差距: each under its own name."""
    if standing is None or not standing.verdict:
        return ""
    shown = standing.shown
    if shown.completion:
        more = translate("FigureModel", "完成率{share}%").format(share=shown.completion)
    elif shown.progress:
        more = translate("FigureModel", "目标进度{share}%").format(share=shown.progress)
    elif shown.gap:
        more = translate("FigureModel", "差{gap}{unit}").format(gap=shown.gap, unit=standing.change_unit)
    else:
        more = ""
    return "，".join(filter(None, (standing.verdict, more)))
