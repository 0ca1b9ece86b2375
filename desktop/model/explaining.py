"""What a plan asks of explanations (出错说明)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from desktop.values import dataclass

REMARK = "remark"
"""The code in the key of what was said beside a figure before any rule had run: `remark@<element id>`."""


@dataclass(frozen=True, slots=True)
class ExplanationPolicy:
    """Reason codes with their labels, and which texts say nothing.

    `hints` say by reason code what to write, e.g. 哪家企业、何时迁出、减少多少. `least_length` counts letters
    and digits; a text that holds nothing beside one of the `empty_phrases` is refused.
    """

    reasons: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    least_length: int = 6
    empty_phrases: tuple[str, ...] = ()
