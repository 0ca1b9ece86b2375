"""The names of the package that opening a form needs: loaded before all others, see `__init__`."""

from __future__ import annotations

from desktop.model.submission import NIL_TEXT
from desktop.workspace.desk.display import figure_text
from desktop.workspace.form.explaining import VoidExplanation, void_finding
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.form.open_form import FormChange
from desktop.workspace.held import HeldFile
from desktop.workspace.people.recent import recent_workspaces, remember_workspace
from desktop.workspace.workspace import Workspace

__all__ = [
    "NIL_TEXT",
    "FormChange",
    "FormSession",
    "HeldFile",
    "VoidExplanation",
    "Workspace",
    "figure_text",
    "recent_workspaces",
    "remember_workspace",
    "void_finding",
]
