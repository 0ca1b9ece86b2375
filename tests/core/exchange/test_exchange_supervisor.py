"""The worker process: it may die, hang or run out of memory, and every file still gets its reading."""

from __future__ import annotations

import multiprocessing.spawn
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

import pytest

from desktop.config import DEFAULT_PLAN
from desktop.definition import bundled_plan
from desktop.errors import EnvironmentFault
from desktop.exchange import ContentState, FileReader, WorkerLimits, read_files
from desktop.exchange.guarded.transport import reading_from_bytes, reading_to_bytes
from tests.core.exchange.submissions import (
    PLAN,
    STREET_SECTION,
    ZONE_SECTION,
    cell,
    edited,
    read,
    sheet,
    submission,
    written,
)

PIPE_HOLDS = 65_536


@pytest.fixture
def reader() -> Iterator[FileReader]:
    with FileReader([PLAN]) as made:
        yield made


def test_the_worker_says_what_we_would(tmp_path: Path, reader: FileReader) -> None:
    clean = written(tmp_path, submission(ZONE_SECTION, STREET_SECTION), "clean.xlsx")
    touched = written(tmp_path, name="touched.xlsx")
    edited(touched, lambda workbook: setattr(cell(sheet(workbook), "pledges", "本期"), "value", "许多"))
    text = tmp_path / "notes.txt"
    text.write_text("not a workbook")
    for path in (clean, touched, text, tmp_path / "gone.xlsx"):
        assert reader.read(path) == read(path)


def test_a_reading_crosses_unchanged(tmp_path: Path) -> None:
    path = written(tmp_path)
    reading = edited(
        path, lambda workbook: setattr(cell(sheet(workbook), "pledges", "本期"), "value", "许多")
    )
    assert reading.findings
    assert reading.edited_cells
    back = reading_from_bytes(reading_to_bytes(reading))
    assert back == reading
    assert [finding.params for finding in back.findings] == [finding.params for finding in reading.findings]


def _hungry(path: Path) -> Path:
    """A small file that is harmless to the limits and takes far longer than a second to parse."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (r, r) for r in range(1000, 200_000))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", rows + b"</sheetData>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_late_worker_is_ended_and_the_next_file_is_read(tmp_path: Path) -> None:
    slow = _hungry(written(tmp_path, name="slow.xlsx"))
    good = written(tmp_path, name="good.xlsx")
    readings = list(read_files([slow, good], [PLAN], limits=WorkerLimits(seconds=2)))
    assert [reading.reason for reading in readings] == ["exchange.too_slow", ""]
    assert readings[0].sha256
    assert readings[0].refusal is not None
    assert "2 秒" in readings[0].refusal.message
    assert readings[1].content is ContentState.INTACT


def test_a_dead_worker_is_replaced(tmp_path: Path, reader: FileReader) -> None:
    path = written(tmp_path)
    assert reader.read(path) == read(path)
    assert reader._process is not None
    reader._process.kill()
    reader._process.join()
    after = reader.read(path)
    assert after is not None
    assert after.reason == "exchange.worker_died"
    assert reader.read(path) == read(path)


@pytest.mark.skipif(sys.platform == "win32", reason="only the time is bounded there yet")
def test_memory_is_bounded(tmp_path: Path) -> None:
    path = written(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/notes.xml", b"<x>" + b" " * (150 << 20) + b"</x>")
    good = written(tmp_path, name="good.xlsx")
    limits = WorkerLimits(memory=300 << 20)
    readings = list(read_files([path, good], [PLAN], limits=limits))
    assert [reading.reason for reading in readings] == ["exchange.worker_died", ""]


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    slow = _hungry(written(tmp_path))
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 20

    assert not list(read_files([slow], [PLAN], cancelled=stop))


def test_the_worker_loads_neither_qt_nor_the_window() -> None:
    loaded = _loaded("desktop.exchange.guarded.worker")
    assert not [name for name in loaded if name.startswith(("PySide6", "ui."))]


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    assert not {"openpyxl", "xlsxwriter"} & _loaded("desktop.exchange")


def _loaded(module: str) -> set[str]:
    """The modules that a fresh interpreter has after importing one."""
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_worker_that_dies_at_once_is_a_fault_and_no_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real plan is larger than what a pipe holds."""
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", b"/bin/false")
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")
    plan = bundled_plan(DEFAULT_PLAN)
    assert len(ForkingPickler.dumps(plan)) > PIPE_HOLDS
    with ThreadPoolExecutor(1) as pool, pytest.raises(EnvironmentFault, match="无法启动"):
        pool.submit(lambda: list(read_files([path], [plan]))).result(timeout=60)
