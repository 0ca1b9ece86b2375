"""What a task package or a new plan version brought, for the window and the command line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.definition.comparison import PlanChange
from desktop.model.canonical import Json
from desktop.model.period import Period
from desktop.workspace.desk.moving import MovedForm
from desktop.workspace.keys.office_keys import OfficeSignature


@dataclass(frozen=True, slots=True)
class Opened:
    """An open period with the last day of each own unit, by the unit's short name."""

    period: Period
    deadlines: tuple[tuple[str, datetime.date], ...] = ()

    @property
    def sentence(self) -> str:
        """The period and its deadlines in one line."""
        days = "，".join(f"{name} {day.isoformat()}" for name, day in self.deadlines)
        return f"{self.period.label}" + (f"（期限：{days}）" if days else "")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was taken in, or would be (`look`): plan, periods, figures, changes, drafts.

    `version_before` is empty for a plan that is new here. `works_by` says whether the workspace works by this
    plan afterwards. `unchanged` says that everything was there already. `remarks` are sentences about own
    units and what else a person should know, `lost` the names of own units without a successor.
    """

    plan: str
    plan_name: str
    version_before: str
    version: str
    works_by: bool
    unchanged: bool
    from_package: bool = True
    opened: tuple[Opened, ...] = ()
    office: str = ""
    contact: str = ""
    note: str = ""
    figures: int = 0
    changes: tuple[PlanChange, ...] = ()
    moved: tuple[MovedForm, ...] = ()
    signature: OfficeSignature | None = None
    remarks: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        """Whether an own unit has no successor or a draft couldn't move."""
        return bool(self.lost) or any(not form.moved for form in self.moved)

    @property
    def heading(self) -> str:
        """The whole in one sentence."""
        what = "任务包" if self.from_package else "方案"
        if self.unchanged:
            return f"这份{what}已经接收过，内容相同，没有改动。"
        if self.version_before == self.version:
            return f"《{self.plan_name}》仍为第{self.version}版，已更新报告期、期限和下发数据。"
        if self.version_before:
            return f"《{self.plan_name}》由第{self.version_before}版更新为第{self.version}版。"
        return f"新增方案《{self.plan_name}》第{self.version}版。"

    @property
    def lines(self) -> tuple[str, ...]:
        """What is to be read, line by line, below the heading."""
        moved = (line for form in self.moved for line in (form.sentence, *(f"  {one}" for one in form.lines)))
        return (
            *(f"开放报告期：{opened.sentence}" for opened in self.opened),
            *((f"下发数据：新增或更新 {self.figures} 个。",) if self.figures else ()),
            *((f"发布单位：{self.office}。",) if self.office else ()),
            *((self.signature.said,) if self.signature else ()),
            *((f"联系方式：{self.contact}",) if self.contact else ()),
            *((f"备注：{self.note}",) if self.note else ()),
            *self.remarks,
            *((f"方案变化 {len(self.changes)} 处：",) if self.changes else ()),
            *(f"  {change.sentence}" for change in self.changes),
            *moved,
        )

    def as_data(self) -> Json:
        """As JSON."""
        return {
            "plan": {"id": self.plan, "name": self.plan_name, "version": self.version},
            "version_before": self.version_before,
            "works_by": self.works_by,
            "unchanged": self.unchanged,
            "message": self.heading,
            "periods": [
                {"period": str(o.period), "deadlines": {name: day.isoformat() for name, day in o.deadlines}}
                for o in self.opened
            ],
            "office": self.office,
            "contact": self.contact,
            "signature": self.signature.state.value if self.signature else "none",
            "fingerprint": self.signature.fingerprint if self.signature else "",
            "confirmed": self.signature is not None and self.signature.confirmed,
            "note": self.note,
            "figures": self.figures,
            "changes": [
                {"what": c.what, "name": c.name, "kind": c.kind, "detail": c.detail} for c in self.changes
            ],
            "moved": [form.as_data() for form in self.moved],
            "remarks": list(self.remarks),
        }
