"""Findings: problems in data as values with stable codes; their texts are in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from desktop.values import dataclass


class Severity(StrEnum):
    """An error blocks submission, a warning must be explained, a notice only says something."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or odd.

    `code` is stable (dotted, e.g. value.required). `address` is the element id, `item/12` for an item,
    a cell of a
    file, or empty. `params` fill the catalogue's text. `figures` is the digest of the figures it speaks of:
    an explanation is void once it changes. `qualifier` tells findings of one rule at one address apart.
    """

    code: str
    severity: Severity
    unit: str = ""
    period: str = ""
    address: str = ""
    qualifier: str = ""
    params: Mapping[str, str] = field(default_factory=dict, hash=False)
    figures: str = ""

    @property
    def key(self) -> str:
        """What names the finding within its section, for explanations and the command line."""
        return "@".join(part for part in (self.code, self.address, self.qualifier) if part)


_ITEM = "item/"


def item_address(number: int) -> str:
    """The address of an item."""
    return f"{_ITEM}{number}"


def item_number(address: str) -> int | None:
    """The number of the item at an address; None for any other address."""
    rest = address.removeprefix(_ITEM)
    return int(rest) if rest != address and rest.isdecimal() and len(rest) < _LONGEST_NUMBER else None


_LONGEST_NUMBER = 9
