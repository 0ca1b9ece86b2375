"""A whole round of 54 units, 216 files by known keys taken in, and the merged workbook."""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import bare
from benchmarks.timing import Work, in_turns, show
from desktop.consolidation import consolidate, unit_states
from desktop.definition import bundled_plan
from desktop.exchange import read_files, read_submission, write_submission
from desktop.exchange.signing.signatures import SigningKey
from desktop.model.period import Period, PeriodType
from desktop.model.plan import Plan
from desktop.model.submission import Submission
from desktop.report import MergedWorkbook, Provenance, write_merged_workbook
from desktop.workspace import Workspace, run_demo

PERIOD = Period.parse("2024Q4")
PERIODS = 4
MERGING, EXPORTING = 5.0, 1.3


def demonstration(folder: Path) -> list[Path]:
    """The submissions of a demonstration round."""
    with redirect_stderr(io.StringIO()):
        run_demo(folder / "demo", say=lambda _line: None)
    return sorted((folder / "demo" / "报送文件" / str(PERIOD)).glob("*.xlsx"))


def run(folder: Path, files: list[Path]) -> None:
    """Print the tables on a demonstration round's submissions."""
    plan = bundled_plan("binhai-ip-2022-2024")
    submissions = [found for file in files if (found := read_submission(file, [plan]).submission)]
    _round(folder, plan, files)
    _known(folder, plan, submissions)
    _merged(folder, plan, submissions)


def _round(folder: Path, plan: Plan, files: list[Path]) -> None:
    numbers = itertools.count()

    def merge() -> None:
        path = folder / f"office{next(numbers)}.zhibao"
        with Workspace.create(path, ["scjg"], consolidates=True, plan=plan) as office:
            office.take_in(files)
            office.export(PERIOD, path.with_suffix(".xlsx"))

    taken = in_turns(
        {
            "unzip and hash": lambda: bare.unzip_and_hash(files),
            "bare openpyxl read-only, every cell": lambda: [bare.read(file) for file in files],
            "read under the supervisor": lambda: list(read_files(files, [plan])),
            "take in and export": merge,
        },
        3,
    )
    show(f"{len(files)} submissions, keys met for the first time", taken, "unzip and hash")
    print(f"  {len(files) / min(taken['take in and export']):.1f} submissions a second, at best")


def _known(folder: Path, plan: Plan, submissions: list[Submission]) -> None:
    """Files whose keys are known; each waits for the disk once, so processor time is told apart."""
    first, rest = _signed(folder / "signed", plan, submissions)
    numbers = itertools.count()

    def merge(clock: Callable[[], float]) -> float:
        path = folder / f"merging{next(numbers)}.zhibao"
        with Workspace.create(path, ["scjg"], consolidates=True, plan=plan) as office:
            office.take_in(first)
            return _seconds(lambda: office.take_in(rest), clock)

    def unzip() -> None:
        bare.unzip_and_hash(rest)

    yardstick, whole = "unzip and hash", "take in: rules, audit, one commit for many"
    title = f"{len(rest)} untouched submissions into the store"
    for clock, what in ((time.process_time, "processor time"), (time.perf_counter, "with the disk's")):
        taken: dict[str, list[float]] = {yardstick: [], whole: []}
        for _ in range(3):
            taken[yardstick].append(_seconds(unzip, clock))
            taken[whole].append(merge(clock))
        show(f"{title}, {what}", taken, yardstick, {whole: MERGING})
        print(f"  {len(rest) / min(taken[whole]):.1f} submissions a second, at best")


def _seconds(work: Work, clock: Callable[[], float]) -> float:
    begin = clock()
    work()
    return clock() - begin


def _signed(folder: Path, plan: Plan, submissions: list[Submission]) -> tuple[list[Path], list[Path]]:
    """One file of each unit by which its key gets known, and further ones for other periods."""
    folder.mkdir()
    periods = [period for period in plan.periods() if period.type is PeriodType.QUARTER][-PERIODS - 1 :]
    written: list[list[Path]] = [[] for _ in periods]
    for submission in submissions:
        key = SigningKey.make()
        for period, paths in zip(periods, written, strict=True):
            sections = tuple(replace(section, period=period) for section in submission.sections)
            path = folder / f"{submission.unit}_{period}.xlsx"
            write_submission(replace(submission, period=period, sections=sections), plan, path, key=key)
            paths.append(path)
    return written[0], [path for paths in written[1:] for path in paths]


def _merged(folder: Path, plan: Plan, submissions: list[Submission]) -> None:
    accepted = {section.unit: section for submission in submissions for section in submission.sections}
    content = MergedWorkbook(
        consolidated=consolidate(plan, PERIOD, {PERIOD: accepted}),
        states=unit_states(plan, PERIOD, (), (), today=PERIOD.end),
        created=datetime(2025, 1, 10, tzinfo=UTC),
        provenance={unit: Provenance("sha256:" + "0" * 64, 1, f"{unit}.xlsx") for unit in accepted},
        findings={},
    )
    out = write_merged_workbook(content, folder / "merged.xlsx")
    cells, dress = bare.painted(out), bare.dressed(out)
    yardstick, ours = "bare XlsxWriter, the same cells and styles", "write_merged_workbook, totals computed"
    taken = in_turns(
        {
            yardstick: lambda: bare.write(cells, folder / "bare.xlsx"),
            "the same, with widths, heights, merged titles": lambda: bare.write(
                cells, folder / "bare.xlsx", dress
            ),
            ours: lambda: write_merged_workbook(content, out, overwrite=True),
        },
        7,
    )
    title = f"merged workbook of {len(accepted)} units, {sum(map(len, cells)):,} cells"
    show(title, taken, yardstick, {ours: EXPORTING})
