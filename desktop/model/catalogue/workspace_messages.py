"""Texts of the codes that begin in `workspace`. Placeholders are names of parameters."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "workspace.period_wrong": "报告期“{period}”不属于本方案或尚未开始。请核对文件的报告期。",
    "workspace.period_other": "文件是{period}的，而这次只收{wanted}。请核对后重新选择。",
    "workspace.no_submission": "这不是报送文件，不能收取。请核对文件。",
}
