"""File names from unit, period and revision only: nothing that was typed, nothing a file system refuses."""

from __future__ import annotations

import re

from desktop.model.period import Period
from desktop.model.plan import Plan

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\s.]+')
_LONGEST = 40


def submission_file_name(plan: Plan, unit: str, period: Period, revision: int) -> str:
    """The file name of a submission, e.g. 知报_塘沽街道_2024Q3_第1版.xlsx; safe on Windows."""
    name = plan.unit(unit).short_name if plan.has_unit(unit) else unit
    return f"知报_{safe_part(name)}_{period}_第{revision}版.xlsx"


def safe_part(text: str) -> str:
    """A text as one part of a file name: reserved characters become hyphens, length is bounded."""
    return _UNSAFE.sub("-", text).strip("-")[:_LONGEST] or "未命名"
