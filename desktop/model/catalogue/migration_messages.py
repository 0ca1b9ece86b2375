"""Texts of the codes that begin in `migration` and `succession`. Placeholders are names of parameters."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "migration.kept": "{what}“{name}”沿用。",
    "migration.renamed": "{what}“{name}”改为“{new_name}”。",
    "migration.converted": "{what}“{name}”改为“{new_name}”，由{was}换算为{now}。",
    "migration.merged": "{what}“{name}”（{was}）并入“{new_name}”。",
    "migration.dropped": "{what}“{name}”（{was}）没有转入。",
    "migration.merged_empty": "{what}“{name}”并入“{new_name}”。",
    "migration.dropped_empty": "{what}“{name}”没有转入。",
    "migration.summary": (
        "沿用{kept}项，改名{renamed}项，换算{converted}项，合并{merged}项，未转入{dropped}项。"
    ),
    # why something wasn't moved
    "migration.not_in_new": "新版方案没有这一项，也没有说明它改成了什么",
    "migration.dropped_by_plan": "新版方案不再要求这一项",
    "migration.unknown_target": "版本对应写的新编号“{target}”在新版方案中不存在",
    "migration.split": "拆分为{targets}，原数无法分摊",
    "migration.nature_changed": "由{was}改为{now}，原数的含义不同",
    "migration.measure_changed": "计量单位由“{was}”改为“{now}”，方案没有给出换算系数",
    "migration.number_to_list": "由数字改为名单，原报表没有名单",
    "migration.list_factor": "名单不能换算",
    "migration.unreadable_factor": "原文“{typed}”读不出数字，无法换算",
    "migration.unreadable_part": "原文“{typed}”读不出数字，不能相加",
    "migration.empty_part": "没有数字，不能相加",
    "migration.not_additive": "“{new_name}”不能由各部分相加得出",
    "migration.columns_dropped": "新版名单没有“{columns}”栏",
    "migration.rows_emptied": "新版名单的各栏在原名单中都是空的",
    "migration.rows_dropped": "由名单改为数字，只留下家数或件数",
    "migration.rule_gone": "新版方案没有这条审核公式",
    "migration.explained_gone": "所说明的数据项或任务没有转入",
    "migration.not_in_form": "新版方案中本单位本期不报这一项",
    # what is to be known of something that was moved
    "migration.label_changed": "计量单位由“{was}”改称“{now}”，数字未换算",
    "migration.more_decimals": "换算后有{places}位小数，多于规定的{decimals}位，未作舍入",
    "migration.part_missing": "{parts}没有数，合并后的数不完整",
    "migration.rows_recounted": "按新版的栏目重新计数，由{was}变为{now}",
    "migration.explanation_moved": "说明随数据项转入，请核对是否仍然适用",
    "migration.reason_unknown": "新版方案没有“{reason}”这个原因，请重新选择",
    "migration.items_joined": "与其他单位或任务的进展合在一起，请核对",
    "migration.deduction_unit": "扣除项所指的单位“{unit}”不在新版方案中",
    # why a whole submission can't be moved
    "migration.other_plan": "报表属于方案“{plan}”第{version}版，本方案没有与它的版本对应",
    "migration.backwards": "报表用的是较新的第{version}版，不能转到第{now}版",
    "migration.unknown_version": "手头没有方案“{plan}”第{version}版，无法转换",
    "migration.unit_gone": "填报单位“{unit}”不在新版方案中，方案也没有写明由谁承接",
    "migration.unit_split": "填报单位“{unit}”已拆分为{targets}，原数无法分摊，应由各单位重报",
    "migration.nothing_left": "报表中没有一个单位能转入新版方案",
    # why an earlier figure isn't set beside one of today
    "succession.unit_split": "“{unit}”由“{old}”拆分而来，原数无法分摊，重述以前不可比",
    "succession.unit_new": "“{unit}”当时尚未设立",
    "succession.element_new": "“{name}”当时尚未统计",
    "succession.definition_changed": "“{name}”的口径在{day}之后变更，前后不可比",
    "succession.measure_changed": "“{name}”与原来的“{old}”含义或计量单位不同，不可比",
    "succession.part_missing": "“{name}”缺{units}当时的数，前后不可比",
    "succession.not_additive": "“{name}”不能由各原单位的数相加得出，不可比",
}

WHAT: dict[str, str] = {
    "unit": "单位",
    "element": "数据项",
    "item": "任务",
    "explanation": "出错说明",
    "columns": "名单栏目",
    "rows": "名单",
    "deduction": "扣除项",
}
"""What a line speaks of; parts of a figure have words of their own."""

NATURES: dict[str, str] = {"stock": "期末数", "flow": "本年累计数"}
