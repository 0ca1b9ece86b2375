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
    "unknown": "无法识别",
}

VERDICT_LABELS = {
    "accepted": "已接收",
    "duplicate": "重复",
    "superseded": "已有更新版次",
    "rejected": "未接收",
    "conflict": "待处理的冲突",
}
