"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.progress.allocation import Allocation, additive, allocations, of_district
from desktop.progress.case import pace_type
from desktop.progress.changes import Growth, change_text, display_against, growth_over_common, unit_of_change
from desktop.progress.judging import judge
from desktop.progress.measures import Subject, indicator_value, subject_of
from desktop.progress.milestones import judge_milestone
from desktop.progress.shown import (
    BINDING_LABELS,
    PACE_LABELS,
    Shown,
    pace_decimals,
    show_verdict,
    shows_shares,
    verdict_decimals,
)

__all__ = [
    "BINDING_LABELS",
    "PACE_LABELS",
    "Allocation",
    "Growth",
    "Shown",
    "Subject",
    "additive",
    "allocations",
    "change_text",
    "display_against",
    "growth_over_common",
    "indicator_value",
    "judge",
    "judge_milestone",
    "of_district",
    "pace_decimals",
    "pace_type",
    "show_verdict",
    "shows_shares",
    "subject_of",
    "unit_of_change",
    "verdict_decimals",
]
