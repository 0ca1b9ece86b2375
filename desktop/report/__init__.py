"""Reports: the merged workbook."""

from __future__ import annotations

from desktop.report.merged_workbook import MergedWorkbook, write_merged_workbook
from desktop.report.provenance import Provenance

__all__ = ["MergedWorkbook", "Provenance", "write_merged_workbook"]
