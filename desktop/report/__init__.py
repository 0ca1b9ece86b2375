"""Reports: the merged workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.report.facade import *
else:
    __all__ = ["MergedWorkbook", "Provenance", "write_merged_workbook"]

    def __getattr__(name: str) -> object:
        """Load the package when one of its names is asked for; who opens a form asks single modules."""
        if name not in __all__:
            raise AttributeError(name)
        from desktop.report.facade import __dict__ as names

        return names[name]
