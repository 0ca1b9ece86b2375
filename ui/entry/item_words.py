"""Words for the progress of items."""

from __future__ import annotations

from desktop.model.form import FormItem
from desktop.model.submission import ItemReport, ItemStatus
from ui.i18n import translate

LEAD_STATUSES = (
    ItemStatus.NOT_SAID,
    ItemStatus.NOT_STARTED,
    ItemStatus.UNDER_WAY,
    ItemStatus.DONE,
    ItemStatus.DELAYED,
    ItemStatus.NO_NEWS,
)
OTHER_STATUSES = (ItemStatus.NOT_SAID, ItemStatus.NO_NEWS)


def status_label(status: ItemStatus) -> str:
    """The status for people."""
    return {
        ItemStatus.NOT_SAID: translate("Items", "（未填）"),
        ItemStatus.NOT_STARTED: translate("Items", "未启动"),
        ItemStatus.UNDER_WAY: translate("Items", "推进中"),
        ItemStatus.DONE: translate("Items", "已完成"),
        ItemStatus.DELAYED: translate("Items", "滞后"),
        ItemStatus.NO_NEWS: translate("Items", "本期无新进展"),
    }[status]


def role_label(item: FormItem) -> str:
    """Whether the unit leads."""
    return translate("Items", "牵头") if item.leads else translate("Items", "配合")


def is_left(item: FormItem, report: ItemReport) -> bool:
    """Whether an item still waits for this unit: those who don't lead add a line only when they have one."""
    return item.leads and report.blank
