"""The demonstration: a whole round with synthetic figures (演示), through the same use cases as the
real one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop import config
from desktop.errors import InputError, from_os_error
from desktop.model.element import Mode
from desktop.model.file_name import safe_part
from desktop.model.form import FormItem, FormRow
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import ItemReport, ItemStatus, SignOff
from desktop.model.unit import Unit
from desktop.workspace.clock import Clock
from desktop.workspace.demo.figures import DEMO_FILE, PREFIX, DemoFigures, is_list, load_demo_figures
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.totals.exported import Exported
from desktop.workspace.workspace import Workspace

PERSON = f"{PREFIX}填报员"
NOTE = f"{PREFIX}数据，非真实统计"
_DAYS = 6
"""Days after a period by which everything is in where the plan names no deadline."""

_LATE = 6
"""Every so many items one is late."""


@dataclass(frozen=True, slots=True)
class DemoDone:
    """What the demonstration made."""

    units: int
    departments: int
    periods: tuple[str, ...]
    submissions: int
    exported: Exported


def run_demo(folder: Path, *, say: Callable[[str], None], plan_id: str | None = None) -> DemoDone:
    """Fill, check, submit, merge and export into a new folder, on a bundled plan (None: the usual one).

    Raises InputError if the folder isn't empty, or if the plan is unknown or has no figures to show.
    """
    _require_empty(folder)
    plan, figures = _plan_and_figures(plan_id or config.DEFAULT_PLAN)
    round_ = _Round(plan, figures, folder)
    exported: Exported | None = None
    for period in figures.periods:
        files = round_.submit_all(period)
        say(f"{period.label}：{len(files)} 个单位已填报、审核、报出（{PREFIX}）。")
        exported = round_.merge(period, files)
        say(f"{period.label}：已汇总，{exported.path}")
    round_.close()
    if exported is None:
        raise InputError("demo.no_periods", "演示数据没有报告期。")
    territorial = sum(plan.is_territorial(unit) for unit in plan.units)
    return DemoDone(
        units=territorial,
        departments=len(plan.units) - territorial,
        periods=tuple(str(period) for period in figures.periods),
        submissions=len(plan.units) * len(figures.periods),
        exported=exported,
    )


def _plan_and_figures(plan_id: str) -> tuple[Plan, DemoFigures]:
    from desktop.definition import bundled_plan

    plan = bundled_plan(plan_id)
    folder = config.plans_folder() / plan.id
    if not (folder / DEMO_FILE).is_file():
        raise InputError("demo.no_figures", f"方案“{plan_id}”没有演示数据。", "请换一个内置方案。")
    return plan, load_demo_figures(plan, folder)


def _require_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except FileExistsError:
        raise InputError("demo.not_folder", f"{folder} 不是文件夹。", "请换一个文件夹。") from None
    except OSError as error:
        raise from_os_error(error, "建立演示文件夹") from error
    if taken:
        raise InputError(
            "demo.not_empty", f"文件夹 {folder} 不是空的，不会覆盖。", "请换一个新的文件夹或先清空它。"
        )


class _Round:
    """One office's side of the demonstration: every unit's workspace, and the consolidator's."""

    def __init__(self, plan: Plan, figures: DemoFigures, folder: Path) -> None:
        self._plan = plan
        self._figures = figures
        self._folder = folder
        self._now = datetime.datetime.now().astimezone()
        self._day = min(plan.deadlines.values(), default=_DAYS)
        self._workspaces = {unit.id: self._create(unit) for unit in plan.units}

    def submit_all(self, period: Period) -> list[Path]:
        """Every unit fills and submits; returns the files."""
        self._now = _after(period, self._day - 1)
        out = self._folder / "报送文件" / str(period)
        out.mkdir(parents=True, exist_ok=True)
        return [self._submit(unit, period, out) for unit in self._plan.units]

    def merge(self, period: Period, files: Sequence[Path]) -> Exported:
        """The consolidator takes everything in and exports."""
        self._now = _after(period, self._day)
        consolidator = self._workspaces[self._plan.consolidator]
        consolidator.set_references(self._figures.references)
        consolidator.take_in(files)
        return consolidator.export(period, self._folder / f"{PREFIX}汇总_{period}.xlsx")

    def close(self) -> None:
        """Release all files."""
        for workspace in self._workspaces.values():
            workspace.close()

    def _create(self, unit: Unit) -> Workspace:
        folder = self._folder / "工作区"
        folder.mkdir(exist_ok=True)
        return Workspace.create(
            folder / f"{safe_part(unit.short_name)}.zhibao",
            [unit.id],
            consolidates=unit.id == self._plan.consolidator,
            plan=self._plan,
            person=PERSON,
            synthetic=True,
            clock=self._clock,
        )

    @property
    def _clock(self) -> Clock:
        return lambda: self._now

    def _submit(self, unit: Unit, period: Period, out: Path) -> Path:
        workspace = self._workspaces[unit.id]
        workspace.set_references(_issued(self._figures, unit, period))
        session = workspace.form(unit.id, period)
        for row in session.form.due_rows:
            self._fill(session, row)
        for entry in session.form.items:
            session.set_item(entry.item.number, self._progress(entry, period))
        reason = list(self._plan.explanations.reasons)[-1]  # 其他 stands last
        for finding in session.assessment.unexplained:
            session.explain(finding.key, reason, f"{NOTE}，仅供演示说明流程（{finding.address}）")
        session.set_sign_off(SignOff(f"{PREFIX}负责人", f"{PREFIX}审核人", PERSON)).saved.result()
        return workspace.submit_form(session, out).path

    def _fill(self, session: FormSession, row: FormRow) -> None:
        element = row.element
        value = self._figures.value(element, session.form.unit, session.form.period)
        if value is None or (is_list(element) and not value):
            session.set_nil(element.id)
        elif is_list(element) and row.mode is Mode.ENTERED:
            session.set_rows(element.id, self._figures.rows(element, session.form.unit, int(value)))
        elif row.mode is Mode.ISSUED and element.id in session.around.issued:
            session.confirm_issued(element.id)
        else:
            session.type_figure(element.id, str(value))

    def _progress(self, entry: FormItem, period: Period) -> ItemReport:
        """Most milestones are done when they are due; the rest goes on."""
        if not entry.leads:
            return ItemReport(ItemStatus.NO_NEWS)
        number, title = entry.item.number, entry.item.title
        due = min((t.due for t in self._plan.targets if number in t.items), default=None)
        if due is not None and due <= period.end and number % _LATE:
            return ItemReport(ItemStatus.DONE, 100, f"{PREFIX}：{title}已完成。", finished=due)
        return ItemReport(ItemStatus.UNDER_WAY, 60 + number % 4 * 10, f"{PREFIX}：{title}按计划推进。")


def _issued(figures: DemoFigures, unit: Unit, period: Period) -> list[ReferenceFigure]:
    return [
        ReferenceFigure(element, unit.id, value, period.end, source=NOTE)
        for element, value in figures.issued(unit, period).items()
    ]


def _after(period: Period, days: int) -> datetime.datetime:
    day = period.end + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(9), tzinfo=datetime.UTC)
