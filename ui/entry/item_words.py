"""Words for the progress of items."""

from __future__ import annotations

from desktop.model.form import FormItem
from desktop.model.period import Period, PeriodType
from desktop.model.submission import ItemReport, ItemStatus
from ui.colours import Tone
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


def advice(text: str, wanted: tuple[int, int]) -> tuple[str, Tone]:
    """How long a text is, against the least and most characters that the plan would have."""
    least, most = wanted
    count = len("".join(text.split()))
    if not count:
        said = translate("Items", "建议 {least}～{most} 字")
        return said.format(least=least, most=most), Tone.MUTED
    if count < least:
        said = translate("Items", "▲ {n} 字，偏短：写明做了什么、结果如何（建议 {least}～{most} 字）")
    elif count > most:
        said = translate("Items", "▲ {n} 字，偏长：只写本期的进展和结果（建议 {least}～{most} 字）")
    else:
        return translate("Items", "✔ {n} 字").format(n=count), Tone.GOOD
    return said.format(n=count, least=least, most=most), Tone.WARNING


def no_news(period: Period) -> str:
    """What one key says of an item in such a period."""
    return {
        PeriodType.MONTH: translate("Items", "本月无新进展"),
        PeriodType.QUARTER: translate("Items", "本季无新进展"),
        PeriodType.YEAR: translate("Items", "本年无新进展"),
    }[period.type]


def status_label(status: ItemStatus, period: Period) -> str:
    """The status for people."""
    return {
        ItemStatus.NOT_SAID: translate("Items", "（未填）"),
        ItemStatus.NOT_STARTED: translate("Items", "未启动"),
        ItemStatus.UNDER_WAY: translate("Items", "推进中"),
        ItemStatus.DONE: translate("Items", "已完成"),
        ItemStatus.DELAYED: translate("Items", "滞后"),
        ItemStatus.NO_NEWS: no_news(period),
    }[status]


def role_label(item: FormItem) -> str:
    """Whether the unit leads."""
    return translate("Items", "牵头") if item.leads else translate("Items", "配合")


def is_left(item: FormItem, report: ItemReport) -> bool:
    """Whether an item still waits for this unit: who leads says where it stands, the others add a line only
    when they have one.
    """
    return item.leads and report.status is ItemStatus.NOT_SAID
