"""Reading a submission workbook in this process.

The visible cells are the truth; the manifest is what they should be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.errors import EnvironmentFault
from desktop.exchange.cells import Book, load_book
from desktop.exchange.comparison import Log
from desktop.exchange.figure_reading import read_figures, rows_without_code
from desktop.exchange.filereading import (
    ContentState,
    FileKind,
    FileReading,
    Refusal,
    SignatureState,
    refused,
)
from desktop.exchange.heading_reading import check_heading, read_heading, read_sign_off
from desktop.exchange.item_reading import read_explanations, read_items
from desktop.exchange.layout import MANIFEST_SHEET, Sheet
from desktop.exchange.list_reading import with_lists
from desktop.exchange.manifest import Manifest, ManifestError, manifest_kind, read_manifest
from desktop.exchange.safety import Refused, check, read_limited
from desktop.exchange.section_rows import section_rows
from desktop.exchange.tables import Tables, find_tables
from desktop.model.content import FORMAT_VERSION, submission_digest
from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.plan import Plan
from desktop.model.submission import Section, SignOff, Submission

_KIND = "submission"
_KIND_LABELS = {"task_package": "任务包", "template": "空白报表", "return": "退回通知", "receipt": "回执"}


def read_submission(path: Path, plans: Sequence[Plan]) -> FileReading:
    """What the file says, read with the plan among `plans` that it names (by digest, else version, else id).

    Every problem is in the reading, even that the file can't be opened.
    """
    content = b""
    try:
        content = read_limited(path)
        return _read(content, path.name, plans)
    except Refused as reason:
        return refused(path.name, _sha256(content), len(content), reason.refusal)
    except EnvironmentFault as fault:
        return refused(path.name, "", 0, Refusal("exchange.unopened", {"reason": str(fault)}))


def _read(content: bytes, name: str, plans: Sequence[Plan]) -> FileReading:
    book = load_book(check(content, name))
    manifest, odd = _manifest_of(book)
    submission, log = _from_manifest(book, manifest, plans) if manifest else _from_heading(book, plans)
    unchanged = manifest is not None and submission == manifest.submission
    digest = manifest.computed if manifest and unchanged else submission_digest(submission)
    return FileReading(
        name=name,
        sha256=_sha256(content),
        size=len(content),
        kind=FileKind.SUBMISSION,
        content=_state(manifest, digest, log),
        signature=_signature(manifest),
        submission=submission,
        claimed_digest=manifest.digest if manifest else "",
        digest=digest,
        edited_cells=tuple(log.edited),
        findings=(*odd, *log.findings),
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest() if content else ""


def _state(manifest: Manifest | None, digest: str, log: Log) -> ContentState:
    if manifest is None:
        return ContentState.NO_MANIFEST
    return ContentState.INTACT if digest == manifest.digest and not log.edited else ContentState.EDITED


def _signature(manifest: Manifest | None) -> SignatureState:
    """This version of the format has no keys yet: a signature is one that nobody knows."""
    signed = manifest is not None and bool(manifest.signature.value)
    return SignatureState.UNKNOWN_KEY if signed else SignatureState.NONE


def _manifest_of(book: Book) -> tuple[Manifest | None, list[Finding]]:
    """The manifest, if there is one that can be read; raises Refused for our other kinds of files."""
    grid = next((grid for grid in book.grids if grid.name == MANIFEST_SHEET), None)
    if grid is None:
        return None, [Finding("exchange.no_manifest", Severity.WARNING)]
    rows = [(row[1].text.strip(), row[2].text if 2 in row else "") for row in grid.rows.values() if 1 in row]
    kind, version = manifest_kind(rows)
    if kind and kind != _KIND:
        raise Refused("exchange.other_kind", kind=_KIND_LABELS.get(kind, kind))
    if version.isdecimal() and int(version) > FORMAT_VERSION:
        raise Refused("exchange.newer_format", version=version)
    try:
        manifest = read_manifest(rows, book.properties)
    except ManifestError:
        return None, [Finding("exchange.manifest_broken", Severity.WARNING)]
    odd = []
    if manifest.altered:
        odd.append(Finding("exchange.manifest_altered", Severity.WARNING))
    if manifest.contradicts_properties:
        odd.append(Finding("exchange.property_differs", Severity.WARNING))
    return manifest, odd


def _from_manifest(book: Book, manifest: Manifest, plans: Sequence[Plan]) -> tuple[Submission, Log]:
    """The submission as the cells say it, with all they don't carry from the manifest."""
    claimed = manifest.submission
    plan = _plan_for(claimed, plans)
    log = Log(plan, claimed.period, compares=True)
    if plan.digest != claimed.plan_digest:
        params = {"claimed": claimed.plan_version, "used": plan.version}
        log.findings.append(Finding("exchange.other_plan_version", Severity.WARNING, params=params))
    for section in claimed.sections:
        _require_unit(plan, section.unit)
    _require_unit(plan, claimed.unit)
    tables = _tables(book, log)
    check_heading(tables[Sheet.FIGURES], claimed, log)
    sections = _sections(tables, claimed.sections, log)
    sign_off = read_sign_off(tables[Sheet.FIGURES], claimed.sign_off, claimed.unit, log)
    return replace(claimed, sections=sections, sign_off=sign_off), log


def _from_heading(book: Book, plans: Sequence[Plan]) -> tuple[Submission, Log]:
    """The submission as the cells alone say it; raises Refused if they don't say whose it is."""
    for plan in plans:
        tables, _ = find_tables(book, plan)
        if Sheet.FIGURES not in tables:
            raise Refused("exchange.no_figures")
        above = tables[Sheet.FIGURES].above
        heading = read_heading(above, plan)
        if heading.unit is None or heading.period is None:
            continue
        log = Log(plan, heading.period, compares=False)
        units = _units_in(tables, plan) or (heading.unit,)
        blank = tuple(Section(unit, heading.period) for unit in units)
        return (
            Submission(
                plan=plan.id,
                plan_version=plan.version,
                plan_digest=plan.digest,
                unit=heading.unit,
                period=heading.period,
                revision=heading.revision or 1,
                parent=None,
                sections=_sections(_tables(book, log), blank, log),
                sign_off=read_sign_off(tables[Sheet.FIGURES], SignOff(), heading.unit, log),
                synthetic=heading.synthetic,
            ),
            log,
        )
    raise Refused("exchange.no_identity")


def _plan_for(claimed: Submission, plans: Sequence[Plan]) -> Plan:
    """The plan by digest, else by version, else by id; raises Refused for a plan that isn't there."""
    same = [plan for plan in plans if plan.id == claimed.plan]
    if not same:
        raise Refused("exchange.other_plan", plan=claimed.plan)
    for plan in same:
        if plan.digest == claimed.plan_digest:
            return plan
    return next((plan for plan in same if plan.version == claimed.plan_version), same[-1])


def _require_unit(plan: Plan, unit: str) -> None:
    if not plan.has_unit(unit):
        raise Refused("exchange.unknown_unit", unit=unit)


def _tables(book: Book, log: Log) -> Tables:
    tables, findings = find_tables(book, log.plan)
    log.findings += findings
    if Sheet.FIGURES not in tables:
        raise Refused("exchange.no_figures")
    log.findings += rows_without_code(tables[Sheet.FIGURES])
    return tables


def _units_in(tables: Tables, plan: Plan) -> tuple[str, ...]:
    """The units that the figures' rows name."""
    said = (
        row.text("unit") or row.text("unit_name") for row in tables[Sheet.FIGURES].rows if row.text("code")
    )
    found = (plan.find_unit(text) for text in said if text)
    return tuple(dict.fromkeys(unit.id for unit in found if unit))


def _sections(tables: Tables, sections: Sequence[Section], log: Log) -> tuple[Section, ...]:
    """Each section with what the cells say instead of what it had."""
    units = [section.unit for section in sections]
    parts = {sheet: section_rows(tables.get(sheet), log.plan, units, log) for sheet in Sheet}
    result = []
    for section in sections:
        form = form_for(log.plan, log.plan.unit(section.unit), section.period)
        figures = read_figures(tables[Sheet.FIGURES], parts[Sheet.FIGURES], section, form, log)
        result.append(
            replace(
                section,
                figures=with_lists(figures, parts[Sheet.LISTS], section, form, log),
                items=read_items(parts[Sheet.ITEMS], section, form, log),
                explanations=read_explanations(parts[Sheet.EXPLANATIONS], section, log),
            )
        )
    return tuple(result)
