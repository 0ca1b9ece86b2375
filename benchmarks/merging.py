"""Merging 26, 260 and 2,600 submissions: files a second and peak memory, against scripts that people write.

Each candidate runs in a process of its own, so that its peak memory is its own. pandas is measured where it
is installed beside; it is no dependency of anything here.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import bare
from benchmarks.timing import Work
from desktop.definition import bundled_plan, plan_digest
from desktop.exchange import read_submission, write_submission
from desktop.exchange.signing.signatures import SigningKey
from desktop.model.key_list import KeyList
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.roster import RosterEntry
from desktop.model.submission import Submission
from desktop.store import audit, key_lists
from desktop.store.opening import open_store
from desktop.workspace import Workspace

SIZES = (26, 260, 2600)
PERIOD = Period.parse("2024Q4")
NOW = datetime.datetime(2025, 1, 6, 12, tzinfo=datetime.UTC)
MARK = 5.0
MOST_OPENPYXL = 260
"""More files than that tell nothing new of a script that takes them one by one; its time is scaled then."""

TOUCHED_OF, TOUCHED_OF_TEN = 260, 3
"""How many files, and how many of ten were saved again."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process took for how many files."""

    seconds: float
    cpu: float
    peak: float
    files: int

    @property
    def each(self) -> float:
        """Seconds of processor time a file."""
        return self.cpu / self.files


def run(folder: Path, files: Sequence[Path]) -> None:
    """Print a table for each size; what is merged is made of one of a demonstration's `files`."""
    plan = bundled_plan("binhai-ip-2022-2024")
    read = (read_submission(file, [plan]).submission for file in files)
    street = next(found for found in read if found is not None and found.unit == "tanggu")
    for size in SIZES:
        home = folder / f"merging-{size}"
        home.mkdir()
        _write_round(home, street, size)
        found = {
            "unzip and hash": _job("unzip", home),
            "Workspace.take_in, keys known": _job("zhibao", home),
        }
        if size <= MOST_OPENPYXL:
            found["script with openpyxl read-only"] = _job("openpyxl", home)
            if importlib.util.find_spec("pandas") is not None:
                found["script with pandas"] = _job("pandas", home)
        _show(f"{size:,} untouched submissions", found)
    _run_touched(folder, street)
    if importlib.util.find_spec("pandas") is None:
        print("  pandas isn't installed here: its script wasn't measured.")


def _run_touched(folder: Path, street: Submission) -> None:
    """The same where three of ten were saved again by another program: those are parsed cell by cell."""
    home = folder / "merging-touched"
    home.mkdir()
    _write_round(home, street, TOUCHED_OF)
    for number, file in enumerate(sorted((home / "files").glob("*.xlsx"))):
        if number % 10 < TOUCHED_OF_TEN:
            bare.save_again(file)
    found = {
        "unzip and hash": _job("unzip", home),
        "Workspace.take_in, keys known": _job("zhibao", home),
        "script with openpyxl read-only": _job("openpyxl", home),
    }
    _show(f"{TOUCHED_OF:,} submissions, three of ten saved again", found)


def _show(title: str, found: dict[str, Measured]) -> None:
    print(f"merging {title} (processor time with children; peak of one process)")
    base = found["unzip and hash"]
    for name, one in found.items():
        line = f"  {name:<34} {one.files / one.seconds:9.1f} files/s {one.cpu:8.2f} s cpu {one.peak:7.1f} MiB"
        line += f" {one.each / base.each:7.2f} ×"
        if name.startswith("Workspace"):
            line += f"   mark {MARK:g}: {'held' if one.each / base.each <= MARK else 'missed'}"
        print(line)


def _job(kind: str, home: Path) -> Measured:
    call = [sys.executable, "-m", "benchmarks.merging", kind, str(home)]
    done = subprocess.run(call, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _plan_of(size: int) -> Plan:
    """The usual plan with that many streets more."""
    plan = bundled_plan("binhai-ip-2022-2024")
    street = plan.unit("tanggu")
    more = tuple(
        replace(street, id=f"street{n}", name=f"演示第{n}街道", short_name=f"第{n}街道", aliases=(), codes=())
        for n in range(size)
    )
    fields = {name: getattr(plan, name) for name in Plan.__dataclass_fields__}
    grown = Plan(**{**fields, "units": (*plan.units, *more), "digest": ""})
    return replace(grown, digest=plan_digest(grown))


def _write_round(home: Path, street: Submission, size: int) -> None:
    """The files, and the workspace that knows their keys."""
    plan = _plan_of(size)
    files = home / "files"
    files.mkdir()
    lists = []
    for number in range(size):
        unit = f"street{number}"
        key = SigningKey.make()
        sections = tuple(replace(section, unit=unit) for section in street.sections)
        mine = replace(
            street, unit=unit, sections=sections, plan_version=plan.version, plan_digest=plan.digest
        )
        write_submission(mine, plan, files / f"{unit}.xlsx", key=key)
        lists.append(KeyList(unit, (RosterEntry(unit, key.public, PERIOD.start, confirmed=True),)))
    path = home / "office.zhibao"
    Workspace.create(path, ["scjg"], consolidates=True, plan=plan, clock=lambda: NOW).close()
    store = open_store(path, "")
    stamp = audit.Stamp("bench", "", NOW)
    store.run(lambda connection: [key_lists.set_key_list(connection, one, stamp) for one in lists])
    store.close()


def _merge(home: Path) -> None:
    with Workspace.open(home / "office.zhibao", clock=lambda: NOW) as office:
        outcomes = office.take_in([home / "files"])
    assert {outcome.verdict for outcome in outcomes} == {"accepted"}


def _with_openpyxl(files: Sequence[Path]) -> None:
    """What a script does: find the code and figure columns, add up."""
    import openpyxl

    totals: dict[str, float] = {}
    for file in files:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        with contextlib.closing(book):
            _add(totals, [list(row) for row in book["指标报表"].iter_rows(values_only=True)])


def _with_pandas(files: Sequence[Path]) -> None:
    import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]

    totals: dict[str, float] = {}
    for file in files:
        table = pandas.read_excel(file, sheet_name="指标报表", header=None)
        _add(totals, table.to_numpy().tolist())


def _add(totals: dict[str, float], rows: list[list[object]]) -> None:
    head = next(row for row in rows if "代码" in row)
    code, figure = head.index("代码"), head.index("本期")
    for row in rows[rows.index(head) + 1 :]:
        value = row[figure]
        if isinstance(value, int | float):
            totals[str(row[code])] = totals.get(str(row[code]), 0) + value


def main(kind: str, home: Path) -> None:
    """One candidate, in this process; prints what it took."""
    files = sorted((home / "files").glob("*.xlsx"))
    works: dict[str, Work] = {
        "unzip": lambda: bare.unzip_and_hash(files),
        "openpyxl": lambda: _with_openpyxl(files),
        "pandas": lambda: _with_pandas(files),
        "zhibao": lambda: _merge(home),
    }
    work = works[kind]
    begin, cpu = time.perf_counter(), _cpu()
    work()
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - begin,
                "cpu": _cpu() - cpu,
                "peak": _peak(),
                "files": len(files),
            }
        )
    )


def _peak() -> float:
    """MiB at most in this process; what the parent had before the start doesn't count where that is told."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu() -> float:
    return sum(
        resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
