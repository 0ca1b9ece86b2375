"""Reading a submission workbook in this process.

The visible cells are the truth; the manifest is what they should be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.errors import EnvironmentFault
from desktop.exchange.format.filereading import (
    ContentState,
    FileKind,
    FileReading,
    Refusal,
    SignatureState,
    refused,
)
from desktop.exchange.format.layout import MANIFEST_SHEET, Sheet
from desktop.exchange.format.manifest import (
    SUBMISSION,
    TEMPLATE,
    Manifest,
    ManifestError,
    manifest_kind,
    read_manifest,
)
from desktop.exchange.parsing.cells import Book, load_book
from desktop.exchange.parsing.safety import Refused, check
from desktop.exchange.parsing.sources import Source, SourceReader
from desktop.exchange.reading.comparison import Log
from desktop.exchange.reading.figure_reading import read_figures, rows_without_code
from desktop.exchange.reading.heading_reading import check_heading, read_heading, read_sign_off
from desktop.exchange.reading.item_reading import read_explanations, read_items
from desktop.exchange.reading.list_reading import list_rows_without_code, with_lists
from desktop.exchange.reading.section_rows import section_rows
from desktop.exchange.reading.tables import Tables, find_tables, is_ours
from desktop.exchange.reading.template_reading import REASON, covered, read_remarks
from desktop.exchange.signing.sealed_reading import read_sealed
from desktop.exchange.signing.signatures import Purpose, signer
from desktop.exchange.signing.suitable import suitable_plan
from desktop.exchange.signing.trust import Trusted
from desktop.model.content import FORMAT_VERSION, submission_digest
from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.plan import Plan
from desktop.model.submission import Section, Signature, SignOff, Submission

_KIND_LABELS = {"task_package": "任务包", "return": "退回通知", "receipt": "回执"}


def read_submission(path: Path, plans: Sequence[Plan], trusted: Trusted | None = None) -> FileReading:
    """What a file on the disk says; see `read_source`."""
    return read_source(Source.on_disk(path), plans, trusted or Trusted(), SourceReader())


def read_source(source: Source, plans: Sequence[Plan], trusted: Trusted, reader: SourceReader) -> FileReading:
    """What the file says, read with the plan among `plans` that it names (by digest, else version, else id).

    A file whose seal holds with a `trusted` key is taken as it is, any other is parsed; both ways give the
    same. Every problem is in the reading, even that the file can't be opened.
    """
    content, name = b"", source.name
    try:
        content = reader.content(source)
        untouched = read_sealed(content, name, plans, trusted)
        reading = untouched or _read(content, name, plans, trusted)
        return replace(reading, received=source.received)
    except Refused as reason:
        return refused(name, _sha256(content), len(content), reason.refusal)
    except EnvironmentFault as fault:
        return refused(name, "", 0, Refusal("exchange.unopened", {"reason": str(fault)}))


def _read(content: bytes, name: str, plans: Sequence[Plan], trusted: Trusted) -> FileReading:
    package = check(content, name)
    book = load_book(package, is_ours)
    manifest, odd = _manifest_of(book)
    if package.linked:
        odd.append(Finding("exchange.external_links", Severity.NOTICE))
    submission, log = _from_manifest(book, manifest, plans) if manifest else _from_heading(book, plans)
    unchanged = manifest is not None and submission == manifest.submission
    digest = manifest.computed if manifest and unchanged else submission_digest(submission)
    signature = _signature(manifest, trusted)
    # without the file's own signature, that of the unit's section still tells whether it was changed
    own = signature is SignatureState.NONE and not log.edited
    return FileReading(
        name=name,
        sha256=_sha256(content),
        size=len(content),
        kind=FileKind.TEMPLATE if log.template and manifest else FileKind.SUBMISSION,
        content=_state(manifest, digest, log),
        signature=signature,
        submission=submission,
        # a template states the digest of its blank: what was filled in goes by its own
        claimed_digest=(digest if log.template else manifest.digest) if manifest else "",
        digest=digest,
        edited_cells=tuple(log.edited),
        findings=(*odd, *log.findings, *trusted.section_findings(log.plan, submission, own=own)),
        signer=signer(manifest.signature) if manifest and manifest.signature.key else None,
        certificate=manifest.certificate
        if manifest and signature is SignatureState.CHANGED_KEY
        else Signature(),
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest() if content else ""


def _state(manifest: Manifest | None, digest: str, log: Log) -> ContentState:
    if manifest is None:
        return ContentState.NO_MANIFEST
    return ContentState.INTACT if digest == manifest.digest and not log.edited else ContentState.EDITED


def _signature(manifest: Manifest | None, trusted: Trusted) -> SignatureState:
    """What the signature over the stated content proves; what was changed since, the cells say."""
    if manifest is None:
        return SignatureState.NONE
    return trusted.state(manifest.signature, Purpose.SUBMISSION, manifest.computed, manifest.submission.unit)


def _manifest_of(book: Book) -> tuple[Manifest | None, list[Finding]]:
    """The manifest, if there is one that can be read; raises Refused for our other kinds of files."""
    grid = next((grid for grid in book.grids if grid.name == MANIFEST_SHEET), None)
    if grid is None:
        return None, [Finding("exchange.no_manifest", Severity.WARNING)]
    rows = [(row[1].text.strip(), row[2].text if 2 in row else "") for row in grid.rows.values() if 1 in row]
    kind, version = manifest_kind(rows)
    if kind and kind not in (SUBMISSION, TEMPLATE):
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
    plan, findings = suitable_plan(claimed, plans)
    template = manifest.kind == TEMPLATE
    log = Log(plan, claimed.period, compares=True, template=template, findings=findings)
    tables = _tables(book, log)
    check_heading(tables[Sheet.FIGURES], claimed, log)
    sections = _sections(tables, claimed.sections, log)
    sign_off = read_sign_off(tables[Sheet.FIGURES], claimed.sign_off, claimed.unit, log)
    done = replace(claimed, sections=sections, sign_off=sign_off)
    return (covered(done, plan) if template else done), log


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
        template = REASON in tables[Sheet.FIGURES].headers
        log = Log(plan, heading.period, compares=False, template=template)
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


def _tables(book: Book, log: Log) -> Tables:
    tables, findings = find_tables(book, log.plan)
    log.findings += findings
    if Sheet.FIGURES not in tables:
        raise Refused("exchange.no_figures")
    log.findings += rows_without_code(tables[Sheet.FIGURES])
    if Sheet.LISTS in tables:
        log.findings += list_rows_without_code(tables[Sheet.LISTS])
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
        remarks = read_remarks(parts[Sheet.FIGURES], section, log) if log.template else ()
        result.append(
            replace(
                section,
                figures=with_lists(figures, parts[Sheet.LISTS], section, form, log),
                items=read_items(parts[Sheet.ITEMS], section, form, log),
                explanations=(*read_explanations(parts[Sheet.EXPLANATIONS], section, log), *remarks),
            )
        )
    return tuple(result)
