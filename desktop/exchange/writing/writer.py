"""Writing a submission workbook."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.atomic import write_whole
from desktop.exchange.format.cell_texts import plain
from desktop.exchange.format.layout import (
    EXPLANATION_COLUMNS,
    MANIFEST_SHEET,
    UNIT_COLUMNS,
    Block,
    Column,
    Sheet,
    blocks_of,
    figure_columns,
    item_columns,
    list_columns,
    listed_elements,
)
from desktop.exchange.format.manifest import document_properties, manifest_rows
from desktop.exchange.signing.seal import sealed
from desktop.exchange.signing.signatures import Purpose, SigningKey
from desktop.exchange.writing.pages import Page
from desktop.exchange.writing.styles import Formats
from desktop.exchange.writing.submission_sheets import (
    Surroundings,
    heading,
    write_explanations,
    write_figures,
    write_items,
    write_lists,
)
from desktop.model.content import canonical_content
from desktop.model.finding import Finding
from desktop.model.plan import Plan
from desktop.model.submission import Figure, Signature, Submission

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

FiguresByUnit = Mapping[str, Mapping[str, Figure]]
"""Unit id → element id → figure."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How our workbooks are made: in memory, and no typed text ever becomes a formula, a link or a number."""


def write_submission(
    submission: Submission,
    plan: Plan,
    path: Path,
    *,
    previous: FiguresByUnit | None = None,
    issued: FiguresByUnit | None = None,
    findings: Sequence[Finding] = (),
    key: SigningKey | None = None,
    certificate: Signature | None = None,
    overwrite: bool = False,
) -> None:
    """Write the workbook of a submission; the same content gives the same bytes.

    `previous` and `issued` are shown beside the figures, `findings` with their explanations. A finding
    without a unit belongs to the submitting one. With a `key` the content is signed and the file sealed;
    a `certificate` of the key before it goes along.
    Raises InputError where the file exists (unless `overwrite`) or a text is too long for a cell,
    EnvironmentFault where it can't be written; then nothing is left behind.
    """
    around = Surroundings(previous or {}, issued or {}, findings)
    content = submission_bytes(submission, plan, around, key, certificate)
    write_whole(path, content, "写入报送文件", overwrite=overwrite)


def submission_bytes(
    submission: Submission,
    plan: Plan,
    around: Surroundings,
    key: SigningKey | None = None,
    certificate: Signature | None = None,
) -> bytes:
    """The workbook as bytes; raises KeyError if the content names units or codes that the plan lacks."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    workbook = Workbook(target, OPTIONS)
    content = canonical_content(submission)
    signature = key.sign(Purpose.SUBMISSION, content.digest) if key else Signature()
    set_properties(workbook, submission, plan, document_properties(submission, content.digest, signature))
    _readable_sheets(workbook, submission, plan, content.digest, around)
    add_manifest(workbook, manifest_rows(submission, content, signature, certificate))
    workbook.close()
    return sealed(target.getvalue(), content.text, key) if key else target.getvalue()


def _readable_sheets(
    workbook: Workbook, submission: Submission, plan: Plan, digest: str, around: Surroundings
) -> None:
    formats = Formats(workbook)
    blocks = blocks_of(submission, plan)
    lead = UNIT_COLUMNS if _names_units(submission, blocks) else ()

    def page(sheet: Sheet, columns: Sequence[Column]) -> Page:
        made = Page(workbook, formats, sheet.value, (*lead, *columns))
        heading(made, submission, plan, digest, sheet.value)
        return made

    write_figures(page(Sheet.FIGURES, figure_columns(blocks, plan)), blocks, plan, around)
    lists = listed_elements(blocks, plan)
    if lists:
        write_lists(page(Sheet.LISTS, list_columns(lists)), blocks, plan, lists)
    write_items(page(Sheet.ITEMS, item_columns(blocks)), blocks, plan)
    write_explanations(
        page(Sheet.EXPLANATIONS, EXPLANATION_COLUMNS), submission, blocks, plan, around.findings
    )


def _names_units(submission: Submission, blocks: Sequence[Block]) -> bool:
    """Whether rows must say whose they are: several units, or one that isn't the submitting one."""
    return [block.unit for block in blocks] != [submission.unit]


def add_manifest(workbook: Workbook, rows: Sequence[tuple[str, str]]) -> None:
    """The sheet that nobody sees."""
    sheet = workbook.add_worksheet(MANIFEST_SHEET)
    for row, (name, value) in enumerate(rows):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, plain(value))
    sheet.very_hidden()


def set_properties(
    workbook: Workbook, submission: Submission, plan: Plan, identity: Mapping[str, str]
) -> None:
    """Title, time of creation, and the identity as custom properties."""
    created = submission.created or datetime.datetime.combine(
        submission.period.end, datetime.time(), datetime.UTC
    )
    if created.tzinfo is not None:
        created = created.astimezone(datetime.UTC).replace(tzinfo=None)
    unit = plan.unit(submission.unit)
    workbook.set_properties(
        {
            "title": f"{unit.name} {submission.period.label}",
            "subject": plan.name,
            "comments": f"第{submission.revision}版",
            "created": created.replace(microsecond=0),
        }
    )
    for name, value in identity.items():
        workbook.set_custom_property(name, value, "text")
