"""Texts about the generated families of rules in a plan."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: dict[str, str] = {
    "plan.family_twice": "{file} 的 {key}：规则族“{name}”写了{times}次，只能写一次。{remedy}",
    "plan.family_parameter": "{file} 的 {key}：规则族“{name}”没有参数“{parameter}”{hint}。{remedy}",
    "plan.family_parameter_range": (
        "{file} 的 {key}：参数“{parameter}”为{value}，应在{least}到{most}之间。{remedy}"
    ),
    "plan.family_parameter_whole": "{file} 的 {key}：参数“{parameter}”为{value}，应为整数。{remedy}",
    "plan.family_parameter_element": (
        "{file} 的 {key}：参数“{parameter}”前面的“{element}”不是数据项{hint}。{remedy}"
    ),
    "plan.family_parameter_unused": (
        "{file} 的 {key}：数据项“{element}”已不用规则族“{name}”，为它写的参数用不到。{remedy}"
    ),
    "plan.family_severity": "{file} 的 {key}：规则族“{name}”只作核实性审核，不能改为强制性。{remedy}",
    "plan.family_severity_unused": "{file} 的 {key}：规则族“{name}”没有核实性审核，改级别不起作用。{remedy}",
    "plan.family_except_unused": "{file} 的 {key}：规则族“{name}”按事项审核，不能排除“{value}”。{remedy}",
}

REMEDIES: dict[str, str] = {
    "plan.family_twice": "请合并成一条。",
    "plan.family_parameter": "可用的参数：{known}。",
    "plan.family_parameter_range": "请改正。",
    "plan.family_parameter_whole": "请改正。",
    "plan.family_parameter_element": "请写成“数据项编号.参数名”。",
    "plan.family_parameter_unused": "请删去其中之一。",
    "plan.family_severity": "请改为warning（核实性）或notice（提示）；不可能出现的情况，请写成审核公式。",
    "plan.family_severity_unused": "请删去级别。",
    "plan.family_except_unused": "请删去；不需要的，可以把这一族停用。",
}
"""What to do about each code of a plan; stands at the end of its message."""

FAMILY_LABELS: Mapping[str, str] = {
    "required": "应报未报",
    "decimals": "小数位数",
    "sign": "负数",
    "range": "通常范围",
    "deductions": "其中扣除数",
    "subset": "分项不大于总项",
    "issued": "下发核对",
    "lists": "名单",
    "unit_slip": "单位疑误",
    "fall": "累计数或只增数下降",
    "jump": "与上期相比变动大",
    "outlier": "偏离本单位以往水平",
    "peers": "偏离同类单位",
    "targets": "目标进度",
    "items": "事项",
}
"""What people call a family."""
