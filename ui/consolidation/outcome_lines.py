"""What is said of one file below the results of taking in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.model.plan import Plan
from desktop.workspace import EditedCellView, FileOutcome
from ui.consolidation.result_models import verdict_label
from ui.i18n import translate

MOST_LINES = 6
"""Lines of one kind that are said of a file below the results; the command line has all."""


def outcome_text(outcome: FileOutcome, plan: Plan) -> str:
    """The verdict, then what was changed outside, then what signatures, cells and migration say."""
    lines = [
        f"{Path(outcome.path).name}　【{verdict_label(outcome)}】{outcome.reason}",
        *_first([edited_text(cell, plan, filled=outcome.kind == "template") for cell in outcome.edited]),
        *outcome.said,  # what changed comes first
        *_first(outcome.noticed),
        *_first([line.sentence for line in outcome.migration]),
    ]
    return "\n".join(lines)


def edited_text(cell: EditedCellView, plan: Plan, *, filled: bool = False) -> str:
    """One cell that was changed outside the program, or filled in a template."""
    name = plan.element(cell.element).name if plan.has_element(cell.element) else cell.element
    unit = plan.unit(cell.unit).short_name if plan.has_unit(cell.unit) else cell.unit
    said = translate("Outcomes", "填写") if filled else translate("Outcomes", "在软件外改动")
    return translate("Outcomes", "{said}：{unit} {name}　{was} → {now}").format(
        said=said,
        unit=unit,
        name=name,
        was=cell.was or translate("Outcomes", "空"),
        now=cell.now or translate("Outcomes", "空"),
    )


def _first(lines: Sequence[str]) -> list[str]:
    """The first lines of one kind, and how many more there are."""
    more = len(lines) - MOST_LINES
    rest = [translate("Outcomes", "……还有 {n} 处").format(n=more)] if more > 0 else []
    return [*lines[:MOST_LINES], *rest]
