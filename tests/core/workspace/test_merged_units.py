"""A year in which two streets were merged: what the new street and the office see of what was before."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from desktop.definition import plan_digest
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.workspace import Workspace
from tests.core.plans import with_changes
from tests.core.report.workbooks import rows
from tests.core.workspace.test_moving_drafts import fill, hand_in
from tests.core.workspace.versions import Q2, Q3, first_version, workspace

LAST_DAY = Q2.end
LATE = "2024-10-05"


def merged_plan() -> Plan:
    """The first version, in which both streets become one at the year's middle."""
    plan = first_version()
    units = tuple(
        replace(u, valid_to=LAST_DAY, successors=("street-c",)) if u.id in ("street-a", "street-b") else u
        for u in plan.units
    )
    new = Unit(
        "street-c",
        "street",
        "演示丁街道",
        "丁街道",
        "YSDJD",
        "district",
        valid_from=LAST_DAY + datetime.timedelta(days=1),
    )
    changed = with_changes(plan, units=(*units, new), digest="")
    return replace(changed, digest=plan_digest(changed))


def send(folder: Path, office: Workspace, unit: str, period: Period, talents: str) -> None:
    home = folder / f"{unit}-{period}"
    home.mkdir()
    with workspace(home, unit, plan=merged_plan(), today=LATE) as clerk:
        fill(clerk.form(unit, period), {"talents": talents})
        hand_in(clerk, clerk.form(unit, period), home)
    (outcome,) = office.take_in(list(home.glob("*.xlsx")))
    assert outcome.verdict == "accepted", outcome.reason


def falls(folder: Path, reached: str) -> list[object]:
    """What the office's workbook says of the new street's talents, when both old ones had 30 and 20."""
    with workspace(folder, "bureau", plan=merged_plan(), consolidates=True, today=LATE) as office:
        send(folder, office, "street-a", Q2, "30")
        send(folder, office, "street-b", Q2, "20")
        send(folder, office, "street-c", Q3, reached)
        out = folder / "merged.xlsx"
        office.export(Q3, out)
        assert list(office.consolidated(Q3).figures) == ["street-c"]
    table = rows(load_workbook(out, data_only=True)["审核情况"], "单位")
    mine = [row for row in table if row["单位"] == "丁街道" and row["数据项或事项"] == "引进人才"]
    return [row["审核结果"] for row in mine if "50" in str(row["审核结果"])]


def test_less_than_the_predecessors_together_is_seen_as_a_fall(tmp_path: Path) -> None:
    """The new street's year to date includes what both had reached; who forgets it is asked."""
    (told,) = falls(tmp_path, "35")
    assert "35" in str(told)


def test_more_than_the_predecessors_together_is_no_fall(tmp_path: Path) -> None:
    assert not falls(tmp_path, "55")
