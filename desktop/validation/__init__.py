"""Rules over one unit's section: findings, and what is still open before submission. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.validation.facade import *
else:
    __all__ = [
        "COMMENT",
        "RULE_PAIRS",
        "RULE_SIDES",
        "Assessment",
        "CheckContext",
        "CompiledRule",
        "JudgedHere",
        "Lookup",
        "PinnedComment",
        "Rechecker",
        "address_name",
        "amount_of",
        "answers_beside",
        "check_section",
        "check_shape",
        "comment_findings",
        "compiled_rules",
        "content_at",
        "disputed",
        "elements_of",
        "hint",
        "is_indicator",
        "is_stated",
        "judge_rule",
        "judged_here",
        "judged_over_time",
        "knows",
        "open_findings",
        "pasted",
        "peer_findings",
        "placeholders",
        "quoted",
        "ranked",
        "refusal",
        "rules_of",
        "targets_for",
        "units_of",
    ]

    def __getattr__(name: str) -> object:
        """Load the package when one of its names is asked for; who opens a form asks single modules."""
        if name not in __all__:
            raise AttributeError(name)
        from desktop.validation.facade import __dict__ as names

        return names[name]
