"""Targets, paths and verdicts: pure functions over exact figures."""

from __future__ import annotations

from desktop.progress.allocation import Allocation, additive, allocations, of_district
from desktop.progress.changes import Growth, change_text, display_against, growth_over_common
from desktop.progress.judging import judge
from desktop.progress.measures import Subject, indicator_value, subject_of
from desktop.progress.milestones import judge_milestone

__all__ = [
    "Allocation",
    "Growth",
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
    "subject_of",
]
