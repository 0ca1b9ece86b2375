"""Consolidation: the state of units, verdicts on files, totals, ratios, verdicts on targets, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.consolidation.facade import *
else:
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

    def __getattr__(name: str) -> object:
        """Load the package when one of its names is asked for; who opens a form asks single modules."""
        if name not in __all__:
            raise AttributeError(name)
        from desktop.consolidation.facade import __dict__ as names

        return names[name]
