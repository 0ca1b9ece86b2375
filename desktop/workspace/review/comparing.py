"""Contents of a unit side by side: what a person looks at to choose one, or a cell at a time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.consolidation import CellPlace, cell_content, places, section_of
from desktop.errors import InputError
from desktop.model import plain
from desktop.model.canonical import Json, short_digest
from desktop.model.finding import item_number
from desktop.model.period import Period
from desktop.model.place_name import place_name
from desktop.model.plan import Plan
from desktop.model.submission import (
    ITEM_STATUS_LABELS,
    Answer,
    ItemReport,
    Section,
    Submission,
    SubmissionKind,
)
from desktop.store import Connection, inbox
from desktop.store.inbox import ContentHead
from desktop.store.texts import kept
from desktop.workspace.desk import Desk
from desktop.workspace.desk.display import figure_text
from desktop.workspace.intake.inbox import MADE, Intake, content_now, kind_of_content, states
from desktop.workspace.intake.outcome import EditedCellView

_ANSWERS = {Answer.CONFIRMED: "（已确认）", Answer.DISPUTED: "（有异议）"}


@dataclass(frozen=True, slots=True)
class Side:
    """One content of a comparison: where it came from and what it is worth as evidence.

    `made_of` are the digests that it was put together from here, `counts` says that it is what is added up,
    `kind` what the sender took it for.
    """

    digest: str
    unit: str
    revision: int
    file: str
    received: datetime.datetime | None
    content: str
    signature: str
    counts: bool = False
    made_of: tuple[str, ...] = ()
    kind: SubmissionKind = SubmissionKind.REGULAR

    @property
    def mark(self) -> str:
        """A short name that people can read to each other."""
        return short_digest(self.digest)


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One cell: its name, the texts on each side, and what it says in the common ancestor.

    `same` has for each side the number of the first one that says the same, whatever the texts show.
    """

    place: CellPlace
    name: str
    texts: tuple[str, ...]
    before: str = ""
    same: tuple[int, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the sides don't agree."""
        return len(set(self.same)) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Contents side by side; `ancestor` is the revision that all of them name as their parent, if it came."""

    unit: str
    period: Period
    sides: tuple[Side, ...]
    cells: tuple[ComparedCell, ...]
    ancestor: Side | None = None

    @property
    def different(self) -> tuple[ComparedCell, ...]:
        """The cells in which they differ."""
        return tuple(cell for cell in self.cells if cell.differs)


def compare(desk: Desk, unit: str, period: Period, digests: Sequence[str]) -> Comparison:
    """Contents of one unit and period side by side, under the current plan version.

    Where they came from different units (one in a zone's file), only that unit's section is compared. Raises
    InputError for a digest that never came, or that can't be read under the current version.
    """
    contents = [_content(desk, digest) for digest in digests]
    only = unit if len({content.unit for content in contents}) > 1 else None
    heads = [_head(desk, digest) for digest in digests]
    counting = next((s.accepted for s in states(desk, period, desk.clock().date()) if s.unit == unit), None)
    parent = _common_parent(desk, heads)
    before = _content(desk, parent) if parent else None
    found = places(desk.plan, contents, only)
    several = len({place.unit for place in found}) > 1
    return Comparison(
        unit,
        period,
        tuple(_side(desk, head, counting) for head in heads),
        tuple(_cell(desk.plan, place, contents, before, several=several) for place in found),
        _side(desk, _head(desk, parent), counting) if parent else None,
    )


def edited_cells(desk: Desk, digest: str) -> tuple[EditedCellView, ...]:
    """The cells of a content that were changed outside the program: what stood there, what does now."""
    return kept(_head(desk, digest).edited_cells, _edited_from, "被改动的单元格")


def _edited_from(data: list[Json]) -> tuple[EditedCellView, ...]:
    return tuple(EditedCellView(**plain.texts_by_name(row)) for row in data)


def changes(desk: Desk, old: str, new: str) -> tuple[ComparedCell, ...]:
    """The cells in which a content differs from an earlier one: the two texts are was and now."""
    contents = [_content(desk, old), _content(desk, new)]
    found = places(desk.plan, contents)
    several = len({place.unit for place in found}) > 1
    cells = (_cell(desk.plan, place, contents, None, several=several) for place in found)
    return tuple(cell for cell in cells if cell.differs)


def cell_text(plan: Plan, section: Section | None, place: CellPlace) -> str:
    """A cell as a person reads it; empty for nothing."""
    if section is None:
        return ""
    if place.finding:
        found = next((e for e in section.explanations if e.finding == place.finding), None)
        return f"{plan.explanations.reasons.get(found.reason, found.reason)}：{found.text}" if found else ""
    number = item_number(place.address)
    if number is not None:
        return _item_text(section.items.get(number, ItemReport()))
    figure = section.figure(place.address)
    if not plan.has_element(place.address):
        return "" if figure.value is None else str(figure.value)
    said = figure_text(figure, plan.element(place.address))
    rest = [_ANSWERS[figure.answer]] if figure.answer in _ANSWERS else []
    rest += [f"其中{d.value}不计入" for d in figure.deductions]
    rest += ["；".join(row.values()) for row in figure.rows]
    return "　".join([said, *rest])


def cell_name(plan: Plan, place: CellPlace, *, several: bool) -> str:
    """A cell's name; with the unit's where there are several."""
    whose = f"{plan.unit(place.unit).short_name}　" if several and plan.has_unit(place.unit) else ""
    name = whose + (place_name(place.address, plan) or "整份报表")
    return f"{name}：说明" if place.finding else name


def made_from(desk: Desk, digest: str) -> Mapping[CellPlace, str]:
    """The cells that a content put together here took from elsewhere than its first part, with the digest."""
    return kept(_head(desk, digest).intake, _cells_from, "收件记录")


def _cells_from(data: Json) -> dict[CellPlace, str]:
    cells = map(plain.texts, data.get("cells", []))
    return {CellPlace(unit, address, finding): source for unit, address, finding, source in cells}


def _item_text(item: ItemReport) -> str:
    parts = [ITEM_STATUS_LABELS.get(item.status, ""), "" if item.percent is None else f"{item.percent}%"]
    parts += [item.narrative, item.finished.isoformat() if item.finished else ""]
    parts += [evidence.name for evidence in item.evidence]
    return "　".join(part for part in parts if part)


def _cell(
    plan: Plan, place: CellPlace, contents: Sequence[Submission], before: Submission | None, *, several: bool
) -> ComparedCell:
    sections = [section_of(content, place.unit) for content in contents]
    then = section_of(before, place.unit) if before is not None else None
    said = [cell_content(section, place) for section in sections]
    return ComparedCell(
        place,
        cell_name(plan, place, several=several),
        tuple(cell_text(plan, section, place) for section in sections),
        cell_text(plan, then, place),
        tuple(said.index(one) for one in said),
    )


def _content(desk: Desk, digest: str) -> Submission:
    try:
        moved = content_now(desk, digest).submission
    except KeyError:
        raise InputError("decision.unknown", "没有收到过这份内容。", "请刷新后重新选择。") from None
    if moved is None:
        raise InputError("compare.version", "这份内容不能按现行方案读出。", "请退回该单位，按现行版重报。")
    return moved


def _head(desk: Desk, digest: str) -> ContentHead:
    head = desk.store.run(lambda connection: inbox.head(connection, digest))
    if head is None:
        raise InputError("decision.unknown", "没有收到过这份内容。", "请刷新后重新选择。")
    return head


def _common_parent(desk: Desk, heads: Sequence[ContentHead]) -> str | None:
    """The digest of the content that all name as their parent, by its own or its claimed digest."""
    named = {head.parent for head in heads}
    if len(named) != 1 or None in named:
        return None
    (parent,) = named
    first = heads[0]

    def find(connection: Connection) -> str | None:
        there = inbox.heads(connection, first.plan, first.period, first.unit)
        return next((h.digest for h in there if parent in (h.digest, h.claimed)), None)

    return desk.store.run(find)


def _side(desk: Desk, head: ContentHead, counting: str | None) -> Side:
    return desk.store.run(lambda connection: side_of(connection, desk, head, counting))


def side_of(connection: Connection, desk: Desk, head: ContentHead, counting: str | None) -> Side:
    """What is known of one content; `counting` is the digest that counts for its unit."""
    files = inbox.files_of(connection, head.digest)
    intake = Intake.from_text(head.intake)
    return Side(
        digest=head.digest,
        unit=head.unit,
        revision=head.revision,
        file="、".join(dict.fromkeys(file.name for file in files)),
        received=files[0].received.astimezone(desk.clock().tzinfo) if files else None,
        content=head.content_state,
        signature=head.signature_state,
        counts=head.digest == counting,
        made_of=intake.made_of if head.content_state == MADE else (),
        kind=kind_of_content(connection, head.digest, intake),
    )
