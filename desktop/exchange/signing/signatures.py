"""Signatures over canonical content: Ed25519, with the algorithm named so that others can follow.

What is signed is a purpose and a digest, never bytes of a file: a re-saved file still verifies, and a
signature made for one purpose proves nothing for another.
"""

from __future__ import annotations

import base64
import binascii
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from desktop.errors import InputError
from desktop.model.content import section_digest
from desktop.model.roster import PublicKey
from desktop.model.submission import Section, Signature
from desktop.values import dataclass

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = "ed25519"
_KEY_BYTES = 32


class Purpose(StrEnum):
    """What a signature stands for."""

    SUBMISSION = "submission"
    SECTION = "section"
    SEAL = "seal"
    TASK_PACKAGE = "task_package"
    RETURN = "return"
    RECEIPT = "receipt"
    ROSTER = "roster"
    SUCCESSOR = "successor"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A unit's private key; it never leaves the user's configuration folder but by a protected export."""

    _private: Ed25519PrivateKey

    @classmethod
    def make(cls) -> Self:
        """A new key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, content: bytes, passphrase: str | None = None) -> Self:
        """The key in a PEM text; raises InputError for a wrong passphrase or anything that is no such key."""
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            key = load_pem_private_key(content, passphrase.encode() if passphrase else None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise InputError(
                "key.unreadable", "密钥读不出来：口令不对，或者文件已损坏。", "请核对口令和文件。"
            ) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise InputError("key.other_kind", "这不是知报的签名密钥。", "请选择从知报导出的密钥文件。")
        return cls(key)

    def to_pem(self, passphrase: str | None = None) -> bytes:
        """The key as PKCS #8 in PEM, encrypted if there is a passphrase."""
        from cryptography.hazmat.primitives import serialization

        protection: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase:
            protection = serialization.BestAvailableEncryption(passphrase.encode())
        return self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection
        )

    @property
    def public(self) -> PublicKey:
        """The public key."""
        return PublicKey(ALGORITHM, base64.b64encode(self._private.public_key().public_bytes_raw()).decode())

    def sign(self, purpose: Purpose, digest: str) -> Signature:
        """The signature of a digest for a purpose."""
        value = base64.b64encode(self._private.sign(_message(purpose, digest))).decode()
        return Signature(ALGORITHM, self.public.value, value)

    def sign_section(self, plan: str, section: Section) -> Signature:
        """The signature of a unit's own section under a plan id: it travels on in its superior's file."""
        return self.sign(Purpose.SECTION, _section_name(plan, section))


def verifies(signature: Signature, purpose: Purpose, digest: str) -> bool:
    """Whether the signature is one of its own key over that digest; says nothing of whose key it is."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if signature.algorithm != ALGORITHM:
        return False
    try:
        key = base64.b64decode(signature.key, validate=True)
        value = base64.b64decode(signature.value, validate=True)
        if len(key) != _KEY_BYTES:
            return False
        Ed25519PublicKey.from_public_bytes(key).verify(value, _message(purpose, digest))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def section_verifies(plan: str, section: Section) -> bool:
    """Whether a section's own signature holds."""
    return verifies(section.signature, Purpose.SECTION, _section_name(plan, section))


def succession(old: SigningKey, unit: str, new: PublicKey) -> Signature:
    """The old key's word that another one of the same unit follows it."""
    return old.sign(Purpose.SUCCESSOR, _succession_name(unit, new))


def succession_verifies(certificate: Signature, unit: str, new: PublicKey) -> bool:
    """Whether a certificate's own key says that `new` follows it; whose key that is, the caller judges."""
    return bool(certificate.value) and verifies(certificate, Purpose.SUCCESSOR, _succession_name(unit, new))


def signer(signature: Signature) -> PublicKey:
    """The key that a signature names."""
    return PublicKey(signature.algorithm, signature.key)


def _section_name(plan: str, section: Section) -> str:
    """A section's digest holds no plan: without it a section could be shown under another plan."""
    return f"{plan}\n{section_digest(section)}"


def _succession_name(unit: str, new: PublicKey) -> str:
    return f"{unit}\n{new.algorithm}:{new.value}"


def _message(purpose: Purpose, digest: str) -> bytes:
    return f"zhibao\n1\n{purpose.value}\n{digest}".encode()
