"""The plan's frame, units, groups and known figures, as a person types them into the workbook."""

from __future__ import annotations

from tests.end2end.eco_plan.sheet import Sheet

PLAN = "demo-eco-2024-2026"

FRAME: dict[str, str | int] = {
    "id": PLAN,
    "name": "演示区生态环境保护三年行动方案（演示）（2024—2026年）",
    "version": "1",
    "first_year": 2024,
    "last_year": 2026,
    "baseline_year": 2023,
    "period_types": "month、year",
    "district.id": "demo",
    "district.kind": "district",
    "district.name": "演示区",
    "district.short_name": "演示区",
    "district.initials": "ysq",
    "categories": "大气、水、固体废物、生态、绿色出行、声环境、治理",
    "explanations.reasons": "weather=气象条件\nseason=季节性\nproject=工程进度\ninspection=专项行动\n"
    "corrected=上期更正\ndefinition=口径调整\nother=其他",
    "explanations.hints": "weather=哪几天、什么天气、影响多少\nproject=哪个工程、到了哪一步、带来多少\n"
    "inspection=哪次行动、从几日到几日、查了多少家\ncorrected=上期哪个数、由多少改为多少",
    "explanations.least_length": 8,
    "explanations.empty_phrases": "无、正常、数据正常、情况属实、核实无误、已核实、天气原因、按实填报、同上",
    "consolidator": "sthj",
    "title_before_overlaps": "各单位合计数",
    "deadlines": "township=5\nbureau=6\nzone=7",
}
"""Key → value; what the sheet holds beside these is cleared."""

KINDS = Sheet(
    "单位种类",
    ("id", "label", "territorial"),
    (("zone", "功能区", "是"), ("township", "街镇", "是"), ("bureau", "部门", "否")),
)

UNITS = Sheet(
    "单位",
    ("id", "kind", "name", "short_name", "initials", "reports_to", "aliases"),
    (
        ("jia", "zone", "演示甲功能区管理委员会", "演示甲功能区", "ysjgnq", "demo", "甲功能区"),
        ("yi", "zone", "演示乙功能区管理委员会", "演示乙功能区", "ysygnq", "demo", "乙功能区"),
        ("zi", "township", "演示区子街道办事处", "演示子街道", "yszjd", "demo", "子街道"),
        ("chou", "township", "演示区丑街道办事处", "演示丑街道", "yscjd", "demo", "丑街道"),
        ("yin", "township", "演示区寅街道办事处", "演示寅街道", "ysyjd", "demo", "寅街道"),
        ("mao", "township", "演示区卯镇人民政府", "演示卯镇", "ysmz", "demo", "卯镇"),
        ("chen", "township", "演示区辰镇人民政府", "演示辰镇", "yscz", "demo", "辰镇"),
        ("sthj", "bureau", "演示区生态环境局", "演示生态环境局", "yssthjj", "demo", None),
        ("tjj", "bureau", "演示区统计局", "演示统计局", "ystjj", "demo", None),
        ("swj", "bureau", "演示区水务局", "演示水务局", "ysswj", "demo", None),
        ("lyj", "bureau", "演示区林业局", "演示林业局", "yslyj", "demo", None),
        ("jtj", "bureau", "演示区交通运输局", "演示交通运输局", "ysjtysj", "demo", None),
        ("fgj", "bureau", "演示区发展和改革局", "演示发展改革局", "ysfzggj", "demo", None),
    ),
)

GROUPS = Sheet(
    "分组",
    ("id", "name", "kinds", "members", "lead"),
    (
        ("gnq", "各功能区", "zone", None, "sthj"),
        ("jz", "各街镇", "township", None, "sthj"),
        ("xgbm", "各相关部门", None, "fgj、jtj、swj", "fgj"),
    ),
)

REFERENCES = Sheet(
    "已知数据",
    ("element", "area", "value", "date", "vintage", "source"),
    (("population", "demo", "86.40", "2023-12-31", "final", "演示数据，非真实统计"),),
)
