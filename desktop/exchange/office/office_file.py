"""What an office sends to its units: task packages, return notices and receipts.

Each is a workbook with readable sheets for people and a manifest sheet for the program: one canonical JSON
object, signed by the office where it has a key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop.errors import InputError
from desktop.exchange.format.manifest import CHUNK, NOTICE, TITLE, shield, signature_rows, stated_signature
from desktop.exchange.signing.signatures import Purpose, SigningKey, signer, verifies
from desktop.model.canonical import Json, canonical_text, digest
from desktop.model.roster import PublicKey
from desktop.model.submission import Signature

FORMAT = 1
ASK_AGAIN = "请向汇总单位重新索取。"
CHOOSE = "请选择汇总单位发来的任务包、退回通知或回执（.xlsx，或带有它的 .eml、.zip）。"

_LONGEST_VERSION = 9
_NOT_READABLE = (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)


class OfficeKind(StrEnum):
    """任务包, 退回通知, 回执; the value is the manifest's, and what the signature is for."""

    TASK_PACKAGE = "task_package"
    RETURN = "return"
    RECEIPT = "receipt"


OFFICE_LABELS = {
    OfficeKind.TASK_PACKAGE: "任务包",
    OfficeKind.RETURN: "退回通知",
    OfficeKind.RECEIPT: "回执",
}
_OTHER_LABELS = {"submission": "报送文件", "template": "空白报表"}


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """What the manifest of such a file holds.

    `content` names the issuing unit (`unit`, its id) and office (`office`, a name), both may be empty.
    `signature` is over the digest of the content; `certificate` is the word of the office's earlier key for a
    new one.
    """

    kind: OfficeKind
    content: Json = field(hash=False)
    signature: Signature = field(default_factory=Signature)
    certificate: Signature = field(default_factory=Signature)

    @property
    def unit(self) -> str:
        """The id of the unit that sends it."""
        return str(self.content.get("unit", ""))

    @property
    def office(self) -> str:
        """What the office is called."""
        return str(self.content.get("office", ""))

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return OFFICE_LABELS[self.kind]

    @property
    def digest(self) -> str:
        """What the signature is over, and what names the file."""
        return digest(self.content)

    @property
    def key(self) -> PublicKey:
        """The key that the signature names."""
        return signer(self.signature)

    def signed(self, key: SigningKey, certificate: Signature) -> OfficeFile:
        """The same signed by the office's key."""
        signature = key.sign(Purpose(self.kind.value), self.digest)
        return replace(self, signature=signature, certificate=certificate)

    def verified(self) -> bool:
        """Whether the signature is one of its own key over the content; says nothing of whose key it is."""
        return verifies(self.signature, Purpose(self.kind.value), self.digest)

    def require_intact(self, name: str) -> None:
        """Raise InputError if it bears a signature that isn't one over its content."""
        if self.signature.value and not self.verified():
            raise InputError(
                "office.invalid_signature",
                f"{name}的签名与内容不符，文件可能被他人改动，没有接收。",
                ASK_AGAIN,
            )


def manifest_rows(file: OfficeFile) -> list[tuple[str, str]]:
    """The rows of the manifest sheet."""
    text = shield(canonical_text(file.content))
    pieces = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    return [
        (TITLE, NOTICE),
        ("kind", file.kind.value),
        ("format", str(FORMAT)),
        ("digest", file.digest),
        *(signature_rows("signature", file.signature) if file.signature.value else ()),
        *(signature_rows("certificate", file.certificate) if file.certificate.value else ()),
        ("pieces", str(len(pieces))),
        *((f"content/{number}", piece) for number, piece in enumerate(pieces, 1)),
    ]


def office_file(rows: Mapping[str, str], name: str) -> OfficeFile:
    """What the rows of a manifest sheet say; raises InputError if `name` isn't such a file, or is broken."""
    kind = rows.get("kind", "") if TITLE in rows else ""
    if kind not in set(OfficeKind):
        raise not_one(name, kind)
    version = rows.get("format", "")
    if version.isdecimal() and (len(version) > _LONGEST_VERSION or int(version) > FORMAT):
        raise InputError(
            "office.newer_format",
            f"{name}由更新版本的程序写成（格式第 {version[:_LONGEST_VERSION]} 版）。",
            "请先升级本程序，再接收它。",
        )
    try:
        text = "".join(rows[f"content/{number}"] for number in range(1, int(rows["pieces"]) + 1))
        content = json.loads(text)
        if digest(content) != rows["digest"]:
            raise InputError("office.altered", f"{name}的内容已被改动。", ASK_AGAIN)
        if not isinstance(content, dict):
            raise broken(name)
    except _NOT_READABLE as error:
        raise broken(name) from error
    return OfficeFile(
        OfficeKind(kind),
        content,
        stated_signature("signature", rows),
        stated_signature("certificate", rows),
    )


def broken(name: str) -> InputError:
    """A file of ours that isn't whole."""
    return InputError("office.broken", f"{name}不完整。", ASK_AGAIN)


def not_one(name: str, kind: str = "") -> InputError:
    """A file that isn't one of these; `kind` is what its manifest says it is."""
    if not kind:
        return InputError("office.not_one", f"{name}不是任务包、退回通知或回执。", CHOOSE)
    label = _OTHER_LABELS.get(kind, kind[:_LONGEST_VERSION])
    remedy = "报送文件请由汇总单位用“收取文件”收取。" if kind == "submission" else CHOOSE
    return InputError("office.not_one", f"{name}是{label}，不是任务包、退回通知或回执。", remedy)
