"""Verdicts: where a figure stands against its target."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from desktop.model.period import PeriodType
from desktop.values import dataclass


class VerdictKind(StrEnum):
    """The states of 完成情况."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    REGRESSED = "regressed"
    MISSED = "missed"
    MONITOR_ONLY = "monitor_only"
    NOT_COMPARABLE = "not_comparable"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"


VERDICT_LABELS = {
    VerdictKind.ACHIEVED: "已达标",
    VerdictKind.ON_TRACK: "符合进度",
    VerdictKind.BEHIND: "落后进度",
    VerdictKind.REGRESSED: "退步",
    VerdictKind.MISSED: "未达标",
    VerdictKind.MONITOR_ONLY: "仅监测",
    VerdictKind.NOT_COMPARABLE: "不可比",
    VerdictKind.NO_TARGET: "无目标",
    VerdictKind.NO_DATA: "无数据",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement of one target (for each_year targets: of one year).

    All figures unrounded, in the target's unit. `expected` is what the path asks for at the period;
    `gap` is what is
    still missing to the target (positive: missing); `pace` the change still required in each period of type
    `pace_per` until the due date, None after it. `completion` (完成率) = value ÷ target in per cent, for ≥
    targets on
    counts and amounts only; `progress` (目标进度) = (value − baseline) ÷ (target − baseline) in per
    cent. `time_progress`
    (时间进度) is the share of the year gone by, in per cent, for figures of one year. `incomplete` is
    the mark 未汇全.
    `reason` is a stable code that says why, for not_comparable, no_data and the like.
    """

    target: str
    kind: VerdictKind
    value: Decimal | None = None
    expected: Decimal | None = None
    gap: Decimal | None = None
    pace: Decimal | None = None
    pace_per: PeriodType | None = None
    completion: Decimal | None = None
    progress: Decimal | None = None
    time_progress: Decimal | None = None
    year: int | None = None
    incomplete: bool = False
    exceeded: bool = False
    reason: str = ""
    basis: str = ""
