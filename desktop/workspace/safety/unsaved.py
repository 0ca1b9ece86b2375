"""That nothing typed is lost: what the disk refused, what a crash left behind, copies here and elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from desktop.errors import EnvironmentFault, InputError, WorkspaceDamaged, ZhibaoError
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.store import Connection, Store, audit, entries, open_store
from desktop.store.audit import AuditRow
from desktop.store.backup import back_up, backups, copy_out, head_of, restore
from desktop.store.entries import FIGURE, ITEM, LIFE, Change, Edit
from desktop.store.plans import require_sound_plans
from desktop.values import dataclass
from desktop.workspace.desk import Desk
from desktop.workspace.desk.display import figure_text
from desktop.workspace.desk.entries import kept_figure, life_change, section_changes, sign_off_change
from desktop.workspace.form.form_session import FormSession

RESCUE = "rescue"
"""The kind of action by which an open form was written into a copy of its workspace."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A workspace that wasn't closed: the last thing saved in it. `address` as in a finding, empty if nothing
    was ever entered; `what` and `value` are for people.
    """

    person: str = ""
    time: datetime.datetime | None = None
    unit: str = ""
    period: str = ""
    address: str = ""
    place: tuple[str, str] = ("", "")
    """The ids of unit and period."""
    what: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class MadeElsewhere:
    """A copy of the workspace at another place with all that was typed; `backup` is the time of the backup it
    was made from where the file itself couldn't be read any more.
    """

    path: Path
    backup: datetime.datetime | None = None


class Safety:
    """Works on one open workspace."""

    def __init__(self, store: Store, desk: Callable[[], Desk]) -> None:
        self._store = store
        self._desk = desk
        self._id = ""

    @property
    def unsaved(self) -> int:
        """How many edits the disk has refused; they are kept in memory."""
        return self._store.unsaved

    def retry(self) -> Future[None]:
        """Try to write them; the future fails with EnvironmentFault while that isn't possible."""
        return self._store.retry()

    def settle(self) -> None:
        """Write them, or raise EnvironmentFault: what comes next starts from what is on the disk."""
        if self._store.unsaved:
            self._store.retry().result()

    def give_up(self) -> None:
        """Forget them: they were written elsewhere, or a person said so."""
        self._store.give_up_waiting()

    def recovered(self) -> Recovered | None:
        """What was saved last, if whoever had the workspace open before didn't close it; else None."""
        if self._store.left_behind is None:
            return None
        row = self._store.run(audit.last_entered)
        return _recovered(row, self._desk().plan) if row else Recovered()

    def workspace_id(self) -> str:
        """The id by which its backups are known."""
        if not self._id:
            self._id = self._store.run(audit.workspace_id)
        return self._id

    def back_up(self, folder: Path) -> Path | None:
        """Copy the workspace into the folder, check the copy, rotate older ones; waits for the disk.

        None if the newest backup there has everything already. Raises EnvironmentFault, and
        WorkspaceDamaged if a plan or the copy doesn't check out: no older one is removed then.
        """
        self._store.run(require_sound_plans)
        newest = next(iter(backups(folder, self.workspace_id())), None)
        if newest is not None and self._has_everything(newest.path):
            return None
        return back_up(self._store, folder, self._desk().clock()).backup.path

    def save_elsewhere(self, target: Path, session: FormSession | None, folder: Path) -> MadeElsewhere:
        """Make the workspace anew at `target`, with what the disk refused; where its file can't be read any
        more, from the newest backup in `folder` and the open form.

        Raises InputError if the file exists or there is no backup, EnvironmentFault for the place.
        """
        if target.exists():
            raise InputError("file.exists", f"文件已存在：{target}。", "请换一个文件名。")
        try:
            copy_out(self._store, target)
        except (EnvironmentFault, WorkspaceDamaged) as fault:
            return self._from_backup(target, session, folder, fault)
        works = self._store.waiting_works()
        with open_store(target, self._desk().person) as copy:
            copy.run(lambda connection: [work(connection) for work in works])
        self.give_up()
        return MadeElsewhere(target)

    def _from_backup(
        self, target: Path, session: FormSession | None, folder: Path, fault: ZhibaoError
    ) -> MadeElsewhere:
        newest = next(iter(backups(folder, self._id)), None) if self._id else None
        if newest is None:
            raise fault
        restore(newest.path, target)
        if session is not None:
            with open_store(target, self._desk().person) as copy:
                copy.run(lambda connection: self._rescue(connection, session))
        self.give_up()
        return MadeElsewhere(target, newest.time)

    def _rescue(self, connection: Connection, session: FormSession) -> None:
        """Bring the open form into a copy as it stands on the screen."""
        place = (session.plan.id, session.form.unit.id, str(session.form.period))
        wanted = {
            change.address: change
            for change in (
                *section_changes(session.section),
                sign_off_change(session.sign_off),
                life_change(session.life),
            )
        }
        gone = [
            Change(address, None) for address in entries.section(connection, *place) if address not in wanted
        ]
        edit = Edit(*place, (*wanted.values(), *gone), self._desk().person, RESCUE)
        entries.edit(connection, edit, self._desk().clock())

    def _has_everything(self, backup: Path) -> bool:
        try:
            return head_of(backup) == self._store.run(audit.head)
        except (WorkspaceDamaged, EnvironmentFault):
            return False


def _recovered(row: AuditRow, plan: Plan) -> Recovered:
    what, value, address = _said(row, plan)
    return Recovered(
        person=row.actor,
        time=datetime.datetime.fromisoformat(row.time),
        unit=plan.unit(row.unit).short_name if plan.has_unit(row.unit) else row.unit,
        period=Period.parse(row.period).label,
        address=address,
        place=(row.unit, row.period),
        what=what,
        value=value,
    )


def _said(row: AuditRow, plan: Plan) -> tuple[str, str, str]:
    """What a row is about, its new value, and its address as a finding would give it."""
    if row.address.startswith(FIGURE):
        id_ = row.address.removeprefix(FIGURE)
        if not plan.has_element(id_):
            return id_, "", ""
        element = plan.element(id_)
        figure = kept_figure(row.new)
        return element.name, figure_text(figure, element), element.id
    if row.address.startswith(ITEM):
        number = row.address.removeprefix(ITEM)
        return f"任务第 {number} 项", "", f"item/{number}"
    return ("报表状态" if row.address == LIFE else "出错说明"), "", ""
