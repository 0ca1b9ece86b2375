"""Where an audit trail ends."""

from __future__ import annotations

from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last row of a workspace's audit trail at some moment; sequence 0 and no digest if it is empty."""

    workspace: str = ""
    sequence: int = 0
    digest: str = ""
