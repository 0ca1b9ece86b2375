"""Rules over one unit's section: findings, and what is still open before submission. Pure functions."""

from __future__ import annotations

from desktop.validation.assessment import Assessment, open_findings, ranked
from desktop.validation.context import CheckContext
from desktop.validation.engine import check_field, check_section

__all__ = ["Assessment", "CheckContext", "check_field", "check_section", "open_findings", "ranked"]
