"""The sheet to print, sign and stamp: what stands on it, as texts. The window paints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from desktop.exchange.format.layout import ANSWER_LABELS, CONFIDENTIAL, DEMO, VINTAGE_LABELS
from desktop.model import plain
from desktop.model.canonical import Json, canonical_text, clean_text, short_digest
from desktop.model.catalogue import message
from desktop.model.content import submission_digest
from desktop.model.element import DataElement
from desktop.model.form import FormItem, FormRow
from desktop.model.plan import Plan
from desktop.model.submission import (
    BLANK,
    ITEM_STATUS_LABELS,
    KIND_LABELS,
    Answer,
    Explanation,
    Figure,
    ItemReport,
    ItemStatus,
    Section,
    Submission,
)
from desktop.store import Connection, audit, settings
from desktop.store.texts import kept
from desktop.validation import address_name
from desktop.workspace.desk.display import deducted_text, figure_text
from desktop.workspace.form.explaining import addresses_of
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.form.revising import differences

SETTING = "paper/"
"""Begins the setting's name; the plan's id follows."""

_INDENT = "　　"
_LIST = "名单："
_NOT_DUE = "本期不报"


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What an office has at the head: 表号, 制定机关, 批准文号, 有效期至, 知悉范围; blank at first."""

    number: str = ""
    issuer: str = ""
    approval: str = ""
    valid_until: str = ""
    readers: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The fields that were given, as they stand on paper."""
        named = (
            ("表号", self.number),
            ("制定机关", self.issuer),
            ("批准文号", self.approval),
            ("有效期至", self.valid_until),
        )
        return tuple(f"{name}：{text}" for name, text in named if text)


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """One column; `share` is its part of the page's width, measured against the others."""

    title: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row; a `band` has one cell over all columns."""

    cells: tuple[str, ...]
    band: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """One part of the sheet."""

    title: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[PaperRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything on the sheet. `code` and `running` stand on every page, `demo` is empty for real figures."""

    title: str
    head: PaperHead
    about: tuple[str, ...]
    tables: tuple[PaperTable, ...]
    signatures: tuple[tuple[str, str], ...]
    code: str
    running: str
    demo: str


def stored_head(connection: Connection, plan: str) -> PaperHead:
    """The head the office gave; a blank one if it gave none."""
    text = settings.setting(connection, SETTING + plan)
    return kept(text, _head_from, "表头") if text else PaperHead()


def _head_from(data: Json) -> PaperHead:
    return PaperHead(**plain.texts_by_name(data))


def keep_head(connection: Connection, plan: str, head: PaperHead, stamp: audit.Stamp) -> bool:
    """Replace the head; false if it already was so."""
    cleaned = {name: " ".join(clean_text(text).split()) for name, text in asdict(head).items()}
    return settings.set_setting(connection, SETTING + plan, canonical_text(cleaned), stamp)


def paper_of(session: FormSession, content: Submission, before: Submission | None, head: PaperHead) -> Paper:
    """The sheet of a content of that form; `before` is the revision that it takes the place of."""
    plan, period = session.plan, content.period
    own = next(section for section in content.sections if section.unit == content.unit)
    then = next((s for s in before.sections if s.unit == own.unit), None) if before else None
    numbers = {key: n for n, key in enumerate(_in_order(own, session), 1)}
    unit, code = plan.unit(content.unit), short_digest(submission_digest(content))
    kind = KIND_LABELS[content.kind]
    below = "、".join(plan.unit(s.unit).short_name for s in content.sections if s.unit != content.unit)
    about = (
        f"填报单位：{unit.name}",
        f"报告期：{period.label}",
        f"版次：第{content.revision}版" + (f"（{kind}）" if kind else ""),
        f"校验码：{code}",
        *((f"知悉范围：{head.readers}",) if head.readers else ()),
        *((f"随附下级单位：{below}",) if below else ()),
    )
    tables = (
        _figures(session, own, numbers),
        *_lists(session, own),
        _items(session, own),
        _explanations(session, own, numbers),
        _changes(then, own, plan, content.revision),
    )
    day = content.sign_off.date
    return Paper(
        title=f"{plan.name}{period.label}报表" + (f"（{kind}）" if kind else ""),
        head=head,
        about=about,
        tables=_numbered(table for table in tables if table.rows),
        signatures=(
            ("单位负责人", content.sign_off.responsible),
            ("审核人", content.sign_off.reviewer),
            ("填表人", content.sign_off.preparer),
            ("报出日期", f"{day.year}年{day.month}月{day.day}日" if day else ""),
        ),
        code=code,
        running=f"{unit.short_name}　{period.label}　第{content.revision}版　{CONFIDENTIAL}",
        demo=f"{DEMO}数据" if content.synthetic else "",
    )


def _numbered(tables: Iterable[PaperTable]) -> tuple[PaperTable, ...]:
    """The parts in order, those that are there numbered 一, 二, …; lists belong to the figures."""
    found: list[PaperTable] = []
    numerals = iter("一二三四五")
    for table in tables:
        title = table.title if table.title.startswith(_LIST) else f"{next(numerals)}、{table.title}"
        found.append(replace(table, title=title))
    return tuple(found)


def _figures(session: FormSession, own: Section, numbers: Mapping[str, int]) -> PaperTable:
    plan, form = session.plan, session.form
    rows: list[PaperRow] = []
    count = 0
    for section in form.sections:
        shown = [row for row in section.rows if row.due or own.figure(row.element.id) != BLANK]
        if shown:
            rows.append(PaperRow((section.category,), band=True))
        for row in shown:
            count += 1
            rows.append(_figure_row(count, row, own, session, numbers))
    left_out = len(form.rows) - count
    return PaperTable(
        "指标数据",
        (
            PaperColumn("序号", 5),
            PaperColumn("指标名称", 37),
            PaperColumn("计量单位", 9),
            PaperColumn(f"上期（{form.period.previous}）", 14, right=True),
            PaperColumn(f"本期（{form.period}）", 14, right=True),
            PaperColumn("备注", 21),
        ),
        tuple(rows),
        _note(
            f"另有 {left_out} 项{_NOT_DUE}，未列出。" if left_out else "",
            f"本表依据《{plan.name}》第 {plan.version} 版。",
        ),
    )


def _figure_row(
    number: int, row: FormRow, own: Section, session: FormSession, numbers: Mapping[str, int]
) -> PaperRow:
    element = row.element
    figure, earlier = own.figure(element.id), session.around.previous
    said = "、".join(str(n) for key, n in numbers.items() if element.id in addresses_of([key]))
    return PaperRow(
        (
            str(number),
            _INDENT * row.indent + element.name,
            element.unit.typed,
            figure_text(earlier.figure(element.id), element) if earlier else "",
            figure_text(figure, element) or ("" if row.due else _NOT_DUE),
            "；".join((*_beside(figure, element, session.plan), *((f"见说明{said}",) if said else ()))),
        )
    )


def _beside(figure: Figure, element: DataElement, plan: Plan) -> Iterator[str]:
    if figure.answer is not Answer.NONE:
        yield ANSWER_LABELS[figure.answer]
    if figure.vintage != "final":
        yield VINTAGE_LABELS.get(figure.vintage, figure.vintage)
    if figure.deductions:
        yield deducted_text(figure, element, plan)


def _lists(session: FormSession, own: Section) -> Iterator[PaperTable]:
    for row in session.form.rows:
        element, listed = row.element, own.figure(row.element.id).rows
        if listed:
            columns = tuple(PaperColumn(column.name, 10) for column in element.columns)
            cells = (tuple(entry.get(c.id, "") for c in element.columns) for entry in listed)
            rows = (PaperRow((str(n), *texts)) for n, texts in enumerate(cells, 1))
            yield PaperTable(_LIST + element.name, (PaperColumn("序号", 3), *columns), tuple(rows))


def _items(session: FormSession, own: Section) -> PaperTable:
    shown: list[tuple[FormItem, ItemReport]] = []
    quiet = 0
    for entry in session.form.items:
        report = own.items.get(entry.item.number, ItemReport())
        if entry.leads or report.narrative:
            shown.append((entry, report))
        else:
            quiet += report.status is ItemStatus.NO_NEWS
    rows = tuple(PaperRow(_item_cells(entry, report)) for entry, report in shown)
    columns = (
        PaperColumn("序号", 5),
        PaperColumn("工作事项", 27),
        PaperColumn("职责", 6),
        PaperColumn("状态", 10),
        PaperColumn("完成", 7, right=True),
        PaperColumn("进展情况", 45),
    )
    quietly = f"另有 {quiet} 项配合事项本期无新进展，未列出。" if quiet else ""
    return PaperTable("任务进展", columns, rows, quietly)


def _item_cells(entry: FormItem, report: ItemReport) -> tuple[str, ...]:
    parts = [report.narrative] if report.narrative else []
    if report.finished:
        parts.append(f"完成日期：{report.finished.isoformat()}")
    parts += [f"佐证材料：{e.name}（{e.size:,} 字节，{e.sha256[:12].upper()}）" for e in report.evidence]
    return (
        str(entry.item.number),
        entry.item.title,
        "牵头" if entry.leads else "配合",
        ITEM_STATUS_LABELS.get(report.status, ""),
        "" if report.percent is None else f"{report.percent}%",
        "\n".join(parts),
    )


def _in_order(own: Section, session: FormSession) -> list[str]:
    """The keys of explanations in the order of the form, items last."""
    places = [row.element.id for row in session.form.rows]
    return sorted(
        (explanation.finding for explanation in own.explanations),
        key=lambda key: (_place(addresses_of([key])[0], places), key),
    )


def _place(address: str, places: Sequence[str]) -> int:
    return places.index(address) if address in places else len(places)


def _explanations(session: FormSession, own: Section, numbers: Mapping[str, int]) -> PaperTable:
    said: dict[str, Explanation] = {e.finding: e for e in own.explanations}
    found = {finding.key: finding for finding in session.findings}
    rows = []
    for key, number in numbers.items():
        explanation, finding = said[key], found.get(key)
        reason = session.plan.explanations.reasons.get(explanation.reason, explanation.reason)
        rows.append(
            PaperRow(
                (
                    str(number),
                    address_name(addresses_of([key])[0], session.plan),
                    message(finding) if finding else "",
                    reason + ("（带错上报）" if explanation.forced else ""),
                    explanation.text,
                )
            )
        )
    columns = (
        PaperColumn("序号", 5),
        PaperColumn("位置", 20),
        PaperColumn("审核结果", 33),
        PaperColumn("原因", 12),
        PaperColumn("说明", 30),
    )
    return PaperTable("审核说明", columns, tuple(rows))


def _changes(then: Section | None, own: Section, plan: Plan, revision: int) -> PaperTable:
    columns = (
        PaperColumn("位置", 34),
        PaperColumn(f"第{revision - 1}版", 33),
        PaperColumn(f"第{revision}版", 33),
    )
    changed = differences(then, own, plan) if then else ()
    rows = tuple(PaperRow((entry.name, entry.was, entry.now)) for entry in changed)
    return PaperTable(f"修订对照（第{revision}版与第{revision - 1}版）", columns, rows)


def _note(*parts: str) -> str:
    return "".join(part for part in parts if part)
