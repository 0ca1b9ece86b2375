"""Sections and contents for tests of consolidation and report, over the small plan."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from desktop.consolidation import Received
from desktop.model.period import Period
from desktop.model.submission import Figure, ItemReport, Section

Q4 = Period.parse("2024Q4")
MORNING = datetime.datetime(2025, 1, 6, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def section(
    unit: str,
    period: Period = Q4,
    figures: Mapping[str, str | Figure] | None = None,
    items: Mapping[int, ItemReport] | None = None,
) -> Section:
    """A section of typed figures."""
    made = {
        key: figure if isinstance(figure, Figure) else Figure.number(Decimal(figure))
        for key, figure in (figures or {}).items()
    }
    return Section(unit, period, made, items or {})


def accepted(*sections: Section) -> dict[Period, dict[str, Section]]:
    """Accepted sections by period and unit."""
    found: dict[Period, dict[str, Section]] = {}
    for one in sections:
        found.setdefault(one.period, {})[one.unit] = one
    return found


def content(name: str, revision: int = 1, parent: str | None = None, **more: Any) -> Received:  # noqa: ANN401
    """A content of street-a in 2024Q4, named by its digest."""
    defaults: dict[str, Any] = {
        "digest": name,
        "claimed_digest": name,
        "plan": "test-plan",
        "plan_version": "1",
        "unit": "street-a",
        "period": Q4,
        "revision": revision,
        "parent": parent,
        "received_at": MORNING,
        "file": f"{name}.xlsx",
    }
    return Received(**{**defaults, **more})
