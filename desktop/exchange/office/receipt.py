"""The receipt as it travels: the contents that count as JSON, and the sheets that people read."""

from __future__ import annotations

import datetime
from pathlib import Path

from desktop.errors import InputError
from desktop.exchange.format import visible
from desktop.exchange.office.office_file import CHOOSE, FORMAT, OfficeFile, OfficeKind, broken
from desktop.exchange.office.office_sheets import OfficeBook, Table, write_office_file
from desktop.exchange.office.return_notice import office_from_json, office_to_json
from desktop.model.canonical import Json, short_digest
from desktop.model.content import submission_digest, submission_from_json, submission_to_json
from desktop.model.office_word import AcceptedContent, Receipt
from desktop.model.period import Period
from desktop.model.plan import Plan

RECEIPT, ACCEPTED = "回执", "采用数据"
_HOW = (
    "用知报打开本单位的工作区，点“文件—接收”选择本文件。本机没有这几期数据的（如换了电脑），会照回执恢复；"
    "已有的不会改动。"
)
_NOT_READABLE = (KeyError, ValueError, TypeError, AttributeError, ArithmeticError)


def receipt_file(receipt: Receipt) -> OfficeFile:
    """The receipt as it travels, unsigned."""
    content: Json = {
        "format": FORMAT,
        **office_to_json(receipt.office),
        "plan": receipt.plan,
        "to": receipt.to,
        "period": str(receipt.period),
        "contents": [
            {
                "claimed": accepted.claimed,
                "received": accepted.received.isoformat(),
                "content": submission_to_json(accepted.submission),
            }
            for accepted in receipt.contents
        ],
    }
    return OfficeFile(OfficeKind.RECEIPT, content)


def read_receipt(file: OfficeFile, name: str) -> Receipt:
    """The receipt that a file holds; raises InputError if it is another kind or broken."""
    if file.kind is not OfficeKind.RECEIPT:
        raise InputError("office.other_kind", f"{name}是{file.label}，不是回执。", CHOOSE)
    try:
        data = file.content
        return Receipt(
            office_from_json(data),
            str(data["plan"]),
            str(data["to"]),
            Period.parse(data["period"]),
            tuple(_accepted(row) for row in data["contents"]),
        )
    except _NOT_READABLE as error:
        raise broken(name) from error


def _accepted(row: Json) -> AcceptedContent:
    submission = submission_from_json(row["content"])
    received = datetime.date.fromisoformat(row["received"])
    return AcceptedContent(submission, submission_digest(submission), str(row["claimed"]), received)


def write_receipt(
    receipt: Receipt, file: OfficeFile, plan: Plan, created: datetime.datetime, path: Path
) -> None:
    """Write a receipt and `file`, which is the same signed.

    Raises InputError if the file exists, EnvironmentFault if it can't be written.
    """
    name = plan.unit(receipt.to).name if plan.has_unit(receipt.to) else receipt.to
    rows = [
        ("接收单位", receipt.office.name),
        ("填报单位", name),
        ("报告期", receipt.period.label),
        *(
            (
                f"{c.submission.period.label}",
                f"第{c.submission.revision}版，校验码 {short_digest(c.claimed or c.digest)}，"
                f"{c.received.isoformat()} 收到" + ("，采用的内容经过改动" if _edited(c) else ""),
            )
            for c in receipt.contents
        ),
        ("联系方式", receipt.office.contact),
        ("怎样使用", _HOW),
    ]
    tables = (
        Table(RECEIPT, ("项目", "内容"), [row for row in rows if row[1]], (18, 80)),
        _figures(receipt, plan),
    )
    book = OfficeBook(f"{plan.name}　{receipt.period.label}回执", tables, created, receipt.office.synthetic)
    write_office_file(file, book, path)


def _edited(accepted: AcceptedContent) -> bool:
    return bool(accepted.claimed) and accepted.claimed != accepted.digest


def _figures(receipt: Receipt, plan: Plan) -> Table:
    """The figures that count in the receipt's period, as people read them."""
    now = next((c.submission for c in receipt.contents if c.submission.period == receipt.period), None)
    rows = [
        (
            plan.unit(section.unit).short_name if plan.has_unit(section.unit) else section.unit,
            code,
            plan.element(code).name,
            plan.element(code).unit.typed,
            visible.shown(visible.figure(figure)),
        )
        for section in (now.sections if now else ())
        for code, figure in section.figures.items()
        if plan.has_element(code)
    ]
    headers = ("单位", "代码", "指标名称", "计量单位", "采用数")
    return Table(ACCEPTED, headers, rows, (18, 26, 40, 12, 20))
