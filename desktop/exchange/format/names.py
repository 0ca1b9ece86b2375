"""File names from unit, period and revision only: nothing that was typed."""

from __future__ import annotations

from desktop.model.file_name import safe_part
from desktop.model.period import Period
from desktop.model.plan import Plan


def submission_file_name(plan: Plan, unit: str, period: Period, revision: int) -> str:
    """The file name of a submission, e.g. 知报_塘沽街道_2024Q3_第1版.xlsx; safe on Windows."""
    name = plan.unit(unit).short_name if plan.has_unit(unit) else unit
    return f"知报_{safe_part(name)}_{period}_第{revision}版.xlsx"
