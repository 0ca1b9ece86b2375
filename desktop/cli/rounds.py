"""Commands about rounds and plan versions: publish, receive, plan list, plan use."""

from __future__ import annotations

import argparse
import datetime

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.cli.words import NO_KEY
from desktop.errors import InputError
from desktop.model.period import Period
from desktop.workspace import Arrival, Deadline, ToPublish, Workspace


def publish(options: argparse.Namespace) -> Answer:
    """Write the task package."""
    deadlines = tuple(_deadline(text) for text in options.deadline)
    wanted = ToPublish(tuple(options.period), deadlines, options.contact, options.note)
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        done = workspace.publish(wanted, options.out)
        plan = workspace.plan
    data = {
        "path": str(done.path),
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
    return Answer((f"已写出任务包：{done.path}", f"开放报告期：{periods}。", signed), data)


def receive(options: argparse.Namespace) -> Answer:
    """Take a task package in."""
    with Workspace.open(options.workspace) as workspace:
        if options.look:
            return _arrived(workspace.look_at(options.file, options.fingerprint))
        return _arrived(workspace.receive(options.file, options.fingerprint))


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


def _arrived(arrival: Arrival) -> Answer:
    lines = (arrival.heading, *arrival.lines)
    return Answer(lines, arrival.as_data(), NEEDS_A_PERSON if arrival.needs_a_person else DONE)


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
