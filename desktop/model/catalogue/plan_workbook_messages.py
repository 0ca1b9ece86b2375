"""Texts about plan workbooks: names that aren't clear, defaults that were taken, pasted tables."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "plan.reference_ambiguous": "{file} 的 {key}：“{value}”可能指{candidates}，不知道是哪一个。{remedy}",
    "plan.default.value": "{file} 的 {key} 没有填，取“{value}”（{why}）。{remedy}",
    "plan.default.unit_in_name": "{file} 的 {key}：计量单位取“{value}”（按名称、数值判断）。{remedy}",
    "plan.default.element": "{file} 的 {key}：“{name}”没有分子，按名称由数据项“{value}”计算。{remedy}",
    "plan.default.incomplete": "{file} 的 {key}：“{name}”是比率，名称里看不出分子和分母。{remedy}",
    "plan.default.group": "{file} 的 {key}：“{value}”不是已知的单位或分组，先建为未定义的分组 {id}。{remedy}",
    "plan.default.group_of_kinds": "{file} 的 {key}：“{value}”按单位种类建为分组 {id}。{remedy}",
    "plan.default.action": "{file} 的 {key}：没有写明所属行动，归入“{value}”。{remedy}",
    "plan.default.title": "{file} 的 {key}：内容较长，标题取“{value}”。{remedy}",
    "plan.default.line_id": "{file} 的 {key}：有一行没有编号，取“{value}”。{remedy}",
    "plan.pasted.no_header": "{file} 里找不到表头，没有读这张表。{remedy}",
    "plan.pasted.column_unread": "{file} 的 {key}：不需要“{found}”这一列，没有读它。{remedy}",
    "plan.pasted.row_unread": "{file} 的 {key}：这一行没有指标名称或具体内容，没有读它。{remedy}",
    "plan.pasted.known": "{file} 的 {key}：“{name}”已在“指标”表里，以那里的为准。{remedy}",
}

REMEDIES: dict[str, str] = {
    "plan.reference_ambiguous": "请写编号。",
    "plan.default.value": "不合适时请填写。",
    "plan.default.unit_in_name": "不合适时请在“指标”表里改。",
    "plan.default.element": "不合适时请在“数据项”和“指标”表里改。",
    "plan.default.incomplete": "请在“指标”和“数据项”表里补全分子、分母。",
    "plan.default.group": "请改成单位的名称或简称，或在“分组”表里填写成员。",
    "plan.default.group_of_kinds": "不合适时请在“分组”表里改。",
    "plan.default.action": "不合适时请在“行动”和“任务”表里改。",
    "plan.default.title": "不合适时请在“任务分解”表里改。",
    "plan.default.line_id": "不合适时请在该行末尾写上编号。",
    "plan.pasted.no_header": "请连同公文表格的表头一起粘贴。",
    "plan.pasted.column_unread": "需要的内容请填到相应的表里。",
    "plan.pasted.row_unread": "如果不是注释，请补全。",
    "plan.pasted.known": "不需要时请删去这一行。",
}
"""What to do about each code; stands at the end of its message."""

SAID_AT_CELLS: dict[str, str] = {
    "plan.no_source": "请在数据项的“填报方式”里指定填报单位，或者换一个来源。",
    "plan.issued_without_owner": "请在“填报方式”里给一个部门写上填报，例如 区市场监管局=填报。",
    "plan.element_unreported": "请在“填报方式”里指定填报单位，或者删去这个数据项。",
    "plan.unit_confidence": "请核实后把“可信程度”改为高。",
    "plan.target_measures": "“指标”“数据项”“任务分解”三列请只留一个。",
    "plan.target_uncounted": "需要评价时，请填上“指标”“数据项”或“任务分解”。",
    "plan.group_undefined": "请由汇总单位填写“成员”或“单位种类”。",
    "plan.item_without_lead": "请由汇总单位在“牵头单位”里指定。",
    "plan.unknown_key": "请删去这一项，或改正它。",
}
"""Remedies that name the columns of a workbook where the plan's files have keys."""
