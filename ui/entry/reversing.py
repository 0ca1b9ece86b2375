"""What undo and redo say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.i18n import translate

if TYPE_CHECKING:
    from desktop.workspace import Reversal

MOST_NAMED = 3
LONGEST = 24
"""Characters of a text that are enough to know it by."""


def said_of(done: Reversal, *, redo: bool) -> str:
    """One sentence: what was undone or done again, and how it reads now."""
    head = translate("Undo", "已重做") if redo else translate("Undo", "已撤销")
    action = "" if redo else _actions().get(done.action, "")
    named = [
        translate("Undo", "{name}：{was} → {now}").format(
            name=entry.name, was=_short(entry.was), now=_short(entry.now)
        )
        for entry in done.changed[:MOST_NAMED]
    ]
    more = len(done.changed) - len(named)
    if more > 0:
        named.append(translate("Undo", "等共 {n} 项").format(n=len(done.changed)))
    return "　".join(filter(None, (head + action, "；".join(named)))) + "。"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def _actions() -> dict[str, str]:
    return {
        "paste": translate("Undo", "粘贴"),
        "fill": translate("Undo", "取上期数"),
        "clear": translate("Undo", "清空"),
        "explain": translate("Undo", "出错说明"),
        "merge": translate("Undo", "合并说明"),
        "withdraw": translate("Undo", "撤回说明"),
        "item": translate("Undo", "任务进展"),
        "sign_off": translate("Undo", "签名栏"),
        "rows": translate("Undo", "名单"),
        "deduct": translate("Undo", "“其中”数"),
        "prefill": translate("Undo", "年报预填"),
    }
