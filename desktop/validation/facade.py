"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.validation.assessment import Assessment, answers_beside, open_findings, pasted, ranked
from desktop.validation.context import CheckContext
from desktop.validation.engine import check_section, check_shape
from desktop.validation.peers import peer_findings
from desktop.validation.plan_rules import PAIRS as RULE_PAIRS
from desktop.validation.plan_rules import judge_rule, rules_of
from desktop.validation.rechecking import Rechecker
from desktop.validation.returned import COMMENT, PinnedComment, comment_findings, content_at
from desktop.validation.rule_compiling import SIDES as RULE_SIDES
from desktop.validation.rule_compiling import (
    CompiledRule,
    compiled_rules,
    elements_of,
    is_indicator,
    knows,
    placeholders,
    units_of,
)
from desktop.validation.rule_figures import Lookup, targets_for
from desktop.validation.standing import (
    JudgedHere,
    amount_of,
    disputed,
    is_stated,
    judged_here,
    judged_over_time,
)
from desktop.validation.wording import address_name, hint, quoted, refusal

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
