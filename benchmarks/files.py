"""Travelling files: writing and reading one submission, a folder of 1,000, and a whole round of 54 units."""

from __future__ import annotations

import contextlib
import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.timing import in_turns, show
from desktop.definition import bundled_plan
from desktop.exchange import FileReading, read_files, read_submission, write_submission
from desktop.exchange.trust import Trusted
from desktop.model.period import Period
from desktop.model.roster import Roster, RosterEntry
from desktop.workspace import Workspace, run_demo

ROUNDS = 15
THOUSAND, FEWER = 1_000, 200


class Painted(NamedTuple):
    """A cell to write again: place, value, number format, and what its style in the file is made of."""

    row: int
    column: int
    value: object
    number_format: str
    style: tuple[int, ...]


def run() -> None:
    """Print the tables; a demonstration round is made first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with contextlib.redirect_stderr(io.StringIO()):
            run_demo(folder / "demo", say=lambda _line: None)
        files = sorted((folder / "demo" / "报送文件" / "2024Q4").glob("*.xlsx"))
        _one(folder, next(file for file in files if "经开区" in file.name))
        _thousand(folder / "thousand", files)
        _round(folder, files)


def _one(folder: Path, file: Path) -> None:
    plan = bundled_plan("binhai-ip-2022-2024")
    reading = read_submission(file, [plan])
    submission = reading.submission
    if submission is None:
        raise RuntimeError(reading.reason)
    out = folder / "written.xlsx"
    cells = _painted(file)
    taken = in_turns(
        {
            "bare XlsxWriter, the same cells and styles": lambda: _bare_write(cells, folder / "bare.xlsx"),
            "write_submission": lambda: write_submission(submission, plan, out, overwrite=True),
            "bare openpyxl read-only, every cell": lambda: _cells(file),
            "read_submission, in process": lambda: read_submission(file, [plan]),
        },
        ROUNDS,
    )
    writing = {name: seconds for name, seconds in taken.items() if "rite" in name}
    show("write one submission", writing, "bare XlsxWriter, the same cells and styles")
    reading_ = {name: seconds for name, seconds in taken.items() if "ead" in name}
    show("read one submission that a person touched", reading_, "bare openpyxl read-only, every cell")


def _thousand(folder: Path, files: list[Path]) -> None:
    """A folder of copies under other names; their units' keys are known, or else every cell is looked at."""
    plan = bundled_plan("binhai-ip-2022-2024")
    folder.mkdir()
    copies = [folder / f"{number:04}_{files[number % len(files)].name}" for number in range(THOUSAND)]
    for number, copy in enumerate(copies):
        shutil.copyfile(files[number % len(files)], copy)
    known = _known_keys(read_submission(file, [plan]) for file in files)
    if not all(reading.sealed for reading in read_files(files, [plan], trusted=known)):
        raise RuntimeError("a demonstration file isn't sealed")
    taken = in_turns(
        {
            "unzip and hash": lambda: _unzip_and_hash(copies),
            "read_files, keys known": lambda: _each(read_files(copies, [plan], trusted=known)),
        },
        5,
    )
    show(f"{THOUSAND} untouched submissions from a folder", taken, "unzip and hash")
    few = copies[:FEWER]
    taken = in_turns(
        {
            "bare openpyxl read-only, every cell": lambda: _each(_cells(file) for file in few),
            "read_submission, in process": lambda: _each(read_submission(file, [plan]) for file in few),
        },
        3,
    )
    show(f"{len(few)} touched submissions from a folder", taken, "bare openpyxl read-only, every cell")


def _each(done: Iterable[object]) -> None:
    """Work through all of it and keep none, as taking in does."""
    for _ in done:
        pass


def _known_keys(readings: Iterable[FileReading]) -> Trusted:
    """A roster of the keys that signed these files."""
    return Trusted(
        Roster(
            tuple(
                RosterEntry(reading.submission.unit, reading.signer, confirmed=True)
                for reading in readings
                if reading.submission and reading.signer
            )
        )
    )


def _round(folder: Path, files: list[Path]) -> None:
    plan = bundled_plan("binhai-ip-2022-2024")
    period = Period.parse("2024Q4")
    numbers = iter(range(100))

    def merge() -> None:
        path = folder / f"office{next(numbers)}.zhibao"
        with Workspace.create(path, ["scjg"], consolidates=True, plan=plan) as office:
            office.take_in(files)
            office.export(period, path.with_suffix(".xlsx"))

    taken = in_turns(
        {
            "unzip and hash": lambda: _unzip_and_hash(files),
            "bare openpyxl read-only, every cell": lambda: [_cells(file) for file in files],
            "read under the supervisor": lambda: list(read_files(files, [plan])),
            "take in and export": merge,
        },
        3,
    )
    show(f"{len(files)} submissions", taken, "bare openpyxl read-only, every cell")
    print(f"  {len(files) / min(taken['take in and export']):.1f} submissions a second, at best")


def _unzip_and_hash(files: Iterable[Path]) -> None:
    for file in files:
        hashlib.sha256(file.read_bytes())
        with zipfile.ZipFile(file) as package:
            for name in package.namelist():
                package.read(name)


def _cells(file: Path) -> list[list[list[object]]]:
    import openpyxl

    workbook = openpyxl.load_workbook(file, read_only=True)
    try:
        return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook.worksheets]
    finally:
        workbook.close()


def _painted(file: Path) -> list[list[Painted]]:
    """Every cell that the file has, blank ones inside merged ranges too (opened as a whole they are lost)."""
    import openpyxl
    from openpyxl.cell.read_only import ReadOnlyCell

    book: Any = openpyxl.load_workbook(file, read_only=True)
    with contextlib.closing(book):
        return [
            [
                Painted(
                    cell.row - 1, cell.column - 1, cell.value, cell.number_format, tuple(cell.style_array)
                )
                for row in sheet.rows
                for cell in row
                if isinstance(cell, ReadOnlyCell)
            ]
            for sheet in book.worksheets
        ]


def _bare_write(sheets: list[list[Painted]], path: Path) -> None:
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False})
    styles = {cell.style: cell.number_format for cells in sheets for cell in cells}
    looks = {
        style: workbook.add_format(
            {"border": 1, "text_wrap": True, "font_size": 6 + number, "num_format": number_format}
        )
        for number, (style, number_format) in enumerate(sorted(styles.items()))
    }
    for cells in sheets:
        sheet = workbook.add_worksheet()
        for row, column, value, _, style in cells:
            if isinstance(value, str):
                sheet.write_string(row, column, value, looks[style])
            elif isinstance(value, int | float):
                sheet.write_number(row, column, value, looks[style])
            else:
                sheet.write_blank(row, column, None, looks[style])
    workbook.close()
