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
from desktop.workspace.demo.inspecting import InspectedFile, inspect_file
from desktop.workspace.demo.round import DemoDone, run_demo
from desktop.workspace.desk.display import figure_text
from desktop.workspace.desk.entries import Life, LifeState
from desktop.workspace.desk.extensions import Extension
from desktop.workspace.desk.groups import FilledGroup
from desktop.workspace.desk.moving import MovedForm
from desktop.workspace.desk.rounds import Deadline, Round
from desktop.workspace.form.carrying import LastFigures, last_figures, last_report
from desktop.workspace.form.clipboard import clipboard_table
from desktop.workspace.form.evidence import evidence_of
from desktop.workspace.form.explaining import ChangedEntry, Offer, VoidExplanation, void_finding
from desktop.workspace.form.field_log import LogEntry
from desktop.workspace.form.filling import Filled, fill_from_file, fill_values
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.form.open_form import FormChange, Surroundings
from desktop.workspace.form.pasting import PasteLine, PastePlan, plan_paste, read_block
from desktop.workspace.form.ratios import LiveRatio, live_ratios, ratio_change, ratio_indicators, ratio_of
from desktop.workspace.form.sheet_layout import SheetLayout
from desktop.workspace.form.standing import TargetStanding, target_standings
from desktop.workspace.form.trends import Trend, TrendPoint, growth_text, trend
from desktop.workspace.form.undoing import Reversal
from desktop.workspace.handing_in.paper import Paper, PaperColumn, PaperHead, PaperRow, PaperTable
from desktop.workspace.handing_in.reports import Reports
from desktop.workspace.handing_in.submitted import Submitted
from desktop.workspace.handing_in.submitting import Wanted
from desktop.workspace.handing_in.templates import write_template
from desktop.workspace.held import HeldFile
from desktop.workspace.intake.outcome import EditedCellView, FileOutcome, Progress
from desktop.workspace.intake.seen_files import SeenFile
from desktop.workspace.keys.own_keys import OwnKey
from desktop.workspace.keys.roster import KEY_LABELS, OFFICE, Keys, KeyState, RosterRow
from desktop.workspace.office.answers import OfficeAnswer
from desktop.workspace.office.receipting import Receipted
from desktop.workspace.office.returning import Returned, ToReturn
from desktop.workspace.people.recent import recent_workspaces, remember_workspace
from desktop.workspace.plans.arrivals import Arrival, Opened
from desktop.workspace.plans.checked import CheckedPlan, ImportedPlan, ProvedPlan
from desktop.workspace.plans.named import (
    available_plans,
    check_named_plan,
    load_wording_file,
    named_plan,
    plan_to_start,
    prove_named_plan,
    unit_in_name,
)
from desktop.workspace.plans.plan_files import export_plan, import_plan, start_plan
from desktop.workspace.plans.publishing import Published, ToPublish
from desktop.workspace.review.board_rows import Board, BoardRow
from desktop.workspace.review.comparing import ComparedCell, Comparison, Side
from desktop.workspace.review.deciding import DecisionView
from desktop.workspace.review.disputes import IssuedFigure
from desktop.workspace.review.judging import ExplanationView
from desktop.workspace.review.messages import Message, Met
from desktop.workspace.review.putting_together import Choice
from desktop.workspace.review.rates import UnitYear, Year
from desktop.workspace.review.stamped_paper import PAPER_LABELS, PaperState, StampedPaper
from desktop.workspace.review.unit_page import UnitPage
from desktop.workspace.totals.exported import Exported, IndicatorTotal
from desktop.workspace.totals.office_notes import OverlapToDeclare
from desktop.workspace.totals.reference_table import (
    Defaults,
    ReferenceLine,
    ReferencePlan,
    plan_references,
    read_table,
)
from desktop.workspace.totals.snapshots import Snapshot
from desktop.workspace.totals.totals_desk import ChangesSince, TotalsDesk
from desktop.workspace.totals.tracing import ElementTrace, Trace, TraceRow
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
    "FilledGroup",
    "FormChange",
    "FormSession",
    "HeldFile",
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
