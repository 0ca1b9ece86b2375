"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.consolidation import (
    BOARD_LABELS,
    DIFFERENCE_LABELS,
    BoardState,
    CellPlace,
    Consolidated,
    DifferenceState,
    Duplicate,
    Overlap,
    ReconciliationRow,
)
from desktop.model.office_word import ReturnComment, ReturnNotice
from desktop.model.submission import KIND_LABELS, NIL_TEXT
from desktop.workspace.answers import OfficeAnswer
from desktop.workspace.arrivals import Arrival, Opened
from desktop.workspace.carrying import LastFigures, last_figures, last_report
from desktop.workspace.clipboard import clipboard_table
from desktop.workspace.comparing import ComparedCell, Comparison, Side
from desktop.workspace.deciding import DecisionView
from desktop.workspace.demo import DemoDone, run_demo
from desktop.workspace.display import figure_text
from desktop.workspace.disputes import IssuedFigure
from desktop.workspace.entries import Life, LifeState
from desktop.workspace.evidence import evidence_of
from desktop.workspace.explaining import ChangedEntry, Offer, VoidExplanation, void_finding
from desktop.workspace.extensions import Extension
from desktop.workspace.field_log import LogEntry
from desktop.workspace.filling import fill_from_file, fill_values
from desktop.workspace.form_session import FormSession
from desktop.workspace.inspecting import inspect_file
from desktop.workspace.judging import ExplanationView
from desktop.workspace.keys import KEY_LABELS, OFFICE, Keys, KeyState, RosterRow
from desktop.workspace.messages import Message, Met
from desktop.workspace.moving import MovedForm
from desktop.workspace.office_notes import OverlapToDeclare
from desktop.workspace.open_form import FormChange, Surroundings
from desktop.workspace.own_keys import OwnKey
from desktop.workspace.paper import Paper, PaperColumn, PaperHead, PaperRow, PaperTable
from desktop.workspace.pasting import PasteLine, PastePlan, plan_paste, read_block
from desktop.workspace.plan_files import export_plan, import_plan, start_plan
from desktop.workspace.plans import (
    available_plans,
    check_named_plan,
    load_wording_file,
    named_plan,
    plan_to_start,
    prove_named_plan,
    unit_in_name,
)
from desktop.workspace.publishing import Published, ToPublish
from desktop.workspace.putting_together import Choice
from desktop.workspace.rates import UnitYear, Year
from desktop.workspace.ratios import LiveRatio, live_ratios, ratio_change, ratio_indicators, ratio_of
from desktop.workspace.receipting import Receipted
from desktop.workspace.recent import recent_workspaces, remember_workspace
from desktop.workspace.reference_table import (
    Defaults,
    ReferenceLine,
    ReferencePlan,
    plan_references,
    read_table,
)
from desktop.workspace.reports import Reports
from desktop.workspace.results import (
    Board,
    BoardRow,
    CheckedPlan,
    EditedCellView,
    Exported,
    FileOutcome,
    Filled,
    ImportedPlan,
    IndicatorTotal,
    InspectedFile,
    Progress,
    ProvedPlan,
    Submitted,
)
from desktop.workspace.returning import Returned, ToReturn
from desktop.workspace.rounds import Deadline, Round
from desktop.workspace.seen_files import SeenFile
from desktop.workspace.sheet_layout import SheetLayout
from desktop.workspace.snapshots import Snapshot
from desktop.workspace.stamped_paper import PAPER_LABELS, PaperState, StampedPaper
from desktop.workspace.standing import TargetStanding, target_standings
from desktop.workspace.submitting import Wanted
from desktop.workspace.templates import write_template
from desktop.workspace.totals_desk import ChangesSince, TotalsDesk
from desktop.workspace.tracing import ElementTrace, Trace, TraceRow
from desktop.workspace.trends import Trend, TrendPoint, growth_text, trend
from desktop.workspace.undoing import Reversal
from desktop.workspace.unit_page import UnitPage
from desktop.workspace.workspace import Workspace

__all__ = [
    "BOARD_LABELS",
    "DIFFERENCE_LABELS",
    "KEY_LABELS",
    "KIND_LABELS",
    "NIL_TEXT",
    "OFFICE",
    "PAPER_LABELS",
    "Arrival",
    "Board",
    "BoardRow",
    "BoardState",
    "CellPlace",
    "ChangedEntry",
    "ChangesSince",
    "CheckedPlan",
    "Choice",
    "ComparedCell",
    "Comparison",
    "Consolidated",
    "Deadline",
    "DecisionView",
    "Defaults",
    "DemoDone",
    "DifferenceState",
    "Duplicate",
    "EditedCellView",
    "ElementTrace",
    "ExplanationView",
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
    "Message",
    "Met",
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
    "PaperState",
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
    "SeenFile",
    "SheetLayout",
    "Side",
    "Snapshot",
    "StampedPaper",
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
    "UnitPage",
    "UnitYear",
    "VoidExplanation",
    "Wanted",
    "Workspace",
    "Year",
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
