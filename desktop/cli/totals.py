"""Commands about totals: trace, changes, overlap, duplicates, difference, reference."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.errors import InputError
from desktop.model.decimals import canonical, display, display_whole
from desktop.workspace import (
    DIFFERENCE_LABELS,
    ChangesSince,
    Defaults,
    DifferenceState,
    ElementTrace,
    IssuedFigure,
    OverlapToDeclare,
    Trace,
    TraceRow,
    Workspace,
    read_table,
)


def trace(options: argparse.Namespace) -> Answer:
    """Where a figure comes from."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        found = workspace.totals.trace(options.period, options.subject)
    lines = [f"{found.name}（{found.period.label}）{_figure_of(found)}"]
    for part in found.elements:
        lines += _part_lines(found, part)
    return Answer((*lines, *found.shared), trace_data(found))


def changes(options: argparse.Namespace) -> Answer:
    """What is different now from an export; with --again that export is written anew."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        desk = workspace.totals
        found = desk.changes_since(options.period, options.export)
        again = None
        if options.again is not None:
            again = desk.export_again(
                options.period, options.again, options.export, overwrite=options.overwrite
            )
    since = found.since
    lines = [f"与第 {since.number} 次导出（{since.file}）相比：" + ("没有变化。" if found.nothing else "")]
    lines += [
        f"  {one.name}：{'已撤下' if one.now is None else f'现为第 {one.revision} 版'}" for one in found.units
    ]
    lines += [f"  {one.name}：{_plain(one.before)} → {_plain(one.now)}" for one in found.totals]
    lines += [f"  {sentence}" for sentence in found.said]
    lines += [f"已按当时的内容重新写出：{again}"] if again else []
    return Answer(tuple(lines), _changes_data(found, again))


def _changes_data(found: ChangesSince, again: Path | None) -> dict[str, object]:
    since = found.since
    return {
        "period": str(since.period),
        "export": since.number,
        "file": since.file,
        "units": [
            {
                "unit": one.unit,
                "before": one.before,
                "revision_before": one.revision_before,
                "now": one.now,
                "revision": one.revision,
            }
            for one in found.units
        ],
        "totals": [
            {"subject": one.subject, "before": _text(one.before), "now": _text(one.now)}
            for one in found.totals
        ],
        "said": list(found.said),
        "again": str(again) if again else None,
    }


def overlap(options: argparse.Namespace) -> Answer:
    """List overlaps, declare one or take one back."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        desk, plan = workspace.totals, workspace.plan
        if options.unit and options.other:
            unit, other = workspace.any_unit(options.unit), workspace.any_unit(options.other)
            if options.withdraw:
                desk.withdraw_overlap(options.period, unit, other, options.element)
            else:
                value = _number(options.value)
                wanted = OverlapToDeclare(unit, other, options.element, value, options.reason)
                desk.declare_overlap(options.period, wanted)
        found = desk.overlaps(options.period)
        title = workspace.consolidated(options.period).title
    lines = [f"合计称“{title}”。"]
    lines += [
        f"  {plan.element(o.element).name}：{plan.unit(o.unit).short_name}与{plan.unit(o.other).short_name}　"
        + (f"{_plain(o.value)}　{o.reason}" if o.declared else "尚未申报")
        for o in found
    ]
    data = {
        "period": str(options.period),
        "title": title,
        "overlaps": [
            {
                "element": o.element,
                "unit": o.unit,
                "other": o.other,
                "value": _text(o.value),
                "by": o.by,
                "reason": o.reason,
            }
            for o in found
        ],
    }
    return Answer(tuple(lines), data, DONE if all(o.declared for o in found) else NEEDS_A_PERSON)


def duplicates(options: argparse.Namespace) -> Answer:
    """List entries that several units list, decide on one or take the decision back."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        desk, plan = workspace.totals, workspace.plan
        if options.key and options.undo:
            desk.undo_duplicate(options.period, options.key)
        elif options.key:
            keep = tuple(workspace.any_unit(name) for name in options.keep)
            desk.decide_duplicate(options.period, options.key, keep, options.reason)
        found = workspace.consolidated(options.period).duplicates
    names = [(one, "、".join(plan.unit(unit).short_name for unit in one.units)) for one in found]
    lines = tuple(
        f"{one.key}　{plan.element(one.element).name}：{one.name}　{units}　"
        + ("核定：" + "、".join(plan.unit(u).short_name for u in one.keep) if one.keep else "待核定")
        for one, units in names
    )
    data = {
        "period": str(options.period),
        "duplicates": [
            {
                "key": one.key,
                "element": one.element,
                "name": one.name,
                "code": one.code,
                "units": list(one.units),
                "keep": list(one.keep),
                "reason": one.reason,
            }
            for one in found
        ],
    }
    status = DONE if all(one.keep for one in found) else NEEDS_A_PERSON
    return Answer(lines or ("没有重复列报的条目。",), data, status)


def difference(options: argparse.Namespace) -> Answer:
    """List departments' figures beside the units' sums; explain one, or set a tolerance."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        desk, plan = workspace.totals, workspace.plan
        if options.element and options.tolerance is not None:
            desk.set_tolerance(options.element, _number(options.tolerance))
        if options.element and options.text == "" and not options.settled:
            desk.clear_difference(options.period, options.element)
        elif options.element and options.text is not None:
            state = DifferenceState.SETTLED if options.settled else DifferenceState.EXPLAINED
            desk.note_difference(options.period, options.element, options.text, state)
        rows = workspace.consolidated(options.period).reconciliation
    lines = tuple(
        f"{plan.element(row.element).name}：部门 {_plain(row.department)}，单位合计 {_plain(row.units)}，"
        f"差 {_plain(row.difference)}　" + (DIFFERENCE_LABELS[row.state] if row.state else "不必说明")
        for row in rows
        if row.difference
    )
    data = {
        "period": str(options.period),
        "differences": [
            {
                "element": row.element,
                "department": _text(row.department),
                "units": _text(row.units),
                "difference": _text(row.difference),
                "tolerance": canonical(row.tolerance),
                "state": row.state.value if row.state else None,
                "text": row.note.text if row.note else "",
            }
            for row in rows
        ],
    }
    open_ = any(row.state is DifferenceState.OPEN for row in rows)
    return Answer(lines or ("没有差异。",), data, NEEDS_A_PERSON if open_ else DONE)


def reference(options: argparse.Namespace) -> Answer:
    """Take reference figures in from a workbook or a text file, or list what units answered."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        if options.table is None:
            issued = workspace.totals.issued(options.period)
            return _issued_answer(workspace, options, issued)
        defaults = Defaults(options.date or options.period.end, source=options.source)
        found = workspace.totals.plan_references(read_table(options.table, workspace.plan), defaults)
        changed = 0 if options.look else workspace.set_references(found.figures)
    left_out = [line for line in found.lines if line.problem]
    lines = [f"{line.cell} {line.area} {line.element}：{line.problem}" for line in left_out]
    lines += found.notes
    done = "可用" if options.look else "已取用"
    lines.append(
        f"{done} {len(found.figures)} 个数" + ("。" if options.look else f"，其中有变化的 {changed} 个。")
    )
    data = {
        "changed": changed,
        "figures": [
            {"element": f.element, "area": f.area, "value": canonical(f.value), "date": f.date.isoformat()}
            for f in found.figures
        ],
        "left_out": [{"cell": line.cell, "reason": line.problem} for line in left_out],
        "notes": list(found.notes),
    }
    return Answer(tuple(lines), data, DONE if found.fits else NEEDS_A_PERSON)


def _issued_answer(
    workspace: Workspace, options: argparse.Namespace, issued: tuple[IssuedFigure, ...]
) -> Answer:
    plan = workspace.plan
    disputes = [one for one in issued if one.open]
    lines = tuple(
        f"{plan.unit(one.unit).short_name} {plan.element(one.element).name}："
        f"下发 {_plain(one.issued)}，单位 {_plain(one.own)}　{one.reason}"
        for one in disputes
    )
    data = {
        "period": str(options.period),
        "issued": [
            {
                "unit": one.unit,
                "element": one.element,
                "issued": _text(one.issued),
                "own": _text(one.own),
                "answer": one.answer.value,
                "open": one.open,
                "reason": one.reason,
            }
            for one in issued
        ],
    }
    return Answer(lines or ("没有未解决的异议。",), data, NEEDS_A_PERSON if disputes else DONE)


def trace_data(found: Trace) -> dict[str, object]:
    """A trace as JSON."""
    main = found.indicator.main if found.indicator else None
    return {
        "period": str(found.period),
        "subject": found.subject,
        "name": found.name,
        "title": found.title,
        "value": _text(main.value) if main else None,
        "source": main.source.label if main else "",
        "shared": list(found.shared),
        "elements": [_element_data(part) for part in found.elements],
    }


def _element_data(part: ElementTrace) -> dict[str, object]:
    total, row = part.total, part.difference
    return {
        "element": part.element.id,
        "name": part.element.name,
        "unit": part.element.unit.typed,
        "gross": _text(total.gross),
        "deductions": canonical(total.deductions),
        "net": _text(total.net),
        "reason": total.reason,
        "units_reporting": len(total.coverage.reported),
        "units_expected": len(total.coverage.due),
        "missing_last_share": _text(total.coverage.last_share),
        "department": _text(part.department.value),
        "difference": _text(row.difference) if row else None,
        "tolerance": canonical(row.tolerance) if row else None,
        "difference_state": row.state.value if row and row.state else None,
        "explanation": row.note.text if row and row.note else "",
        "rows": [_row_data(one) for one in part.rows],
        "owners": [_row_data(one) for one in part.owners],
    }


def _row_data(row: TraceRow) -> dict[str, object]:
    origin = row.origin
    return {
        "unit": row.unit,
        "name": row.name,
        "figure": _text(row.figure),
        "deductions": list(row.deductions),
        "net": _text(row.net),
        "share": _text(row.share),
        "cell": row.cell,
        "revision": origin.revision,
        "file": origin.file,
        "sha256": origin.sha256,
        "digest": origin.digest,
        "received": origin.received.isoformat() if origin.received else None,
        "via": origin.via,
        "vintage": row.vintage,
        "disputed": row.disputed,
        "odd": list(row.odd),
        "last_period": str(row.last_period) if row.last_period else None,
        "last_figure": _text(row.last_figure),
        "last_share": _text(row.last_share),
    }


def _figure_of(found: Trace) -> str:
    """An indicator's figure as the summary shows it, and whose it is."""
    if found.indicator is None:
        return ""
    indicator, main = found.indicator.indicator, found.indicator.main
    if main.value is None:
        shown = "未汇全" if main.incomplete else "—"
    else:
        shown = display(main.value, indicator.decimals) + indicator.unit
    return f"：{shown}　主报来源：{main.source.label}"


def _part_lines(found: Trace, part: ElementTrace) -> Iterator[str]:
    coverage = part.total.coverage
    if coverage.due:
        figure, reported = f"{found.title} {_plain(part.total.net)}", coverage
    else:
        figure, reported = f"部门数 {_plain(part.department.value)}", part.department.coverage
    said = f"已报 {len(reported.reported)}/{len(reported.due)}"
    yield f"{part.element.name}　{figure} {part.element.unit.typed}　{said}"
    for row in (*part.rows, *part.owners):
        if row.missing:
            last = f"，上次（{row.last_period.label}）{_plain(row.last_figure)}" if row.last_period else ""
            yield f"  {row.name}：未报{last}"
        else:
            off = f"（{'，'.join(row.deductions)}）" if row.deductions else ""
            where = f"{row.cell}　第 {row.origin.revision} 版　{row.origin.file}"
            yield f"  {row.name}：{_plain(row.net)}{off}　{where}"
            yield from (f"    ▲ {sentence}" for sentence in row.odd)
    if part.difference is not None and part.difference.difference:
        yield f"  部门数 {_plain(part.department.value)}，差 {_plain(part.difference.difference)}"


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise InputError("call.number", f"“{text}”不是数。", "请写数字。") from error


def _text(value: Decimal | None) -> str | None:
    return None if value is None else canonical(value)


def _plain(value: Decimal | None) -> str:
    return "—" if value is None else display_whole(value)
