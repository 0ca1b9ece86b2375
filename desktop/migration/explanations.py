"""Moving explanations: the finding they answer gets its new address, or they go with what they explained.

The digest of the explained figures stays as it was: where a figure or its id changed, the explanation shows
as void until a person looks at it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.migration.crosswalk import Crosswalk
from desktop.migration.lines import MigrationLine, Note, Outcome
from desktop.model.catalogue import RULE_CODE
from desktop.model.finding import item_address
from desktop.model.mapping import Mapped
from desktop.model.plan import Plan
from desktop.model.submission import Explanation, Section

_ITEM = item_address(0).removesuffix("0")


@dataclass(frozen=True, slots=True)
class MovedExplanations:
    """Explanations under their new keys, and the lines."""

    explanations: tuple[Explanation, ...]
    lines: tuple[MigrationLine, ...]


def move_explanations(
    section: Section,
    crosswalk: Crosswalk,
    elements: Mapping[str, str | None],
    items: Mapping[int, int | None],
) -> MovedExplanations:
    """The explanations of a section; `elements` and `items` say where the section's content went."""
    kept: list[Explanation] = []
    lines: list[MigrationLine] = []
    known_rules = {rule.id for rule in crosswalk.new.rules}
    keys = _Keys(crosswalk, elements, items)
    for explanation in section.explanations:
        code = explanation.finding.partition("@")[0]
        key = keys.rewritten(explanation.finding)
        if code.startswith(RULE_CODE) and code.removeprefix(RULE_CODE) not in known_rules:
            lines.append(_line(section, explanation, "", crosswalk, Note("migration.rule_gone")))
        elif key is None:
            lines.append(_line(section, explanation, "", crosswalk, Note("migration.explained_gone")))
        else:
            cause = keys.rewritten(explanation.cause) if explanation.cause else ""
            kept.append(replace(explanation, finding=key, cause=cause or ""))
            lines.append(_moved_line(section, explanation, key, crosswalk))
    return MovedExplanations(tuple(_one_each(kept)), tuple(lines))


def joined_explanations(sections: Sequence[Section]) -> tuple[Explanation, ...]:
    """The explanations of merged units; texts on one finding stand together."""
    return tuple(_one_each([e for section in sections for e in section.explanations]))


@dataclass(frozen=True, slots=True)
class _Keys:
    """Rewrites finding keys: their address, and a qualifier that names an element."""

    crosswalk: Crosswalk
    elements: Mapping[str, str | None]
    items: Mapping[int, int | None]

    def rewritten(self, key: str) -> str | None:
        """The key under the new plan; None where something it names isn't there any more."""
        code, *parts = key.split("@")
        moved = [self._part(part) for part in parts]
        known = [part for part in moved if part is not None]
        return "@".join((code, *known)) if len(known) == len(moved) else None

    def _part(self, part: str) -> str | None:
        number = part.removeprefix(_ITEM)
        if part.startswith(_ITEM) and number.isascii() and number.isdigit():
            new = self.crosswalk.item(int(number)).new
            went = self.items.get(int(number), int(new) if new is not None else None)
            return item_address(went) if went is not None else None
        if part in self.elements:
            return self.elements[part]
        return self.crosswalk.element(part).new if self.crosswalk.old.has_element(part) else part


def _moved_line(section: Section, explanation: Explanation, key: str, crosswalk: Crosswalk) -> MigrationLine:
    notes = []
    if key != explanation.finding:
        notes.append(Note("migration.explanation_moved"))
    reasons = crosswalk.new.explanations.reasons
    if not explanation.forced and explanation.reason not in reasons:
        label = crosswalk.old.explanations.reasons.get(explanation.reason, explanation.reason)
        notes.append(Note("migration.reason_unknown", {"reason": label}))
    return _line(section, explanation, key, crosswalk, *notes)


def _line(
    section: Section, explanation: Explanation, key: str, crosswalk: Crosswalk, *notes: Note
) -> MigrationLine:
    moved = Outcome.KEPT if key == explanation.finding else Outcome.RENAMED
    return MigrationLine(
        Mapped.ITEM if f"@{_ITEM}" in explanation.finding else Mapped.ELEMENT,
        explanation.finding,
        (key,) if key else (),
        moved if key else Outcome.DROPPED,
        was=explanation.text,
        now=explanation.text if key else "",
        unit=section.unit,
        part="explanation",
        old_name=_subject(crosswalk.old, explanation.finding),
        new_name=_subject(crosswalk.new, key),
        notes=notes,
    )


def _subject(plan: Plan, key: str) -> str:
    """The name of the element or item that a finding stands at; the key where there is none."""
    address = key.partition("@")[2].partition("@")[0]
    if plan.has_element(address):
        return plan.element(address).name
    number = address.removeprefix(_ITEM)
    if address.startswith(_ITEM) and number.isascii() and number.isdigit() and plan.has_item(int(number)):
        return plan.item(int(number)).title
    return key


def _one_each(explanations: Sequence[Explanation]) -> list[Explanation]:
    """One explanation per finding, in the order of keys; different texts on one are joined."""
    by_key: dict[str, list[Explanation]] = {}
    for explanation in explanations:
        by_key.setdefault(explanation.finding, []).append(explanation)
    if all(len(found) == 1 for found in by_key.values()):
        return list(explanations)
    result = []
    for found in by_key.values():
        first = min(found, key=lambda e: (e.text, e.reason, e.figures))
        texts = sorted({explanation.text for explanation in found})
        result.append(replace(first, text="；".join(texts), forced=all(e.forced for e in found)))
    return result
