"""What the plan wants, and the work by which it is to be reached."""

from __future__ import annotations

from tests.end2end.eco_plan.sheet import Cell, Sheet

END = "2026-12-31"
TABLE = "主要指标表（演示）"
TASKS = "重点任务（演示）"

_UNITS = (
    ("U1", "jia", "80", "100", "120.0"),
    ("U2", "yi", "75", "95", "110.0"),
    ("U3", "zi", "29", "37", "44.0"),
    ("U4", "chou", "29", "37", "44.0"),
    ("U5", "yin", "29", "37", "44.0"),
    ("U6", "mao", "29", "37", "44.0"),
    ("U7", "chen", "29", "37", "44.0"),
)
"""How the afforestation of each year is split: target, unit, 2024, 2025, 2026."""

_SPLIT: tuple[tuple[Cell, ...], ...] = tuple(
    (
        *(id_, "新增造林面积", "at_date", "at_least", "公顷", END, TASKS, "任务4", "e08", None),
        *(goal, None, None, "steps", f"2024={first}\n2025={second}", None),
    )
    for id_, _, first, second, goal in _UNITS
)

TARGETS = Sheet(
    "目标",
    (
        *("id", "name", "window", "operator", "unit", "due", "place.section", "place.reference"),
        *("indicator", "element", "value", "value_max", "baseline", "path.kind", "path.steps", "main"),
    ),
    (
        (
            *("T01", "PM2.5浓度", "at_date", "at_most", "微克/立方米", END, TABLE, "第1行", "e01", None),
            *("38.0", None, "43.0", "compound", None, "是"),
        ),
        (
            *("T02", "优良天数比率", "each_year", "at_least", "%", END, TABLE, "第2行", "e02", None),
            *("70.0", None, "66.0", None, None, "是"),
        ),
        (
            *("T03", "挥发性有机物治理企业", "over_plan", "build", "家", END, TABLE, "第3行", "e03", None),
            *("60", "80", None, "milestones", "2024=15\n2025=36", "是"),
        ),
        (
            *("T04", "断面优良比例", "at_date", "at_least", "%", END, TABLE, "第4行", "e04", None),
            *("85.0", None, "75.0", None, None, "是"),
        ),
        (
            *("T05", "污水集中处理率", "at_date", "at_least", "%", END, TABLE, "第5行", "e05", None),
            *("97.00", None, "94.50", None, None, "是"),
        ),
        (
            *("T06", "万元GDP用水量", "at_date", "at_most", "立方米/万元", END, TABLE, "第6行", "e06", None),
            *("12.00", None, "14.20", "compound", None, "是"),
        ),
        (
            *("T07", "危废规范化处置率", "each_year", "at_least", "%", END, TABLE, "第7行", "e07", None),
            *("98.00", None, "96.80", None, None, "是"),
        ),
        (
            *("T08", "新增造林面积", "at_date", "at_least", "公顷", END, TABLE, "第8行", "e08", None),
            *("450.0", None, "260.0", "steps", "2024=300\n2025=380", "是"),
        ),
        (
            *("T09", "人均公园绿地", "at_date", "at_least", "平方米/人", END, TABLE, "第9行", "e09", None),
            *("15.50", None, "14.00", None, None, "是"),
        ),
        (
            *("T10", "新能源公交占比", "at_date", "at_least", "%", END, TABLE, "第10行", "e10", None),
            *("90.0", None, "62.0", "steps", "2024=70\n2025=80", "是"),
        ),
        (
            *("T11", "声环境达标率", "at_date", "at_least", "%", END, TABLE, "第11行", "e11", None),
            *("92.0", None, "88.0", None, None, "是"),
        ),
        (
            *("T12", "信访办结率", "each_year", "at_least", "%", END, TABLE, "第12行", "e12", None),
            *("95.0", None, "93.0", None, None, "是"),
        ),
        (
            *("K1", "声环境达标率持续提高", "each_year", "improve", "%", END, TASKS, "任务6", "e11", None),
            *(None, None, "88.0", None, None, None),
        ),
        (
            *("K2", "执法检查次数逐年增长", "each_year", "growth_each_year", "%", END, TASKS, "任务6"),
            *(None, "inspections", "5", None, "3600", None, None, None),
        ),
        (
            *("K3", "危险废物库存量", "at_date", "within", "吨", END, TASKS, "任务3"),
            *(None, "hazardous_stock", "300", "1200", None, None, None, None),
        ),
        (
            *("K4", "命名宣传教育基地", "once", "at_least", "个", "2025-12-31", TASKS, "任务6"),
            *(None, "education_sites", "7", None, None, None, None, None),
        ),
        (
            *("K5", "新能源公交车年均增长", "at_date", "cagr", "%", END, TASKS, "任务5"),
            *(None, "buses_new_energy", "16", None, "520", None, None, None),
        ),
        (
            *("M1", "印发年度实施方案", "once", "complete", "项", "2024-12-31", TASKS, "任务1"),
            *(None, None, None, None, None, None, None, None),
        ),
        (
            *("M2", "建成监测监管平台", "once", "complete", "项", "2026-06-30", TASKS, "任务6"),
            *(None, None, None, None, None, None, None, None),
        ),
        *_SPLIT,
        (
            *("U8", "危废规范化处置率", "each_year", "at_least", "%", END, TASKS, "任务3"),
            *("e07", None, "98.00", None, None, None, None, None),
        ),
    ),
)

MORE_OF_TARGETS = {
    "T01": {"binding": "binding"},
    "T02": {"binding": "binding"},
    "T03": {"binding": "expected"},
    "T04": {"binding": "binding"},
    "M1": {"items": "1"},
    "M2": {"items": "12"},
    **{id_: {"unit_id": unit} for id_, unit, *_ in _UNITS},
    "U8": {"unit_id": "jia"},
}
"""Target → further columns that only a few targets need."""

ACTIONS = Sheet(
    "行动",
    ("number", "title"),
    ((1, "蓝天碧水行动"), (2, "固废治理和生态修复行动"), (3, "绿色低碳和治理能力行动")),
)

TASK_ROWS = Sheet(
    "任务",
    ("number", "action", "title", "bodies"),
    (
        (1, 1, "大气污染协同治理", "sthj、gnq、jz"),
        (2, 1, "水环境综合治理", "swj、sthj、jz"),
        (3, 2, "危险废物全程规范管理", "sthj、gnq"),
        (4, 2, "国土绿化和生态修复", "lyj、gnq、jz"),
        (5, 3, "绿色低碳出行", "jtj、fgj"),
        (6, 3, "监管能力和公众参与", "sthj、xgbm"),
    ),
)

ITEMS = Sheet(
    "任务分解",
    ("number", "task", "title", "bodies", "targets", "asks_evidence"),
    (
        (1, 1, "印发年度实施方案", "sthj", "M1", "是"),
        (2, 1, "挥发性有机物综合治理", "sthj、gnq、jz", "T03", None),
        (3, 1, "重污染天气应对", "sthj、jz", "T01、T02", None),
        (4, 2, "雨污分流和管网改造", "swj、jz", "T05", None),
        (5, 2, "国控断面达标治理", "sthj、swj、jz", "T04", None),
        (6, 2, "节约用水", "swj、fgj", "T06", None),
        (7, 3, "危险废物贮存和转移管理", "sthj、gnq", "T07、K3", None),
        (8, 3, "小微企业危险废物收集试点", "jia、sthj", "T07", "是"),
        (9, 4, "年度造林任务", "lyj、gnq、jz", "T08", None),
        (10, 4, "公园绿地建设", "lyj、jz", "T09", None),
        (11, 5, "公交车更新", "jtj、fgj", "T10、K5", None),
        (12, 6, "建成监测监管平台", "sthj、xgbm", "M2", "是"),
        (13, 6, "执法检查和信访办理", "sthj、gnq、jz", "K2、T12", None),
        (14, 6, "命名宣传教育基地", "sthj、xgbm", "K4", "是"),
    ),
)
