"""Texts about targets: what a plan says of them that can't be, and what a unit is told of its own."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: dict[str, str] = {
    "plan.target_combination": (
        "{file} 的 {key}：目标“{name}”按“{operator}”评价，不能用“{window}”这种考核窗口。{remedy}"
    ),
    "plan.target_over_plan_stock": (
        "{file} 的 {key}：“{name}”评价的是期末数或比值，不能逐年相加，按期末数判定。{remedy}"
    ),
    "plan.target_unused": (
        "{file} 的 {key}：目标“{name}”的“{field}”在这种评价方式下用不到，判定时不看。{remedy}"
    ),
    "plan.target_no_baseline": "{file} 的 {key}：目标“{name}”没有基期值，{effect}。{remedy}",
    "plan.target_due_outside": "{file} 的 {key}：目标“{name}”{date}到期，不在方案的{years}年之内。{remedy}",
    "plan.target_growth_due": "{file} 的 {key}：目标“{name}”按年增长评价，到期日{date}却不是年末。{remedy}",
    "plan.target_step_outside": (
        "{file} 的 {key}：目标“{name}”的路径写了{year}年，不在{first}—{last}年之间。{remedy}"
    ),
    "plan.target_step_repeated": "{file} 的 {key}：目标“{name}”的路径里{year}年出现了不止一次。{remedy}",
    "plan.target_steps_turn": (
        "{file} 的 {key}：目标“{name}”的路径时升时降：{year}年为{value}，前一步为{before}。{remedy}"
    ),
    "plan.target_direction": "{file} 的 {key}：“{name}”是{better}的指标，目标却写成“{operator}”。{remedy}",
    "plan.target_main_twice": (
        "{file} 的 {key}：指标“{name}”有几个主要目标（{targets}），只能有一个。{remedy}"
    ),
    "plan.target_main_odd": "{file} 的 {key}：目标“{name}”标为主要目标，但它{why}。{remedy}",
    "plan.unit_target_unjudged": "{file} 的 {key}：目标“{name}”分给了{unit}，但{why}，无法判定。{remedy}",
    "plan.unit_target_gone": "{file} 的 {key}：目标“{name}”到期时{unit}已不存在。{remedy}",
    "plan.unit_targets_remainder": (
        "{file} 的 {key}：全区目标“{name}”为{value}{unit}，已分解到{count}个单位{assigned}{unit}，"
        "还有{remainder}{unit}未分解。{remedy}"
    ),
    "plan.unit_targets_exceed": (
        "{file} 的 {key}：全区目标“{name}”为{value}{unit}，分解到{count}个单位的合计{assigned}{unit}，"
        "多出{excess}{unit}。{remedy}"
    ),
    "target.own_behind": (
        "本单位目标“{target_name}”：{indicator}为{value}{measure}，按进度应为{expected}{measure}"
        "（目标{demand}{measure}），还差{gap}{change}{pace}。"
    ),
    "target.own_missed": (
        "本单位目标“{target_name}”：{indicator}为{value}{measure}，未达到{demand}{measure}，差{gap}{change}。"
    ),
    "target.own_regressed": (
        "本单位目标“{target_name}”：{indicator}为{value}{measure}，差于上年同期或基期"
        "（目标{demand}{measure}），还差{gap}{change}。"
    ),
}

REMEDIES: dict[str, str] = {
    "plan.target_combination": "请改用{instead}。",
    "plan.target_over_plan_stock": "请把窗口改为年末（at_date），或者换成本年累计的数据项。",
    "plan.target_unused": "请删去，或者换一种评价方式。",
    "plan.target_no_baseline": "请补上基期值；没有基期值的，可以不管。",
    "plan.target_due_outside": "请核对到期日期。",
    "plan.target_growth_due": "请把到期日期改为年末。",
    "plan.target_step_outside": "请改正年份，或者删去这一步；到期当年的数就是目标值。",
    "plan.target_step_repeated": "请只留一步。",
    "plan.target_steps_turn": "请核对各年的数；确实如此的，可以不管。",
    "plan.target_direction": "请核对评价方式，或者改正指标的方向。",
    "plan.target_main_twice": "请只把对照表里的那一个标为主要目标。",
    "plan.target_main_odd": "请取消“主要目标”，或者补上指标。",
    "plan.unit_target_unjudged": "请换一个指标或数据项，或者换一个单位。",
    "plan.unit_target_gone": "请改到承接的单位名下。",
    "plan.unit_targets_remainder": "需要时请继续分解。",
    "plan.unit_targets_exceed": "留有余量的，可以不管；否则请核对各单位的目标值。",
}
"""What to do about each code of a plan; stands at the end of its message."""

WINDOW_LABELS: Mapping[str, str] = {
    "at_date": "年末",
    "each_year": "每年",
    "over_plan": "规划期累计",
    "once": "一次",
}

OPERATOR_LABELS: Mapping[str, str] = {
    "at_least": "≥",
    "above": "＞",
    "at_most": "≤",
    "within": "区间",
    "build": "建成",
    "cagr": "年均增长",
    "growth_each_year": "每年增长",
    "improve": "持续提高",
    "complete": "完成",
}

FIELD_LABELS: Mapping[str, str] = {
    "value_max": "上限",
    "opening": "期初数",
    "path": "路径",
    "starts": "开始日期",
}

WHY: Mapping[str, str] = {
    "no_own_ratio": "该比值不允许单位自行计算",
    "not_by_unit": "该指标不分单位",
    "not_reported": "该单位不填报所需的数据项",
    "milestone": "任务的完成情况不分单位判定",
    "unit_main": "是分给单位的",
    "no_indicator": "不评价指标",
    "cagr": "年均增长无法判定",
    "path": "到期之前无从与进度比较，只在到期时判定",
}
"""Parts of sentences, by reason."""
