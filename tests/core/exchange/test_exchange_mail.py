"""Drafts: what the mail programs of both ends find in them."""

from __future__ import annotations

import datetime
import re
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.mail import Letter, address_in, write_draft

WHEN = datetime.datetime(2024, 10, 8, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
NAME = "知报_塘沽街道_2024Q3_第1版.xlsx"
LETTER = Letter(
    "塘沽街道报送2024年第三季度数据（第1版）——滨海新区国家知识产权强市建设示范城市建设工作方案",
    "各位同事：\n\n现报送数据，请查收附件。\n" + "很长的一行" * 300 + "\n",
    "jubao@example.com",
)


def parsed(path: Path) -> EmailMessage:
    """The draft as a program of today reads it."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    attachment = tmp_path / NAME
    attachment.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    return write_draft(tmp_path / "draft.eml", LETTER, WHEN, (attachment,))


def test_a_draft_says_what_was_meant(draft: Path, tmp_path: Path) -> None:
    message = parsed(draft)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == LETTER.subject
    assert message["To"] == LETTER.to
    assert parsedate_to_datetime(message["Date"]) == WHEN
    body = message.get_body()
    assert body is not None
    assert body.get_content_type() == "text/plain"
    assert body.get_content().replace("\r\n", "\n") == LETTER.body
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == NAME
    assert attached.get_content() == (tmp_path / NAME).read_bytes()
    assert not message.defects
    assert not attached.defects


def test_older_programs_find_the_name_beside_the_type(draft: Path) -> None:
    head = draft.read_bytes().decode("ascii")
    match = re.search(r'name="(=\?utf-8\?b\?[^"\s]+\?=)"', head)
    assert match is not None, "one unbroken encoded word in the quotes"
    assert [(text.decode(), code) for text, code in decode_header(match[1])] == [(NAME, "utf-8")]
    assert "filename*=utf-8''%E7%9F%A5" in head


def test_it_is_lines_of_ascii_that_every_server_passes(draft: Path) -> None:
    lines = draft.read_bytes().split(b"\r\n")
    assert all(len(line) < 998 and b"\n" not in line and b"\r" not in line for line in lines)
    assert all(byte < 128 for line in lines for byte in line)


def test_nobody_is_written_to_without_an_address(tmp_path: Path) -> None:
    path = write_draft(tmp_path / "draft.eml", Letter("催报", "请报送。\n"), WHEN)
    assert parsed(path)["To"] is None
    assert not list(parsed(path).iter_attachments())


def test_the_same_draft_is_the_same_bytes(draft: Path, tmp_path: Path) -> None:
    again = write_draft(tmp_path / "again.eml", LETTER, WHEN, (tmp_path / NAME,))
    assert again.read_bytes() == draft.read_bytes()


@given(st.text(max_size=80))
def test_no_subject_makes_a_header_of_its_own(subject: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = write_draft(Path(folder) / "d.eml", Letter(f"演示 {subject}", "正文"), WHEN)
        message = message_from_bytes(path.read_bytes())
    assert set(message.keys()) == {"X-Unsent", "Subject", "Date", "MIME-Version", "Content-Type"}


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("jubao@example.com", "jubao@example.com"),
        ("演示科，电话 022-00000000，邮箱jubao@example.com。", "jubao@example.com"),
        ("联系人：演示；a.b-c@mail.example.com.cn", "a.b-c@mail.example.com.cn"),
        ("022-00000000", ""),
        ("内网邮箱 jubao@", ""),
        ("", ""),
    ],
)
def test_the_address_is_taken_from_the_contact(contact: str, address: str) -> None:
    assert address_in(contact) == address
