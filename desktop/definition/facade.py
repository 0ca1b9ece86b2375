"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.definition.checker import check_plan
from desktop.definition.document import Loaded, plan_digest, plan_from_document, plan_to_document
from desktop.definition.folder import bundled_plan, load_plan_folder
from desktop.definition.stored import stored_plan
from desktop.definition.wording import Wording, read_wording

__all__ = [
    "Loaded",
    "Wording",
    "bundled_plan",
    "check_plan",
    "load_plan_folder",
    "plan_digest",
    "plan_from_document",
    "plan_to_document",
    "read_wording",
    "stored_plan",
]
