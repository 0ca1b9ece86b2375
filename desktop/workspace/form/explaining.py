"""Explanations of one form: which findings one text may answer, which explanation is void, and since when."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.model.finding import Finding, Severity, item_address
from desktop.model.plan import Plan
from desktop.model.submission import Explanation, ItemReport, Section
from desktop.store.audit import AuditRow
from desktop.store.entries import EXPLANATION, FIGURE, ITEM
from desktop.values import dataclass
from desktop.workspace.desk.display import deducted_text, figure_text
from desktop.workspace.desk.entries import kept_explanation, kept_figure, kept_item, kept_item_number

if TYPE_CHECKING:
    from desktop.validation import Assessment

_BLANK = ItemReport()
_MISSING = frozenset({"value.required", "value.unanswered"})
"""Codes that only say a field is still empty."""
_ELSEWHERE = "所说明的数据已改动（上期数、下发数等）"

Check = Callable[[Section], tuple[Finding, ...]]
"""The findings of a section in the form's surroundings."""


@dataclass(frozen=True, slots=True)
class Given:
    """When and by whom an explanation was written, and the section as it was then."""

    person: str
    time: datetime.datetime
    section: Section


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """A figure or item that is no longer what was explained, as people read it."""

    address: str
    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class VoidExplanation:
    """An explanation that no longer counts. `finding` is what is open now, None if nothing is.

    `changed` names the figures of this form; it is empty where what changed lies outside of it (an earlier
    period, an issued figure). `given` is None where the trail doesn't tell.
    """

    explanation: Explanation
    finding: Finding | None
    given: Given | None
    changed: tuple[ChangedEntry, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Another finding that the same explanation may answer: of the same rule, about the same figure, or about
    its parts or wholes. `joined`: it answers it already.
    """

    finding: Finding
    joined: bool


def addresses_of(keys: Iterable[str]) -> tuple[str, ...]:
    """Where the findings with those keys stand."""
    return tuple(dict.fromkeys("".join(key.split("@")[1:2]) for key in keys))


def group_of(key: str, answers: Iterable[Explanation]) -> tuple[str, ...]:
    """The keys of the findings that one explanation answers, that one first; only those that still stand."""
    standing = tuple(answers)
    cause = next((e.cause for e in standing if e.finding == key), "")
    if not cause:
        return (key,)
    return (key, *(e.finding for e in standing if e.cause == cause and e.finding != key))


def written(
    found: Iterable[Finding], reason: str, text: str, *, forced: bool, cause: str
) -> list[Explanation]:
    """One explanation as the answers to several findings; only errors are sent along."""
    findings = tuple(found)
    shared = cause if len(findings) > 1 else ""
    return [
        Explanation(
            finding=finding.key,
            reason=reason,
            text=text,
            figures=finding.figures,
            forced=forced and finding.severity is Severity.ERROR,
            cause=shared,
        )
        for finding in findings
    ]


def same_words(finding: str, answers: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """The explanations that say the same as that of a finding, under another cause; empty if none does."""
    from desktop.validation import pasted

    groups = pasted(answers)
    return next((group for group in groups if any(e.finding == finding for e in group)), ())


def left_behind(
    cause: str, answers: Sequence[Explanation], before: Iterable[Explanation]
) -> list[Explanation]:
    """Explanations that others take their cause from: they keep their words, under a cause of their own."""
    taken = {answer.finding for answer in answers}
    stay = [e for e in before if e.cause == cause and e.finding not in taken]
    own = stay[0].finding if len(stay) > 1 else ""
    return [replace(explanation, cause=own) for explanation in stay]


def offers(finding: Finding, assessment: Assessment, plan: Plan) -> tuple[Offer, ...]:
    """What an explanation of one finding may answer too: what it answers already, then the nearest.

    A figure that is merely missing shares its reason only with others that are missing.
    """
    joined = set(group_of(finding.key, assessment.answers))
    answered = (f for f in (*assessment.explained, *assessment.forced) if f.key in joined)
    open_ones = (f for f in (*assessment.unexplained, *assessment.blocking) if f.severity is finding.severity)
    others = {f.key: f for f in (*answered, *open_ones) if f.key != finding.key}
    family = _family(finding.address, plan)
    near = {key for key, f in others.items() if family & _family(f.address, plan)}
    missing = {key for key, f in others.items() if {f.code, finding.code} & _MISSING}
    likely = (near - missing) | {key for key, f in others.items() if f.code == finding.code}
    found = [Offer(f, key in joined) for key, f in others.items() if key in likely | joined]
    return tuple(sorted(found, key=lambda o: (not o.joined, o.finding.key not in near)))


def _family(address: str, plan: Plan) -> set[str]:
    """An element with its wholes."""
    if not plan.has_element(address):
        return {address}
    element = plan.element(address)
    wholes = (*element.subset_of, *((element.part_of,) if element.part_of else ()))
    return {address, *wholes}


def given_explanations(rows: Iterable[AuditRow], section: Section) -> dict[str, Given]:
    """Finding key → when its present explanation was given; `rows` are the section's trail, newest first."""
    wanted = {e.finding: e for e in section.explanations}
    found: dict[str, Given] = {}
    done: set[str] = set()
    figures, items = dict(section.figures), dict(section.items)
    for row in rows:
        if len(done) == len(wanted):
            break
        kind = next((p for p in (FIGURE, ITEM, EXPLANATION) if row.address.startswith(p)), "")
        key = row.address.removeprefix(kind)
        if kind == EXPLANATION:
            if key in wanted and key not in done:
                if _says(row.new, wanted[key]):
                    then = replace(section, figures=dict(figures), items=dict(items))
                    found[key] = Given(row.actor, datetime.datetime.fromisoformat(row.time), then)
                if not _says(row.old, wanted[key]):
                    done.add(key)
        elif kind == FIGURE:
            figures[key] = kept_figure(row.old)
        elif kind == ITEM:
            items[kept_item_number(key)] = kept_item(row.old)
    return found


def _says(content: str | None, explanation: Explanation) -> bool:
    """Whether a stored explanation is this one, whatever it is grouped with."""
    if content is None:
        return False
    return replace(kept_explanation(content), cause="") == replace(explanation, cause="")


def void_explanations(
    assessment: Assessment,
    findings: Iterable[Finding],
    given: Mapping[str, Given],
    section: Section,
    plan: Plan,
    check: Check,
) -> tuple[VoidExplanation, ...]:
    """The explanations that no longer count, with what changed since they were given."""
    by_key = {finding.key: finding for finding in findings if finding.severity is not Severity.NOTICE}
    return tuple(
        VoidExplanation(
            explanation,
            by_key.get(explanation.finding),
            given.get(explanation.finding),
            _changed(explanation, given.get(explanation.finding), section, plan, check),
        )
        for explanation in assessment.void
    )


def _changed(
    explanation: Explanation, given: Given | None, section: Section, plan: Plan, check: Check
) -> tuple[ChangedEntry, ...]:
    if given is None:
        return ()
    changed = _differing(given.section, section)
    if len(changed) > 1:
        own = [address for address in changed if address in addresses_of([explanation.finding])]
        if _explains(explanation, check(_restored(section, given.section, own))):
            changed = own
        else:
            # what matters is what makes a difference to the finding when it alone is not put back
            changed = [
                address
                for address in changed
                if not _explains(
                    explanation,
                    check(_restored(section, given.section, [a for a in changed if a != address])),
                )
            ]
    return tuple(_entry(address, given.section, section, plan) for address in changed)


def _differing(then: Section, now: Section) -> list[str]:
    elements = dict.fromkeys((*then.figures, *now.figures))
    items = dict.fromkeys((*then.items, *now.items))
    return [
        *(element for element in elements if then.figure(element) != now.figure(element)),
        *(
            item_address(number)
            for number in items
            if then.items.get(number, _BLANK) != now.items.get(number, _BLANK)
        ),
    ]


def _restored(now: Section, then: Section, addresses: Iterable[str]) -> Section:
    """The section with some entries as they were."""
    figures, items = dict(now.figures), dict(now.items)
    for address in addresses:
        if address.startswith(ITEM):
            number = int(address.removeprefix(ITEM))
            items.pop(number, None)
            if number in then.items:
                items[number] = then.items[number]
        else:
            figures[address] = then.figure(address)
    return replace(now, figures=figures, items=items)


def _explains(explanation: Explanation, findings: Iterable[Finding]) -> bool:
    return any(f.key == explanation.finding and f.figures == explanation.figures for f in findings)


def _entry(address: str, then: Section, now: Section, plan: Plan) -> ChangedEntry:
    if plan.has_element(address):
        element = plan.element(address)
        figures = [section.figure(address) for section in (then, now)]
        was, is_now = (figure_text(figure, element) or "空" for figure in figures)
        if figures[0].deductions != figures[1].deductions:
            was, is_now = (
                " ".join(filter(None, (text, deducted_text(figure, element, plan))))
                for text, figure in zip((was, is_now), figures, strict=True)
            )
        return ChangedEntry(address, element.name, was, is_now)
    from desktop.validation import address_name

    return ChangedEntry(address, address_name(address, plan), "原进展", "现进展")


def void_finding(void: VoidExplanation, plan: Plan) -> Finding:
    """What a person reads of a void explanation: who wrote what when, and what changed since."""
    from desktop.validation import address_name, quoted

    address = addresses_of([void.explanation.finding])[0]
    params = {
        "name": address_name(address, plan),
        "said": quoted(void.explanation.text),
        "given": "",
        "changes": "；".join(f"{c.name}由{c.was}改为{c.now}" for c in void.changed) or _ELSEWHERE,
    }
    if void.given is not None:
        when = void.given.time.astimezone()
        moment = f"{when.year}年{when.month}月{when.day}日{when:%H:%M}"
        params["given"] = f"（{' '.join(filter(None, (void.given.person, moment)))}）"
    code = "explanation.void" if void.finding else "explanation.unneeded"
    return Finding(code, Severity.NOTICE, address=address, qualifier=void.explanation.finding, params=params)
