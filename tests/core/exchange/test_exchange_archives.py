"""Archives and e-mails: walked without extracting, within limits, each file with its verdict."""

from __future__ import annotations

import datetime
import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from desktop.exchange import ContentState, FileReader, FileReading, read_files
from desktop.exchange.mail import Letter, write_draft
from desktop.exchange.parsing import sources
from desktop.exchange.parsing.sources import Source, Walked, walk
from tests.core.exchange.submissions import PLAN, written

SENT = "Fri, 10 Jan 2025 09:30:00 +0800"
ARRIVED = "from a by b; Fri, 10 Jan 2025 09:31:00 +0800"


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def mailed(attachments: dict[str, bytes]) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Received"] = ARRIVED
    message["Date"] = SENT
    message.set_content("请查收。")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.fixture
def submission_file(tmp_path: Path) -> bytes:
    (tmp_path / "made").mkdir()
    return written(tmp_path / "made").read_bytes()


def saved(folder: Path, name: str, content: bytes) -> Source:
    (folder / name).write_bytes(content)
    return Source.on_disk(folder / name)


def names(walked: Walked) -> list[str]:
    return [source.name for source in walked.sources]


def reasons(walked: Walked) -> list[str]:
    return [refusal.code for _, refusal in walked.refused]


def read_all(walked: Walked) -> list[FileReading]:
    return list(read_files(walked.sources, [PLAN]))


def test_a_mail_in_a_zip_gives_its_attachment(tmp_path: Path, submission_file: bytes) -> None:
    mail = mailed({"报送.xlsx": submission_file, "签章.pdf": b"%PDF"})
    walked = walk(saved(tmp_path, "收件.zip", zipped(**{"一区.eml": mail, "说明.txt": b"x"})))
    assert names(walked) == ["收件.zip › 一区.eml › 报送.xlsx"]
    (reading,) = read_all(walked)
    assert reading.content is ContentState.INTACT
    assert reading.received == datetime.datetime.fromisoformat("2025-01-10T09:31:00+08:00")


def test_our_own_draft_is_read_back(tmp_path: Path, submission_file: bytes) -> None:
    (tmp_path / "报送.xlsx").write_bytes(submission_file)
    when = datetime.datetime(2025, 1, 10, 9, 30, tzinfo=datetime.UTC)
    write_draft(tmp_path / "草稿.eml", Letter("报送", "请查收"), when, (tmp_path / "报送.xlsx",))
    (reading,) = read_all(walk(Source.on_disk(tmp_path / "草稿.eml")))
    assert reading.content is ContentState.INTACT


def test_a_forwarded_mail_is_looked_into(tmp_path: Path, submission_file: bytes) -> None:
    inner = mailed({"报送.xlsx": submission_file})
    outer = EmailMessage(policy=SMTP)
    outer.set_content("转发")
    outer.add_attachment(inner, maintype="application", subtype="octet-stream", filename="原件.eml")
    from email import message_from_bytes, policy

    outer.add_attachment(message_from_bytes(inner, policy=policy.default))
    walked = walk(saved(tmp_path, "转发.eml", outer.as_bytes()))
    assert names(walked) == ["转发.eml › 原件.eml › 报送.xlsx", "转发.eml › 转发的邮件.eml › 报送.xlsx"]
    assert [reading.content for reading in read_all(walked)] == [ContentState.INTACT] * 2


def test_a_workbook_named_zip_is_a_workbook(tmp_path: Path, submission_file: bytes) -> None:
    (reading,) = read_all(walk(saved(tmp_path, "报送.zip", submission_file)))
    assert reading.content is ContentState.INTACT


def test_names_packed_by_chinese_windows_are_read(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("AAAAAAAA.xlsx", b"x")
    content = target.getvalue().replace(b"AAAAAAAA", "塘沽街道".encode("gb18030"))
    assert names(walk(saved(tmp_path, "收件.zip", content))) == ["收件.zip › 塘沽街道.xlsx"]


def test_a_name_is_never_a_path(tmp_path: Path) -> None:
    hostile = zipped(**{"..__..__etc__passwd.xlsx": b"x", "C:\\Windows\\system.xlsx": b"x"})
    before = sorted(tmp_path.rglob("*"))
    walked = walk(saved(tmp_path, "坏.zip", hostile))
    assert names(walked) == ["坏.zip › passwd.xlsx", "坏.zip › system.xlsx"]
    read_all(walked)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "坏.zip"])


def test_what_can_t_be_opened_is_named_with_its_remedy(tmp_path: Path, submission_file: bytes) -> None:
    content = zipped(
        **{"a.msg": b"x", "b.rar": b"x", "c.7z": b"x", "winmail.dat": b"x", "d.zip": b"PK\x03\x04cut"}
    )
    walked = walk(saved(tmp_path, "收件.zip", content))
    assert reasons(walked) == [
        "exchange.msg",
        "exchange.rar",
        "exchange.rar",
        "exchange.winmail",
        "exchange.damaged_archive",
    ]
    assert all("请" in refusal.message for _, refusal in walked.refused)


def test_one_broken_archive_loses_only_itself(tmp_path: Path, submission_file: bytes) -> None:
    content = zipped(**{"a.zip": b"no zip", "b.zip": zipped(**{"报送.xlsx": submission_file})})
    walked = walk(saved(tmp_path, "收件.zip", content))
    assert reasons(walked) == ["exchange.damaged_archive"]
    assert names(walked) == ["收件.zip › b.zip › 报送.xlsx"]


def test_depth_number_and_size_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nested = zipped(**{"报送.xlsx": b"x"})
    for _ in range(sources.DEEPEST + 1):
        nested = zipped(**{"更深.zip": nested})
    assert reasons(walk(saved(tmp_path, "深.zip", nested))) == ["exchange.too_deep"]
    monkeypatch.setattr(sources, "MOST_FILES", 5)
    many = zipped(**{f"{number}.xlsx": b"x" for number in range(6)})
    assert reasons(walk(saved(tmp_path, "多.zip", many))) == ["exchange.too_many_files"]
    monkeypatch.setattr(sources, "LARGEST_ARCHIVE", 1000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("大.zip", b"\0" * 100_000)
    assert reasons(walk(saved(tmp_path, "弹.zip", bomb.getvalue()))) == ["exchange.too_large"]


def test_a_packed_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("大.xlsx", b"\0" * (21 << 20))
    (reading,) = read_all(walk(saved(tmp_path, "弹.zip", bomb.getvalue())))
    assert reading.reason == "exchange.too_large"


def test_a_locked_archive_says_so(tmp_path: Path) -> None:
    content = zipped(**{"报送.xlsx": b"x"})
    at = content.index(b"PK\x01\x02") + 8
    locked = content[:at] + bytes([content[at] | 1]) + content[at + 1 :]
    (reading,) = read_all(walk(saved(tmp_path, "锁.zip", locked)))
    assert reading.reason == "exchange.encrypted_archive"


def test_the_worker_walks_as_we_would(tmp_path: Path, submission_file: bytes) -> None:
    here = saved(tmp_path, "收件.zip", zipped(**{"报送.xlsx": submission_file, "b.rar": b"x"}))
    with FileReader([PLAN]) as reader:
        walked = reader.walk(here.path)
        assert walked is not None
        expected = walk(here)
        assert names(walked) == names(expected)
        assert walked.refused[0][1] == expected.refused[0][1]
        gone = reader.walk(tmp_path / "没有.zip")
    assert gone is not None
    assert reasons(gone) == ["exchange.unopened"]
