"""Texts of what the rules find. Placeholders are names of parameters."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "value.required": "{name}本期应报，尚未填写；没有这项业务的，填“无此项业务”或 / 号。",
    "value.unanswered": "{name}已下发{issued}{unit}，请确认；不一致的，请提出异议并填写本单位数。",
    "value.not_issued": "{name}尚未下发，本期可不填。",
    "value.unreadable": "{name}：“{typed}”读不成数，请改正。",
    "value.not_asked": "{name}不在本单位本期应报范围内，不计入汇总。",
    "value.integer": "{name}应为整数，现为{value}{unit}。",
    "value.decimals": "{name}最多{decimals}位小数，现为{value}{unit}。",
    "value.negative": "{name}不能为负数，现为{value}{unit}。",
    "value.unit_slip": (
        "{name}本期{value}{unit}，与{before}的{previous}{unit}相差约{ratio}倍，计量单位疑有误。"
    ),
    "value.jump": (
        "{name}本期{value}{unit}，比{before}的{previous}{unit}{way}{difference}{unit}（变动幅度{percent}），变动较大。"
    ),
    "value.jump_added": (
        "{name}本期新增{value}{unit}，比{before}新增的{previous}{unit}{way}{difference}{unit}"
        "（变动幅度{percent}），变动较大。"
    ),
    "value.outlier": (
        "{name}本期{value}{unit}，偏离本单位以往水平：此前{count}期的中位数为{median}{unit}，"
        "相差{difference}{unit}（偏离度{score}）。"
    ),
    "value.outlier_added": (
        "{name}本期新增{value}{unit}，偏离本单位以往水平：此前{count}期新增数的中位数为{median}{unit}，"
        "相差{difference}{unit}（偏离度{score}）。"
    ),
    "peers.outlier": (
        "{name}为{value}{unit}，偏离{kind}的一般水平：本期{count}个单位的中位数为{median}{unit}，"
        "相差{difference}{unit}（偏离度{score}）。"
    ),
    "peers.ratio": (
        "{name}为{value}{unit}，偏离{kind}的一般水平：按{denominator}和{count}个单位的中位数推算约为"
        "{expected}{unit}，相差{difference}{unit}（偏离度{score}）。"
    ),
    "range.below": "{name}为{value}{unit}，比通常范围的下限{limit}{unit}低{difference}{unit}。",
    "range.above": "{name}为{value}{unit}，比通常范围的上限{limit}{unit}高{difference}{unit}。",
    "deductions.negative": "{name}的“其中”扣除数不能为负数。",
    "deductions.exceed": (
        "{name}的“其中”扣除数合计{deducted}{unit}，比所报的{value}{unit}多{difference}{unit}。"
    ),
    "subset.exceeds": "{name}为{value}{unit}，比{whole}的{limit}{unit}多{difference}{unit}。",
    "flow.fell": (
        "{name}是本年累计数，本期{value}{unit}，比{before}的{previous}{unit}减少{difference}{unit}。"
    ),
    "stock.fell": (
        "{name}一般只增不减，本期{value}{unit}，比{before}的{previous}{unit}减少{difference}{unit}。"
    ),
    "issued.disputed": "{name}下发{issued}{unit}，本单位填{value}{unit}，相差{difference}{unit}，请说明。",
    "issued.changed": (
        "{name}已按{value}{unit}确认，现下发数为{issued}{unit}，相差{difference}{unit}，请重新核对。"
    ),
    "issued.same": "{name}提出了异议，但所填的{value}{unit}与下发数相同。",
    "list.column_missing": "{name}第{row}行缺“{column}”。",
    "list.date": "{name}第{row}行“{column}”的“{text}”不是日期，请写成2024-12-31的样子。",
    "list.credit_code": "{name}第{row}行“{column}”的“{text}”不是有效的统一社会信用代码。",
    "list.expired": "{name}共{total}行，其中{count}行已过有效期，不计数。",
    "list.duplicate": "{name}中代码{credit_code}出现了{count}次。",
    "list.no_rows": "{name}填了{value}{unit}，但没有列出名单。",
    "list.count": "{name}填了{value}{unit}，名单中有效的是{count}行。",
    "item.status_required": "本单位牵头的事项有{count}项未选完成状态：第{numbers}项。",
    "item.percent": "第{number}项“{title}”的完成比例应在0至100之间，现为{percent}。",
    "item.percent_not_done": "第{number}项“{title}”的完成比例已是100%，状态却不是“已完成”。",
    "item.done_not_whole": "第{number}项“{title}”的状态是“已完成”，完成比例却是{percent}%。",
    "item.done_no_narrative": "第{number}项“{title}”已完成，请写明完成情况。",
    "target.behind": (
        "{indicator}为{value}{measure}，按进度应为{expected}{measure}（目标{target}{measure}）。"
    ),
    "target.missed": "{indicator}为{value}{measure}，未达到目标{target}{measure}。",
    "target.regressed": "{indicator}为{value}{measure}，差于上年同期（目标{target}{measure}）。",
    "baseline.worse": "{indicator}为{value}{measure}，差于基期的{baseline}{measure}。",
}
