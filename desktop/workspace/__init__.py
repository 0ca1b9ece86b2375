"""The use cases: the one door for the window and the command line. Each mutation says what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.workspace.facade import *
else:
    # what opening a form needs anyway; whatever else is asked for brings the whole package
    from desktop.model.submission import NIL_TEXT
    from desktop.workspace.display import figure_text
    from desktop.workspace.explaining import VoidExplanation, void_finding
    from desktop.workspace.form_session import FormSession
    from desktop.workspace.open_form import FormChange
    from desktop.workspace.recent import recent_workspaces, remember_workspace
    from desktop.workspace.workspace import Workspace

    __all__ = [
        "BOARD_LABELS",
        "DIFFERENCE_LABELS",
        "KEY_LABELS",
        "KIND_LABELS",
        "NIL_TEXT",
        "OFFICE",
        "Arrival",
        "Board",
        "BoardRow",
        "BoardState",
        "ChangedEntry",
        "ChangesSince",
        "CheckedPlan",
        "Consolidated",
        "Deadline",
        "Defaults",
        "DemoDone",
        "DifferenceState",
        "Duplicate",
        "EditedCellView",
        "ElementTrace",
        "Exported",
        "Extension",
        "FileOutcome",
        "Filled",
        "FormChange",
        "FormSession",
        "ImportedPlan",
        "IndicatorTotal",
        "InspectedFile",
        "IssuedFigure",
        "KeyState",
        "Keys",
        "LastFigures",
        "Life",
        "LifeState",
        "LiveRatio",
        "LogEntry",
        "MovedForm",
        "Offer",
        "OfficeAnswer",
        "Opened",
        "Overlap",
        "OverlapToDeclare",
        "OwnKey",
        "Paper",
        "PaperColumn",
        "PaperHead",
        "PaperRow",
        "PaperTable",
        "PasteLine",
        "PastePlan",
        "Progress",
        "ProvedPlan",
        "Published",
        "Receipted",
        "ReconciliationRow",
        "ReferenceLine",
        "ReferencePlan",
        "Reports",
        "ReturnComment",
        "ReturnNotice",
        "Returned",
        "Reversal",
        "RosterRow",
        "Round",
        "SheetLayout",
        "Snapshot",
        "Submitted",
        "Surroundings",
        "TargetStanding",
        "ToPublish",
        "ToReturn",
        "TotalsDesk",
        "Trace",
        "TraceRow",
        "Trend",
        "TrendPoint",
        "VoidExplanation",
        "Wanted",
        "Workspace",
        "available_plans",
        "check_named_plan",
        "clipboard_table",
        "evidence_of",
        "export_plan",
        "figure_text",
        "fill_from_file",
        "fill_values",
        "growth_text",
        "import_plan",
        "inspect_file",
        "last_figures",
        "last_report",
        "live_ratios",
        "load_wording_file",
        "named_plan",
        "plan_paste",
        "plan_references",
        "plan_to_start",
        "prove_named_plan",
        "ratio_change",
        "ratio_indicators",
        "ratio_of",
        "read_block",
        "read_table",
        "recent_workspaces",
        "remember_workspace",
        "run_demo",
        "start_plan",
        "target_standings",
        "trend",
        "unit_in_name",
        "void_finding",
        "write_template",
    ]

    def __getattr__(name: str) -> object:
        """Load the package when one of its names is asked for; who opens a form asks single modules."""
        if name not in __all__:
            raise AttributeError(name)
        from desktop.workspace.facade import __dict__ as names

        return names[name]
