"""Verdicts on milestones, from the status of the plan's items."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.model.period import Period
from desktop.model.submission import ItemReport
from desktop.model.target import Target
from desktop.model.verdict import Verdict


def judge_milestone(target: Target, reports: Mapping[int, ItemReport], period: Period) -> Verdict:
    """The verdict of a `complete` target from its items' latest reports by their leading bodies."""
    raise NotImplementedError
