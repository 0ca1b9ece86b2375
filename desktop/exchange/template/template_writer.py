"""Writing a template: the workbook that a unit without the program fills in with WPS or Excel."""

from __future__ import annotations

import io
from pathlib import Path

from desktop.exchange.atomic import write_whole
from desktop.exchange.format import visible
from desktop.exchange.format.layout import CONFIDENTIAL, DEMO, Sheet
from desktop.exchange.format.manifest import TEMPLATE, document_properties, manifest_rows
from desktop.exchange.template.fill_page import Entry, FillPage
from desktop.exchange.template.template_guide import Round, guide_page, write_guide
from desktop.exchange.template.template_rows import (
    Beside,
    due_lists,
    figure_columns,
    item_columns,
    list_columns,
    write_figures,
    write_items,
    write_lists,
)
from desktop.exchange.writing.styles import Formats, Style
from desktop.exchange.writing.writer import OPTIONS, add_manifest, set_properties
from desktop.model.content import canonical_content
from desktop.model.form import form_for
from desktop.model.plan import Plan
from desktop.model.submission import Signature, Submission

_GAP = "\u3000\u3000"
_SIGN_OFF_LINE = 2


def write_template_workbook(
    blank: Submission, plan: Plan, path: Path, beside: Beside, round_: Round, *, overwrite: bool = False
) -> None:
    """Write the template of a blank revision; the same content gives the same bytes.

    Raises InputError where the file exists (unless `overwrite`), EnvironmentFault if it can't be written.
    """
    content = template_bytes(blank, plan, beside, round_)
    write_whole(path, content, "写入空白报表", overwrite=overwrite)


def template_bytes(blank: Submission, plan: Plan, beside: Beside, round_: Round) -> bytes:
    """The workbook as bytes."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    workbook = Workbook(target, OPTIONS)
    content = canonical_content(blank)
    set_properties(workbook, blank, plan, document_properties(blank, content.digest, Signature()))
    form = form_for(plan, plan.unit(blank.unit), blank.period)
    formats = Formats(workbook)
    mark = f"{DEMO}数据" if blank.synthetic else ""
    guide = guide_page(workbook, formats)

    lists = due_lists(form, beside)
    pages = [FillPage(workbook, formats, Sheet.FIGURES.value, figure_columns(form, beside))]
    if lists:
        pages.append(FillPage(workbook, formats, Sheet.LISTS.value, list_columns(lists)))
    if form.items:
        pages.append(FillPage(workbook, formats, Sheet.ITEMS.value, item_columns()))
    for page in pages:
        _begin(page, blank, plan, mark)
    by_name = {page.name: page for page in pages}
    ranges = write_lists(by_name[Sheet.LISTS], lists, beside) if lists else {}
    write_figures(by_name[Sheet.FIGURES], form, plan, beside, ranges)
    if form.items:
        write_items(by_name[Sheet.ITEMS], form)
    live = [(page.name, page.live_line, page.left) for page in pages]
    write_guide(guide, form, plan, beside, round_, live, mark)
    add_manifest(workbook, manifest_rows(blank, content, Signature(), kind=TEMPLATE))
    workbook.close()
    return target.getvalue()


def _begin(page: FillPage, blank: Submission, plan: Plan, mark: str) -> None:
    unit = plan.unit(blank.unit)
    about = _GAP.join(
        (
            f"填报单位：{unit.name}（{unit.id}）",
            f"报告期：{blank.period.label}（{blank.period}）",
            f"版次：第{blank.revision}版",
        )
    )
    signs = page.name == Sheet.FIGURES
    page.begin(
        f"{plan.name}{page.name}（空白报表）{f'（{mark}）' if mark else ''}",
        (
            (about, Style.META),
            *(((visible.sign_off(blank.sign_off), Style.FILL_LINE),) if signs else ()),
            (f"{CONFIDENTIAL}。只填浅黄色的单元格，其余已锁定（没有密码）。", Style.NOTICE),
            ("", Style.LIVE_LINE),
        ),
        page_header=mark,
    )
    if signs:
        page.hint_at_line(_SIGN_OFF_LINE, Entry("签报", "在冒号后面写姓名，日期写成 2024-10-12 的样子。"))
