"""What findings and explanations mean together: what blocks, what is unexplained, what is void."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.model.finding import Finding
from desktop.model.plan import Plan
from desktop.model.submission import Explanation


@dataclass(frozen=True, slots=True)
class Assessment:
    """The state of a section before submission.

    `blocking`: errors that no forced explanation (带错上报) carries; `forced`: errors sent along; `unexplained`
    and `explained`: warnings; `void`: explanations whose figures changed or whose finding is gone;
    `refused`: findings (explanation.*) about explanations that don't count; the address is the finding's.
    """

    blocking: tuple[Finding, ...] = ()
    forced: tuple[Finding, ...] = ()
    unexplained: tuple[Finding, ...] = ()
    explained: tuple[Finding, ...] = ()
    void: tuple[Explanation, ...] = ()
    refused: tuple[Finding, ...] = ()

    @property
    def may_submit(self) -> bool:
        """Whether nothing stands against submission."""
        return not self.blocking and not self.unexplained


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings, the most telling first, then notices."""
    raise NotImplementedError


def open_findings(findings: Iterable[Finding], explanations: Iterable[Explanation], plan: Plan) -> Assessment:
    """Weigh findings against explanations."""
    raise NotImplementedError
