"""A round of 54 units over two quarters with trouble made on purpose, all figures 演示.

Files are written from contents, as the program of a unit would; nothing here knows what becomes of them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop import config
from desktop.definition import bundled_plan
from desktop.exchange import write_submission
from desktop.model.content import submission_digest
from desktop.model.element import ElementKind, Mode
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import (
    NIL,
    Answer,
    Explanation,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
    Submission,
)
from desktop.model.unit import Unit
from desktop.workspace.demo.figures import DemoFigures, load_demo_figures
from tests.core.plans import with_changes

Q3, Q4 = Period.parse("2024Q3"), Period.parse("2024Q4")
BEIJING = datetime.timezone(datetime.timedelta(hours=8))

ROLES = {
    **dict.fromkeys(("xincheng", "yangjiabo", "kx", "wsb", "jrj"), "missing"),
    **dict.fromkeys(("hangzhoudao", "xinhe", "kjj"), "late"),
    **dict.fromkeys(("taiping", "gulin"), "edited"),
    "xinbei": "twice",
    "tanggu": "orphan",
    "hangu": "version",
    "chadian": "damaged",
    "dagang": "explained",
}
"""What is wrong with whom in the second quarter; besides, one file comes from a unit unknown to the plan."""


@dataclass
class TroubledRound:
    """The files of both quarters, and what the figures are that must come out."""

    folder: Path
    plan: Plan = field(default_factory=lambda: bundled_plan(config.DEFAULT_PLAN))

    def __post_init__(self) -> None:
        self.figures: DemoFigures = load_demo_figures(self.plan, config.plans_folder() / self.plan.id)
        self.sections: dict[tuple[str, Period], Section] = {}

    def first_quarter(self) -> Path:
        """Everyone is in, on time."""
        out = self.folder / str(Q3)
        out.mkdir()
        for unit in self.plan.units:
            self._write(self.submission(unit, Q3), out)
        return out

    def second_quarter(self) -> tuple[Path, Path]:
        """What came in time, and what came with later mails."""
        on_time, late = self.folder / str(Q4), self.folder / "late"
        on_time.mkdir()
        late.mkdir()
        for unit in self.plan.units:
            submission = self.submission(unit, Q4)
            match ROLES.get(unit.id):
                case "missing":
                    continue
                case "late":
                    self._mail(self._write(submission, self.folder), late)
                case "edited":
                    edit_figure(self._write(submission, on_time), "training_visits", 77)
                case "twice":
                    self._write(submission, on_time)
                    other = self.submission(unit, Q4, training_visits=Decimal(5))
                    self._write(other, on_time, name="又一份.xlsx")
                case "orphan":
                    lost = submission_digest(submission)
                    changed = self.submission(unit, Q4, training_visits=Decimal(66))
                    self._write(replace(changed, revision=2, parent=lost), on_time)
                case "version":
                    older = replace(submission, plan_version="0", plan_digest="sha256:" + "0" * 64)
                    self._write(older, on_time)
                case "damaged":
                    path = self._write(submission, on_time)
                    path.write_bytes(path.read_bytes()[:-400])
                case _:
                    self._write(submission, on_time)
        self._write_stranger(on_time)
        return on_time, late

    def submission(self, unit: Unit, period: Period, **instead: Decimal) -> Submission:
        """A unit's first revision."""
        form = form_for(self.plan, unit, period)
        figures = {
            row.element.id: self._figure(unit, period, row.element.id, row.mode) for row in form.due_rows
        }
        figures |= {element: Figure.number(value) for element, value in instead.items() if element in figures}
        items = {entry.item.number: ItemReport(ItemStatus.NO_NEWS) for entry in form.items}
        said = Explanation("jump@training_visits", "other", "演示：本季活动较集中", "sha256:" + "0" * 64)
        explained = ROLES.get(unit.id) == "explained" and period == Q4
        section = Section(unit.id, period, figures, items, (said,) if explained else ())
        self.sections[unit.id, period] = section
        return Submission(
            self.plan.id,
            self.plan.version,
            self.plan.digest,
            unit.id,
            period,
            1,
            None,
            (section,),
            created=datetime.datetime.combine(period.end, datetime.time(9), BEIJING),
            created_with="演示",
            synthetic=True,
        )

    def _figure(self, unit: Unit, period: Period, element_id: str, mode: Mode) -> Figure:
        element = self.plan.element(element_id)
        value = self.figures.value(element, unit, period)
        if value is None or (element.kind is ElementKind.LIST and not value):
            return NIL
        if element.kind is ElementKind.LIST:
            rows = self.figures.rows(element, unit, int(value))
            return Figure(FigureState.NUMBER, value, rows=rows)
        answer = Answer.CONFIRMED if mode is Mode.ISSUED else Answer.NONE
        return Figure(FigureState.NUMBER, value, answer=answer)

    def _write(self, submission: Submission, out: Path, name: str = "") -> Path:
        unit = self.plan.unit(submission.unit)
        path = out / (name or f"{unit.short_name}_{submission.period}_{submission.revision}.xlsx")
        write_submission(submission, self.plan, path)
        return path

    def _mail(self, attached: Path, out: Path) -> None:
        """A mail that the office's server received in the evening of 20 January."""
        message = EmailMessage()
        message["Subject"] = "报送"
        received = format_datetime(datetime.datetime(2025, 1, 20, 18, tzinfo=BEIJING))
        message["Received"] = f"from a by b; {received}"
        message.set_content("见附件（演示）")
        kind = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        content = attached.read_bytes()
        message.add_attachment(content, maintype="application", subtype=kind, filename=attached.name)
        (out / f"{attached.stem}.eml").write_bytes(message.as_bytes())

    def _write_stranger(self, out: Path) -> None:
        """A file of a unit that the office's plan doesn't have."""
        known = self.plan.unit("tanggu")
        stranger = replace(known, id="stranger", name="演示外街道", short_name="外街道", aliases=(), codes=())
        plan = with_changes(self.plan, units=(*self.plan.units, stranger))
        submission = self.submission(known, Q4)
        (section,) = submission.sections
        sent = replace(submission, unit="stranger", sections=(replace(section, unit="stranger"),))
        write_submission(sent, plan, out / "外街道.xlsx")


def edit_figure(path: Path, code: str, value: int) -> None:
    """Change one figure in a spreadsheet program, and save."""
    book = load_workbook(path)
    sheet = book["指标报表"]
    assert isinstance(sheet, Worksheet)
    head = next(row for row in sheet.iter_rows() if "代码" in {cell.value for cell in row})
    titles = [cell.value for cell in head]
    for row in sheet.iter_rows():
        if row[titles.index("代码")].value == code:
            row[titles.index("本期")].value = value
    book.save(path)
