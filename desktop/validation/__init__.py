"""Rules over one unit's section: findings, and what is still open before submission. Pure functions."""

from __future__ import annotations

from desktop.validation.assessment import Assessment, answers_beside, open_findings, pasted, ranked
from desktop.validation.context import CheckContext
from desktop.validation.engine import check_field, check_section
from desktop.validation.peers import peer_findings
from desktop.validation.rechecking import Rechecker
from desktop.validation.standing import JudgedHere, amount_of, disputed, is_stated, judged_here
from desktop.validation.wording import address_name, hint, quoted, refusal

__all__ = [
    "Assessment",
    "CheckContext",
    "JudgedHere",
    "Rechecker",
    "address_name",
    "amount_of",
    "answers_beside",
    "check_field",
    "check_section",
    "disputed",
    "hint",
    "is_stated",
    "judged_here",
    "open_findings",
    "pasted",
    "peer_findings",
    "quoted",
    "ranked",
    "refusal",
]
