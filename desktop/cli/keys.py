"""Commands about keys: key show, new, export, import; roster."""

from __future__ import annotations

import argparse
import getpass
import os

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.errors import InputError
from desktop.workspace import OFFICE, OwnKey, Workspace

PASSPHRASE = "ZHIBAO_PASSPHRASE"  # noqa: S105 - the name of a variable
_OFFICE_NAMES = ("office", "汇总单位")


def show(options: argparse.Namespace) -> Answer:
    """The own units' keys, by fingerprint."""
    with Workspace.open(options.workspace) as workspace:
        found = workspace.keys.own()
    lines = tuple(f"{own.name}：{_said(own)}" for own in found)
    away = any(own.key is None or not own.here for own in found)
    return Answer(lines, {"keys": [_data(own) for own in found]}, NEEDS_A_PERSON if away else DONE)


def new(options: argparse.Namespace) -> Answer:
    """A new key for an own unit."""
    with Workspace.open(options.workspace) as workspace:
        own = workspace.keys.new(workspace.unit_or_only(options.unit))
    return Answer((f"{own.name}已新建签名密钥，请把指纹电话告知汇总单位：", own.fingerprint), _data(own))


def export(options: argparse.Namespace) -> Answer:
    """Write an own unit's key into a protected file."""
    with Workspace.open(options.workspace) as workspace:
        unit = workspace.unit_or_only(options.unit)
        own = workspace.keys.export(unit, options.out, _passphrase(twice=True))
    said = f"已导出{own.name}的签名密钥：{options.out}。请妥善保管文件和口令。"
    return Answer((said, own.fingerprint), {**_data(own), "path": str(options.out)})


def import_(options: argparse.Namespace) -> Answer:
    """Sign with the key of an exported file."""
    with Workspace.open(options.workspace) as workspace:
        own = workspace.keys.take_in(options.file, _passphrase(twice=False))
    return Answer((f"{own.name}以后用导入的密钥签名：", own.fingerprint), _data(own))


def roster(options: argparse.Namespace) -> Answer:
    """Whose key is whose; confirm one after a telephone call, or end one."""
    if options.date is not None and options.end is None:
        raise InputError("roster.date", "--date 要与 --end 一起用。")
    with Workspace.open(options.workspace) as workspace:
        if options.confirm is not None:
            workspace.keys.confirm(_unit(workspace, options.confirm), options.fingerprint)
        if options.end is not None:
            workspace.keys.end(_unit(workspace, options.end), options.date)
        rows = workspace.keys.roster()
    lines = tuple(
        f"{row.name}　{row.fingerprint}　{row.label}{_days(row.valid_to)}　{row.note}".rstrip()
        for row in rows
    )
    waits = any(row.waits for row in rows)
    data = {"keys": [row.as_data() for row in rows]}
    return Answer(lines or ("名册还是空的。",), data, NEEDS_A_PERSON if waits else DONE)


def _unit(workspace: Workspace, name: str) -> str:
    if name in _OFFICE_NAMES:
        return OFFICE
    unit = workspace.plan.find_unit(name)
    if unit is not None:
        return unit.id
    if any(row.unit == name for row in workspace.keys.roster()):  # of another plan, or gone
        return name
    raise InputError("unit.unknown", f"方案中没有单位“{name}”。", "请核对名称。")


def _passphrase(*, twice: bool) -> str:
    """From the environment, else asked for; never from the call, which others can see."""
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    try:
        first = getpass.getpass("口令：")
        if twice and getpass.getpass("再输一次：") != first:
            raise InputError("key.passphrase_differs", "两次输入的口令不同。")
    except EOFError:
        raise InputError(
            "key.no_passphrase", "没有口令。", f"请输入，或设置环境变量 {PASSPHRASE}。"
        ) from None
    return first


def _said(own: OwnKey) -> str:
    if own.key is None:
        return "还没有签名密钥"
    return own.fingerprint if own.here else f"{own.fingerprint}（密钥不在本机，报出的文件不带签名）"


def _data(own: OwnKey) -> dict[str, object]:
    return {
        "unit": own.unit,
        "algorithm": own.key.algorithm if own.key else "",
        "key": own.key.value if own.key else "",
        "fingerprint": own.fingerprint,
        "here": own.here,
    }


def _days(last: object) -> str:
    return f"（至 {last}）" if last else ""
