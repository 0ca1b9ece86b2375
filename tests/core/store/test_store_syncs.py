"""Every edit costs as many syncs as a bare commit with the same journal, and not one more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
EDITS = 12

# stands before the C library in the process that is counted: no header is needed, so a bare compiler will do
COUNTER = """
extern long syscall(long, ...);
extern long write(int, const void *, unsigned long);
#if defined(__aarch64__)
enum { FSYNC = 82, FDATASYNC = 83 };
#else
enum { FSYNC = 74, FDATASYNC = 75 };
#endif
int fsync(int file) { write(COUNT_FD, "f", 1); return (int)syscall(FSYNC, (long)file); }
int fdatasync(int file) { write(COUNT_FD, "d", 1); return (int)syscall(FDATASYNC, (long)file); }
"""
COUNT_FD = 77

COUNTED = f"""
import json, os, sqlite3, sys
from pathlib import Path
from desktop.model.period import Period
from desktop.workspace import Workspace

folder = Path(sys.argv[1])
counted = os.open(folder / "syncs", os.O_CREAT | os.O_APPEND | os.O_RDWR)
os.dup2(counted, {COUNT_FD})

def syncs(work):
    work()  # the first one may make what later ones find
    before = os.fstat(counted).st_size
    for _ in range({EDITS}):
        work()
    return os.fstat(counted).st_size - before

bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
bare.execute("PRAGMA synchronous=FULL")
bare.execute("CREATE TABLE entry (address TEXT PRIMARY KEY, content TEXT) STRICT")
numbers = iter(range(1000))

def commit():
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("INSERT INTO entry VALUES ('a', ?) ON CONFLICT DO UPDATE SET content = excluded.content",
                 [str(next(numbers))])
    bare.execute("COMMIT")

with Workspace.create(folder / "street.zhibao", ["tanggu"]) as workspace:
    session = workspace.form("tanggu", Period.parse("2024Q3"))
    def edit():
        session.type_figure("training_visits", str(next(numbers))).saved.result()
    print(json.dumps([syncs(commit), syncs(edit)]))
"""


@pytest.mark.cc
@pytest.mark.skipif(sys.platform != "linux", reason="counts by standing before the C library")
def test_an_edit_costs_the_syncs_of_a_bare_commit(tmp_path: Path) -> None:
    counter = tmp_path / "counter.so"
    command = [
        "cc",
        "-shared",
        "-fPIC",
        "-nostdlib",
        f"-DCOUNT_FD={COUNT_FD}",
        "-x",
        "c",
        "-",
        "-o",
        str(counter),
    ]
    subprocess.run(command, input=COUNTER, text=True, check=True)
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(counter)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    bare, edit = json.loads(done.stdout)
    assert bare >= EDITS, "the counter counts"
    assert edit == bare
