"""Outliers among units of one kind in one period: what only the consolidator can see.

Scaled by a denominator where the plan has one and enough of the units have a figure for it: then a unit is
compared by its ratio, so that a large unit isn't odd for being large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from desktop.model.decimals import EXACT, display, divide, places, rounded, total
from desktop.model.element import DataElement, ElementKind, Mode
from desktop.model.family import Family
from desktop.model.finding import Finding, Severity
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import FigureState, Section
from desktop.validation.engine import as_set
from desktop.validation.finding_maker import Figures, figures_digest
from desktop.validation.scores import Spread, median, spread
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class _Peer:
    """One unit's figure with what it is divided by; 1 where nothing divides it."""

    unit: str
    value: Decimal
    size: Decimal = Decimal(1)

    @property
    def rate(self) -> Decimal:
        return divide(self.value, self.size)


@dataclass(frozen=True, slots=True)
class _Field:
    """The peers of one element and kind of unit; `denominator` names what scales them, blank if nothing."""

    element: DataElement
    kind: str
    peers: tuple[_Peer, ...]
    denominator: str = ""


def peer_findings(
    plan: Plan, period: Period, sections: Mapping[str, Section], references: Iterable[ReferenceFigure] = ()
) -> dict[str, tuple[Finding, ...]]:
    """Findings by unit over the sections of one period, by unit id; units without one are left out.

    `references` come on top of the plan's own.
    """
    known = _latest((*plan.references, *references), period)
    found: dict[str, list[Finding]] = {}
    for element in plan.elements:
        if element.kind is ElementKind.LIST or not element.is_due(period.slot):
            continue
        if not plan.checks(Family.PEERS, element.id):
            continue
        for field in _fields(plan, element, sections, known):
            for finding in as_set(plan, Family.PEERS, _odd(plan, period, field)):
                found.setdefault(finding.unit, []).append(finding)
    return {unit: tuple(findings) for unit, findings in found.items()}


def _latest(references: Iterable[ReferenceFigure], period: Period) -> dict[tuple[str, str], Decimal]:
    """(element, area) → its latest figure that doesn't lie after the period."""
    valid = [reference for reference in references if reference.date <= period.end]
    return {(r.element, r.area): r.value for r in sorted(valid, key=lambda r: r.date)}


def _fields(
    plan: Plan,
    element: DataElement,
    sections: Mapping[str, Section],
    known: Mapping[tuple[str, str], Decimal],
) -> Iterator[_Field]:
    """The kinds of unit of which enough reported a number; departments are nobody's peers."""
    least = plan.family(Family.PEERS).parameter("units", element.id)
    below = scaled_by(plan, element)
    for kind in plan.unit_kinds:
        if not kind.territorial:
            continue
        peers = tuple(_peers(plan, element, kind.id, sections))
        scaled = tuple(_sized(peers, below, sections, known)) if below else ()
        if scaled and len(scaled) >= least:
            names = "、".join(plan.element(id_).name for id_ in below)
            yield _Field(element, kind.label, scaled, names)
        elif len(peers) >= least:
            yield _Field(element, kind.label, peers)


def _peers(plan: Plan, element: DataElement, kind: str, sections: Mapping[str, Section]) -> Iterator[_Peer]:
    """Units that reported a number: one without such business is no peer."""
    for unit, section in sections.items():
        figure = section.figure(element.id)
        if figure.state is not FigureState.NUMBER or not plan.has_unit(unit):
            continue
        if plan.unit(unit).kind == kind and plan.mode(element, plan.unit(unit)) is not Mode.NONE:
            yield _Peer(unit, figure.amount or Decimal(0))


def scaled_by(plan: Plan, element: DataElement) -> tuple[str, ...]:
    """The elements below the first indicator that has this one above."""
    found = (i.denominator for i in plan.indicators if element.id in i.numerator and i.denominator)
    below = next(found, ())
    return () if element.id in below else below


def _sized(
    peers: Iterable[_Peer],
    below: tuple[str, ...],
    sections: Mapping[str, Section],
    known: Mapping[tuple[str, str], Decimal],
) -> Iterator[_Peer]:
    """Those of the peers whose denominator is known, their own figure before a published one."""
    for peer in peers:
        own = [sections[peer.unit].figure(id_).amount for id_ in below]
        parts = [
            known.get((id_, peer.unit)) if amount is None else amount
            for id_, amount in zip(below, own, strict=True)
        ]
        size = total([part for part in parts if part is not None])
        if None not in parts and size > 0:
            yield _Peer(peer.unit, peer.value, size)


def _odd(plan: Plan, period: Period, field: _Field) -> Iterator[Finding]:
    """A finding for each unit that stands apart, by score and by a least absolute distance."""
    setting, id_ = plan.family(Family.PEERS), field.element.id
    limit, least = setting.parameter("score", id_), setting.parameter("minimum_change", id_)
    floor = setting.parameter("floor_percent", id_)
    step = divide(Decimal(1).scaleb(-field.element.decimals), median([peer.size for peer in field.peers]))
    usual = spread([peer.rate for peer in field.peers], floor, step)
    for peer in field.peers:
        expected = EXACT.multiply(usual.median, peer.size)
        distance = abs(EXACT.subtract(peer.value, expected))
        if distance >= least and abs(usual.score(peer.rate)) > limit:
            yield _finding(period, field, peer, usual, expected)


def _finding(period: Period, field: _Field, peer: _Peer, usual: Spread, expected: Decimal) -> Finding:
    element = field.element

    def shown(value: Decimal) -> str:
        return display(value, max(places(value), element.decimals))

    about: Figures = {(f"{element.id}/{other.unit}", period): other.value for other in field.peers}
    near = rounded(expected, element.decimals + 1) if field.denominator else expected
    return Finding(
        "peers.ratio" if field.denominator else "peers.outlier",
        Severity.WARNING,
        peer.unit,
        str(period),
        element.id,
        params={
            "name": element.name,
            "unit": element.unit.typed,
            "value": shown(peer.value),
            "kind": field.kind,
            "count": str(len(field.peers)),
            "median": shown(near),
            "expected": shown(near),
            "denominator": field.denominator,
            "difference": shown(abs(EXACT.subtract(peer.value, near))),
            "score": display(usual.score(peer.rate), 1),
        },
        figures=figures_digest(about),
    )
