"""Travelling files: writing and reading one submission, and a folder of 1,000."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks import bare
from benchmarks.timing import in_turns, show
from desktop.definition import bundled_plan
from desktop.exchange import FileReading, read_files, read_submission, write_submission
from desktop.exchange.signing.signatures import SigningKey
from desktop.exchange.signing.trust import Trusted
from desktop.exchange.writing.submission_sheets import Surroundings
from desktop.exchange.writing.writer import submission_bytes
from desktop.model.roster import Roster, RosterEntry

ROUNDS = 25
THOUSAND, FEWER = 1_000, 200
WRITING, TOUCHED, UNTOUCHED = 1.5, 1.5, 2.0


def run(folder: Path, files: list[Path]) -> None:
    """Print the tables on the submissions of a demonstration round."""
    _write_one(folder, next(file for file in files if "经开区" in file.name))
    _read_one(next(file for file in files if "经开区" in file.name))
    _thousand(folder / "thousand", files)


def _write_one(folder: Path, file: Path) -> None:
    plan = bundled_plan("binhai-ip-2022-2024")
    reading = read_submission(file, [plan])
    submission = reading.submission
    if submission is None:
        raise RuntimeError(reading.reason)
    out, key = folder / "written.xlsx", SigningKey.make()
    write_submission(submission, plan, out)
    cells, dress = bare.painted(out), bare.dressed(out)
    yardstick = "bare XlsxWriter, the same cells and styles"
    sealed, synced = "the workbook, signed and sealed", "write_submission: the same, synced to the disk"
    taken = in_turns(
        {
            yardstick: lambda: bare.write(cells, folder / "bare.xlsx"),
            "the same, with widths, heights, merged titles": lambda: bare.write(
                cells, folder / "bare.xlsx", dress
            ),
            sealed: lambda: submission_bytes(submission, plan, Surroundings(), key),
            synced: lambda: write_submission(submission, plan, out, key=key, overwrite=True),
        },
        ROUNDS,
    )
    show("write one submission", taken, yardstick, {sealed: WRITING, synced: WRITING})


def _read_one(file: Path) -> None:
    plan = bundled_plan("binhai-ip-2022-2024")
    taken = in_turns(
        {
            "bare openpyxl read-only, every cell": lambda: bare.read(file),
            "read_submission, in process": lambda: read_submission(file, [plan]),
        },
        ROUNDS,
    )
    show(
        "read one submission that a person touched",
        taken,
        "bare openpyxl read-only, every cell",
        {"read_submission, in process": TOUCHED},
    )


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
            "unzip and hash": lambda: bare.unzip_and_hash(copies),
            "read_files, keys known": lambda: _each(read_files(copies, [plan], trusted=known)),
        },
        5,
    )
    marks = {"read_files, keys known": UNTOUCHED}
    show(f"{THOUSAND} untouched submissions from a folder", taken, "unzip and hash", marks)
    few = copies[:FEWER]
    taken = in_turns(
        {
            "bare openpyxl read-only, every cell": lambda: _each(bare.read(file) for file in few),
            "read_submission, in process": lambda: _each(read_submission(file, [plan]) for file in few),
        },
        3,
    )
    marks = {"read_submission, in process": TOUCHED}
    show(f"{len(few)} touched submissions from a folder", taken, "bare openpyxl read-only, every cell", marks)


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
