"""Plans as data: reading the TOML folder, checking it, and the office's own copy of the official wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.definition.facade import *
else:
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

    def __getattr__(name: str) -> object:
        """Load the package when one of its names is asked for; who opens a form asks single modules."""
        if name not in __all__:
            raise AttributeError(name)
        from desktop.definition.facade import __dict__ as names

        return names[name]
