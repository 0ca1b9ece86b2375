"""Reference figures out of a table: what is used, what is left out at which cell, and what units answer."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.model.plan import ReferenceFigure
from desktop.workspace import read_block
from desktop.workspace.totals.reference_table import Defaults, plan_references, read_table
from tests.core.plans import small_plan
from tests.core.workspace.workspaces import Q3, blank_to_nil, explain_all, make

PLAN = small_plan()
DAY = datetime.date(2024, 9, 30)
DEFAULTS = Defaults(DAY, source="演示局")


def planned(text: str, *known: ReferenceFigure) -> list[tuple[str, str]]:
    """(cell, value or problem) of each line."""
    found = plan_references(PLAN, read_block(text), DEFAULTS, known)
    return [
        (line.cell, line.problem or line.notice if line.figure is None else str(line.figure.value))
        for line in found.lines
    ]


def test_a_row_for_each_unit_and_a_column_for_each_element() -> None:
    text = "有效专利分解表\n单位\t有效专利\t有效发明专利\n一开区\t1,200\t300\n甲街道\t80\t\n合计\t1280\t301"
    assert planned(text) == [
        ("B3", "1200"),
        ("C3", "300"),
        ("B4", "80"),
        ("B5", "合计行，只用来核对。"),
        ("C5", "合计行，只用来核对。"),
    ]
    notes = plan_references(PLAN, read_block(text), DEFAULTS, ()).notes
    assert notes == ("C5：有效发明专利的合计 301 与各单位之和 300 不等。",)


def test_a_row_for_each_figure_says_its_own_day_and_vintage() -> None:
    text = "单位\t数据项\t数值\t日期\t版本\n全区\t常住人口\t203.5\t2023-12-31\t初步\n一开区\tpatents\t7\t\t"
    one, two = plan_references(PLAN, read_block(text), DEFAULTS, ()).figures
    assert (one.area, one.value, one.date, one.vintage) == (
        "district",
        Decimal("203.5"),
        datetime.date(2023, 12, 31),
        "preliminary",
    )
    assert (two.area, two.date, two.vintage, two.source) == ("zone-a", DAY, "final", "演示局")


def test_numbers_measures_notes_and_strokes_around_the_figures_do_no_harm() -> None:
    rows = (
        "附件2　　　　",
        "序号 单位 有效专利（件） 备注",
        "1 一开区 1,200 含园区",
        "2 甲街道 — ",
        " 小计 1,200 ",
        "3 合计 1200 ",
        "注：数据来自演示局   ",
    )
    found = planned("\n".join("\t".join(row.split(" ")) for row in rows))
    assert found == [("C3", "1200"), ("C5", "小计行，没有采用。"), ("C6", "合计行，只用来核对。")]


def test_an_unknown_column_is_named_once() -> None:
    text = "单位\t有效专利\t没有此项\n一开区\t1\t2\n甲街道\t3\t4"
    assert planned(text) == [
        ("B2", "1"),
        ("C2", "方案中没有这个数据项，没有采用。"),
        ("B3", "3"),
    ]


def test_units_may_stand_across_and_the_cells_keep_their_names() -> None:
    text = "数据分解表\n数据项\t一开区\t甲街道\t合计\n有效专利\t1200\t80\t1280\n有效发明专利\t300\t\t300"
    assert planned(text) == [
        ("B3", "1200"),
        ("B4", "300"),
        ("C3", "80"),
        ("D3", "合计行，只用来核对。"),
        ("D4", "合计行，只用来核对。"),
    ]


def test_merged_names_in_a_long_table_hold_for_the_rows_below() -> None:
    rows = (
        "单位 数据项 数值",
        "一开区 有效专利 1200",
        " 有效发明专利 300",
        "甲街道 有效专利 /",
        " 有效发明专利 9",
    )
    text = "\n".join("\t".join(row.split(" ")) for row in rows)
    found = plan_references(PLAN, read_block(text), DEFAULTS, ()).lines
    assert [(line.cell, line.area, line.text, line.notice) for line in found] == [
        ("C2", "一开区", "1200", ""),
        ("C3", "一开区", "300", "单位或数据项照上面一行。"),
        ("C5", "甲街道", "9", "单位或数据项照上面一行。"),
    ]


def test_what_can_t_be_used_is_said_at_its_cell() -> None:
    rows = (
        "单位 有效专利 许可转让次数 没有此项",
        "一开区 十二 3 4",
        "某单位 5",
        "二开区 6",
        "老一区 1",
        "二开区 7",
    )
    text = "\n".join(rows).replace(" ", "\t")
    assert planned(text) == [
        ("B2", "不是数，没有采用。"),
        ("C2", "这个数据项不由该单位核对，没有采用。"),
        ("D2", "方案中没有这个数据项，没有采用。"),
        ("B3", "方案中没有这个单位，没有采用。"),
        ("B4", "6"),
        ("B5", "1"),
        ("B6", "与 B4 是同一个数，没有采用。"),
    ]
    with pytest.raises(InputError):
        planned("随便一段话")


def test_only_a_changed_figure_counts_as_a_change() -> None:
    known = ReferenceFigure("patents", "zone-a", Decimal(12), DAY)
    found = plan_references(PLAN, read_block("单位\t有效专利\n一开区\t12\n二开区\t5"), DEFAULTS, (known,))
    assert [(line.old, line.changes) for line in found.lines] == [(Decimal(12), False), (None, True)]


def test_a_workbook_and_a_text_file_are_read_alike(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (["单位", "有效专利"], ["一开区", 1200], ["甲街道", "8.5"]):
        sheet.append(row)
    book.save(tmp_path / "split.xlsx")
    (tmp_path / "split.csv").write_text("单位,有效专利\n一开区,1200\n甲街道,8.5\n", "gb18030")
    assert read_table(tmp_path / "split.xlsx", PLAN) == read_table(tmp_path / "split.csv", PLAN)
    cover = book.create_sheet("说明", 0)
    cover.append(["填表说明", "数据由演示局提供"])
    book.save(tmp_path / "covered.xlsx")
    assert read_table(tmp_path / "covered.xlsx", PLAN) == read_table(tmp_path / "split.csv", PLAN)
    second = book.create_sheet("上半年")
    second.append(["单位", "有效专利"])
    second.append(["一开区", 7])
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(InputError, match="2 个工作表"):
        read_table(tmp_path / "two.xlsx", PLAN)


def test_issued_figures_travel_in_the_package_and_a_dispute_is_listed_until_it_is_settled(
    tmp_path: Path,
) -> None:
    with make(tmp_path, "scjg", consolidates=True) as office, make(tmp_path, "tanggu") as unit:
        table = read_block("单位\t有效专利数\n塘沽街道\t120")
        element = next(e for e in office.plan.elements if e.id == "patents_valid")
        table = (("单位", element.name), *table[1:])
        found = office.totals.plan_references(table, DEFAULTS)
        assert office.set_references(found.figures) == 1
        office.publish(Q3, tmp_path / "package.xlsx")
        unit.receive(tmp_path / "package.xlsx")
        session = unit.form("tanggu", Q3)
        assert session.around.issued["patents_valid"] == Decimal(120)
        session.type_figure("patents_valid", "118")
        blank_to_nil(session)
        explain_all(session)
        office.take_in([unit.submit_form(session, tmp_path).path])
        first = office.totals.issued(Q3)[0]
        assert (first.unit, first.issued, first.own, first.open) == (
            "tanggu",
            Decimal(120),
            Decimal(118),
            True,
        )
        settled = office.totals.plan_references((("单位", element.name), ("塘沽街道", "118")), DEFAULTS)
        office.set_references(settled.figures)
        assert not any(one.open for one in office.totals.issued(Q3))
