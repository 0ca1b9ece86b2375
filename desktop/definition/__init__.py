"""Plans as data: reading the TOML folder, checking it, and the office's own copy of the official wording."""

from __future__ import annotations

from desktop.definition.checker import check_plan
from desktop.definition.document import Loaded, plan_digest, plan_from_document, plan_to_document
from desktop.definition.folder import bundled_plan, load_plan_folder

__all__ = [
    "Loaded",
    "bundled_plan",
    "check_plan",
    "load_plan_folder",
    "plan_digest",
    "plan_from_document",
    "plan_to_document",
]
