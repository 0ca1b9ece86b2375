"""Texts of the codes that begin in `consolidation`. Placeholders are names of parameters."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "consolidation.accepted": "{unit}{period}第{revision}版已接收。",
    "consolidation.supersedes": "{unit}{period}第{revision}版已接收，取代第{newest}版。",
    "consolidation.parent_missing": (
        "{unit}{period}第{revision}版已接收，但它所修订的上一版没有收到，请核实是否有漏收的邮件。"
    ),
    "consolidation.edited_outside": (
        "{unit}{period}第{revision}版在程序之外改动过，以表中现有数字为准，请核对改动的单元格。"
    ),
    "consolidation.duplicate": "{unit}{period}第{revision}版已经收过，内容相同，未重复计入。",
    "consolidation.older_revision": "{unit}{period}第{revision}版晚到，已有第{newest}版，仍以新版为准。",
    "consolidation.same_revision": "{unit}{period}第{revision}版收到两份内容不同的报表，请对照后选定一份。",
    "consolidation.section_twice": "{unit}{period}的数字由本单位和{by}分别报来且不一致，请对照后选定一份。",
    "consolidation.set_aside": "{unit}{period}第{revision}版的接收已撤销，不计入汇总，等待处理。",
    "consolidation.put_together": (
        "{unit}{period}第{revision}版由汇总单位从几份内容中逐处选定，没有报送单位的签名。"
    ),
    "consolidation.explanation_rejected": (
        "{unit}{period}第{revision}版有出错说明不予认可，请退回该单位；数字仍计入汇总。"
    ),
    "consolidation.returned": "{unit}{period}第{revision}版已退回，等待重报。",
    "consolidation.blocking_errors": (
        "{unit}{period}第{revision}版存在强制性错误（{codes}）且未说明理由，未接收。请退回该单位改正后重报。"
    ),
    "consolidation.needs_release": (
        "{unit}{period}第{revision}版带错上报（{codes}），须逐项放行后才计入汇总。"
    ),
    "consolidation.earlier_counts": "{unit}{period}第{head}版尚未接收，汇总仍采用第{revision}版。",
    "consolidation.other_plan": (
        "文件属于另一方案（{plan}），本工作区的方案是《{expected_plan}》。"
        "请用该方案的工作区接收，或请报送单位改用本方案。"
    ),
    "consolidation.unknown_plan_version": (
        "{unit}{period}的报表用的是方案第{version}版，本工作区没有这一版，请选定按现行版接收或退回。"
    ),
    "consolidation.unknown_unit": (
        "报表中的填报单位“{unit}”不在方案的单位名单中，未接收。请核对单位代码，或先在方案中增加该单位。"
    ),
    "consolidation.unit_not_valid": "{unit}在{period}期末不存在（已撤并或尚未设立），请选定是否接收。",
    "consolidation.wrong_period": "报告期{period}不在方案的报告期之内，未接收。请核对报告期后重报。",
}
