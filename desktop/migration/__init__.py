"""Migration: content of one plan version under another, and succession of units and elements over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.migration.facade import *
else:
    __all__ = [
        "Comparison",
        "Lineage",
        "MigratedSection",
        "MigratedSubmission",
        "MigrationLine",
        "Note",
        "Outcome",
        "changes",
        "comparison",
        "earlier_figures",
        "element_lineage",
        "fit_to_form",
        "merge_sections",
        "migrate_along",
        "migrate_section",
        "migrate_submission",
        "predecessors",
        "rows_between",
        "sentences",
        "succeeded",
        "summary",
    ]

    def __getattr__(name: str) -> object:
        """Load the package when one of its names is asked for; who opens a form asks single modules."""
        if name not in __all__:
            raise AttributeError(name)
        from desktop.migration.facade import __dict__ as names

        return names[name]
