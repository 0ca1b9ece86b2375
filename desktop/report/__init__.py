"""Reports: the merged workbook."""

from __future__ import annotations

from desktop.report.merged_workbook import Provenance, Reviewed, write_merged_workbook

__all__ = ["Provenance", "Reviewed", "write_merged_workbook"]
