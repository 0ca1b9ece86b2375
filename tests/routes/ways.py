"""Each way takes written files and gives the files that arrive; none of them changes a figure."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.soffice import convert

Way = Callable[[Sequence[Path], Path], list[Path]]
_HEADER = {"指标报表": "代码", "任务进展": "序号", "名单": "代码", "审核说明": "编号"}


def untouched(files: Sequence[Path], out: Path) -> list[Path]:
    """Copied, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copy(file, out / file.name)) for file in files]


def by_libreoffice(files: Sequence[Path], out: Path) -> list[Path]:
    """Opened and saved by LibreOffice."""
    return convert(files, out)


def through_ods(files: Sequence[Path], out: Path) -> list[Path]:
    """Saved as .ods, and that as .xlsx."""
    return convert(convert(files, out / "ods", to="ods"), out)


def through_xls(files: Sequence[Path], out: Path) -> list[Path]:
    """Saved in the old binary format, and that as .xlsx."""
    return convert(convert(files, out / "xls", to="xls"), out)


def by_openpyxl(files: Sequence[Path], out: Path) -> list[Path]:
    """Opened and saved by openpyxl."""
    return [_saved(file, out, lambda _book: None) for file in files]


def arranged(files: Sequence[Path], out: Path) -> list[Path]:
    """Rows sorted backwards, columns and rows inserted, sheets renamed and moved, cells painted."""
    return [_saved(file, out, _arrange) for file in files]


WAYS: Mapping[str, Way] = {
    "untouched": untouched,
    "LibreOffice": by_libreoffice,
    "ods": through_ods,
    "xls": through_xls,
    "openpyxl": by_openpyxl,
    "by hand": arranged,
}


def _saved(file: Path, out: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(out / file.name)
    return out / file.name


def _arrange(book: openpyxl.Workbook) -> None:
    for page in list(book.worksheets):
        header = _HEADER.get(page.title)
        if header is None:
            continue
        rows = enumerate(page.iter_rows(values_only=True), 1)
        at = next(number for number, row in rows if header in row)
        _reverse(page, at)
        page.insert_cols(1)
        page.insert_rows(at)
        page.cell(at + 1, 1).value = "自己加的"
        for row in page.iter_rows(min_row=at + 2):
            for cell in row:
                cell.fill = PatternFill("solid", fgColor="FFFF99")
                cell.font = Font(name="SimSun", size=9)
        page.title = f"{page.title}（改）"
    book.move_sheet(book.worksheets[0], 1)
    book.create_sheet("草稿纸")["A1"] = "1+1"


def _reverse(page: Worksheet, header: int) -> None:
    """The rows below the header in the opposite order; merged titles of categories come apart first."""
    for merged in [range_ for range_ in page.merged_cells.ranges if range_.min_row > header]:
        page.unmerge_cells(str(merged))
    rows = [
        [(cell.value, cell.data_type, cell.number_format) for cell in row]
        for row in page.iter_rows(min_row=header + 1)
    ]
    for number, row in enumerate(reversed(rows), header + 1):
        for column, (value, kind, shape) in enumerate(row, 1):
            cell = page.cell(number, column)
            cell.value = value
            if value is not None:
                cell.data_type = kind
            cell.number_format = shape
