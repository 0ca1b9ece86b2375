"""The keys, as help shows them."""

from __future__ import annotations

from ui.i18n import translate


def keys_text() -> str:
    """One line per key."""
    lines = (
        translate("Help", "直接输入　　　　　替换本期数值；F2 修改"),
        translate("Help", "回车、Tab　　　　　下一项；Shift+回车、Shift+Tab 上一项"),
        translate("Help", "空格　　　　　　　下发数核对相符，到下一项"),
        translate("Help", "/ 或 Ctrl+0　　　　无此项业务（任务进展中：本季无新进展）"),
        translate("Help", "Delete　　　　　　清空；Esc 放弃正在输入的内容"),
        translate("Help", "F4　　　　　　　　名单类指标：打开名单"),
        translate("Help", "Ctrl+回车　　　　　下一空项"),
        translate("Help", "F7　　　　　　　　给当前指标写出错说明，回车保存"),
        translate("Help", "F8　　　　　　　　下一条审核结果；F9 审核；F12 报出"),
        translate("Help", "F6　　　　　　　　在表格、说明、审核结果之间切换"),
        translate("Help", "Ctrl+1、2、3　　　指标数据、任务进展、汇总看板"),
        translate("Help", "Ctrl+T　　　　　　选择报告期：上下键或输入年份"),
    )
    return "\n".join(lines)
