"""Commands about rounds and plan versions: publish, receive, plan list, plan use."""

from __future__ import annotations

import argparse
import datetime

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.cli.words import NO_KEY
from desktop.errors import InputError
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.workspace import (
    Arrival,
    Deadline,
    Extension,
    FilledGroup,
    OfficeAnswer,
    ReturnComment,
    ToPublish,
    ToReturn,
    Workspace,
)


def publish(options: argparse.Namespace) -> Answer:
    """Write the task package."""
    deadlines = tuple(_deadline(text) for text in options.deadline)
    wanted = ToPublish(
        tuple(options.period), deadlines, options.contact, options.note, addressed=options.each
    )
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        done = workspace.publish(wanted, options.out)
        plan = workspace.plan
    data = {
        "path": str(done.path),
        "addressed": [str(path) for path in done.addressed],
        "fingerprint": done.fingerprint,
        "plan": {"id": plan.id, "version": plan.version},
        "periods": [
            {
                "period": str(open_.period),
                "deadlines": {unit: day.isoformat() for unit, day in open_.deadlines.items()},
            }
            for open_ in done.periods
        ],
    }
    periods = "、".join(open_.period.label for open_ in done.periods)
    signed = f"已签名，指纹 {done.fingerprint}，供各单位电话核对。" if done.fingerprint else NO_KEY
    copies = (f"另写出 {len(done.addressed)} 份，文件名带单位名称。",) if done.addressed else ()
    return Answer((f"已写出任务包：{done.path}", *copies, f"开放报告期：{periods}。", signed), data)


def group(options: argparse.Namespace) -> Answer:
    """List the collectives, or say who belongs to one and who leads for it."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        if options.group is not None:
            lead = workspace.any_unit(options.lead) if options.lead else None
            members = [workspace.any_unit(name) for name in options.member]
            workspace.set_group(workspace.group_named(options.group), members, lead)
        found, plan = workspace.groups, workspace.plan
    data = {
        "groups": [
            {
                "id": one.id,
                "name": one.name,
                "fixed": one.fixed,
                "members": list(one.members),
                "lead": one.lead,
                "items": list(one.items),
            }
            for one in found
        ]
    }
    return Answer(tuple(_group_line(one, plan) for one in found) or ("方案没有列出集体。",), data)


def _group_line(one: FilledGroup, plan: Plan) -> str:
    members = "、".join(plan.unit(member).short_name for member in one.members)
    lead = f"，牵头：{plan.unit(one.lead).short_name}" if one.lead else "，未指定牵头单位"
    if not members:
        return f"{one.name}：还没有成员，涉及 {len(one.items)} 项工作"
    return f"{one.name}（{len(one.members)} 个单位{lead}）：{members}"


def extend(options: argparse.Namespace) -> Answer:
    """Grant an extension or take one back; without either list those granted."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        if options.withdraw:
            unit = workspace.any_unit(options.unit or "")
            workspace.withdraw_extension(unit, options.period, reason=options.reason)
        elif options.until is not None:
            unit = workspace.any_unit(options.unit or "")
            wanted = Extension(unit, options.period, options.until, options.reason, options.approver)
            workspace.extend(wanted)
        granted, plan = workspace.extensions(options.period), workspace.plan
    lines = tuple(
        f"{plan.unit(one.unit).short_name}：延期至 {one.day}，{one.reason}（{one.approver}批准）"
        for one in granted
    )
    data = {
        "period": str(options.period),
        "extensions": [
            {
                "unit": one.unit,
                "until": one.day.isoformat(),
                "reason": one.reason,
                "approver": one.approver,
                "decision": one.decision or None,
            }
            for one in granted
        ],
    }
    return Answer(lines or ("没有延期的单位。",), data)


def receive(options: argparse.Namespace) -> Answer:
    """Take in a task package, a return notice or a receipt."""
    with Workspace.open(options.workspace) as workspace:
        if options.look:
            return _arrived(workspace.look_from_office(options.file, options.fingerprint))
        return _arrived(workspace.take_from_office(options.file, options.fingerprint))


def send_back(options: argparse.Namespace) -> Answer:
    """Write a return notice."""
    comments = tuple(_comment(text) for text in options.at)
    wanted = ToReturn(options.comment, comments, options.deadline)
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        unit = workspace.any_unit(options.unit)
        done = workspace.office.send_back(unit, options.period, wanted, options.out, mail=options.mail)
    notice = done.notice
    signed = f"已签名，指纹 {done.fingerprint}。" if done.fingerprint else NO_KEY
    data = {
        "path": str(done.path),
        "mail": str(done.mail) if done.mail else None,
        "unit": notice.to,
        "period": str(notice.period),
        "revision": notice.revision,
        "number": notice.number,
        "fingerprint": done.fingerprint,
    }
    mail = (f"邮件草稿：{done.mail}",) if done.mail else ()
    return Answer((notice.heading, f"已写出退回通知：{done.path}", *mail, signed), data)


def receipt(options: argparse.Namespace) -> Answer:
    """Write receipts for the units whose reports count."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        unit = workspace.any_unit(options.unit) if options.unit else None
        written = workspace.office.receipts(options.period, options.out, unit=unit, mail=options.mail)
    heading = (
        f"已写出 {len(written)} 份回执：{options.out}" if written else "没有已接收的单位，没有写出回执。"
    )
    rows = [
        {
            "unit": one.receipt.to,
            "path": str(one.path),
            "mail": str(one.mail) if one.mail else None,
            "periods": [str(period) for period in one.receipt.periods],
        }
        for one in written
    ]
    return Answer((heading, *(f"  {one.path.name}" for one in written)), {"receipts": rows})


def use_plan(options: argparse.Namespace) -> Answer:
    """Work by another plan that is kept, or take in a plan or a new version of one."""
    with Workspace.open(options.workspace) as workspace:
        if options.plan in {plan.id for plan in workspace.plans()} - {workspace.plan.id}:
            workspace.switch_plan(options.plan)
            plan = workspace.plan
            data = {"plan": {"id": plan.id, "name": plan.name, "version": plan.version}}
            return Answer((f"现在按《{plan.name}》第{plan.version}版工作。",), data)
        return _arrived(workspace.use_plan(options.plan))


def list_plans(options: argparse.Namespace) -> Answer:
    """The plans a workspace keeps."""
    with Workspace.open(options.workspace) as workspace:
        plans, current = workspace.plans(), workspace.plan
    lines = tuple(
        f"{'*' if plan.id == current.id else ' '} {plan.id}　《{plan.name}》第{plan.version}版"
        for plan in plans
    )
    data = [
        {
            "id": plan.id,
            "name": plan.name,
            "version": plan.version,
            "digest": plan.digest,
            "current": plan.id == current.id,
        }
        for plan in plans
    ]
    return Answer(lines, {"plans": data})


def _arrived(arrival: Arrival | OfficeAnswer) -> Answer:
    lines = (arrival.heading, *arrival.lines)
    return Answer(lines, arrival.as_data(), NEEDS_A_PERSON if arrival.needs_a_person else DONE)


def _comment(text: str) -> ReturnComment:
    """`[unit:]place=comment`: an element id, `item/12`, or the key of an explanation."""
    where, equals, said = text.partition("=")
    unit, _, place = where.strip().rpartition(":")
    if not equals or not place:
        raise InputError(
            "return.form",
            f"“{text}”不是 位置=意见 的形式。",
            "例如 training_visits=与上期相差过大，或 item/12=请写明进度。",
        )
    if "@" not in place:
        return ReturnComment(unit, place, said)
    return ReturnComment(unit, place.split("@")[1], said, finding=place)


def _deadline(text: str) -> Deadline:
    """`[period:]unit=day`; raises InputError otherwise."""
    who, _, day = text.rpartition("=")
    where, colon, rest = who.partition(":")
    try:
        if not who.strip():
            raise ValueError(text)
        last = datetime.date.fromisoformat(day.strip())
        return Deadline(rest.strip(), last, Period.parse(where)) if colon else Deadline(who.strip(), last)
    except ValueError:
        raise InputError(
            "deadline.form",
            f"“{text}”不是 单位=日期 的形式。",
            "例如 镇=2024-10-12，或 2024Q3:tanggu=2024-10-12。",
        ) from None
