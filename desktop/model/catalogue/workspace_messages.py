"""Texts of the codes that begin in `workspace`. Placeholders are names of parameters."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "workspace.period_wrong": "报告期“{period}”不属于本方案或尚未开始。请核对文件的报告期。",
    "workspace.period_other": "文件是{period}的，而这次只收{wanted}。请核对后重新选择。",
    "convert.none": "这台电脑上没有找到 LibreOffice，不能代为转换。",
    "convert.offered": "也可以用这台电脑上的 {name} 转换后读取。",
    "convert.failed": "已用 {name} 试过转换，没有成功。",
    "convert.done": "（文件由 {name} 转换为 .xlsx 后读取。）",
    "workspace.blank_template": "这份空白报表一处也没有填，没有收取。请填报单位填好后重新发送。",
    "workspace.no_submission": "这不是报送文件，不能收取。请核对文件。",
    "workspace.extended": "已延期至 {day}（批准：{approver}；原因：{reason}）。",
    "workspace.unread": "收到过名称像是它的文件“{file}”，没有接收：{reason}",
    "workspace.edits_wait": "改动的 {n} 处待核对。",
    "workspace.explanations_wait": "有 {n} 条出错说明待审。",
    "workspace.migrated": "报表按方案第{version}版填报，已按第{now}版换算。",
    "workspace.read_as_now": "报表按方案第{version}版填报，本工作区没有这一版，没有换算，按第{now}版接收。",
    "workspace.unit_merged": (
        "“{unit}”在第{now}版方案中已与其他单位并为“{into}”，按第{version}版填的报表不能单独计入。"
        "请由“{into}”按第{now}版报送。"
    ),
    "workspace.on_network": "工作区文件在网络盘上，断网或多人同时打开可能损坏文件。建议放到本机硬盘。",
    "workspace.in_cloud_folder": "工作区文件在云同步文件夹里，可能被占用或覆盖。建议放到不同步的文件夹。",
    "workspace.on_network_backup": "这是网络盘，断网时不能备份。建议放到本机的另一块硬盘或常插的U盘。",
    "workspace.in_cloud_folder_backup": "这是云同步文件夹，备份会传到网上。未经同意请放到不同步的文件夹。",
    "workspace.read_only_medium_backup": "这个位置只读，不能备份。请换一个可以写入的文件夹。",
    "workspace.read_only_medium": "工作区文件所在位置只读，不能保存。请先复制到可以写入的文件夹。",
}
