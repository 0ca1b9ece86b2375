"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.report.merged_workbook import MergedWorkbook, write_merged_workbook
from desktop.report.provenance import Provenance

__all__ = ["MergedWorkbook", "Provenance", "write_merged_workbook"]
