"""The places of a report that an office may comment on, with what stands there and the comments typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from desktop.model.finding import item_address
from desktop.model.form import form_for
from desktop.model.place_name import place_name
from desktop.model.plan import Plan
from desktop.model.submission import Section, Submission
from desktop.workspace import ReturnComment, figure_text
from ui.i18n import translate
from ui.row_table import Index, Role, RowTable

COL_PLACE, COL_CONTENT, COL_COMMENT = range(3)


@dataclass(frozen=True, slots=True)
class Place:
    """One place: a figure, an item, or an explanation (then `finding` is its key)."""

    unit: str
    address: str
    name: str
    content: str
    finding: str = ""


class PlaceModel(RowTable):
    """Rows of one submission; the last column is typed."""

    columns = 3

    def __init__(
        self,
        submission: Submission,
        plan: Plan,
        parent: QObject | None = None,
        given: Sequence[ReturnComment] = (),
    ) -> None:
        super().__init__(parent)
        self._places = places_of(submission, plan)
        said = {(one.unit, one.address, one.finding): one.text for one in given}
        self._comments = {
            row: text
            for row, place in enumerate(self._places)
            if (text := said.get((place.unit, place.address, place.finding)))
        }

    @property
    def comments(self) -> tuple[ReturnComment, ...]:
        """What was typed, in the order of the rows."""
        return tuple(
            ReturnComment(place.unit, place.address, text, place.finding)
            for row, place in enumerate(self._places)
            if (text := self._comments.get(row, ""))
        )

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, whole as a hint too."""
        if not index.isValid() or role not in (Role.DisplayRole, Role.EditRole, Role.ToolTipRole):
            return None
        place = self._places[index.row()]
        return (place.name, place.content, self._comments.get(index.row(), ""))[index.column()]

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take a comment; an empty one is none."""
        if index.column() != COL_COMMENT or role != Role.EditRole:
            return False
        self._comments[index.row()] = str(value).strip()
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only comments are typed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == COL_COMMENT else flags

    def _count(self) -> int:
        return len(self._places)

    def _titles(self) -> Sequence[str]:
        return self.tr("位置"), self.tr("报送内容"), self.tr("退回意见（写在这里）")


def places_of(submission: Submission, plan: Plan) -> tuple[Place, ...]:
    """Every figure with the explanations beside it, then the items; several units one after the other. What
    is due and blank can be asked for too.
    """
    several = len(submission.sections) > 1
    return tuple(place for section in submission.sections for place in _of(section, plan, several=several))


def _of(section: Section, plan: Plan, *, several: bool) -> list[Place]:
    whose = f"{plan.unit(section.unit).short_name}　" if several and plan.has_unit(section.unit) else ""
    found = [
        Place(section.unit, row.element.id, whose + row.element.name, text or translate("Places", "（空）"))
        for row in form_for(plan, plan.unit(section.unit), section.period).rows
        if (text := figure_text(section.figure(row.element.id), row.element)) or row.due
    ]
    for number, item in sorted(section.items.items()):
        address = item_address(number)
        found.append(Place(section.unit, address, whose + place_name(address, plan), item.narrative))
    for explanation in section.explanations:
        address = [*explanation.finding.split("@"), ""][1]
        at = next((n for n, place in enumerate(found) if place.address == address), len(found) - 1)
        name = f"{whose}　　{place_name(address, plan)}：说明"
        found.insert(at + 1, Place(section.unit, address, name, explanation.text, explanation.finding))
    return found
