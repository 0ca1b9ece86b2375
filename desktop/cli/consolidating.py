"""Commands of those who consolidate: merge, status, export."""

from __future__ import annotations

import argparse
import sys

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.cli.words import VERDICT_LABELS, edited_text
from desktop.model.plan import Plan
from desktop.workspace import BoardRow, BoardState, FileOutcome, SeenFile, Workspace

_MOST_REMARKS = 10
"""Remarks on one file's cells that are printed; --json has all."""


def merge(options: argparse.Namespace) -> Answer:
    """Take in files and folders; every file gets a verdict."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        outcomes = workspace.take_in(
            options.paths,
            progress=_say_progress,
            only=options.period,
            convert=options.convert,
            received=options.received,
        )
    needs = any(outcome.verdict in ("rejected", "conflict") or outcome.questioned for outcome in outcomes)
    lines = [line for outcome in outcomes for line in _outcome_lines(outcome)]
    counts = {verdict: sum(o.verdict == verdict for o in outcomes) for verdict in VERDICT_LABELS}
    lines.append("合计：" + "，".join(f"{VERDICT_LABELS[key]} {n}" for key, n in counts.items() if n) + "。")
    wrong_input = len(outcomes) == 1 and outcomes[0].verdict == "rejected"
    status = 2 if wrong_input else (NEEDS_A_PERSON if needs else DONE)
    return Answer(tuple(lines), {"files": [outcome.as_data() for outcome in outcomes]}, status)


def status(options: argparse.Namespace) -> Answer:
    """Which units submitted and which are missing."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        board, plan = workspace.board(options.period), workspace.plan
        files = _files_of(workspace, str(options.period)) if options.files else ()
    lines = (
        f"{options.period.label}报送情况："
        + "，".join(f"{label} {count}" for _, label, count in board.counts())
        + (f"；{board.kinds}" if board.kinds else ""),
        *(_row_line(row, plan) for row in board.rows),
        *(_file_line(file) for file in files),
    )
    units = [
        {
            "unit": row.unit.id,
            "name": row.unit.short_name,
            "state": row.state.value,
            "revision": row.revision,
            "kind": row.kind.value if row.revision else None,
            "remarks": list(row.remarks),
            "via": row.via or None,
            "paper": row.paper.state.value if row.paper else None,
            "deadline": row.deadline.isoformat() if row.deadline else None,
            "extended": row.extended,
            "on_time": row.on_time,
            "explanations_waiting": row.waiting,
            "edits_waiting": row.edits,
        }
        for row in board.rows
    ]
    complete = all(row.state in (BoardState.ACCEPTED, BoardState.NOT_DUE) for row in board.rows)
    data = {"period": str(options.period), "units": units}
    if options.files:
        data["files"] = [file.as_data() for file in files]
    return Answer(lines, data, DONE if complete else NEEDS_A_PERSON)


def _row_line(row: BoardRow, plan: Plan) -> str:
    said = [f"第{row.revision}版"] if row.revision else []
    said += [row.kind_label] if row.kind_label else []
    said += [f"随{plan.unit(row.via).short_name}报送"] if row.via else []
    return f"  {row.unit.short_name}：{row.label}" + (f"（{'，'.join(said)}）" if said else "")


def _files_of(workspace: Workspace, period: str) -> tuple[SeenFile, ...]:
    """The files that say they are of the period, and those that say of none."""
    return tuple(file for file in workspace.review.files() if file.period in (period, ""))


def _file_line(file: SeenFile) -> str:
    sender = f"，{file.sender}" if file.sender else ""
    return (
        f"  {file.received:%Y-%m-%d %H:%M} {VERDICT_LABELS[file.verdict]} {file.place}{sender}：{file.reason}"
    )


def remind(options: argparse.Namespace) -> Answer:
    """Write a reminder for each unit whose report is missing."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        written = workspace.remind(options.period, options.out, templates=options.template)
    heading = (
        f"已写出 {len(written)} 封催报邮件草稿：{options.out}" if written else "没有未报的单位，不用催报。"
    )
    lines = (heading, *(f"  {done.unit.short_name}：{done.path.name}" for done in written))
    drafts = [
        {
            "unit": done.unit.id,
            "path": str(done.path),
            "template": str(done.template) if done.template else None,
        }
        for done in written
    ]
    return Answer(lines, {"period": str(options.period), "drafts": drafts})


def export(options: argparse.Namespace) -> Answer:
    """Write the merged workbook."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        done = workspace.export(options.period, options.out, overwrite=options.overwrite)
    lines = (
        f"已导出汇总工作簿：{done.path}",
        *(
            f"  {total.number:>2} {total.name}：{total.shown}"
            f"（已报 {total.units_reporting}/{total.units_expected}）"
            for total in done.totals
        ),
    )
    return Answer(lines, {"path": str(done.path), "totals": [total.as_data() for total in done.totals]})


def _say_progress(done: int, of: int, name: str) -> bool:
    if sys.stderr.isatty():
        print(f"\r{done}/{of} {name}", end="" if done < of else "\n", file=sys.stderr)
    return True


def _outcome_lines(outcome: FileOutcome) -> tuple[str, ...]:
    who = f"（{outcome.unit} {outcome.period}）" if outcome.unit else ""
    touched = edited_text(outcome.kind, len(outcome.edited))
    edited = f"；{touched}" if touched else ""
    reason = f"：{outcome.reason}" if outcome.reason else ""
    return (
        f"{VERDICT_LABELS[outcome.verdict]} {outcome.path}{who}{edited}{reason}",
        *(f"  {cell.element}：原为“{cell.was}”，现为“{cell.now}”" for cell in outcome.edited),
        *(f"  {sentence}" for sentence in outcome.said),
        *(f"  {sentence}" for sentence in outcome.noticed[:_MOST_REMARKS]),
        *([f"  ……共 {len(outcome.noticed)} 处"] if len(outcome.noticed) > _MOST_REMARKS else []),
        *(f"  {line.sentence}" for line in outcome.migration),
    )
