"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.migration.comparing import Comparison, comparison, earlier_figures
from desktop.migration.crosswalk import rows_between
from desktop.migration.lines import (
    MigratedSection,
    MigratedSubmission,
    MigrationLine,
    Note,
    Outcome,
    changes,
    sentences,
    summary,
)
from desktop.migration.sections import fit_to_form, merge_sections, migrate_section
from desktop.migration.submissions import migrate_along, migrate_submission
from desktop.migration.succession import Lineage, element_lineage, predecessors, succeeded

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
