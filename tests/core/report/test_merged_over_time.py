"""What the merged workbook says where last year isn't comparable, and what it leaves out."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from desktop.model.element import EarlierDefinition
from desktop.model.unit import Unit
from tests.core.consolidation.sections import Q4, accepted, section
from tests.core.plans import small_plan, with_changes
from tests.core.report.workbooks import by, merged, rows, written

PLAN = small_plan()
BEFORE = Q4.same_last_year
YEAR_END = datetime.date(2023, 12, 31)


def test_a_changed_definition_stands_as_not_comparable_with_its_reason(tmp_path: Path) -> None:
    old = EarlierDefinition("旧口径", datetime.date(2024, 3, 31), comparable=False)
    elements = (replace(e, earlier_definitions=(old,)) if e.id == "pledges" else e for e in PLAN.elements)
    plan = with_changes(PLAN, elements=tuple(elements))
    found = accepted(
        section("zone-a", BEFORE, {"pledges": "10000"}), section("zone-a", Q4, {"pledges": "20000"})
    )
    row = by(
        rows(written(merged(plan, Q4, found), tmp_path / "merged.xlsx")["汇总"], "指标"),
        "指标",
        "质押融资登记金额",
    )
    assert (row["上年同期"], row["同比"]) == (1, "不可比")
    assert "“质押登记金额”的口径在2024-03-31之后变更，前后不可比" in str(row["备注"])


def test_split_units_are_named_beside_the_growth_of_the_others(tmp_path: Path) -> None:
    first = Unit("street-c", "street", "演示丁街道", "丁街道", "YSDJD", "district", valid_from=Q4.start)
    second = replace(first, id="street-d", name="演示戊街道", short_name="戊街道")
    last_day = Q4.start - datetime.timedelta(days=1)
    ended = replace(PLAN.unit("street-a"), valid_to=last_day, successors=("street-c", "street-d"))
    others = (unit for unit in PLAN.units if unit.id != "street-a")
    plan = with_changes(PLAN, units=(*others, ended, first, second))
    found = accepted(
        section("zone-a", BEFORE, {"pledges": "10000"}),
        section("street-a", BEFORE, {"pledges": "10000"}),
        section("zone-a", Q4, {"pledges": "20000"}),
        section("street-c", Q4, {"pledges": "20000"}),
        section("street-d", Q4, {"pledges": "20000"}),
    )
    book = written(merged(plan, Q4, found), tmp_path / "merged.xlsx")
    row = by(rows(book["汇总"], "指标"), "指标", "质押融资登记金额")
    assert row["上年同期"] == 2
    assert row["同比"] == "+100.0%（两期均报1个）"
    assert "“演示戊街道”由“演示甲街道”拆分而来" in str(row["备注"])


def test_an_indicator_that_has_ended_has_no_row(tmp_path: Path) -> None:
    indicators = (replace(i, valid_to=YEAR_END) if i.id == "pledged" else i for i in PLAN.indicators)
    plan = with_changes(PLAN, indicators=tuple(indicators))
    found = accepted(section("zone-a", Q4, {"pledges": "20000"}))
    book = written(merged(plan, Q4, found), tmp_path / "merged.xlsx")
    names = [row["指标"] for row in rows(book["汇总"], "指标")]
    assert "质押融资登记金额" not in names and "有效发明专利量" in names
