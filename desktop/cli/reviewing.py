"""Commands by which the consolidator decides: explanations, edits, decisions, paper."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.cli.words import EXPLANATION_VERDICTS, PAPER_STATES
from desktop.errors import InputError
from desktop.workspace import (
    BoardRow,
    DecisionView,
    EditedCellView,
    ExplanationView,
    PaperState,
    StampedPaper,
    Workspace,
)

_Judged = tuple[BoardRow, ExplanationView]


def explanations(options: argparse.Namespace) -> Answer:
    """List the explanations received, agree to some or don't, or let errors pass that were sent along."""
    judging = options.accept or options.reject or options.release
    if judging != bool(options.finding):
        raise InputError(
            "judge.what", "请写明哪几条说明，以及认可还是不予认可。", "如 jump@training_visits --accept。"
        )
    if judging and not options.unit:
        raise InputError("judge.unit", "没有写明是哪个单位的说明。", "请用 --unit 指明。")
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        unit = workspace.any_unit(options.unit) if options.unit else None
        if judging:
            _judge(workspace, options, _received(workspace, options, unit))
        found = _received(workspace, options, unit)
    waiting = sum(view.verdict is None for _, view in found)
    lines = [line for row, view in found for line in _explanation_lines(row, view)]
    lines.append(f"共 {len(found)} 条，待审 {waiting} 条。" if found else "没有出错说明。")
    data = {
        "period": str(options.period),
        "waiting": waiting,
        "explanations": [_explanation_data(row, view) for row, view in found],
    }
    return Answer(tuple(lines), data, NEEDS_A_PERSON if waiting else DONE)


def _received(workspace: Workspace, options: argparse.Namespace, unit: str | None) -> list[_Judged]:
    rows = [row for row in workspace.board(options.period).rows if unit in (None, row.unit.id)]
    return [
        (row, view)
        for row in rows
        for view in workspace.review.explanations(options.period, row.digest or row.accepted, row.unit.id)
    ]


def _judge(workspace: Workspace, options: argparse.Namespace, found: Sequence[_Judged]) -> None:
    named = {view.finding: (row, view) for row, view in found}
    unknown = [key for key in options.finding if key not in named]
    if unknown:
        raise InputError(
            "judge.unknown", f"该单位没有“{unknown[0]}”这条说明。", "编号见 zhibao explanations 列出的。"
        )
    if not options.accept and not options.reason.strip():
        raise InputError("decision.no_reason", "请写明理由。", "决定和理由会留在记录里。")
    for key in options.finding:
        row, view = named[key]
        digest = row.digest or row.accepted
        if options.release:
            rule, by = key.partition("@")[0], row.via or row.unit.id
            workspace.release(by, options.period, digest, rule, reason=options.reason)
        else:
            workspace.review.judge(options.period, digest, view, agree=options.accept, reason=options.reason)


def _explanation_lines(row: BoardRow, view: ExplanationView) -> tuple[str, ...]:
    forced = "（带错上报）" if view.forced else ""
    said = f"　意见：{view.said}" if view.verdict is False else ""
    return (
        f"{row.unit.short_name}　{view.finding}　[{_VERDICTS[view.verdict]}]{forced}",
        f"  {view.asked or view.place}",
        f"  说明（{view.reason}）：{view.text}{said}",
    )


_VERDICTS = {None: "待审", True: "认可", False: "不予认可"}


def _explanation_data(row: BoardRow, view: ExplanationView) -> dict[str, object]:
    return {
        "unit": view.unit,
        "name": row.unit.short_name,
        "finding": view.finding,
        "element": view.address,
        "place": view.place,
        "asked": view.asked,
        "reason": view.reason,
        "text": view.text,
        "forced": view.forced,
        "verdict": EXPLANATION_VERDICTS[view.verdict],
        "said": view.said,
    }


def edits(options: argparse.Namespace) -> Answer:
    """List what was changed outside the program in the reports that count, or say that it holds."""
    if options.accept and not options.unit:
        raise InputError("edits.unit", "没有写明是哪个单位的改动。", "请用 --unit 指明。")
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        unit = workspace.any_unit(options.unit) if options.unit else None
        if options.accept:
            row = next((r for r in workspace.board(options.period).rows if r.unit.id == unit), None)
            digest = row.digest if row is not None else ""
            workspace.review.accept_edits(unit or "", options.period, digest, reason=options.reason)
        rows = [r for r in workspace.board(options.period).rows if r.digest and unit in (None, r.unit.id)]
        found = [
            (row, cells) for row in rows if not row.via and (cells := workspace.review.edited(row.digest))
        ]
    waiting = sum(row.edits for row, _ in found)
    lines = [line for row, cells in found for line in _edit_lines(row, cells)]
    lines.append(f"待核对 {waiting} 处。" if found else "没有在程序外改动过的报表。")
    data = {
        "period": str(options.period),
        "waiting": waiting,
        "edits": [
            {
                "unit": row.unit.id,
                "digest": row.digest,
                "waiting": row.edits,
                "cells": [{"unit": c.unit, "element": c.element, "was": c.was, "now": c.now} for c in cells],
            }
            for row, cells in found
        ],
    }
    return Answer(tuple(lines), data, NEEDS_A_PERSON if waiting else DONE)


def _edit_lines(row: BoardRow, cells: Sequence[EditedCellView]) -> tuple[str, ...]:
    state = "待核对" if row.edits else "已处理"
    return (
        f"{row.unit.short_name}（{state}）：{row.file}",
        *(f"  {cell.element}：原为“{cell.was}”，现为“{cell.now}”" for cell in cells),
    )


def decisions(options: argparse.Namespace) -> Answer:
    """List the decisions on a period, take one back, or take back that a content was accepted."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        if options.undo is not None:
            _undo(workspace, options)
        if options.set_aside:
            _set_aside(workspace, options)
        unit = workspace.any_unit(options.unit) if options.unit else None
        found, plan = workspace.review.decisions(options.period, unit), workspace.plan
    names = {one.unit: plan.unit(one.unit).short_name for one in found if plan.has_unit(one.unit)}
    lines = tuple(
        f"{one.id}　{one.time} {one.actor}　{names.get(one.unit, one.unit)}　{one.label}：{one.reason}"
        + (f"（已撤销：{one.undone}）" if one.undone else "")
        for one in found
    )
    data = {"period": str(options.period), "decisions": [_decision_data(one) for one in found]}
    return Answer(lines or ("没有作过决定。",), data)


def _undo(workspace: Workspace, options: argparse.Namespace) -> None:
    if options.undo not in {one.id for one in workspace.review.decisions(options.period)}:
        raise InputError("decision.no_number", f"这一期没有第 {options.undo} 号决定。", "请核对列出的编号。")
    workspace.review.undo(options.undo, reason=options.reason)


def _set_aside(workspace: Workspace, options: argparse.Namespace) -> None:
    unit = workspace.any_unit(options.set_aside)
    row = next((row for row in workspace.board(options.period).rows if row.unit.id == unit), None)
    if row is None or not row.accepted:
        raise InputError("decision.nothing", "该单位没有计入的内容。", "没有可撤销的接收。")
    workspace.review.set_aside(unit, options.period, row.accepted, reason=options.reason)


def _decision_data(one: DecisionView) -> dict[str, object]:
    return {
        "id": one.id,
        "unit": one.unit,
        "kind": one.kind,
        "chosen": one.chosen,
        "losers": list(one.losers),
        "reason": one.reason,
        "actor": one.actor,
        "time": one.time,
        "undone": one.undone or None,
    }


def paper(options: argparse.Namespace) -> Answer:
    """List where the stamped sheets are, or note where one is."""
    if (options.state is None) != (options.unit is None):
        raise InputError("paper.what", "请同时写明单位和情况。", "如 --unit 塘沽街道 --state 相符。")
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        if options.state is not None:
            noted = StampedPaper(PaperState(PAPER_STATES[options.state]), options.date, options.reason)
            workspace.review.note_paper(workspace.any_unit(options.unit), options.period, noted)
        found = workspace.review.papers(options.period)
        names = {unit: workspace.plan.unit(unit).short_name for unit, _ in found}
    lines = tuple(
        f"{names[unit]}：{one.label}" + (f"　{one.note}" if one.note else "") for unit, one in found
    )
    data = {
        "period": str(options.period),
        "papers": [
            {
                "unit": unit,
                "name": names[unit],
                "state": one.state.value,
                "date": one.day.isoformat() if one.day else None,
                "note": one.note,
                "revision": one.revision,
            }
            for unit, one in found
        ],
    }
    differs = any(one.state is PaperState.DIFFERS for _, one in found)
    return Answer(lines, data, NEEDS_A_PERSON if differs else DONE)
