"""`conflicts`: contents between which a person decides, cell by cell beside their common ancestor."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.cli.words import CONTENT_LABELS, SIGNATURE_LABELS
from desktop.errors import InputError
from desktop.model.plan import Plan
from desktop.workspace import (
    BoardRow,
    BoardState,
    CellPlace,
    Choice,
    ComparedCell,
    Comparison,
    Side,
    Workspace,
)

_EMPTY = "（空）"
_FEWEST_DIGITS = 8
"""A number is never taken for the beginning of a digest."""


@dataclass(frozen=True, slots=True)
class _Conflict:
    """A unit with what is to be compared; `said` says why a comparison can't be shown."""

    row: BoardRow
    comparison: Comparison | None
    said: str = ""

    @property
    def digests(self) -> tuple[str, ...]:
        """The contents in the order in which they are counted."""
        return _contents(self.row)


def conflicts(options: argparse.Namespace) -> Answer:
    """List the conflicts of a period, or decide one."""
    if options.cell and options.take is None:
        raise InputError("conflict.no_base", "没有写明以哪一份为主。", "请用 --take 指明。")
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        unit = workspace.any_unit(options.unit) if options.unit else None
        counts = None if options.take is None else _decide(workspace, options, unit)
        found = [
            _compared(workspace, options, row)
            for row in workspace.board(options.period).rows
            if row.state is BoardState.CONFLICT and unit in (None, row.unit.id)
        ]
        edited = {d: workspace.review.edited(d) for one in found for d in one.digests}
        lines = [line for one in found for line in _lines(one, workspace.plan, whole=options.all)]
    data: dict[str, object] = {
        "period": str(options.period),
        "conflicts": [_data(one, whole=options.all) for one in found],
        "edited_cells": {
            digest: [{"unit": c.unit, "element": c.element, "was": c.was, "now": c.now} for c in cells]
            for digest, cells in edited.items()
            if cells
        },
    }
    if counts is not None:
        data["taken"] = counts
        lines.insert(0, f"已选定，现在计入的是 {counts}。")
    return Answer(tuple(lines) or ("没有冲突。",), data, NEEDS_A_PERSON if found else DONE)


def _decide(workspace: Workspace, options: argparse.Namespace, unit: str | None) -> str:
    row = next((row for row in workspace.board(options.period).rows if row.unit.id == unit), None)
    if row is None or row.state is not BoardState.CONFLICT:
        raise InputError(
            "conflict.none", "没有这样的冲突。", "请用 --unit 指明列出的单位；已作的决定见 zhibao decisions。"
        )
    digests = _contents(row)
    base = _which(options.take, digests)
    cells: dict[CellPlace, str] = {}
    if options.cell:
        compared = workspace.review.compare(row.unit.id, options.period, digests)
        named = {_place_text(cell.place, compared): cell.place for cell in compared.cells}
        for text in options.cell:
            place, _, side = text.rpartition("=")
            if place.strip() not in named:
                raise InputError("conflict.no_place", f"没有“{text}”这一处。", "请照列出的写：位置=哪一份。")
            cells[named[place.strip()]] = _which(side, digests)
    return workspace.review.take(row.unit.id, options.period, Choice(base, cells, options.reason))


def _contents(row: BoardRow) -> tuple[str, ...]:
    return row.choices or ((row.digest,) if row.digest else ())


def _which(text: str, digests: tuple[str, ...]) -> str:
    """The content meant by its number in the list, or by how its digest begins."""
    wanted = text.strip()
    if wanted.isdecimal() and 0 < int(wanted) <= len(digests):
        return digests[int(wanted) - 1]
    plain = wanted.removeprefix("sha256:").replace("-", "").lower()
    found = [digest for digest in digests if digest.removeprefix("sha256:").startswith(plain)]
    if len(found) != 1 or len(plain) < _FEWEST_DIGITS:
        raise InputError(
            "conflict.which", f"“{text}”不是其中哪一份。", "请写列出的序号，或内容摘要的前八位以上。"
        )
    return found[0]


def _compared(workspace: Workspace, options: argparse.Namespace, row: BoardRow) -> _Conflict:
    try:
        return _Conflict(row, workspace.review.compare(row.unit.id, options.period, _contents(row)))
    except InputError as refused:  # one that can't be read any more doesn't hide the others
        return _Conflict(row, None, refused.message)


def _lines(one: _Conflict, plan: Plan, *, whole: bool) -> list[str]:
    lines = [f"{one.row.unit.short_name}：{'；'.join(one.row.remarks)}", *([one.said] if one.said else [])]
    if one.comparison is None:
        return [*lines, *(f"  第{n}份 {digest}" for n, digest in enumerate(one.digests, 1))]
    compared = one.comparison
    lines += [f"  第{n}份 {_side_text(side, plan)}" for n, side in enumerate(compared.sides, 1)]
    lines.append(f"  {_ancestor_text(compared, plan)}")
    for cell in compared.cells if whole else compared.different:
        texts = "　".join(f"第{n}份 {text or _EMPTY}" for n, text in enumerate(cell.texts, 1))
        before = f"上一版 {cell.before or _EMPTY}　" if compared.ancestor else ""
        lines.append(f"  {_place_text(cell.place, compared)}（{cell.name}）：{before}{texts}")
    return lines


def _side_text(side: Side, plan: Plan) -> str:
    came = f"{side.received:%Y-%m-%d %H:%M}" if side.received else "由汇总单位逐处选定"
    unit = plan.unit(side.unit).short_name if plan.has_unit(side.unit) else side.unit
    content = CONTENT_LABELS.get(side.content, side.content)
    signature = SIGNATURE_LABELS.get(side.signature, side.signature)
    signed = signature if side.signature == "none" else f"签名{signature}"
    which = f"{side.mark}　{unit} 第{side.revision}版　{side.file}　{came}"
    return f"{which}　内容{content}，{signed}" + ("，正在计入" if side.counts else "")


def _ancestor_text(compared: Comparison, plan: Plan) -> str:
    if compared.ancestor is not None:
        return f"上一版 {_side_text(compared.ancestor, plan)}"
    first = all(side.revision == 1 for side in compared.sides)
    return "上一版：没有，都是第1版" if first else "上一版：没有收到它们共同的上一版"


def _place_text(place: CellPlace, compared: Comparison) -> str:
    """What `--cell` calls a place: with the unit's id where there are several units."""
    several = len({cell.place.unit for cell in compared.cells}) > 1
    return (f"{place.unit}:" if several else "") + (place.finding or place.address)


def _data(one: _Conflict, *, whole: bool) -> dict[str, object]:
    row, compared = one.row, one.comparison
    cells = () if compared is None else compared.cells if whole else compared.different
    return {
        "unit": row.unit.id,
        "name": row.unit.short_name,
        "reasons": [*row.remarks, *([one.said] if one.said else [])],
        "accepted": row.accepted or None,
        "contents": [_side_data(side) for side in compared.sides]
        if compared
        else [{"digest": digest} for digest in one.digests],
        "ancestor": _side_data(compared.ancestor) if compared and compared.ancestor else None,
        "cells": [_cell_data(cell, compared) for cell in cells if compared],
    }


def _side_data(side: Side) -> dict[str, object]:
    return {
        "digest": side.digest,
        "unit": side.unit,
        "revision": side.revision,
        "file": side.file,
        "received": side.received.isoformat() if side.received else None,
        "content": side.content,
        "signature": side.signature,
        "counts": side.counts,
        "kind": side.kind.value,
        "made_of": list(side.made_of),
    }


def _cell_data(cell: ComparedCell, compared: Comparison) -> dict[str, object]:
    return {
        "place": _place_text(cell.place, compared),
        "unit": cell.place.unit,
        "element": cell.place.address,
        "name": cell.name,
        "before": cell.before if compared.ancestor else None,
        "values": list(cell.texts),
        "differs": cell.differs,
    }
