"""Migration: content of one plan version under another, and succession of units and elements over time."""

from __future__ import annotations

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

__all__ = [
    "MigratedSection",
    "MigratedSubmission",
    "MigrationLine",
    "Note",
    "Outcome",
    "changes",
    "fit_to_form",
    "merge_sections",
    "migrate_along",
    "migrate_section",
    "migrate_submission",
    "rows_between",
    "sentences",
    "summary",
]
