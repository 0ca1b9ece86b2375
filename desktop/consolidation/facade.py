"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.consolidation.aggregation import (
    Accepted,
    DepartmentFigure,
    ElementTotal,
    Figures,
    TotalCoverage,
    department_figure,
    element_total,
    subtotal,
)
from desktop.consolidation.consolidated import Consolidated, IndicatorResult, consolidate
from desktop.consolidation.differences import (
    CellPlace,
    cell_content,
    places,
    put_together,
    section_of,
)
from desktop.consolidation.duplicates import Duplicate
from desktop.consolidation.indicators import IndicatorValue, Ledger
from desktop.consolidation.judgement import JudgedContradiction, JudgedTarget
from desktop.consolidation.office_notes import (
    ALL_ELEMENTS,
    DIFFERENCE_LABELS,
    DeclaredOverlap,
    DifferenceNote,
    DifferenceState,
    DuplicateDecision,
    Notes,
    OfficeNotes,
    Overlap,
    overlapping_pairs,
)
from desktop.consolidation.received import Decision, DecisionKind, Received
from desktop.consolidation.reconciliation import Check, ReconciliationRow
from desktop.consolidation.resolution import (
    BOARD_LABELS,
    BoardState,
    UnitState,
    deadline,
    is_due,
    unit_state,
    unit_states,
)
from desktop.consolidation.verdicts import FileVerdict, FileVerdictKind, verdict_for

__all__ = [
    "ALL_ELEMENTS",
    "BOARD_LABELS",
    "DIFFERENCE_LABELS",
    "Accepted",
    "BoardState",
    "CellPlace",
    "Check",
    "Consolidated",
    "Decision",
    "DecisionKind",
    "DeclaredOverlap",
    "DepartmentFigure",
    "DifferenceNote",
    "DifferenceState",
    "Duplicate",
    "DuplicateDecision",
    "ElementTotal",
    "Figures",
    "FileVerdict",
    "FileVerdictKind",
    "IndicatorResult",
    "IndicatorValue",
    "JudgedContradiction",
    "JudgedTarget",
    "Ledger",
    "Notes",
    "OfficeNotes",
    "Overlap",
    "Received",
    "ReconciliationRow",
    "TotalCoverage",
    "UnitState",
    "cell_content",
    "consolidate",
    "deadline",
    "department_figure",
    "element_total",
    "is_due",
    "overlapping_pairs",
    "places",
    "put_together",
    "section_of",
    "subtotal",
    "unit_state",
    "unit_states",
    "verdict_for",
]
