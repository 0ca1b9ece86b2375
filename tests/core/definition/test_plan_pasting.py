"""Tables as documents have them: headers, figures and names in many ways, each read or told at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from desktop.config import DEFAULT_PLAN
from desktop.definition import Loaded, bundled_plan
from desktop.definition.workbook import starter_workbook
from desktop.definition.workbook.foreign_rows import rows_by_sheet
from desktop.definition.workbook.guessing import guess_indicator, name_and_unit
from desktop.definition.workbook.pasted_tables import Reading, read_figure
from desktop.definition.workbook.reading import plan_of_sheets
from desktop.definition.workbook.sheets import RawCell, Row
from desktop.definition.workbook.words import INDICATOR_TABLE, TASK_TABLE
from desktop.exchange.parsing.foreign_sheets import foreign_sheets
from desktop.model.catalogue import message
from desktop.model.finding import Severity
from desktop.model.plan import Plan
from desktop.model.target import Binding, Operator, PathKind

STARTER = rows_by_sheet(foreign_sheets(starter_workbook(bundled_plan(DEFAULT_PLAN)), "a.xlsx"))
Cells = Sequence[str | int | float | None]

INDICATORS: list[Cells] = [
    ["序号", "指标名称", "2024年基期值", "2027年目标值"],
    [1, "绿化面积（公顷）", 120, 150],
]
TASKS: list[Cells] = [["序号", "任务", "具体内容", "责任单位"], [1, "植树", "每年植树。", "区科技局"]]


def _rows(rows: Sequence[Cells]) -> list[Row]:
    return [
        Row(number, {column: RawCell(value) for column, value in enumerate(row, 1) if value is not None})
        for number, row in enumerate(rows, 1)
    ]


def _loaded(indicators: Sequence[Cells] = INDICATORS, tasks: Sequence[Cells] = TASKS) -> Loaded:
    return plan_of_sheets({**STARTER, INDICATOR_TABLE: _rows(indicators), TASK_TABLE: _rows(tasks)})


def _plan(indicators: Sequence[Cells] = INDICATORS, tasks: Sequence[Cells] = TASKS) -> Plan:
    loaded = _loaded(indicators, tasks)
    assert loaded.plan is not None, [(error.address, message(error)) for error in loaded.errors]
    return loaded.plan


@pytest.mark.parametrize(
    ("cell", "reading"),
    [
        (RawCell("13,066"), Reading("13066")),
        (RawCell("0.8%"), Reading("0.8", unit="%")),
        (RawCell(Decimal("0.008"), percent=True), Reading("0.8", unit="%")),
        (RawCell("≥30亿元"), Reading("30", unit="亿元", operator="at_least")),
        (RawCell("60以上"), Reading("60", operator="at_least")),
        (RawCell("控制在1%以内"), Reading("1", unit="%", operator="at_most")),
        (RawCell("３－５家"), Reading("3", "5", "家", "build")),
        (RawCell("约200件"), Reading("200", unit="件", guessed=True)),
        (RawCell("［200］"), Reading("200")),
        (RawCell("—"), Reading()),
        (RawCell(None), Reading()),
        (RawCell("持续提高"), Reading(operator="improve")),
        (RawCell("按上级下达"), None),
    ],
)
def test_figures_are_read_as_people_write_them(cell: RawCell, reading: Reading | None) -> None:
    assert read_figure(cell) == reading


@pytest.mark.parametrize(
    ("text", "measure", "unit", "numerator", "denominator", "factor"),
    [
        ("森林面积（公顷）", "count", "公顷", "森林面积", None, "1"),
        ("旅游收入（亿元）", "amount", "亿元", "旅游收入", None, "0.0001"),
        ("每万人口专利拥有量（件）", "ratio", "件/万人", "专利拥有量", "常住人口", "1"),
        ("每千人口床位数（张）", "ratio", "张/千人", "床位数", "人口", "1000"),
        ("每百户市场主体商标量（件）", "ratio", "件/百户", "商标量", "市场主体", "100"),
        ("（每百家规上企业）代理机构数量（家）", "ratio", "家/百家", "代理机构数量", "规上企业", "100"),
        ("新能源车占公交车的比重（%）", "ratio", "%", "新能源车", "公交车", "100"),
        ("垃圾回收率（%）", "ratio", "%", "垃圾回收率的分子", "垃圾回收率的分母", "100"),
        ("工业增加值增速（%）", "ratio", "%", "工业增加值增速", None, "1"),
        ("群众满意度（分）", "score", "分", "群众满意度", None, "1"),
    ],
)
def test_names_say_how_an_indicator_is_computed(
    text: str, measure: str, unit: str, numerator: str, denominator: str | None, factor: str
) -> None:
    name, typed = name_and_unit(text)
    guess = guess_indicator(name, typed, ("1", "2.5"))
    below = guess.denominator.name if guess.denominator else None
    assert (guess.measure, guess.unit, guess.numerator.name, below, guess.factor) == (
        measure,
        unit,
        numerator,
        denominator,
        factor,
    )


def test_years_in_headers_are_the_plans_years_and_steps() -> None:
    plan = _plan(
        [
            ["主要指标", None, None, "目标值", None, None],
            ["指标", "单位", "2024年", "2025年", "2026年", "2027年"],
            ["绿化面积", "公顷", 120, 130, 140, 150],
        ]
    )
    assert (plan.baseline_year, plan.first_year, plan.last_year) == (2024, 2025, 2027)
    (target,) = plan.targets
    assert target.path.kind is PathKind.STEPS
    assert [(year, int(value)) for year, value in target.path.steps] == [
        (2025, 130),
        (2026, 140),
        (2027, 150),
    ]


def test_headings_and_attributes_of_rows() -> None:
    plan = _plan(
        [
            ["指标名称", "2024年实际", "2027年目标", "属性"],
            ["一、生态"],
            ["事故死亡人数（人）", 12, 9, "约束性"],
            ["二、创新"],
            ["研发投入（亿元）", 3.5, "持续提高", "预期性"],
        ]
    )
    assert [indicator.category for indicator in plan.indicators] == ["生态", "创新"]
    assert [target.binding for target in plan.targets] == [Binding.BINDING, Binding.EXPECTED]
    assert [target.operator for target in plan.targets] == [Operator.AT_MOST, Operator.IMPROVE]
    assert (plan.element("e02").unit.typed, plan.element("e02").unit.label) == ("万元", "亿元")


def test_lead_and_support_columns_and_collectives() -> None:
    plan = _plan(
        tasks=[
            ["重点任务", "工作举措", "牵头单位", "配合单位", "完成时限"],
            ["植树", "每年植树", "区科技局", "区财政局，各街镇", "2025年底"],
            [None, "护林", "责任单位：区农业农村委 区财政局", None, None],
            ["治水", "清淤", "治水专班", "各街道", None],
        ]
    )
    names = [[plan.body_name(body) for body in item.bodies] for item in plan.items]
    assert names == [["区科技局", "区财政局", "各街镇"], ["区农业农村委", "区财政局"], ["治水专班", "各街道"]]
    assert [item.task for item in plan.items] == [1, 1, 2]
    groups = {group.name: group for group in plan.groups}
    assert not groups["治水专班"].defined
    assert groups["各街道"].kinds == ("street",)


def test_what_cant_be_read_is_told_at_its_cell() -> None:
    loaded = _loaded(
        [["序号", "指标名称", "2024年基期值", "2027年目标值"], [1, "绿化面积（公顷）", 120, "按上级下达"]],
        [["序号", "任务", "具体内容", "责任单位", "经费"], [1, "植树", "每年植树", "植树委员会", 5]],
    )
    errors = [(error.code, error.address) for error in loaded.errors]
    assert errors == [("plan.bad_number", f"{INDICATOR_TABLE}!D2")]
    told = {(finding.code, finding.address) for finding in loaded.findings}
    assert ("plan.default.group", f"{TASK_TABLE}!D2") in told
    assert ("plan.pasted.column_unread", f"{TASK_TABLE}!E1") in told


def test_a_table_without_headers_is_told() -> None:
    loaded = _loaded([[1, "绿化面积", 120, 150]])
    assert [(error.code, error.address) for error in loaded.errors if "pasted" in error.code] == [
        ("plan.pasted.no_header", f"{INDICATOR_TABLE}!A1")
    ]


def test_every_default_names_a_cell_of_the_workbook() -> None:
    defaults = [f for f in _loaded().findings if f.code.startswith("plan.default.")]
    assert len(defaults) > 20
    assert {f.severity for f in defaults} == {Severity.NOTICE}
    sheets = {finding.address.partition("!")[0] for finding in defaults}
    assert {INDICATOR_TABLE, "方案"} <= sheets <= {INDICATOR_TABLE, TASK_TABLE, "方案"}
    assert all(finding.address.partition("!")[2] for finding in defaults)


def test_without_an_older_plan_the_missing_units_are_told() -> None:
    sheets = rows_by_sheet(foreign_sheets(starter_workbook(None), "a.xlsx"))
    loaded = plan_of_sheets({**sheets, INDICATOR_TABLE: _rows(INDICATORS), TASK_TABLE: _rows(TASKS)})
    assert loaded.plan is None
    assert {finding.address.partition("!")[0] for finding in loaded.errors} <= {"方案", INDICATOR_TABLE}
    assert any("汇总单位" in message(finding) for finding in loaded.errors)


def test_units_typed_by_name_alone_are_enough() -> None:
    sheets = rows_by_sheet(foreign_sheets(starter_workbook(None), "a.xlsx"))
    kinds: list[Cells] = [["名称"], ["街道"], ["部门"]]
    units: list[Cells] = [["名称"], ["东街道"], ["西街道"], ["区科技局"]]
    own = {"单位种类": _rows(kinds), "单位": _rows(units)}
    tasks: list[Cells] = [TASKS[0], [1, "植树", "每年植树。", "区科技局、各街道"]]
    loaded = plan_of_sheets({**sheets, **own, INDICATOR_TABLE: _rows(INDICATORS), TASK_TABLE: _rows(tasks)})
    plan = loaded.plan
    assert plan is not None, [(error.address, message(error)) for error in loaded.errors]
    assert [plan.kind_label(unit.kind) for unit in plan.units] == ["街道", "街道", "部门"]
    assert [plan.is_territorial(unit) for unit in plan.units] == [True, True, False]
    assert plan.unit(plan.consolidator).name == "区科技局"
    assert [unit.reports_to for unit in plan.units] == [plan.district.id] * 3
