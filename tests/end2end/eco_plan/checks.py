"""The plan's own rules, and what it sets of the generated families."""

from __future__ import annotations

from tests.end2end.eco_plan.measures import MONTHS
from tests.end2end.eco_plan.sheet import Sheet

IN_YEAR = MONTHS.removeprefix("M01、")

RULES = Sheet(
    "审核公式",
    (
        *("id", "name", "left", "operator", "right", "text", "severity", "missing", "tolerance"),
        *("applies_to", "slots", "at", "note"),
    ),
    (
        (
            *("afforestation_parts", "造林面积等于分项之和", "afforestation", "equal_to"),
            *("sum(planted, enclosed)",),
            "新增造林面积{left}公顷，人工与封育造林之和为{right}公顷，相差{difference}公顷。",
            *(
                "error",
                "skip_if_all",
                None,
                "zone、township",
                None,
                "afforestation",
                "总分相等，差一点也是错。",
            ),
        ),
        (
            *("hazardous_balance", "危废库存平衡", "hazardous_stock", "equal_to"),
            (
                "prev(hazardous_stock) + hazardous_made - prev(hazardous_made)"
                " - hazardous_disposed + prev(hazardous_disposed)"
            ),
            "期末库存{left}吨，按上期库存加本月产生减本月处置应为{right}吨，相差{difference}吨。",
            *("warning", "skip_if_any", "1", None, IN_YEAR, "hazardous_stock", "累计数按月相减，1月不适用。"),
        ),
        (
            *("petitions_closed_more", "办结多于受理", "petitions_closed", "less_than_or_equal_to"),
            *("petitions",),
            "信访办结{left}件，比受理的{right}件多{difference}件，请说明是否含上年结转。",
            *("warning", "skip_if_any", None, None, None, None, None),
        ),
        (
            *("sewage_rate_low", "污水集中处理率偏低", "e05", "greater_than_or_equal_to", "90"),
            "本单位污水集中处理率{left}%，低于90%，差{difference}个百分点，请说明原因和整改时限。",
            *("warning", "skip_if_any", None, "zone、township", None, "sewage_treated", None),
        ),
        (
            *("inspections_fewer", "执法检查少于上年同期", "inspections", "greater_than_or_equal_to"),
            *("same_period_last_year(inspections) * 0.8",),
            "执法检查{inspections}次，不到上年同期的八成（{right}次），少{difference}次。",
            *("warning", "skip_if_any", "5", None, None, None, None),
        ),
        (
            *("pm25_far", "PM2.5浓度远离目标", "pm25", "less_than_or_equal_to", "target(e01) * 1.2"),
            "PM2.5平均浓度{left}微克/立方米，超过目标的1.2倍（{right}），高{difference}。",
            *("warning", "skip_if_any", None, "sthj", None, None, None),
        ),
        (
            *("petitions_pair", "受理与办结成对填报", "petitions", "compulsory_pair", "petitions_closed"),
            "信访受理和办结应同时填报，没有发生的填0。",
            *("error", "never_skip", None, "zone、township", None, "petitions_closed", None),
        ),
    ),
)

FAMILIES = Sheet(
    "通用审核",
    ("family", "enabled", "severity", "except_for", "parameters", "note"),
    (
        ("unit_slip", None, None, None, "margin=0.2", None),
        ("fall", None, None, "pm25", "minimum_change=1", "累计数下降才提示，浓度本来有升有降。"),
        ("jump", None, None, "e01、voc_firms", "percent=80\nminimum_change=20", "按月累计，年初变动大。"),
        ("outlier", None, None, None, "score=4\nperiods=6\nminimum_change=20", "至少有六个月历史才判断。"),
        ("peers", None, "notice", None, "units=4\nminimum_change=30", None),
    ),
)
