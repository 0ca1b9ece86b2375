"""A milestone is judged from what the leading unit last said of its items."""

from __future__ import annotations

import datetime

from desktop.consolidation import consolidate
from desktop.model.period import Period
from desktop.model.submission import ItemReport, ItemStatus
from desktop.model.verdict import VerdictKind
from tests.core.consolidation.sections import Q4, accepted, section
from tests.core.plans import small_plan

PLAN = small_plan()
DONE = ItemReport(ItemStatus.DONE, 100, "演示", datetime.date(2024, 9, 1))


def test_no_news_leaves_the_report_before_standing() -> None:
    figures = accepted(
        section("bureau", Period.parse("2024Q3"), items={1: DONE}),
        section("bureau", items={1: ItemReport(ItemStatus.NO_NEWS)}),
    )
    result = consolidate(PLAN, Q4, figures)
    assert result.items[1] == DONE
    assert result.target("centre-built").verdict.kind is VerdictKind.ACHIEVED


def test_only_the_leading_unit_sets_the_status() -> None:
    result = consolidate(PLAN, Q4, accepted(section("zone-a", items={1: DONE})))
    assert 1 not in result.items
    assert result.target("centre-built").verdict.kind is not VerdictKind.ACHIEVED
