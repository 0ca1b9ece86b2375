"""What an office answered, taken in: a return opens the form's next revision, a receipt closes the loop.

All of it in one transaction, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from desktop.errors import InputError
from desktop.exchange.office.office_file import OfficeFile, OfficeKind
from desktop.exchange.office.receipt import read_receipt
from desktop.exchange.office.return_notice import read_return, return_to_json
from desktop.model.canonical import Json
from desktop.model.office_word import ReturnNotice
from desktop.model.period import Period
from desktop.model.place_name import place_name
from desktop.model.plan import Plan
from desktop.store import Connection, Store, audit, office_words
from desktop.store.office_words import CAME, KeptNotice
from desktop.store.settings import OwnUnit
from desktop.workspace.desk import Desk
from desktop.workspace.form.forms import reopen_in
from desktop.workspace.form.pinned import frozen_section, life_of
from desktop.workspace.keys.office_keys import OfficeSignature, accept
from desktop.workspace.office.restoring import restore
from desktop.workspace.office.returning import notice_name

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """What a return notice or receipt brought, or would bring.

    `unit` and `period` say which form it is about. `opened`: the form was unlocked for its next revision.
    `unchanged`: it was received before. `doubts` are sentences on what a person must look at.
    """

    kind: str
    unit: str
    period: Period
    heading: str
    said: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    opened: bool = False
    unchanged: bool = False
    signature: OfficeSignature | None = None

    @property
    def needs_a_person(self) -> bool:
        """Whether something is to be done about it."""
        return self.opened or bool(self.doubts)

    @property
    def lines(self) -> tuple[str, ...]:
        """All there is to say, the signature first."""
        signed = self.signature.said if self.signature else ""
        return (*([signed] if signed else []), *self.doubts, *self.said)

    def as_data(self) -> Json:
        """As JSON."""
        return {
            "kind": self.kind,
            "unit": self.unit,
            "period": str(self.period),
            "message": self.heading,
            "lines": list(self.lines),
            "opened": self.opened,
            "unchanged": self.unchanged,
            "signature": self.signature.state.value if self.signature else "none",
            "fingerprint": self.signature.fingerprint if self.signature else "",
            "confirmed": self.signature is not None and self.signature.confirmed,
        }


@dataclass(frozen=True, slots=True)
class ComingAnswer:
    """A return notice or receipt on its way in; `fingerprint` is the office's as compared by telephone."""

    file: OfficeFile
    name: str
    fingerprint: str | None = None


class _OnlyLooked(Exception):
    """Ends the transaction of a look without keeping anything."""


def receive_answer(desk: Desk, own: tuple[OwnUnit, ...], coming: ComingAnswer) -> OfficeAnswer:
    """Take it in. Raises InputError if it isn't for an own unit, not of this plan, or not the office's;
    EnvironmentFault for the disk. Nothing is changed then.
    """
    take = _taker(desk, own, coming)
    return desk.store.run(take)


def look_at_answer(desk: Desk, own: tuple[OwnUnit, ...], coming: ComingAnswer) -> OfficeAnswer:
    """What `receive_answer` would do: the same work, with nothing kept; raises the same."""
    try:
        return _looked(desk.store, _taker(desk, own, coming))
    finally:
        desk.shelf.forget()


def _looked(store: Store, take: Callable[[Connection], Found]) -> Found:
    found: list[Found] = []

    def only_look(connection: Connection) -> None:
        found.append(take(connection))
        raise _OnlyLooked

    with suppress(_OnlyLooked):
        store.run(only_look)
    return found[0]


def _taker(
    desk: Desk, own: tuple[OwnUnit, ...], coming: ComingAnswer
) -> Callable[[Connection], OfficeAnswer]:
    stamp = audit.Stamp("receive", desk.person, desk.clock())
    superiors = _superiors(desk.plan, own)

    def take(connection: Connection) -> OfficeAnswer:
        signature = accept(connection, coming.file, stamp, coming.fingerprint, superiors)
        if coming.file.kind is OfficeKind.RETURN:
            answer = _take_return(connection, desk, own, coming, stamp)
        else:
            answer = _take_receipt(connection, desk, own, coming, stamp)
        return replace(answer, signature=signature)

    return take


def _take_return(
    connection: Connection, desk: Desk, own: tuple[OwnUnit, ...], coming: ComingAnswer, stamp: audit.Stamp
) -> OfficeAnswer:
    notice = read_return(coming.file, coming.name)
    _require_own(desk.plan, own, notice.plan, notice.to)
    kept = KeptNotice(coming.file.digest, stamp.now.date().isoformat(), return_to_json(notice))
    name = notice_name(notice, coming.file.digest)
    new = office_words.keep_notice(connection, CAME, name, kept, stamp)
    life = life_of(connection, desk.plan.id, notice.to, notice.period)
    opened = False
    doubts: tuple[str, ...] = ()
    if not new:
        heading = "这份退回通知已经接收过，没有改动。"
    elif life.locked and life.revision == notice.revision:
        reopen_in(connection, desk, notice.to, notice.period)
        opened = True
        doubts = tuple(_other_content(connection, notice))
        heading = f"{notice.heading}报表已转为第{notice.revision + 1}版草稿，意见已钉在各处。"
    elif life.revision == notice.revision + 1 and not life.locked:
        heading = f"{notice.heading}第{life.revision}版草稿已在修改，意见已钉在各处。"
    elif life.revision > notice.revision:
        heading = f"退回的是第{notice.revision}版，本单位已报到第{life.revision}版，意见留作参考。"
    else:
        heading = f"{notice.heading}本机没有报出过这一版。"
        doubts = ("可能换过电脑：请先接收回执恢复已报的数据，或请汇总单位核对。",)
    return OfficeAnswer(
        "return",
        notice.to,
        notice.period,
        heading,
        tuple(_said(notice, desk.plan)),
        doubts,
        opened,
        unchanged=not new,
    )


def _take_receipt(
    connection: Connection, desk: Desk, own: tuple[OwnUnit, ...], coming: ComingAnswer, stamp: audit.Stamp
) -> OfficeAnswer:
    receipt = read_receipt(coming.file, coming.name)
    _require_own(desk.plan, own, receipt.plan, receipt.to)
    before = audit.head(connection).sequence
    done = [restore(connection, desk, receipt, content, stamp) for content in receipt.contents]
    return OfficeAnswer(
        "receipt",
        receipt.to,
        receipt.period,
        receipt.heading,
        tuple(one.sentence for one in done if not one.doubtful),
        tuple(one.sentence for one in done if one.doubtful),
        unchanged=audit.head(connection).sequence == before,
    )


def _require_own(plan: Plan, own: tuple[OwnUnit, ...], named: str, unit: str) -> None:
    if named != plan.id:
        raise InputError("office.other_plan", "文件属于另一个方案。", "请切换到那个方案后再接收。")
    if unit not in {one.unit for one in own}:
        name = plan.unit(unit).name if plan.has_unit(unit) else unit
        raise InputError(
            "office.other_unit", f"文件是发给{name}的，不是本工作区的单位。", "请核对是否拿错了文件。"
        )


def _superiors(plan: Plan, own: tuple[OwnUnit, ...]) -> frozenset[str]:
    """The units above the own ones, up to the one that consolidates the whole plan."""
    found = {plan.consolidator}
    for one in own:
        above = plan.unit(one.unit).reports_to if plan.has_unit(one.unit) else None
        while above is not None and above not in found and plan.has_unit(above):
            found.add(above)
            above = plan.unit(above).reports_to
    return frozenset(found)


def _other_content(connection: Connection, notice: ReturnNotice) -> Iterator[str]:
    if frozen_section(connection, notice.digest, notice.to) is None:
        yield "退回的内容与本机报出的不是同一份，请对照意见逐处核对。"


def _said(notice: ReturnNotice, plan: Plan) -> Iterator[str]:
    """The comments in sentences, those on children's sections with their names."""
    yield f"退回意见：{notice.comment}"
    for comment in notice.comments:
        whose = ""
        if comment.unit != notice.to:
            whose = f"{plan.unit(comment.unit).short_name if plan.has_unit(comment.unit) else comment.unit}　"
        where = place_name(comment.address, plan) or "整份报表"
        what = "（说明不予认可）" if comment.finding else ""
        yield f"{whose}{where}{what}：{comment.text}"
    if notice.office.contact:
        yield f"联系方式：{notice.office.contact}"
