"""Texts of the codes that begin in `exchange`. Placeholders are names of parameters."""

from __future__ import annotations

_SAVE_AS = "请用 WPS 或 Excel 打开后另存为“Excel 工作簿（*.xlsx）”，再重新报送。"
_ASK_AGAIN = "请填报单位用本程序重新导出报送文件。"

MESSAGES: dict[str, str] = {
    # refusals: why a file isn't read, and what to do about it
    "exchange.empty": f"文件是空的，可能没有下载完整。请重新下载，或{_ASK_AGAIN}",
    "exchange.too_large": f"文件超过 {{limit}} MB，不是报送文件应有的大小。{_ASK_AGAIN}",
    "exchange.too_large_unpacked": f"文件解压后超过 {{limit}} MB，可能是恶意文件，未读取。{_ASK_AGAIN}",
    "exchange.too_many_parts": f"文件内部的部件超过 {{limit}} 个，未读取。{_ASK_AGAIN}",
    "exchange.too_many_cells": f"单元格超过 {{limit}} 个，未读取。请删除多余行列，或{_ASK_AGAIN}",
    "exchange.not_xlsx": f"文件不是 .xlsx 工作簿。{_SAVE_AS}",
    "exchange.xls": f"文件是旧式 .xls 或 WPS 的 .et 格式，不能读取。{_SAVE_AS}",
    "exchange.xlsb": f"文件是 .xlsb 二进制格式，不能读取。{_SAVE_AS}",
    "exchange.ods": f"文件是 .ods 等开放文档格式，不能读取。{_SAVE_AS}",
    "exchange.strict": f"文件存成了“Strict Open XML”格式，不能读取。{_SAVE_AS}",
    "exchange.encrypted": "文件有打开密码，不能读取。请去掉密码后另存为 .xlsx，再重新报送。",
    "exchange.macros": f"文件带有宏，为安全起见不读取。{_SAVE_AS}",
    "exchange.damaged": f"文件已损坏或不完整。请重新下载，或{_ASK_AGAIN}",
    "exchange.duplicate_parts": f"文件内部有同名部件，可能被改造过，未读取。{_ASK_AGAIN}",
    "exchange.disordered": f"工作表的行号次序混乱（第 {{part}} 行），可能被改造过，未读取。{_SAVE_AS}",
    "exchange.too_many_rows": f"报表超过 {{limit}} 行，未读取。请删除多余的行，或{_ASK_AGAIN}",
    "exchange.too_many_sheets": f"工作表超过 {{limit}} 张，未读取。请删除多余的工作表，或{_ASK_AGAIN}",
    "exchange.too_many_texts": f"文件里的文字超过 {{limit}} 条，未读取。请删除多余的内容，或{_ASK_AGAIN}",
    "exchange.too_many_styles": f"文件里的单元格样式超过 {{limit}} 种，未读取。{_ASK_AGAIN}",
    "exchange.too_many_merges": f"合并的单元格超过 {{limit}} 处，未读取。{_ASK_AGAIN}",
    "exchange.long_tag": f"文件内部有异常长的标记，可能是恶意文件，未读取。{_ASK_AGAIN}",
    "exchange.doctype": f"文件含有文档类型声明，可能是恶意文件，未读取。{_ASK_AGAIN}",
    "exchange.encoding": f"文件内部的文字编码不是 UTF-8，未读取。{_SAVE_AS}",
    "exchange.worker_died": f"读取这个文件时读取程序意外退出，文件可能已损坏。{_ASK_AGAIN}",
    "exchange.too_slow": f"这个文件读了 {{seconds}} 秒还没有读完，已放弃。{_ASK_AGAIN}",
    "exchange.unopened": "{reason}",
    "exchange.no_figures": f"文件里没有“指标报表”（含“代码”“本期”两列）。请确认选对了文件，或{_ASK_AGAIN}",
    "exchange.no_identity": f"看不出文件是哪个单位、哪一期的报表。{_ASK_AGAIN}",
    "exchange.other_kind": "文件是本程序的另一种文件（{kind}），不是报送文件。请选择报送文件。",
    "exchange.newer_format": "文件由更新版本的程序写成（格式第 {version} 版）。请升级本程序后再读取。",
    "exchange.other_plan": "文件属于另一个方案（{plan}），不是本工作区的方案。请确认选对了文件和工作区。",
    "exchange.newer_plan_version": (
        "文件按方案第 {version} 版填报，本工作区还是第 {known} 版，未收取。"
        "请先接收新的任务包（或启用新版方案），再收取这个文件。"
    ),
    "exchange.unknown_unit": "方案里没有文件所写的填报单位（{unit}）。请核对方案版本，或与填报单位联系。",
    "exchange.missing_column": "“{sheet}”缺少“{header}”列，分不清各行属于哪个单位。请恢复该列后重新报送。",
    "exchange.two_columns": "“{name}”里没有代码和数值两列。请在第一列写代码、第二列写数值后重试。",
    # archives and mails
    "exchange.damaged_archive": "压缩包或邮件已损坏，里面的文件读不出来。请重新下载，或请对方重新发送。",
    "exchange.encrypted_archive": "压缩包有密码，不能读取。请解压后把里面的文件拖进来。",
    "exchange.too_deep": "压缩包或邮件嵌套超过 {limit} 层，未读取。请把里面的文件取出后再拖进来。",
    "exchange.too_many_files": "压缩包或邮件里的文件超过 {limit} 个，未读取。请分批取出后再拖进来。",
    "exchange.msg": "这是 Outlook 的 .msg 邮件，不能读取。请把附件另存后拖进来，或将邮件另存为 .eml。",
    "exchange.rar": "这是 .rar 或 .7z 压缩包，不能读取。请解压后把里面的文件拖进来。",
    "exchange.winmail": "附件是 Outlook 的 winmail.dat，不能读取。请对方改用普通附件重新发送。",
    # findings about the file
    "exchange.no_manifest": "文件没有清单页，无法核对是否被改动，按表中所见读取。",
    "exchange.external_links": "文件链接了其他工作簿。没有去打开它们，按表中已有的结果读取，请核对。",
    "exchange.manifest_broken": "文件的清单页已损坏，无法核对是否被改动，按表中所见读取。",
    "exchange.manifest_altered": "文件的清单页被改动过：内容与其校验码不一致。",
    "exchange.property_differs": "文件属性里的标识与清单页不一致。",
    "exchange.other_plan_version": "文件按方案第 {claimed} 版填报，现按第 {used} 版读取。",
    "exchange.heading_changed": "“{where}”表头写的是“{now}”，清单页是“{was}”，请与填报单位核对。",
    "exchange.extra_sheet": "工作表“{sheet}”不是报表的一部分，没有读取。",
    "exchange.duplicate_sheet": "工作表“{sheet}”与“{used}”是同一种表，只读取了“{used}”。",
    "exchange.duplicate_column": "“{sheet}”的“{header}”列不止一列，{cell} 这一列没有读取。",
    "exchange.hidden_sheet": "工作表“{sheet}”是隐藏的，已读取。",
    "exchange.hidden_rows": "“{sheet}”有隐藏的行（第 {rows} 行），已读取。",
    "exchange.row_without_code": "{where} 有数值 {content}，但这一行没有代码，没有读取。",
    "exchange.list_row_without_code": "{where} 有内容（{content}），但这一行没有代码，没有读取。",
    "exchange.disputed_blank": "{where}：“{name}”选了“异议”，请在本期填本单位的数。",
    # findings at rows and cells
    "exchange.unexpected_unit": "{where}：单位“{unit}”不在这份报表之列，它的行没有读取。",
    "exchange.unknown_code": "{where}：方案里没有代码“{code}”，这一行没有读取。",
    "exchange.unknown_item": "{where}：本单位没有序号为“{code}”的任务，这一行没有读取。",
    "exchange.duplicate_code": "{where}：代码“{code}”重复出现，只读取了第一行。",
    "exchange.not_reported": "{where}：该单位不报“{name}”，所填内容（{content}）没有采用。",
    "exchange.missing_row": "“{name}”的行被删除了，按未填处理。",
    "exchange.error_cell": "{where}：“{name}”的单元格是错误值 {content}，请填写数值。",
    "exchange.struck": "{where}：“{name}”的内容（{content}）加了删除线，仍按所填读取；不要的请清空。",
    "exchange.merged": "{where}：“{name}”在合并单元格 {range} 里，只有左上角的内容算数，请取消合并后填写。",
    "exchange.cell_note": "{where}：“{name}”的批注（{content}）不读取，说明请填在“审核说明”表。",
    "exchange.text_note": "{where}：批注（{content}）不读取，要报送的请写进单元格。",
    "exchange.error_in_text": "{where}：“{name}”的单元格是错误值 {content}，请改填文字后重新报送。",
    "exchange.text_formula_without_result": (
        "{where}：“{name}”是没有结果的公式（{content}），请改填文字后重新报送。"
    ),
    "exchange.date_in_text": "{where}：“{name}”的单元格是日期，读作文字 {content}，请核对。",
    "exchange.number_as_date": "{where}：“{name}”的 {content} 按日期 {date} 读取，请核对。",
    "exchange.long_number": (
        "{where}：“{name}”的单元格是数值 {content}，第15位以后的数字表格程序不保存，"
        "请把格式改为文本后重新填写。"
    ),
    "exchange.percent_shown": "{where}：“{name}”的单元格以百分比显示，{content} 读作{percent}%，请核对。",
    "exchange.formula": "{where}：“{name}”是公式，按其结果 {content} 读取。",
    "exchange.formula_without_result": "{where}：“{name}”是没有结果的公式（{content}），请填写数值。",
    "exchange.date_in_number": "{where}：“{name}”的单元格是日期 {content}，请把格式改为数值后填写。",
    "exchange.unknown_answer": "{where}：“{name}”的核对应为“相符”或“异议”，现为“{content}”。",
    "exchange.unknown_status": "{where}：任务状态“{content}”不能识别。",
    "exchange.unknown_date": "{where}：日期“{content}”不能识别，请写成 2024-09-30 的样子。",
    "exchange.unknown_reason": "{where}：原因“{content}”不在方案的原因之列。",
    "exchange.measure_changed": "{where}：“{name}”的计量单位由“{was}”改成“{now}”，数值仍按“{was}”读取。",
    "exchange.note_ignored": "{where}：“{name}”的说明栏不读取（{content}），说明请填在“审核说明”表。",
    "exchange.count_differs": "“{name}”填的数是 {count}，名单中有效的有 {rows} 个。",
    "exchange.section_invalid": "{unit}的数据与该单位的签名不符，转送途中可能被改动，请与该单位核对。",
    "exchange.section_changed_key": "{unit}的数据是用名册以外的密钥签名的，请与该单位电话核对指纹。",
}
