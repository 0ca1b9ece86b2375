"""The readable sheets of a submission: 指标报表, 名单, 任务进展, 审核说明."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from desktop.exchange.format import visible
from desktop.exchange.format.layout import (
    CONFIDENTIAL,
    DEMO,
    LIST_ID,
    NOT_DUE,
    SEVERITY_LABELS,
    YES,
    Block,
    deduction_key,
    figure_rows,
    item_rows,
)
from desktop.exchange.writing.pages import Page
from desktop.exchange.writing.styles import Style
from desktop.model.canonical import short_digest
from desktop.model.catalogue import message
from desktop.model.element import DataElement, Mode
from desktop.model.finding import Finding
from desktop.model.form import FormItem, FormRow
from desktop.model.place_name import place_name
from desktop.model.plan import Plan
from desktop.model.submission import BLANK, KIND_LABELS, Explanation, Figure, ItemReport, Submission

FiguresByUnit = Mapping[str, Mapping[str, Figure]]

_GAP = "\u3000\u3000"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is shown beside the content: other figures, and the findings that explanations answer."""

    previous: FiguresByUnit = field(default_factory=dict)
    issued: FiguresByUnit = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def heading(page: Page, submission: Submission, plan: Plan, digest: str, subject: str) -> None:
    """The header block: whose figures these are, which revision, its check code, who answers for it."""
    unit = plan.unit(submission.unit)
    code = short_digest(digest)
    about = _GAP.join(
        (
            f"填报单位：{unit.name}（{unit.id}）",
            f"报告期：{submission.period.label}（{submission.period}）",
            f"版次：第{submission.revision}版",
            f"校验码：{code}",
        )
    )
    demo = f"（{DEMO}数据）" if submission.synthetic else ""
    kind = f"（{KIND_LABELS[submission.kind]}）" if KIND_LABELS[submission.kind] else ""
    page.heading(
        f"{plan.name}{subject}{kind}{demo}",
        (
            (about, Style.META),
            (visible.sign_off(submission.sign_off), Style.META),
            (f"{CONFIDENTIAL}。底色为浅黄的是填报内容；代码列和表头请勿改动。", Style.NOTICE),
        ),
        footer=f"校验码 {code}",
        page_header=f"{DEMO}数据" if submission.synthetic else "",
    )


def write_figures(page: Page, blocks: Sequence[Block], plan: Plan, around: Surroundings) -> None:
    """The rows of 指标报表: block by block, category by category."""
    for block in blocks:
        rows = figure_rows(block, plan)
        for category, members in groupby(rows, key=lambda row: row.element.category):
            unit = plan.unit(block.unit).short_name
            page.category(f"{unit} · {category}" if len(blocks) > 1 else category, "name")
            for row in members:
                _figure_row(page, block, row, plan, around)


def _figure_row(page: Page, block: Block, row: FormRow, plan: Plan, around: Surroundings) -> None:
    element = row.element
    figure = block.section.figure(element.id)
    _unit_cells(page, block, plan)
    page.cell("code", element.id, Style.CODE)
    page.cell("name", element.name, Style.TEXT, indent=row.indent)
    page.cell("measure", element.unit.typed, Style.CENTER)
    for column, figures in (("previous", around.previous), ("issued", around.issued)):
        beside = figures.get(block.unit, {}).get(element.id, BLANK)
        page.cell(column, visible.figure(beside), Style.NUMBER, decimals=element.decimals)
    if row.due or figure != BLANK:
        _input_cells(page, row, figure)
    else:
        page.cell("current", NOT_DUE, Style.NOT_DUE)
        page.cell("answer", None, Style.NOT_DUE)
    for column in page.columns:
        key = deduction_key(column)
        if key:
            content = visible.deduction(figure, *key)
            page.cell(column, content, Style.INPUT_NUMBER, decimals=element.decimals)
    page.cell("note", visible.note(block.section, element.id), Style.TEXT)
    page.next_row()


def _input_cells(page: Page, row: FormRow, figure: Figure) -> None:
    content = visible.figure(figure)
    page.cell("current", content, Style.INPUT_NUMBER, decimals=row.element.decimals)
    answered = row.mode is Mode.ISSUED or visible.answer(figure) is not None
    page.cell("answer", visible.answer(figure), Style.INPUT_CENTER if answered else Style.CENTER)


def write_lists(page: Page, blocks: Sequence[Block], plan: Plan, elements: Sequence[DataElement]) -> None:
    """The rows of 名单: the named facts behind the figures that are counts."""
    for block in blocks:
        for element in elements:
            for number, row in enumerate(block.section.figure(element.id).rows, 1):
                _unit_cells(page, block, plan)
                page.cell("code", element.id, Style.CODE)
                page.cell("name", element.name, Style.TEXT)
                page.cell("row", Decimal(number), Style.CENTER)
                _blank_list_cells(page)
                for declared in element.columns:
                    page.cell(LIST_ID + declared.name, row.get(declared.id) or None, Style.INPUT_TEXT)
                page.next_row()


def _blank_list_cells(page: Page) -> None:
    for column in page.columns:
        if column.startswith(LIST_ID):
            page.cell(column, None, Style.NOT_DUE)


def write_items(page: Page, blocks: Sequence[Block], plan: Plan) -> None:
    """The rows of 任务进展."""
    for block in blocks:
        for entry in item_rows(block, plan):
            report = block.section.items.get(entry.item.number, ItemReport())
            _unit_cells(page, block, plan)
            _item_row(page, entry, report)


def _item_row(page: Page, entry: FormItem, report: ItemReport) -> None:
    page.cell("code", Decimal(entry.item.number), Style.CENTER)
    page.cell("title", entry.item.title, Style.TEXT)
    page.cell("role", "牵头" if entry.leads else "配合", Style.CENTER)
    page.cell("status", visible.status(report), Style.INPUT_CENTER)
    page.cell("percent", visible.percent(report), Style.INPUT_CENTER)
    page.cell("narrative", report.narrative or None, Style.INPUT_TEXT)
    page.cell("finished", visible.finished(report), Style.INPUT_CENTER)
    page.cell("evidence", visible.evidence(report), Style.TEXT)
    page.next_row()


def write_explanations(
    page: Page, submission: Submission, blocks: Sequence[Block], plan: Plan, findings: Iterable[Finding]
) -> None:
    """The rows of 审核说明: every finding with its explanation, then explanations without a finding."""
    by_unit: dict[str, dict[str, Finding]] = {}
    for finding in findings:
        by_unit.setdefault(finding.unit or submission.unit, {})[finding.key] = finding
    for block in blocks:
        found = by_unit.get(block.unit, {})
        said = {explanation.finding: explanation for explanation in block.section.explanations}
        causes = visible.causes(block.section.explanations)
        for key in (*found, *(key for key in said if key not in found)):
            _unit_cells(page, block, plan)
            _explanation_row(page, key, found.get(key), said.get(key), plan)
            page.cell("cause", causes.get(said[key].cause) if key in said else None, Style.INPUT_CENTER)
            page.next_row()


def _explanation_row(
    page: Page, key: str, finding: Finding | None, said: Explanation | None, plan: Plan
) -> None:
    page.cell("code", key, Style.CODE)
    page.cell("severity", SEVERITY_LABELS[finding.severity] if finding else None, Style.CENTER)
    address = finding.address if finding else "".join(key.split("@")[1:2])
    page.cell("place", place_name(address, plan), Style.TEXT)
    page.cell("message", message(finding) if finding else None, Style.TEXT)
    page.cell("reason", visible.reason(said.reason, plan) if said else None, Style.INPUT_CENTER)
    page.cell("text", said.text or None if said else None, Style.INPUT_TEXT)
    page.cell("forced", YES if said and said.forced else None, Style.INPUT_CENTER)


def _unit_cells(page: Page, block: Block, plan: Plan) -> None:
    page.cell("unit", block.unit, Style.CODE)
    page.cell("unit_name", plan.unit(block.unit).short_name, Style.TEXT)
