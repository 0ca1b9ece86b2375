"""Texts that a spreadsheet may take for something else, put into every text that people can type.

`stuffed` walks over dataclasses: a new field of text is stuffed as well, unless it is listed in `KEPT`.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any, TypeVar

from desktop.model.canonical import clean_text

PAYLOADS = tuple(
    clean_text(text)
    for text in (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        "\n=1+1",
        "＝1+1",
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        '=HYPERLINK("http://example.com","点我")',
        '=IMPORTXML("http://example.com","//a")',
        '=WEBSERVICE("http://example.com")',
        '"&HYPERLINK("http://example.com")&"',
        '","=1+1","',
        '")+WEBSERVICE("http://example.com',
        "';!A1",
        "{=1+1}",
        "#N/A",
        "#REF!",
        "#DIV/0!",
        "TRUE",
        "FALSE",
        "1E5",
        "00123",
        "2024-01-01",
        "8%",
        "1/2",
        "_x0041_",
        "_x003D_1+1",
        "<r>",
        "<r></r>",
        "<r><t>=1+1</t></r>",
        "<r>&</c><c><f>1+1</f></r>",
        "</t></si><f>1+1</f>",
        "]]><f>1</f>",
        "& &amp; &#61;",
        "'=1+1",
        "''",
        '"',
        "\x00=\x01+\x1f",
        "甲\x0b乙\x7f丙",
        "\ufffe\uffff",
        "😀=1+1",
        "\u202e1+1=",
        "\ufeff=1+1",
        "http://example.com/",
        "https://example.com/?a=1&b=2",
        "ftp://example.com/",
        "mailto:a@example.com",
        "file:///C:/Windows/System32/calc.exe",
        "internal:数据!A1",
        "external:c:\\a.xlsx",
        "\\\\example.com\\share\\a.xlsx",
        "&C&A&[Path]",
        "[$-409]0",
        "甲" * 300,
    )
)

KEPT = {
    "Plan": {"id", "version", "consolidator", "deadlines", "digest"},
    "Unit": {"id", "kind", "reports_to", "overlaps", "successors"},
    "KindOfUnit": {"id"},
    "Group": {"id", "kinds", "members", "lead"},
    "DataElement": {
        *("id", "mode", "due", "subset_of", "part_of", "vintages", "successor"),
    },
    "Column": {"id"},
    "Indicator": {"id", "numerator", "denominator", "successor"},
    "Source": {"stated"},
    "Target": {"id", "indicator", "element", "plus", "unit_id"},
    "Quotation": {"id"},
    "Contradiction": {"id", "statements"},
    "Task": {"bodies"},
    "Item": {"bodies", "lead", "targets"},
    "ReferenceFigure": {"element", "area", "vintage"},
    "FamilySetting": {"except_for", "parameters"},
    "Rule": {"id", "left", "right", "applies_to", "slots", "at"},
    "MappingRow": {"from_version", "old", "new", "from_plan"},
    "Submission": {"plan", "plan_version", "plan_digest", "unit", "parent"},
    "Section": {"unit"},
    "Figure": {"vintage"},
    "Deduction": {"unit"},
    "Evidence": {"sha256"},
    "Explanation": {"finding", "figures", "cause"},
    "Signature": {"algorithm", "key", "value"},
    "ChainHead": {"workspace", "digest"},
    "TaskPackage": {"plan", "groups", "unit"},
    "OpenPeriod": {"deadlines"},
    "Office": {"unit"},
    "ReturnComment": {"unit", "address", "finding"},
    "ReturnNotice": {"plan", "plan_version", "to", "digest"},
    "AcceptedContent": {"digest", "claimed"},
    "Receipt": {"plan", "to"},
    "RosterEntry": {"unit"},
    "PublicKey": {"algorithm", "value"},
    "UnitState": {"unit", "accepted", "head", "via", "conflicts", "superseded"},
    "Finding": {"code", "unit", "period", "address", "qualifier"},
    "Provenance": {"digest"},
}
"""Class → fields that hold ids, references and what the program computes; people type all other texts."""

_UNREAD_ONLY = ("Figure", "typed")
"""A text that is there only where it couldn't be read as a figure."""

Made = TypeVar("Made")


def texts_from(start: int) -> Callable[[str], str]:
    """The payloads by turns, beginning with one of them; the same text gets the same payload."""
    numbers = count(start)
    given: dict[str, str] = {}

    def next_text(was: str) -> str:
        if not was:
            return PAYLOADS[next(numbers) % len(PAYLOADS)]
        if was not in given:
            given[was] = PAYLOADS[next(numbers) % len(PAYLOADS)]
        return given[was]

    return next_text


def stuffed(value: Made, next_text: Callable[[str], str]) -> Made:
    """A copy in which every text that people may type is another one."""
    return _stuffed(value, next_text)  # type: ignore[no-any-return]


def _stuffed(value: Any, next_text: Callable[[str], str]) -> Any:  # noqa: ANN401 - any field of any class
    if isinstance(value, enum.Enum):
        return value
    if isinstance(value, str):
        return next_text(value)
    if isinstance(value, tuple | list):
        return type(value)(_stuffed(part, next_text) for part in value)
    if isinstance(value, Mapping):
        return {key: _stuffed(part, next_text) for key, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value)(**dict(_fields(value, next_text)))
    return value


def _fields(value: Any, next_text: Callable[[str], str]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    name = type(value).__name__
    kept = KEPT.get(name, set())
    for field in dataclasses.fields(value):
        if not field.init:
            continue
        was = getattr(value, field.name)
        leave = field.name in kept or ((name, field.name) == _UNREAD_ONLY and not was)
        yield field.name, was if leave else _stuffed(was, next_text)
