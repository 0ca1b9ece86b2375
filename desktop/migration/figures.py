"""Moving the figures of one section: renamed, converted, added up, or dropped with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.migration.crosswalk import Crosswalk, Way
from desktop.migration.joining import figure_text, joined_figure, order
from desktop.migration.lines import MigrationLine, Note, Outcome
from desktop.migration.owing import owes
from desktop.model.catalogue.migration_messages import NATURES
from desktop.model.decimals import EXACT, canonical, places
from desktop.model.element import DataElement, ElementKind
from desktop.model.listing import list_figure
from desktop.model.mapping import Mapped
from desktop.model.submission import BLANK, Figure, FigureState, Section


@dataclass(frozen=True, slots=True)
class MovedFigures:
    """Figures under their new ids, where each old element went (None: dropped), and the lines."""

    figures: Mapping[str, Figure]
    went: Mapping[str, str | None]
    lines: tuple[MigrationLine, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One old figure on its way to a new element; `figure` is None where it can't go on."""

    old: str
    before: Figure
    way: Way
    figure: Figure | None
    notes: tuple[Note, ...] = ()
    lines: tuple[MigrationLine, ...] = ()


def move_figures(section: Section, crosswalk: Crosswalk) -> MovedFigures:
    """The figures of a section under the new plan."""
    mover = _Mover(section, crosswalk)
    groups: dict[str | None, list[_Part]] = {}
    for id_ in sorted(section.figures):
        if section.figures[id_] != BLANK:
            part = mover.part(id_)
            groups.setdefault(part.way.new if part.figure is not None else None, []).append(part)
    figures: dict[str, Figure] = {}
    went: dict[str, str | None] = {part.old: None for part in groups.get(None, ())}
    lines = [mover.dropped(part) for part in groups.pop(None, [])]
    for new, parts in groups.items():
        assert new is not None  # parts without a way were taken out above
        figure, told = mover.together(new, parts)
        lines += told
        if figure is not None:
            figures[new] = figure
        gone = {line.old for line in told if line.outcome is Outcome.DROPPED and not line.part}
        went |= {part.old: None if part.old in gone else new for part in parts}
    return MovedFigures(figures, went, tuple(sorted(lines, key=lambda line: (line.old, line.part))))


class _Mover:
    """Moves the figures of one section."""

    def __init__(self, section: Section, crosswalk: Crosswalk) -> None:
        self.section = section
        self.crosswalk = crosswalk
        old = crosswalk.old
        self.sources: dict[str, list[str]] = {}
        for id_ in sorted({*(e.id for e in old.elements), *section.figures}):
            if (new := crosswalk.element(id_).new) is not None:
                self.sources.setdefault(new, []).append(id_)

    def part(self, id_: str) -> _Part:
        """One old figure, converted as far as it can be alone."""
        figure, way = self.section.figures[id_], self.crosswalk.element(id_)
        if way.new is None:
            return _Part(id_, figure, way, None, (way.why,) if way.why else ())
        new = self.crosswalk.new.element(way.new)
        old = self.crosswalk.old.element(id_) if self.crosswalk.old.has_element(id_) else None
        why = _obstacle(figure, old, new, way)
        if why is not None:
            return _Part(id_, figure, way, None, (why,))
        return self._converted(_Part(id_, figure, way, figure), old, new)

    def _converted(self, part: _Part, old: DataElement | None, new: DataElement) -> _Part:
        part = self._deductions(part)
        if old is not None and old.kind is ElementKind.LIST:
            part = self._rows(part, old, new)
        figure, notes = part.figure, list(part.notes)
        factor = part.way.row.factor if part.way.row else 1
        if figure is not None and figure.value is not None and factor != 1:
            figure = replace(
                figure,
                value=EXACT.multiply(figure.value, factor),
                deductions=tuple(
                    replace(d, value=EXACT.multiply(d.value, factor)) for d in figure.deductions
                ),
            )
        elif old is not None and old.unit.typed != new.unit.typed:
            notes.append(Note("migration.label_changed", {"was": old.unit.typed, "now": new.unit.typed}))
        finer = factor != 1 or (old is not None and old.decimals > new.decimals)
        if finer and figure is not None and figure.value is not None and places(figure.value) > new.decimals:
            shown = {"places": str(places(figure.value)), "decimals": str(new.decimals)}
            notes.append(Note("migration.more_decimals", shown))
        return replace(part, figure=figure, notes=tuple(notes))

    def _deductions(self, part: _Part) -> _Part:
        """Deductions name other units: they follow them."""
        assert part.figure is not None  # asked for parts that go on only
        moved, lines = [], []
        for deduction in part.figure.deductions:
            new = self.crosswalk.unit(deduction.unit).new if deduction.unit else ""
            moved.append(replace(deduction, unit=deduction.unit if new is None else new))
            if new is None:
                notes = (Note("migration.deduction_unit", {"unit": deduction.unit}),)
                amount = canonical(deduction.value)
                line = self._line(part, Outcome.KEPT, amount, notes=notes)
                lines.append(replace(line, part="deduction", was=amount))
        return replace(
            part, figure=replace(part.figure, deductions=tuple(moved)), lines=(*part.lines, *lines)
        )

    def _rows(self, part: _Part, old: DataElement, new: DataElement) -> _Part:
        """A list's rows under the new columns; as a number only their count goes on."""
        figure = part.figure
        if figure is None or not figure.rows:
            return part
        if new.kind is not ElementKind.LIST:
            line = self._line(part, Outcome.DROPPED, "", notes=(Note("migration.rows_dropped"),))
            line = replace(line, part="rows", new=(), was=str(len(figure.rows)))
            return replace(part, figure=replace(figure, rows=()), lines=(*part.lines, line))
        if old.columns == new.columns:
            return part
        return self._columns(part, figure, old, new)

    def _columns(self, part: _Part, figure: Figure, old: DataElement, new: DataElement) -> _Part:
        known = {column.id for column in new.columns}
        names = {column.id: column.name for column in old.columns}
        lost = sorted({key for row in figure.rows for key in row if key not in known})
        lines = list(part.lines)
        if lost:
            lost_names = "、".join(names.get(id_, id_) for id_ in lost)
            line = self._line(
                part, Outcome.DROPPED, "", notes=(Note("migration.columns_dropped", {"columns": lost_names}),)
            )
            texts = (row[key] for key in lost for row in figure.rows if key in row)
            lines.append(replace(line, part="columns", new=(), was="、".join(texts)))
        counted = list_figure(figure.rows, new, self.section.period.end)
        if counted == BLANK:
            return replace(
                part, figure=None, notes=(*part.notes, Note("migration.rows_emptied")), lines=tuple(lines)
            )
        notes = part.notes
        if counted.value != figure.value:
            shown = {"was": figure_text(figure), "now": figure_text(counted)}
            notes = (*notes, Note("migration.rows_recounted", shown))
        moved = replace(figure, value=counted.value, rows=counted.rows)
        return replace(part, figure=moved, notes=notes, lines=tuple(lines))

    def together(self, new: str, parts: list[_Part]) -> tuple[Figure | None, list[MigrationLine]]:
        """What several old figures make of one new element; one alone moves as it is."""
        others = [id_ for id_ in self.sources.get(new, ()) if id_ not in {part.old for part in parts}]
        old, unit, period = self.crosswalk.old, self.section.unit, self.section.period
        missing = [id_ for id_ in others if owes(old, unit, id_, period)]
        if len(parts) == 1 and not missing:
            return self._alone(parts[0])
        lines: list[MigrationLine] = []
        fit: list[_Part] = []
        for part in parts:
            why = self._unfit(part, new)
            if why is None:
                fit.append(part)
            else:
                missing.append(part.old)
                lines.append(self.dropped(replace(part, notes=(*part.notes, why))))
        if not fit:
            return None, lines
        figures = sorted((part.figure for part in fit if part.figure is not None), key=order)
        whole = joined_figure(figures)
        lacking = (Note("migration.part_missing", {"parts": self._names(missing)}),) if missing else ()
        for part in fit:
            line = self._line(part, Outcome.MERGED, figure_text(whole), notes=(*part.notes, *lacking))
            lines += [line, *part.lines]
        return whole, lines

    def _alone(self, part: _Part) -> tuple[Figure | None, list[MigrationLine]]:
        assert part.figure is not None  # dropped parts never come here
        factor = part.way.row.factor if part.way.row else 1
        if factor != 1 and part.figure.value is not None:
            outcome = Outcome.CONVERTED
        else:
            outcome = Outcome.KEPT if part.way.new == part.old else Outcome.RENAMED
        line = self._line(part, outcome, figure_text(part.figure), notes=part.notes)
        return part.figure, [line, *part.lines]

    def _unfit(self, part: _Part, new: str) -> Note | None:
        """Why a figure can't be a part of a sum."""
        element = self.crosswalk.new.element(new)
        if part.figure is None or part.figure.state is FigureState.BLANK:
            return Note("migration.empty_part")
        if part.figure.state is FigureState.UNREADABLE:
            return Note("migration.unreadable_part", {"typed": part.figure.typed})
        if not element.additive or element.stated_ratio:
            return Note("migration.not_additive", {"new_name": element.name})
        return None

    def dropped(self, part: _Part) -> MigrationLine:
        """The line of a figure that isn't moved."""
        return replace(self._line(part, Outcome.DROPPED, "", notes=part.notes), new=())

    def _line(self, part: _Part, outcome: Outcome, now: str, notes: tuple[Note, ...]) -> MigrationLine:
        new = part.way.new
        return MigrationLine(
            Mapped.ELEMENT,
            part.old,
            (new,) if new is not None else (),
            outcome,
            was=figure_text(part.before),
            now=now,
            unit=self.section.unit,
            old_name=self._names([part.old]),
            new_name=self.crosswalk.new.element(new).name if new is not None else "",
            said=part.way.said,
            notes=notes,
        )

    def _names(self, ids: list[str]) -> str:
        old = self.crosswalk.old
        return "、".join(old.element(id_).name if old.has_element(id_) else id_ for id_ in ids)


def _obstacle(figure: Figure, old: DataElement | None, new: DataElement, way: Way) -> Note | None:
    """Why a figure can't go to its new element at all; where the plan has a row, it has the last word."""
    if figure.state is FigureState.UNREADABLE and way.row is not None and way.row.factor != 1:
        return Note("migration.unreadable_factor", {"typed": figure.typed})
    if old is not None and way.row is None and old.nature is not new.nature:
        shown = {"was": NATURES[old.nature.value], "now": NATURES[new.nature.value]}
        return Note("migration.nature_changed", shown)
    if old is not None and way.row is None and old.unit.typed != new.unit.typed:
        return Note("migration.measure_changed", {"was": old.unit.typed, "now": new.unit.typed})
    if new.kind is ElementKind.LIST and figure.state is FigureState.NUMBER:
        if not figure.rows:
            return Note("migration.number_to_list")
        if way.row is not None and way.row.factor != 1:
            return Note("migration.list_factor")
    return None
