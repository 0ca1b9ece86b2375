"""The one catalogue of what the program says about data: a stable code and its parameters become
Chinese text.

A code that isn't here is a bug and raises KeyError. Each area keeps its texts in a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.model.finding import Finding

if TYPE_CHECKING:
    from desktop.model.catalogue.texts import MESSAGES as MESSAGES
    from desktop.model.catalogue.texts import REMEDIES as REMEDIES
else:

    def __getattr__(name: str) -> object:
        from desktop.model.catalogue.texts import __dict__ as tables

        if name not in ("MESSAGES", "REMEDIES"):
            raise AttributeError(name)
        return tables[name]


RULE_CODE = "rule."


def text(code: str, params: Mapping[str, str]) -> str:
    """The sentence for a code; raises KeyError for an unknown code or a missing parameter.

    A rule of the plan (code `rule.` and its id) brings its own sentence.
    """
    if code.startswith(RULE_CODE):
        return params["text"]
    from desktop.model.catalogue.texts import MESSAGES

    return MESSAGES[code].format_map(params)


def message(finding: Finding) -> str:
    """The sentence of a finding."""
    return text(finding.code, finding.params)
