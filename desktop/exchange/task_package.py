"""The task package: a workbook that carries plan, open periods, deadlines and figures to the units.

Readable sheets for people, and a manifest sheet for the program, signed by the office where it has a key.
"""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from desktop.errors import InputError
from desktop.exchange.layout import MANIFEST_SHEET
from desktop.exchange.manifest import CHUNK, NOTICE, TITLE, shield, signature_rows, stated_signature
from desktop.exchange.safety import open_checked
from desktop.exchange.signing import Purpose, SigningKey, signer, verifies
from desktop.model.canonical import Json, canonical_text, digest
from desktop.model.content import signature_from_json, signature_to_json
from desktop.model.decimals import canonical, parse_canonical
from desktop.model.period import Period
from desktop.model.plan import ReferenceFigure
from desktop.model.roster import PublicKey, RosterEntry, entry_from_json, entry_to_json
from desktop.model.submission import Signature

KIND = "task_package"
FORMAT = 1
OTHER_KINDS = {"submission": "报送文件", "template": "空白报表", "return": "退回通知", "receipt": "回执"}
_LATER = ("return", "receipt")
_ASK_AGAIN = "请向汇总单位重新索取任务包。"


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """A period in which is reported, and by unit id the last day of reporting."""

    period: Period
    deadlines: Mapping[str, datetime.date] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class IssuedRoster:
    """The keys of units as the office lists them, with its signature."""

    entries: tuple[RosterEntry, ...]
    signature: Signature

    @classmethod
    def signed(cls, entries: tuple[RosterEntry, ...], key: SigningKey) -> Self:
        """Entries signed by the office's key."""
        return cls(entries, key.sign(Purpose.ROSTER, _roster_digest(entries)))


@dataclass(frozen=True, slots=True)
class TaskPackage:
    """What a round starts with.

    `plan` is the plan's document as its digest covers it; `groups` is what the office laid over it (group
    id → members and lead). `contact` is a line of the office's own, `note` what it wants to say. `unit` is
    the id of the unit that hands it out. `signature` is over the digest of all but itself and `certificate`,
    which is the word of the office's earlier key for a new one.
    """

    plan: Json
    periods: tuple[OpenPeriod, ...]
    groups: Json = field(default_factory=dict, hash=False)
    references: tuple[ReferenceFigure, ...] = ()
    office: str = ""
    contact: str = ""
    note: str = ""
    created: datetime.datetime | None = None
    synthetic: bool = False
    unit: str = ""
    roster: IssuedRoster | None = None
    signature: Signature = field(default_factory=Signature)
    certificate: Signature = field(default_factory=Signature)


def package_digest(package: TaskPackage) -> str:
    """What the signature is over."""
    return digest(_content(package))


def signed_package(package: TaskPackage, key: SigningKey, certificate: Signature) -> TaskPackage:
    """The package signed by the office's key."""
    signature = key.sign(Purpose.TASK_PACKAGE, package_digest(package))
    return replace(package, signature=signature, certificate=certificate)


def verified(package: TaskPackage) -> bool:
    """Whether the signature is one of its own key over the package; says nothing of whose key it is."""
    return verifies(package.signature, Purpose.TASK_PACKAGE, package_digest(package))


def roster_verifies(roster: IssuedRoster, key: PublicKey) -> bool:
    """Whether a roster is signed by that key."""
    return signer(roster.signature) == key and verifies(
        roster.signature, Purpose.ROSTER, _roster_digest(roster.entries)
    )


def read_task_package(path: Path) -> TaskPackage:
    """The package in a file; raises InputError if it isn't one, EnvironmentFault if it can't be read."""
    rows = _manifest_of(path)
    kind = rows.get("kind", "") if TITLE in rows else ""
    if kind != KIND:
        raise _no_package(path, kind)
    version = rows.get("format", "")
    if version.isdecimal() and int(version) > FORMAT:
        raise InputError(
            "package.newer_format",
            f"{path.name}由更新版本的程序写成（任务包格式第 {version} 版）。",
            "请先升级本程序，再接收它。",
        )
    try:
        text = "".join(rows[f"content/{number}"] for number in range(1, int(rows["pieces"]) + 1))
        data = json.loads(text)
        if digest(data) != rows["digest"]:
            raise InputError("package.altered", f"{path.name}的内容已被改动。", _ASK_AGAIN)
        return replace(
            _package(data),
            signature=stated_signature("signature", rows),
            certificate=stated_signature("certificate", rows),
        )
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise InputError("package.broken", f"{path.name}不完整。", _ASK_AGAIN) from error


def manifest_rows(package: TaskPackage) -> list[tuple[str, str]]:
    """The rows of the manifest sheet."""
    data = _content(package)
    text = shield(canonical_text(data))
    pieces = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    return [
        (TITLE, NOTICE),
        ("kind", KIND),
        ("format", str(FORMAT)),
        ("digest", digest(data)),
        *(signature_rows("signature", package.signature) if package.signature.value else ()),
        *(signature_rows("certificate", package.certificate) if package.certificate.value else ()),
        ("pieces", str(len(pieces))),
        *((f"content/{number}", piece) for number, piece in enumerate(pieces, 1)),
    ]


def _content(package: TaskPackage) -> Json:
    """The canonical content; what older packages didn't have is left out where it is blank."""
    data = {
        "format": FORMAT,
        "plan": package.plan,
        "groups": package.groups,
        "periods": [
            {
                "period": str(open_.period),
                "deadlines": {unit: day.isoformat() for unit, day in open_.deadlines.items()},
            }
            for open_ in package.periods
        ],
        "references": [_reference_data(figure) for figure in package.references],
        "office": package.office,
        "contact": package.contact,
        "note": package.note,
        "synthetic": package.synthetic,
    }
    if package.unit:
        data["unit"] = package.unit
    if package.roster is not None:
        data["roster"] = {
            "entries": [entry_to_json(entry) for entry in package.roster.entries],
            "signature": signature_to_json(package.roster.signature),
        }
    return data


def _roster_digest(entries: tuple[RosterEntry, ...]) -> str:
    return digest([entry_to_json(entry) for entry in entries])


def _manifest_of(path: Path) -> dict[str, str]:
    import openpyxl

    content = open_checked(path)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise _no_package(path) from error
    try:
        if MANIFEST_SHEET not in workbook.sheetnames:
            raise _no_package(path)
        sheet = workbook[MANIFEST_SHEET]
        rows = sheet.iter_rows(max_col=2, values_only=True)
        return {str(row[0]): str(row[1] or "") for row in rows if row[0]}
    except (IndexError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise InputError("package.broken", f"{path.name}不完整。", _ASK_AGAIN) from error
    finally:
        workbook.close()


def _package(data: Json) -> TaskPackage:
    return TaskPackage(
        plan=_object(data["plan"]),
        groups=_object(data["groups"]),
        periods=tuple(
            OpenPeriod(
                Period.parse(row["period"]),
                {unit: datetime.date.fromisoformat(day) for unit, day in row["deadlines"].items()},
            )
            for row in data["periods"]
        ),
        references=tuple(_reference(row) for row in data["references"]),
        office=str(data["office"]),
        contact=str(data["contact"]),
        note=str(data["note"]),
        synthetic=bool(data["synthetic"]),
        unit=str(data.get("unit", "")),
        roster=_roster(data["roster"]) if "roster" in data else None,
    )


def _roster(data: Json) -> IssuedRoster:
    entries = tuple(entry_from_json(entry) for entry in data["entries"])
    return IssuedRoster(entries, signature_from_json(data["signature"]))


def _object(data: object) -> Json:
    if not isinstance(data, dict):
        raise TypeError("not an object")
    return data


def _reference(row: Mapping[str, Any]) -> ReferenceFigure:
    value: Decimal = parse_canonical(row["value"])
    day = datetime.date.fromisoformat(row["date"])
    return ReferenceFigure(row["element"], row["area"], value, day, row["vintage"], row["source"])


def _reference_data(figure: ReferenceFigure) -> Json:
    return {
        "element": figure.element,
        "area": figure.area,
        "value": canonical(figure.value),
        "date": figure.date.isoformat(),
        "vintage": figure.vintage,
        "source": figure.source,
    }


def _no_package(path: Path, kind: str = "") -> InputError:
    if kind in _LATER:
        text = f"{path.name}是{OTHER_KINDS[kind]}，本版本还不能接收{OTHER_KINDS[kind]}。"
        return InputError("package.kind_later", text, "请升级本程序后再接收；任务包可以照常接收。")
    if kind:
        label = OTHER_KINDS.get(kind, kind)
        remedy = "报送文件请由汇总单位用“收取文件”收取。" if kind == "submission" else ""
        return InputError("package.not_one", f"{path.name}是{label}，不是任务包。", remedy or _CHOOSE)
    return InputError("package.not_one", f"{path.name}不是任务包。", _CHOOSE)


_CHOOSE = "请选择汇总单位发来的任务包（.xlsx）。"
