"""Texts of the codes that begin in `return`: what an office says of a report that it sent back."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "return.comment": "{office}退回意见：{said}　请修改；不需要修改的，请写明理由。",
    "return.explanation": "{office}不认可这条说明：{said}　请改写说明，或改正数据。",
    "return.done": "已修改。{office}退回意见：{said}",
    "return.whole": "{office}退回意见：{said}",
}
