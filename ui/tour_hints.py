"""The four hints of the tour, and what each stands beside."""

from __future__ import annotations

from ui.i18n import translate
from ui.tour import Hint
from ui.workspace_page import WorkspacePage


def hints_for(page: WorkspacePage) -> tuple[Hint, ...]:
    """The hints for an open workspace."""
    form, head = page.form, page.head
    typing = translate("Tour", "在“本期”一栏直接输入，回车到下一项。填完一格就存好了，不用保存。")
    beside = translate("Tour", "这里显示当前指标的定义和审核结果。有疑问的数，按 F7 写出错说明。")
    period = translate("Tour", "在这里选报告期，后面写着填到哪一步。快捷键 Ctrl+T。")
    ready = translate("Tour", "填齐后按 F9 审核、F12 报出。按 F1 看全部按键。")
    return (
        Hint(typing, lambda: form.view),
        Hint(beside, lambda: form.detail),
        Hint(period, lambda: head.period),
        Hint(ready, lambda: head.submit),
    )
