"""Texts of the codes that begin in `reading`. Placeholders are names of parameters."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "reading.unreadable": "{name}：“{typed}”读不成数，{why}；原文已保留，请改正。",
    "reading.why.no_number": "不是一个数",
    "reading.why.separators": "千分位的位置不对（小数点请用“.”）",
    "reading.why.too_long": "位数过多（最多20位）",
    "reading.why.percent": "本项的计量单位是{unit}，不是百分数",
    "reading.why.other_unit": "后面的字样与计量单位（{unit}）对不上",
    "reading.why.scaled_format": "单元格的数字格式把它缩小显示，看到的和存着的不一样，请改成常规格式",
    "reading.nil": "{name}：“{typed}”按“无此项业务”处理；如应为0，请填0。",
    "reading.multiplier": "{name}：“{typed}”读作{value}{unit}，请核对。",
    "reading.converted": "{name}：“{typed}”折合{value}{unit}，请核对。",
    "reading.counter": "{name}：“{typed}”读作{value}{unit}，请核对量词。",
    "reading.percent_format": "{name}：单元格以百分比显示，“{typed}”读作{value}%，请核对。",
    "reading.unit_format": "{name}：单元格的数字格式在“{typed}”后面带有单位，读作{value}{unit}，请核对。",
    "reading.hidden_format": "{name}：单元格的数字格式不显示内容，按其中的“{typed}”读取，请核对。",
    "reading.unsigned_format": "{name}：单元格的数字格式不显示负号，按负数读作{value}{unit}，请核对。",
    "reading.scientific": "{name}：“{typed}”按科学计数法读作{value}{unit}，请核对。",
    "reading.full_stop": "{name}：“{typed}”中的句号按小数点读作{value}{unit}，请核对。",
    "reading.parentheses": "{name}：“{typed}”按负数读作{value}{unit}，请核对。",
    "reading.cell_precision": "{name}：单元格中的“{typed}”按15位有效数字读作{value}{unit}，请核对。",
    "reading.percent": "完成比例“{typed}”应为0至100的整数。",
}
