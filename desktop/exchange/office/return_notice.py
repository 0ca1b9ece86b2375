"""The return notice as it travels: its content as JSON, and the sheets that people read."""

from __future__ import annotations

import datetime
from pathlib import Path

from desktop.errors import InputError
from desktop.exchange.office.office_file import CHOOSE, FORMAT, OfficeFile, OfficeKind, broken
from desktop.exchange.office.office_sheets import OfficeBook, Table, write_office_file
from desktop.model.canonical import Json
from desktop.model.office_word import Office, ReturnComment, ReturnNotice
from desktop.model.period import Period
from desktop.model.place_name import place_name
from desktop.model.plan import Plan

NOTICE, PLACES = "退回通知", "退回意见"
_HOW = (
    "用知报打开本单位的工作区，点“文件—接收”选择本文件（或把它拖进窗口）：报表会转为下一版草稿，意见钉在各处，"
    "改完重新报出即可。没有安装知报的，请按意见修改原表后发回。"
)


def return_file(notice: ReturnNotice) -> OfficeFile:
    """The notice as it travels, unsigned."""
    return OfficeFile(OfficeKind.RETURN, return_to_json(notice))


def read_return(file: OfficeFile, name: str) -> ReturnNotice:
    """The notice that a file holds; raises InputError if it is another kind or broken."""
    if file.kind is not OfficeKind.RETURN:
        raise InputError("office.other_kind", f"{name}是{file.label}，不是退回通知。", CHOOSE)
    try:
        return return_from_json(file.content)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise broken(name) from error


def return_to_json(notice: ReturnNotice) -> Json:
    """The notice as JSON."""
    return {
        "format": FORMAT,
        **office_to_json(notice.office),
        "plan": notice.plan,
        "plan_version": notice.plan_version,
        "to": notice.to,
        "period": str(notice.period),
        "revision": notice.revision,
        "digest": notice.digest,
        "number": notice.number,
        "comment": notice.comment,
        "comments": [
            {"unit": c.unit, "address": c.address, "text": c.text, "finding": c.finding}
            for c in notice.comments
        ],
        "deadline": notice.deadline.isoformat() if notice.deadline else None,
    }


def return_from_json(data: Json) -> ReturnNotice:
    """The notice of such JSON; raises KeyError, ValueError, TypeError or AttributeError otherwise."""
    deadline = data["deadline"]
    return ReturnNotice(
        office=office_from_json(data),
        plan=str(data["plan"]),
        plan_version=str(data["plan_version"]),
        to=str(data["to"]),
        period=Period.parse(data["period"]),
        revision=int(data["revision"]),
        digest=str(data["digest"]),
        number=int(data["number"]),
        comment=str(data["comment"]),
        comments=tuple(
            ReturnComment(str(c["unit"]), str(c["address"]), str(c["text"]), str(c["finding"]))
            for c in data["comments"]
        ),
        deadline=datetime.date.fromisoformat(deadline) if deadline else None,
    )


def office_to_json(office: Office) -> Json:
    """Who answers, as keys of the content."""
    return {
        "unit": office.unit,
        "office": office.name,
        "contact": office.contact,
        "synthetic": office.synthetic,
    }


def office_from_json(data: Json) -> Office:
    """Who answers, from the keys of a content."""
    return Office(str(data["unit"]), str(data["office"]), str(data["contact"]), bool(data["synthetic"]))


def write_return_notice(
    notice: ReturnNotice, file: OfficeFile, plan: Plan, created: datetime.datetime, path: Path
) -> None:
    """Write a notice and `file`, which is the same signed.

    Raises InputError if the file exists or a comment is too long for a cell, EnvironmentFault for the disk.
    """
    name = plan.unit(notice.to).name if plan.has_unit(notice.to) else notice.to
    rows = [
        ("退回单位", notice.office.name),
        ("填报单位", name),
        ("报告期", notice.period.label),
        ("版次", f"第{notice.revision}版"),
        ("退回编号", f"第{notice.number}号"),
        ("退回意见", notice.comment),
        ("重报期限", notice.deadline.isoformat() if notice.deadline else ""),
        ("联系方式", notice.office.contact),
        ("怎样修改", _HOW),
    ]
    tables = [Table(NOTICE, ("项目", "内容"), [row for row in rows if row[1]], (16, 90))]
    if notice.comments:
        tables.append(_places(notice, plan))
    book = OfficeBook(f"{plan.name}　{notice.period.label}退回通知", tables, created, notice.office.synthetic)
    write_office_file(file, book, path)


def _places(notice: ReturnNotice, plan: Plan) -> Table:
    rows = [
        (
            plan.unit(c.unit).short_name if plan.has_unit(c.unit) else c.unit,
            c.address,
            place_name(c.address, plan) or "整份报表",
            "说明不予认可" if c.finding else "请核实修改",
            c.text,
        )
        for c in notice.comments
    ]
    return Table(PLACES, ("单位", "代码", "位置", "要求", "意见"), rows, (18, 26, 40, 16, 60))
