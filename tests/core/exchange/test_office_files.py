"""What an office sends comes out of mailboxes too: damaged, hostile, packed, or another file altogether."""

from __future__ import annotations

import datetime
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import EnvironmentFault, InputError
from desktop.exchange import FileReader, Refusal, WorkerLimits
from desktop.exchange.mail import Letter, write_draft
from desktop.exchange.office.office_file import OfficeFile, office_file
from desktop.exchange.office.office_reading import read_office_file
from desktop.exchange.office.return_notice import read_return, return_file, write_return_notice
from desktop.exchange.parsing.sources import Source, SourceReader
from desktop.exchange.reading.manifest_sheet import manifest_from_bytes, manifest_to_bytes
from desktop.exchange.signing.signatures import SigningKey
from desktop.model.office_word import Office, ReturnComment, ReturnNotice
from desktop.model.submission import Signature
from tests.core.exchange.hostile.cases import CASES
from tests.core.exchange.submissions import PLAN, Q4

KEY = SigningKey.make()
NOW = datetime.datetime(2025, 1, 10, 9, 30, tzinfo=datetime.UTC)
NOTICE = ReturnNotice(
    *(Office("bureau", "演示局", "000", synthetic=True), "test-plan", "1", "street-a", Q4, 1, "sha256:0", 1),
    comment="演示：请核对",
    comments=(ReturnComment("street-a", "patents", "演示：比上期少一半"),),
)
FILE = return_file(NOTICE).signed(KEY, Signature())


def written(path: Path, file: OfficeFile = FILE) -> Path:
    write_return_notice(NOTICE, file, PLAN, NOW, path)
    return path


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader((), WorkerLimits(seconds=20, memory=1 << 30)) as made:
        yield made


@pytest.mark.parametrize("name", CASES)
def test_no_hostile_file_is_taken_for_an_office_s(name: str, tmp_path: Path, reader: FileReader) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(CASES[name]())
    begin = time.monotonic()
    rows = reader.manifest(Source.on_disk(path))
    assert time.monotonic() - begin < 25
    assert list(tmp_path.iterdir()) == [path]
    if isinstance(rows, Refusal):
        assert "请" in rows.message and rows.code != "exchange.too_slow"
        return
    with pytest.raises(InputError) as refused:
        office_file(rows, path.name)
    assert refused.value.remedy


def test_the_same_content_gives_the_same_bytes_and_comes_back(tmp_path: Path) -> None:
    first, second = written(tmp_path / "1.xlsx"), written(tmp_path / "2.xlsx")
    assert first.read_bytes() == second.read_bytes()
    file = read_office_file(first)
    assert file == FILE and file.content == FILE.content
    assert read_return(file, "1.xlsx") == NOTICE
    assert file.key == KEY.public and file.verified()
    with pytest.raises(InputError, match="已存在"):
        written(first)


def test_it_is_found_in_a_mail_and_in_a_zip_with_other_things(tmp_path: Path) -> None:
    path = written(tmp_path / "退回通知.xlsx")
    mail = write_draft(tmp_path / "信.eml", Letter("演示", "演示"), NOW, (path,))
    packed = tmp_path / "包.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "退回/通知.xlsx")
        archive.writestr("readme.md", "演示")
        archive.write(mail, "信.eml")
    for place in (mail, packed):
        assert read_office_file(place).content == FILE.content


def test_two_different_ones_in_an_archive_are_for_a_person_to_choose(tmp_path: Path) -> None:
    other = return_file(replace(NOTICE, number=2))
    one, two = written(tmp_path / "1.xlsx"), written(tmp_path / "2.xlsx", other)
    packed = tmp_path / "包.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(one, "1.xlsx")
        archive.write(two, "2.xlsx")
    with pytest.raises(InputError) as refused:
        read_office_file(packed)
    assert refused.value.code == "office.several"


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.xlsx", b""), ("字.xlsx", b"text"), ("半.zip", b"PK\x03\x04"), ("信.msg", b"x"), ("包.rar", b"x")],
)
def test_what_is_none_is_refused_with_what_to_do(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_office_file(path)
    assert "请" in str(refused.value)
    with pytest.raises(EnvironmentFault):
        read_office_file(tmp_path / "没有.xlsx")


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_one_is_refused_or_says_what_it_said(data: st.DataObject, tmp_path: Path) -> None:
    path = tmp_path / "通知.xlsx"
    path.unlink(missing_ok=True)
    content = bytearray(written(path).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    rows = manifest_from_bytes(manifest_to_bytes(Source.on_disk(path), SourceReader()))
    if isinstance(rows, Refusal):
        assert "请" in rows.message
        return
    try:
        file = office_file(rows, path.name)
    except InputError:
        return
    assert file.content == FILE.content
