"""The keys, as help shows them."""

from __future__ import annotations

import html

from ui.i18n import translate


def keys_text() -> str:
    """Rich text: a table of keys and what they do."""
    rows = (
        f'<td style="padding-right: 24px"><b>{html.escape(keys)}</b></td><td>{html.escape(does)}</td>'
        for keys, does in (*_keys_of_cells(), *_keys_of_the_form(), *_keys_of_the_window())
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _keys_of_cells() -> tuple[tuple[str, str], ...]:
    return (
        (translate("Help", "直接输入"), translate("Help", "替换本期数值；F2 修改，Esc 放弃")),
        (translate("Help", "回车、Tab"), translate("Help", "下一项；加 Shift 到上一项")),
        (translate("Help", "空格"), translate("Help", "下发数核对相符，到下一项；审核页上也可以")),
        (
            translate("Help", "/ 或 Ctrl+0"),
            translate("Help", "无此项业务；任务进展中：本季（本月）无新进展；审核页上也可以"),
        ),
        (translate("Help", "Delete"), translate("Help", "清空")),
        (translate("Help", "F3"), translate("Help", "对下发数有异议：填本单位的数，再写理由")),
        (
            translate("Help", "F4"),
            translate("Help", "名单类指标：打开名单；其他指标：写其中重复、区外的部分"),
        ),
        (translate("Help", "←、→"), translate("Help", "折叠、展开本类；加 Ctrl 全部")),
        (translate("Help", "Home、End"), translate("Help", "本类首项、末项；加 Ctrl 全表")),
        (translate("Help", "Ctrl+L"), translate("Help", "显示哪些列、多宽；菜单键：本行可做的事")),
    )


def _keys_of_the_form() -> tuple[tuple[str, str], ...]:
    return (
        (translate("Help", "Ctrl+回车"), translate("Help", "下一空项")),
        (
            translate("Help", "Shift+方向键"),
            translate("Help", "选中一块，空格、/、Delete 管整块"),
        ),
        (
            translate("Help", "Ctrl+C、Ctrl+V"),
            translate("Help", "与 Excel、WPS 互相复制；带名称或代码的按名称或代码对上，空格不改原数"),
        ),
        (
            translate("Help", "Ctrl+Z、Ctrl+Y"),
            translate("Help", "撤销、重做，重新打开后也可以；粘贴算一步"),
        ),
        (translate("Help", "Ctrl+D"), translate("Help", "取上期数；任务进展中：沿用上期")),
        (
            translate("Help", "Ctrl+F"),
            translate("Help", "按名称、代码、拼音首字母查找，回车下一个"),
        ),
        (translate("Help", "F7"), translate("Help", "写出错说明：数字键选原因，回车保存，↑ 取回失效的原文")),
        (
            translate("Help", "F8"),
            translate("Help", "下一条审核结果，加 Shift 上一条；看板：下一个待处理单位"),
        ),
    )


def _keys_of_the_window() -> tuple[tuple[str, str], ...]:
    return (
        (translate("Help", "F9、F12"), translate("Help", "审核；送审和报出，报出后再打印、再写邮件")),
        (
            translate("Help", "F6"),
            translate("Help", "在表格、说明、审核结果之间切换；看板：到下面的表和回来"),
        ),
        (translate("Help", "Ctrl+1、2、3"), translate("Help", "指标数据、任务进展、汇总看板")),
        (translate("Help", "Ctrl+T"), translate("Help", "选择报告期：上下键或输入年份，回车回到表格")),
        (
            translate("Help", "Ctrl+R"),
            translate("Help", "接收任务包、退回通知、回执；也可以把文件或邮件拖到表格上"),
        ),
        (translate("Help", "Ctrl+,"), translate("Help", "设置：字号、明暗、行高、备份文件夹")),
        (
            translate("Help", "Ctrl+I、Ctrl+E"),
            translate("Help", "汇总：收取文件（加 Shift 收取文件夹）、导出"),
        ),
        (translate("Help", "Ctrl+Shift+P"), translate("Help", "汇总：下发任务包")),
        (
            translate("Help", "看板：回车"),
            translate("Help", "冲突的单位打开对照，按 1、2 选用；其他单位打开详情"),
        ),
    )
