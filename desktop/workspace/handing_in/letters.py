"""What e-mail drafts say: a submission goes up, a return comes back, a reminder asks for what is missing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.exchange.mail import Letter, address_in
from desktop.model.canonical import short_digest
from desktop.model.period import day_text
from desktop.model.plan import Plan
from desktop.model.submission import Submission
from desktop.workspace.desk.rounds import Round


@dataclass(frozen=True, slots=True)
class Due:
    """What a unit owes: plan, unit, period by their names, and the last day where one was set."""

    plan: str
    unit: str
    period: str
    deadline: datetime.date | None = None

    @property
    def until(self) -> str:
        """The deadline in a sentence; empty where there is none."""
        return f"报送期限为{day_text(self.deadline)}" if self.deadline else ""


def submission_letter(plan: Plan, submission: Submission, digest: str, round_: Round, file: str) -> Letter:
    """With a unit's report to the one who consolidates."""
    unit = plan.unit(submission.unit)
    last = round_.deadline(submission.unit, submission.period)
    lines = (
        f"{round_.office or '各位同事'}：",
        "",
        f"现报送{unit.name}{submission.period.label}数据，请查收附件。",
        "",
        f"方案：{plan.name}",
        f"填报单位：{unit.name}",
        f"报告期：{submission.period.label}",
        f"版次：第{submission.revision}版",
        f"校验码：{short_digest(digest)}（应与盖章纸质件一致）",
        *((f"报送期限：{day_text(last)}",) if last else ()),
        f"附件：{file}",
        "",
        "附件请用知报收取，不要改动；如须更正，由我单位重新报送下一版。",
    )
    subject = f"{unit.short_name}报送{submission.period.label}数据（第{submission.revision}版）"
    return Letter(subject, _text(lines), address_in(round_.contact))


def reminder(due: Due, today: datetime.date, round_: Round, template: str = "") -> Letter:
    """催报: to a unit whose report hasn't come; `template` is the name of a blank workbook sent along."""
    late = due.deadline is not None and today > due.deadline
    days = (today - due.deadline).days if due.deadline else 0
    state = f"，已逾期 {days} 天" if late else ""
    until = f"{due.until}{state}。" if due.until else ""
    lines = (
        f"{due.unit}：",
        "",
        f"你单位《{due.plan}》{due.period}报表尚未收到。{until}",
        "",
        "请用知报报出后，把报送文件作为邮件附件发回。已经发出的，请回复告知发出时间，我们核对。",
        *((f"没有安装知报的，请用 WPS 或 Excel 填写附件“{template}”后发回。",) if template else ()),
        "确有困难不能按期报送的，请回复说明原因和预计日期。",
        "",
        *_signed(round_),
    )
    return Letter(f"{'逾期' if late else ''}催报：{due.unit}{due.period}报表", _text(lines))


def return_letter(due: Due, revision: int, comment: str, round_: Round, notice: str = "") -> Letter:
    """退回: to a unit whose report has to be put right; `notice` is the name of the return notice."""
    lines = (
        f"{due.unit}：",
        "",
        f"你单位《{due.plan}》{due.period}报表第{revision}版已退回，请修改后重新报送第{revision + 1}版。",
        "",
        f"退回意见：{comment.strip()}",
        *(("", f"{due.until}。") if due.until else ()),
        "",
        *((f"请在知报中接收附件“{notice}”，按其中标注逐处修改。",) if notice else ()),
        *_signed(round_),
    )
    return Letter(f"退回修改：{due.unit}{due.period}报表（第{revision}版）", _text(lines))


def receipt_letter(due: Due, revision: int, round_: Round, receipt: str) -> Letter:
    """回执: to a unit whose report counts; `receipt` is the name of the receipt sent along."""
    lines = (
        f"{due.unit}：",
        "",
        f"你单位《{due.plan}》{due.period}报表第{revision}版已收到并采用。",
        "",
        f"请在知报中接收附件“{receipt}”并妥善保存：换电脑时，可以用它恢复已报的数据。",
        "",
        *_signed(round_),
    )
    return Letter(f"回执：{due.unit}{due.period}报表（第{revision}版）已接收", _text(lines))


def _signed(round_: Round) -> tuple[str, ...]:
    return tuple(part for part in (round_.office, round_.contact) if part)


def _text(lines: tuple[str, ...]) -> str:
    return "\n".join(lines) + "\n"
