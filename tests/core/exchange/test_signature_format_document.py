"""docs/format.md says exactly which bytes are signed: its example, computed with a crypto library alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import unescape

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desktop.exchange import write_submission
from desktop.exchange.signing.seal import CONTENT_PART, SEAL_PART
from desktop.exchange.signing.signatures import Purpose, SigningKey, succession
from desktop.model.canonical import canonical_text
from desktop.model.content import submission_from_json, submission_to_json
from tests.core.exchange.submissions import PLAN, submission

DOCUMENT = (Path(__file__).parents[3] / "docs" / "format.md").read_text(encoding="utf-8")
CONTENT, _ = re.findall(r"```json\n(.*?)\n```", DOCUMENT)
FORM, OF_CONTENT, OF_SECTION = re.findall(r"```text\n(zhibao\n.*?)\n```", DOCUMENT, re.DOTALL)
SEED = re.findall(r"`([0-9a-f]{64})`", DOCUMENT)[0]
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SEED))
KEY = SigningKey.from_pem(PRIVATE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def test_the_key_and_its_fingerprint_are_as_described() -> None:
    public = text(PRIVATE.public_key().public_bytes_raw())
    number = str(int(hashlib.sha256(f"ed25519:{public}".encode()).hexdigest(), 16))[-20:]
    fingerprint = " ".join(re.findall(".{5}", number))
    assert f"`{public}`" in DOCUMENT
    assert fingerprint in DOCUMENT
    assert (KEY.public.value, KEY.public.fingerprint) == (public, fingerprint)


def test_the_example_s_signatures_are_what_the_program_writes() -> None:
    content = submission_from_json(json.loads(CONTENT))
    digest = OF_CONTENT.splitlines()[-1]
    signed = (
        (OF_CONTENT, KEY.sign(Purpose.SUBMISSION, digest)),
        (OF_SECTION, KEY.sign_section(content.plan, content.sections[0])),
    )
    for message, signature in signed:
        value = text(PRIVATE.sign(message.encode()))
        assert f"`{value}`" in DOCUMENT
        assert signature.value == value


def test_every_purpose_is_described() -> None:
    assert FORM.endswith("<purpose>\n<name>")
    assert not [purpose for purpose in Purpose if f"`{purpose.value}`" not in DOCUMENT]


def test_a_certificate_is_over_the_described_bytes() -> None:
    new = SigningKey.make().public
    message = f"zhibao\n1\nsuccessor\nzone-a\n{new.algorithm}:{new.value}"
    assert succession(KEY, "zone-a", new).value == text(PRIVATE.sign(message.encode()))


def test_the_seal_is_as_described(tmp_path: Path) -> None:
    path = tmp_path / "报送.xlsx"
    write_submission(submission(), PLAN, path, key=KEY)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[-2:] == [CONTENT_PART, SEAL_PART]
        parts = {name: archive.read(name) for name in archive.namelist()}
    begin, end = '<?xml version="1.0" encoding="UTF-8"?>\n<zhibao>', "</zhibao>"
    inner = {
        name: unescape(parts[name].decode()[len(begin) : -len(end)]) for name in (CONTENT_PART, SEAL_PART)
    }
    assert inner[CONTENT_PART] == canonical_text(submission_to_json(submission()))
    seal = json.loads(inner[SEAL_PART])
    named = {n: hashlib.sha256(part).hexdigest() for n, part in parts.items() if n != SEAL_PART}
    assert (seal["parts"], seal["version"]) == (named, 1)
    name = "sha256:" + hashlib.sha256(canonical_text({"parts": named, "version": 1}).encode()).hexdigest()
    assert seal["signature"]["value"] == text(PRIVATE.sign(f"zhibao\n1\nseal\n{name}".encode()))
