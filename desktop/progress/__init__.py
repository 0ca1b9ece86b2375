"""Targets, paths and verdicts: pure functions over exact figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.progress.facade import *
else:
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

    def __getattr__(name: str) -> object:
        """Load the package when one of its names is asked for; who opens a form asks single modules."""
        if name not in __all__:
            raise AttributeError(name)
        from desktop.progress.facade import __dict__ as names

        return names[name]
