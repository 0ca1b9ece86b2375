"""Chinese words for the states that commands print."""

from __future__ import annotations

CONTENT_LABELS = {
    "intact": "完好",
    "edited": "在程序外被改动",
    "no_manifest": "没有清单页",
    "refused": "不能读取",
}

SIGNATURE_LABELS = {
    "valid": "有效",
    "unknown_key": "密钥未登记",
    "changed_key": "密钥已更换",
    "invalid": "无效",
    "none": "未签名",
}

KIND_LABELS = {
    "submission": "报送文件",
    "template": "空白报表",
    "task_package": "任务包",
    "return": "退回通知",
    "receipt": "回执",
    "unknown": "无法识别",
}

NO_KEY = "没有签名：签名密钥不在本机，见 zhibao key show。"

VERDICT_LABELS = {
    "accepted": "已接收",
    "duplicate": "重复",
    "superseded": "已有更新版次",
    "rejected": "未接收",
    "conflict": "待处理的冲突",
}

EXPLANATION_VERDICTS = {None: "waiting", True: "accepted", False: "rejected"}
"""Whether an explanation was agreed to, as JSON says it."""

PAPER_STATES = {"未收": "not_here", "相符": "agrees", "不符": "differs"}
"""Where a stamped sheet is, by the words of the call."""


def content_text(kind: str, content: str) -> str:
    """How the cells stand to the manifest; what differs in a template was filled in."""
    if kind == "template":
        return {"intact": "尚未填写", "edited": "已填写"}.get(content, CONTENT_LABELS[content])
    return f"内容{CONTENT_LABELS[content]}"


def edited_text(kind: str, cells: int) -> str:
    """How many cells differ from the manifest; empty where none does."""
    if not cells:
        return ""
    return f"空白报表，填写 {cells} 处" if kind == "template" else f"程序外改动 {cells} 处"
