"""Lists, tables and plans that people hand over as workbooks: read in the worker, which may die."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.definition.workbook import read_plan_workbook
from desktop.errors import EnvironmentFault, InputError
from desktop.exchange import FileReader, Refusal, WorkerLimits, read_tables, read_two_columns
from desktop.exchange.guarded.guarded_sheets import read_sheets
from desktop.exchange.parsing.answers import NO_ANSWER
from desktop.exchange.parsing.foreign_sheets import (
    ForeignSheet,
    foreign_sheets,
    sheets_from_bytes,
    sheets_to_bytes,
)
from desktop.exchange.parsing.sources import Source, SourceReader
from tests.core.exchange.hostile.building import SHEET, STRINGS, honest, in_sheet, packed, parts_of
from tests.core.exchange.hostile.cases import CASES
from tests.core.exchange.hostile.laden import LADEN

LIMITS = WorkerLimits(seconds=20, memory=1 << 30)
READERS: tuple[Callable[[Path], object], ...] = (read_two_columns, read_tables, read_plan_workbook)


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader((), LIMITS) as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "表.xlsx"


@pytest.mark.parametrize("name", CASES)
def test_each_hostile_workbook_gives_cells_or_a_remedy(name: str, path: Path, reader: FileReader) -> None:
    path.write_bytes(CASES[name]())
    begin = time.monotonic()
    found = reader.sheets(Source.on_disk(path))
    assert time.monotonic() - begin < LIMITS.seconds + 5
    if isinstance(found, Refusal):
        assert found.code not in ("exchange.too_slow", "exchange.worker_died")
        assert "请" in found.message
    else:
        assert found
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", LADEN)
def test_masses_beside_the_cells_take_no_time(name: str, path: Path, reader: FileReader) -> None:
    path.write_bytes(LADEN[name]())
    found = reader.sheets(Source.on_disk(path))
    assert not isinstance(found, Refusal) or found.code == "exchange.too_many_texts"


def test_what_crosses_is_what_the_parser_said(path: Path) -> None:
    path.write_bytes(honest())
    told = sheets_from_bytes(sheets_to_bytes(Source.on_disk(path), SourceReader()))
    assert told == foreign_sheets(path.read_bytes(), path.name)
    assert read_sheets(path) == told


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b'{"found":{"sheets":[["a",[[1,[[1,99,"","","",0,0]]]]]]}}', b'{"refusal":[]}', b"[" * 9999],
)
def test_an_answer_that_is_none_is_told_as_one_fault(answer: bytes) -> None:
    with pytest.raises(NO_ANSWER):
        sheets_from_bytes(answer)


def _hungry() -> bytes:
    """Small and within all limits; its cells take longer than a moment."""
    return in_sheet(b"".join(b'<row r="%d"><c><v>1</v></c></row>' % row for row in range(1000, 90_000)))


def _large() -> bytes:
    """One text of a megabyte, which a thousand cells name."""
    parts = parts_of(honest())
    parts[STRINGS] = parts[STRINGS].replace(b"<si>", b"<si><t>" + b"x" * (1 << 20) + b"</t></si><si>", 1)
    cells = b"".join(b'<row r="%d"><c t="s"><v>0</v></c></row>' % row for row in range(1000, 2000))
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", cells + b"</sheetData>")
    return packed(parts)


def test_a_workbook_that_takes_too_long_is_given_up(path: Path) -> None:
    path.write_bytes(_hungry())
    with pytest.raises(InputError) as caught:
        read_sheets(path, WorkerLimits(seconds=0.2))
    assert caught.value.code == "exchange.too_slow"


def test_a_workbook_that_says_more_than_it_is_large_is_given_up(path: Path) -> None:
    path.write_bytes(_large())
    assert path.stat().st_size < 1 << 20
    with pytest.raises(InputError) as caught:
        read_sheets(path, LIMITS)
    assert caught.value.code == "exchange.worker_died"


@pytest.mark.parametrize("read", READERS)
def test_nobody_parses_in_this_process(
    read: Callable[[Path], object], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads a workbook of a person's gets what the worker says, and nothing else."""
    asked: list[Source] = []

    def told(_reader: FileReader, source: Source) -> tuple[ForeignSheet, ...] | Refusal:
        asked.append(source)
        return Refusal("exchange.worker_died")

    monkeypatch.setattr(FileReader, "sheets", told)
    path.write_bytes(honest())
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.code == "exchange.worker_died"
    assert [source.path for source in asked] == [path]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "exchange.empty"),
        (b"PK\x03\x04", "exchange.damaged"),
        (b"no workbook", "exchange.not_xlsx"),
    ],
)
def test_what_is_no_workbook_is_refused_with_its_remedy(
    read: Callable[[Path], object], content: bytes, code: str, path: Path
) -> None:
    path.write_bytes(content)
    with pytest.raises(InputError, match="请") as caught:
        read(path)
    assert caught.value.code == code


@pytest.mark.parametrize("read", READERS)
def test_a_file_that_is_gone_is_a_fault(read: Callable[[Path], object], path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="不存在"):
        read(path)


def test_macros_are_refused_by_their_part(path: Path) -> None:
    path.write_bytes(honest())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(InputError) as caught:
        read_plan_workbook(path)
    assert caught.value.code == "exchange.macros"
