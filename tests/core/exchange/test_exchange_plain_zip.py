"""Plain zips: what is taken without a zip reader, and what a lie in a header comes to."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.parsing.plain_zip import NotPlain, plain_parts

PARTS = {"[Content_Types].xml": b"<Types/>" * 40, "xl/a.xml": b"<a/>", "名单.xml": "数".encode() * 300}
SIZE_IN_HEADER, SIZE_IN_ENTRY = 22, 24


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    return {name: part.inflated() for name, part in plain_parts(content).items()}


names = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(
    st.dictionaries(names.filter(lambda name: "\\" not in name), st.binary(max_size=300), max_size=5),
    st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)),
)
def test_what_a_zip_holds_comes_out(parts: dict[str, bytes], method: int) -> None:
    assert unpacked(packed(parts, method)) == parts


@given(st.integers(0, len(packed(PARTS)) - 1), st.integers(1, 255))
def test_a_changed_byte_never_gives_other_parts(at: int, change: int) -> None:
    content = bytearray(packed(PARTS))
    content[at] ^= change
    try:
        found = unpacked(bytes(content))
    except ValueError:
        return
    assert found == PARTS


@given(st.integers(0, len(packed(PARTS)) - 1))
def test_a_cut_zip_is_not_plain(length: int) -> None:
    with pytest.raises(NotPlain):
        plain_parts(packed(PARTS)[:length])


def test_no_more_is_unpacked_than_both_headers_say() -> None:
    """The last part says that it is one byte long, in its header and in the directory."""
    content = bytearray(packed({"bomb.xml": bytes(50 << 20)}))
    struct.pack_into("<I", content, SIZE_IN_HEADER, 1)
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + SIZE_IN_ENTRY, 1)
    (part,) = plain_parts(bytes(content)).values()
    with pytest.raises(NotPlain):
        part.inflated()


@pytest.mark.parametrize("junk", [b"", b"PK\x05\x06", bytes(22), b"PK\x05\x06" + bytes(18) + b"x"])
def test_what_is_no_zip_is_not_plain(junk: bytes) -> None:
    with pytest.raises(NotPlain):
        plain_parts(junk)
