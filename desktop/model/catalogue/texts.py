"""All sentences and remedies by code, gathered from the areas; read when the first one is wanted."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.model.catalogue.consolidation_messages import MESSAGES as _CONSOLIDATION
from desktop.model.catalogue.exchange_messages import MESSAGES as _EXCHANGE
from desktop.model.catalogue.explanation_messages import MESSAGES as _EXPLANATION
from desktop.model.catalogue.family_messages import MESSAGES as _FAMILIES
from desktop.model.catalogue.family_messages import REMEDIES as _FAMILY_REMEDIES
from desktop.model.catalogue.migration_messages import MESSAGES as _MIGRATION
from desktop.model.catalogue.plan_messages import MESSAGES as _PLAN
from desktop.model.catalogue.plan_messages import REMEDIES as _PLAN_REMEDIES
from desktop.model.catalogue.plan_workbook_messages import MESSAGES as _PLAN_WORKBOOK
from desktop.model.catalogue.plan_workbook_messages import REMEDIES as _PLAN_WORKBOOK_REMEDIES
from desktop.model.catalogue.reading_messages import MESSAGES as _READING
from desktop.model.catalogue.return_messages import MESSAGES as _RETURNS
from desktop.model.catalogue.rule_messages import MESSAGES as _RULES
from desktop.model.catalogue.rule_messages import REMEDIES as _RULE_REMEDIES
from desktop.model.catalogue.target_messages import MESSAGES as _TARGETS
from desktop.model.catalogue.target_messages import REMEDIES as _TARGET_REMEDIES
from desktop.model.catalogue.trust_messages import MESSAGES as _TRUST
from desktop.model.catalogue.validation_messages import MESSAGES as _VALIDATION
from desktop.model.catalogue.version_messages import MESSAGES as _VERSIONS
from desktop.model.catalogue.version_messages import REMEDIES as _VERSION_REMEDIES
from desktop.model.catalogue.workspace_messages import MESSAGES as _WORKSPACE

MESSAGES: Mapping[str, str] = {
    **_PLAN,
    **_PLAN_WORKBOOK,
    **_READING,
    **_VALIDATION,
    **_TARGETS,
    **_FAMILIES,
    **_RULES,
    **_EXPLANATION,
    **_RETURNS,
    **_EXCHANGE,
    **_TRUST,
    **_CONSOLIDATION,
    **_WORKSPACE,
    **_MIGRATION,
    **_VERSIONS,
}

REMEDIES: Mapping[str, str] = {
    **_PLAN_REMEDIES,
    **_FAMILY_REMEDIES,
    **_RULE_REMEDIES,
    **_PLAN_WORKBOOK_REMEDIES,
    **_TARGET_REMEDIES,
    **_VERSION_REMEDIES,
}
"""What to do about a finding on a plan, by code."""
