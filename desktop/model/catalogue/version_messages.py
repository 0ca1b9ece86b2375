"""Texts of findings on a plan's mapping from older versions, and on dates and successors."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "plan.mapping_repeated": "{file} 的 {key}：旧编号“{old}”写了{times}次，只认第一次。{remedy}",
    "plan.mapping_own_version": "{file} 的 {key}：版本“{version}”就是本方案自己这一版。{remedy}",
    "plan.mapping_factor": "{file} 的 {key} 为{found}，换算系数应大于0。{remedy}",
    "plan.mapping_factor_unused": "{file} 的 {key}：“{old}”写了换算系数，但{why}。{remedy}",
    "plan.mapping_split": "{file} 的 {key}：“{old}”拆成了{new}，原来的内容无法分摊，不会转入。{remedy}",
    "plan.mapping_not_additive": (
        "{file} 的 {key}：{old}都转到“{name}”，而它不能由各部分相加得出，都有数时不会转入。{remedy}"
    ),
    "plan.mapping_circle": "{file} 的 {key}：从旧版“{version}”到本版，{ids}互相换了编号。{remedy}",
    "plan.mapping_no_reason": "{file} 的 {key}：“{old}”不再转入，却没有写原因。{remedy}",
    "plan.mapping_item": "{file} 的 {key}：任务的旧编号“{old}”不是数字。{remedy}",
    "plan.successor_undated": "{file} 的 {key}：“{name}”写了由谁承接，却没有截止日期，前后不会衔接。{remedy}",
    "plan.successor_gap": (
        "{file} 的 {key}：“{name}”到{day}为止，而承接它的“{successor}”次日并不有效。{remedy}"
    ),
    "plan.successor_differs": (
        "{file} 的 {key}：“{name}”与承接它的“{successor}”含义或计量单位不同，前后的数不作比较。{remedy}"
    ),
    "plan.dates_disordered": "{file} 的 {key}：“{name}”的截止日期不是由早到晚，或有重复。{remedy}",
    "plan.dates_outside": "{file} 的 {key}：“{name}”写到{day}，超出了它自己的有效期。{remedy}",
    "plan.element_outside": (
        "{file} 的 {key}：数据项“{element}”在{day}不在有效期内，当时“{name}”算不出来。{remedy}"
    ),
}

REMEDIES: dict[str, str] = {
    "plan.mapping_repeated": "请只留一行。",
    "plan.mapping_own_version": "请填较早的版本，或删去这一行。",
    "plan.mapping_factor": "单位不变时请留空或填 1。",
    "plan.mapping_factor_unused": "请删去换算系数。",
    "plan.mapping_split": "需要时请由各单位重报。",
    "plan.mapping_not_additive": "请只留一个旧编号，其余不再转入并写明原因。",
    "plan.mapping_circle": "确实如此时不必改；是笔误时请改正。",
    "plan.mapping_no_reason": "请写明原因，填报单位会看到它。",
    "plan.mapping_item": "请填附件中的序号。",
    "plan.successor_undated": "请补上 valid_to。",
    "plan.successor_gap": "请让两者的日期前后相接。",
    "plan.successor_differs": "需要比较时请由新数据项补报以前的数。",
    "plan.dates_disordered": "请按日期由早到晚排列。",
    "plan.dates_outside": "请核对日期。",
    "plan.element_outside": "请核对两者的有效期，或写明该数据项承接谁。",
}
"""What to do about each code; stands at the end of its message."""

WHY: dict[str, str] = {
    "split": "它拆成了几项",
    "dropped": "它不再转入",
    "not_element": "只有数据项的数字可以换算",
    "list": "名单不能换算",
}
"""Why a factor isn't used."""
