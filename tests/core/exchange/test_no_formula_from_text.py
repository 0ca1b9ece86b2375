"""No text that somebody typed comes out of any file as a formula, a link or anything but text."""

from __future__ import annotations

import dataclasses
import datetime
import email
import email.policy
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from openpyxl.workbook import Workbook

from desktop.definition.document import plan_to_document
from desktop.definition.workbook.writing import plan_workbook, starter_workbook
from desktop.errors import InputError
from desktop.exchange import ContentState, read_submission
from desktop.exchange.format.visible import comparable
from desktop.exchange.mail import Letter, write_draft
from desktop.exchange.office.office_reading import read_office_file
from desktop.exchange.office.receipt import read_receipt, receipt_file, write_receipt
from desktop.exchange.office.return_notice import read_return, return_file, write_return_notice
from desktop.exchange.office.task_package import TaskPackage, package_file, read_package
from desktop.exchange.office.task_package_sheets import ChangedLine, write_task_package
from desktop.exchange.template.template_guide import Round
from desktop.exchange.template.template_rows import Beside
from desktop.exchange.template.template_writer import template_bytes
from desktop.exchange.writing.submission_sheets import Surroundings
from desktop.exchange.writing.writer import submission_bytes
from desktop.model.content import submission_digest
from desktop.model.finding import Finding, Severity
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.office_word import AcceptedContent, Office, Receipt, ReturnComment, ReturnNotice
from desktop.model.period import OpenPeriod, Period
from desktop.model.rule import Rule, RuleOperator
from desktop.model.submission import Explanation, Figure, Section
from desktop.model.unit import FormerName
from desktop.report import write_merged_workbook
from tests.core.exchange.payloads import KEPT, PAYLOADS, stuffed, texts_from
from tests.core.exchange.submissions import PLAN, Q4, STREET_SECTION, ZONE_SECTION, submission
from tests.core.exchange.test_exchange_templates import blank
from tests.core.plans import with_changes
from tests.core.report.workbooks import merged
from tests.soffice import convert

MOMENT = datetime.datetime(2025, 1, 10, 9, 30, tzinfo=datetime.UTC)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LITERAL = re.compile(r'"(?:[^"]|"")*"')
CELL = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]+")
STARTS = tuple(range(0, len(PAYLOADS), 9))
"""Which payload comes first: with all of them each one comes into each kind of file."""

FULL_PLAN = with_changes(
    PLAN,
    units=tuple(
        replace(u, former_names=(FormerName("旧名", datetime.date(2023, 1, 1)),)) for u in PLAN.units
    ),
    rules=(Rule("own", "演示公式", "patents", RuleOperator.GREATER_THAN, "inventions", "演示文字"),),
    mapping=(MappingRow("0", Mapped.ELEMENT, "old", ("patents",), reason="演示原因"),),
)
FINDINGS = (Finding("rule.own", Severity.WARNING, "zone-b", "2024Q4", "pledges", "prev", {"text": "文字"}),)
SAID = replace(
    ZONE_SECTION,
    explanations=(
        Explanation("item.late@item/1", "别的原因", "演示说明", "", forced=True),
        *ZONE_SECTION.explanations,
    ),
)
NextText = Callable[[str], str]


def plain_texts() -> NextText:
    """Harmless texts, each original another one."""
    given: dict[str, str] = {}

    def next_text(was: str) -> str:
        return given.setdefault(was or f"空{len(given)}", f"甲{len(given)}")

    return next_text


def _submission(next_text: NextText) -> bytes:
    content = stuffed(submission(SAID, STREET_SECTION), next_text)
    return submission_bytes(content, stuffed(FULL_PLAN, next_text), Surroundings({}, {}, FINDINGS))


def _template(next_text: NextText) -> bytes:
    issued = {"patents": Figure.number(Decimal(1200)), "inventions": Figure.number(Decimal(410))}
    beside = Beside({"pledges": Figure.number(Decimal(5))}, issued)
    content = stuffed(blank(), next_text)
    return template_bytes(content, stuffed(FULL_PLAN, next_text), beside, stuffed(Round(), next_text))


def _task_package(next_text: NextText, folder: Path) -> bytes:
    plan = stuffed(FULL_PLAN, next_text)
    package = stuffed(TaskPackage({}, (OpenPeriod(Q4),), references=FULL_PLAN.references), next_text)
    package = replace(package, plan=plan_to_document(plan))
    path = folder / "任务包.xlsx"
    lines = (stuffed(ChangedLine("指标", "名称", "改", "内容"), next_text),)
    write_task_package(package, package_file(package), plan, path, before="0", changes=lines, overwrite=True)
    assert read_package(read_office_file(path), path.name) == package
    return path.read_bytes()


OFFICE = Office("bureau", "汇总单位", "电话", synthetic=True)


def _return(next_text: NextText, folder: Path) -> bytes:
    plan = stuffed(FULL_PLAN, next_text)
    comments = (
        *(ReturnComment("street-a", "patents", f"意见{number}") for number in range(9)),
        ReturnComment("street-a", "item/1", "意见"),
        ReturnComment("street-a", "patents", "意见", "value.jump@patents"),
    )
    notice = ReturnNotice(
        *(OFFICE, "test-plan", "1", "street-a", Q4, 1, "sha256:0", 1, "意见"),
        comments=comments,
        deadline=datetime.date(2025, 1, 20),
    )
    notice = stuffed(notice, next_text)
    path = folder / "退回通知.xlsx"
    path.unlink(missing_ok=True)
    write_return_notice(notice, return_file(notice), plan, MOMENT, path)
    assert read_return(read_office_file(path), path.name) == notice
    return path.read_bytes()


def _receipt(next_text: NextText, folder: Path) -> bytes:
    content = stuffed(submission(SAID, STREET_SECTION), next_text)
    accepted = AcceptedContent(content, submission_digest(content), "sha256:0", datetime.date(2025, 1, 9))
    receipt = stuffed(Receipt(OFFICE, "test-plan", "zone-b", Q4, ()), next_text)
    receipt = replace(receipt, contents=(accepted,))
    path = folder / "回执.xlsx"
    path.unlink(missing_ok=True)
    write_receipt(receipt, receipt_file(receipt), stuffed(FULL_PLAN, next_text), MOMENT, path)
    assert read_receipt(read_office_file(path), path.name) == receipt
    return path.read_bytes()


def _merged(next_text: NextText, folder: Path) -> bytes:
    plan = stuffed(FULL_PLAN, next_text)
    accepted: dict[Period, Mapping[str, Section]] = {
        Q4: {"zone-b": stuffed(SAID, next_text), "street-a": stuffed(STREET_SECTION, next_text)}
    }
    book = merged(plan, Q4, accepted)
    book = replace(
        book,
        states=stuffed(tuple(book.states), next_text),
        provenance=stuffed(dict(book.provenance), next_text),
        findings={"zone-b": stuffed(FINDINGS, next_text)},
        office=next_text(""),
    )
    path = folder / "汇总.xlsx"
    write_merged_workbook(book, path, overwrite=True)
    return path.read_bytes()


def workbooks(next_text: NextText, folder: Path) -> dict[str, bytes]:
    """Every workbook that the program writes, by its kind."""
    return {
        "submission": _submission(next_text),
        "template": _template(next_text),
        "task_package": _task_package(next_text, folder),
        "return": _return(next_text, folder),
        "receipt": _receipt(next_text, folder),
        "merged": _merged(next_text, folder),
        "plan": plan_workbook(stuffed(FULL_PLAN, next_text)),
        "starter": starter_workbook(stuffed(FULL_PLAN, next_text)),
    }


def _skeleton(formula: str) -> str:
    """A formula without its texts and without which cells it names."""
    return CELL.sub("R", LITERAL.sub('""', formula))


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def formulas(content: bytes) -> set[str]:
    """Skeletons of all formulas: in cells, drop-downs, colours, names and inner links."""
    found: set[str] = set()
    for name, part in _parts(content).items():
        if not name.endswith(".xml"):
            continue
        for element in fromstring(part).iter():
            tag = element.tag.removeprefix(MAIN)
            if tag in ("f", "formula", "formula1", "formula2", "definedName"):
                found.add(f"{tag}: {_skeleton(element.text or '')}")
            if tag == "hyperlink":
                found.add(f"link: {_skeleton(element.get('location', 'nowhere'))}")
    return found


def check_cells(content: bytes) -> list[str]:
    """The texts of all cells; each cell is a text, a number, or a formula with its result."""
    parts = _parts(content)
    strings = []
    for entry in fromstring(parts["xl/sharedStrings.xml"]):
        assert [child.tag for child in entry] == [f"{MAIN}t"], f"rich text: {''.join(entry.itertext())}"
        strings.append(entry[0].text or "")
    texts = []
    for name, part in parts.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        for cell in fromstring(part).iter(f"{MAIN}c"):
            kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v")
            if cell.find(f"{MAIN}f") is not None:
                assert kind in ("str", "n")
            elif kind == "s":
                texts.append(strings[int(value or "")])
            else:
                assert kind == "n", (name, cell.get("r"), kind)
                assert value is None or Decimal(value).is_finite()
    return texts


def check_surroundings(content: bytes, harmless: bytes) -> None:
    """No part more than with harmless texts, and nothing that leads out of the file."""
    parts = _parts(content)
    assert parts.keys() == _parts(harmless).keys()
    for name, part in parts.items():
        if name.endswith(".rels"):
            assert b"External" not in part, name
        assert not re.search(rb"<(\w+:)?(ddeLink|oleLink|externalReference|webPublish)", part), name


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The workbooks with harmless texts: what formulas are the program's own."""
    return workbooks(plain_texts(), tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The workbooks with payloads in every text."""
    folder = tmp_path_factory.mktemp("stuffed")
    return [workbooks(texts_from(start), folder) for start in STARTS]


def test_every_text_in_every_workbook_stays_a_text(
    harmless: dict[str, bytes], hostile: list[dict[str, bytes]]
) -> None:
    for kind, plain in harmless.items():
        own, texts = formulas(plain), []
        for books in hostile:
            assert formulas(books[kind]) <= own, kind
            texts += check_cells(books[kind])
            check_surroundings(books[kind], plain)
        if kind not in ("starter", "template", "receipt"):
            everything = "\0".join(comparable(text) for text in texts)
            missing = [payload for payload in PAYLOADS if comparable(payload) not in everything]
            assert not missing, (kind, missing)


def _text_cells(workbook: Workbook) -> dict[tuple[str, str], str]:
    return {
        (page.title, cell.coordinate): cell.value
        for page in workbook.worksheets
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type == "s"
    }


@pytest.mark.soffice
def test_openpyxl_and_libreoffice_see_texts_too(hostile: list[dict[str, bytes]], tmp_path: Path) -> None:
    paths = []
    for number, books in enumerate(hostile):
        # the plan's workbook has room for all payloads at once, the others go with the first ones
        for kind, content in books.items() if number == 0 else [("submission", books["submission"])]:
            paths.append(tmp_path / f"{kind}-{number}.xlsx")
            paths[-1].write_bytes(content)
    for path, again in zip(paths, convert(paths, tmp_path / "again"), strict=True):
        ours = _text_cells(openpyxl.load_workbook(path))
        theirs = _text_cells(openpyxl.load_workbook(again))
        assert len(ours) == len(check_cells(path.read_bytes())), path.name
        lost = {
            where: (text, theirs.get(where))
            for where, text in ours.items()
            if comparable(text) != comparable(theirs.get(where, ""))
        }
        assert not lost, (path.name, lost)


@pytest.mark.parametrize("start", STARTS)
def test_a_submission_brings_the_same_texts(start: int, tmp_path: Path) -> None:
    content = stuffed(submission(SAID, STREET_SECTION), texts_from(start))
    path = tmp_path / "报送.xlsx"
    path.write_bytes(submission_bytes(content, PLAN, Surroundings()))
    reading = read_submission(path, [PLAN])
    assert (reading.content, reading.submission) == (ContentState.INTACT, content), reading.edited_cells

    workbook = openpyxl.load_workbook(path)
    del workbook["_zhibao"]
    for page in workbook.worksheets:
        for cell in (cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)):
            cell.data_type = "s"  # this library makes formulas of texts
    workbook.save(path)
    seen = read_submission(path, [PLAN]).submission
    assert seen is not None
    for was, now in zip(content.sections, seen.sections, strict=True):
        items = {number: comparable(report.narrative) for number, report in was.items.items()}
        assert {number: report.narrative for number, report in now.items.items()} == items
        said = {e.finding: comparable(e.text) for e in was.explanations}
        assert {e.finding: e.text for e in now.explanations} == said
        rows = [[_entry(text) for text in row.values()] for row in was.figure("centres").rows]
        assert [[_entry(text) for text in row.values()] for row in now.figure("centres").rows] == rows


def _entry(text: str) -> str:
    """An entry of a list, whatever case and spaces its codes are written with."""
    return comparable(text).upper().replace(" ", "")


def test_a_new_class_of_texts_must_be_looked_at() -> None:
    """Fields that are left alone exist: a renamed one would be stuffed, or left out, without a word."""
    known = {c.__name__: c for c in _classes()}
    for name, fields in KEPT.items():
        assert fields <= {field.name for field in dataclasses.fields(known[name])}, name


def _classes() -> set[type]:
    from desktop.consolidation import UnitState
    from desktop.model import element, plan, roster, rule, submission, target, task, unit
    from desktop.model.explaining import ExplanationPolicy
    from desktop.model.family import FamilySetting
    from desktop.model.indicator import Indicator, Source
    from desktop.report import Provenance

    modules = (element, plan, roster, rule, submission, target, task, unit)
    found = {
        made
        for module in modules
        for made in vars(module).values()
        if isinstance(made, type) and hasattr(made, "__dataclass_fields__")
    }
    more = (UnitState, ExplanationPolicy, FamilySetting, Indicator, Source, Provenance, Finding)
    answers = (Office, ReturnComment, ReturnNotice, AcceptedContent, Receipt)
    return {*found, *more, *answers, MappingRow, TaskPackage, OpenPeriod}


@pytest.mark.parametrize("letter", ["甲", "=", "😀"])
def test_a_cell_takes_32767_characters_and_not_one_more(letter: str, tmp_path: Path) -> None:
    longest = letter * (32767 // (len(letter.encode("utf-16-le")) // 2))
    item = replace(ZONE_SECTION.items[1], narrative=longest)
    content = submission(replace(ZONE_SECTION, items={1: item}))
    path = tmp_path / "报送.xlsx"
    path.write_bytes(submission_bytes(content, PLAN, Surroundings()))
    assert longest in check_cells(path.read_bytes())
    reading = read_submission(path, [PLAN])
    assert (reading.content, reading.submission) == (ContentState.INTACT, content)
    longer = replace(ZONE_SECTION, items={1: replace(item, narrative=longest + letter)})
    with pytest.raises(InputError, match="请缩短"):
        submission_bytes(submission(longer), PLAN, Surroundings())


@pytest.mark.parametrize(
    "payload", [*PAYLOADS, "a\r\nBcc: x@example.com", "a\nContent-Type: text/html\n\n<b>"]
)
def test_a_letter_says_its_texts_and_nothing_else(payload: str, tmp_path: Path) -> None:
    day = datetime.datetime(2025, 1, 10, 9, 30, tzinfo=datetime.UTC)
    attached = tmp_path / "报送.xlsx"
    attached.write_bytes(b"PK")
    path = write_draft(tmp_path / "信.eml", Letter(payload, payload, ""), day, [attached])
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert set(message.keys()) == {"Content-Type", "MIME-Version", "X-Unsent", "Subject", "Date"}
    body, file = message.iter_parts()
    assert (body.get_content_type(), file.get_filename()) == ("text/plain", "报送.xlsx")
    assert comparable(body.get_content()) == comparable(payload)
    assert "".join(str(message["Subject"]).split()) == "".join(payload.split())
