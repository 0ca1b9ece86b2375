"""Entries: what the store keeps of a form, one address and one canonical JSON text for each thing that
can be edited.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.model.chain import ChainHead
from desktop.model.content import (
    explanation_from_json,
    explanation_to_json,
    figure_from_json,
    figure_to_json,
    item_from_json,
    item_to_json,
    submission_from_json,
)
from desktop.model.period import Period
from desktop.model.submission import (
    Explanation,
    Figure,
    ItemReport,
    Section,
    SignOff,
    Submission,
    SubmissionKind,
)
from desktop.store.entries import EXPLANATION, FIGURE, ITEM, LIFE, SIGN_OFF, Change
from desktop.store.texts import kept
from desktop.values import dataclass

_NOTHING = "{}"


class LifeState(StrEnum):
    """草稿, 送审, 报出."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something, and when."""

    person: str
    time: datetime.datetime


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was printed for the leader (送审), so that 报出 can hand in exactly that.

    `check_code` is the digest of the whole, `content` that of what the form itself held; `chain` and `kind`
    are what the whole was made with.
    """

    check_code: str
    content: str
    chain: ChainHead
    kind: SubmissionKind
    by: Act


@dataclass(frozen=True, slots=True)
class Life:
    """Where a form is: `revision` is the one being filled, or the one handed in while locked.

    `parent` is the digest of the last revision handed in. `handed_in` is None before, and where an older
    program didn't keep it.
    """

    state: LifeState = LifeState.DRAFT
    revision: int = 1
    parent: str | None = None
    reviewed: Reviewed | None = None
    handed_in: Act | None = None

    @property
    def locked(self) -> bool:
        """Whether it was handed in."""
        return self.state is LifeState.SUBMITTED

    def sent_for_review(self, reviewed: Reviewed) -> Life:
        """After 送审."""
        return replace(self, state=LifeState.IN_REVIEW, reviewed=reviewed)

    def submitted(self, digest: str, by: Act) -> Life:
        """After 报出 with that content digest."""
        return Life(LifeState.SUBMITTED, self.revision, digest, self.reviewed, by)

    def reopened(self) -> Life:
        """A draft of the next revision."""
        return Life(LifeState.DRAFT, self.revision + 1, self.parent)


@dataclass(frozen=True, slots=True)
class Entries:
    """The content of one unit and period as the store keeps it."""

    section: Section
    life: Life
    sign_off: SignOff


def figure_change(element: str, figure: Figure) -> Change:
    """A figure's new content."""
    return Change(FIGURE + element, _content(figure_to_json(figure)))


def item_change(number: int, report: ItemReport) -> Change:
    """An item report's new content."""
    return Change(f"{ITEM}{number}", _content(item_to_json(report)))


def explanation_change(finding: str, explanation: Explanation | None) -> Change:
    """An explanation's new content."""
    content = canonical_text(explanation_to_json(explanation)) if explanation else None
    return Change(EXPLANATION + finding, content)


def sign_off_change(sign_off: SignOff) -> Change:
    """The sign-off's new content."""
    data = {
        "responsible": sign_off.responsible,
        "reviewer": sign_off.reviewer,
        "preparer": sign_off.preparer,
        "date": sign_off.date.isoformat() if sign_off.date else "",
    }
    return Change(SIGN_OFF, _content({key: text for key, text in data.items() if text}))


def life_change(life: Life) -> Change:
    """The life's new content."""
    data: Json = {"state": life.state.value, "revision": life.revision, "parent": life.parent}
    reviewed = life.reviewed
    if reviewed is not None:
        data["reviewed"] = {
            "check_code": reviewed.check_code,
            "content": reviewed.content,
            "chain": [reviewed.chain.workspace, reviewed.chain.sequence, reviewed.chain.digest],
            "kind": reviewed.kind.value,
            **_act_to_json(reviewed.by),
        }
    if life.handed_in is not None:
        data["handed_in"] = _act_to_json(life.handed_in)
    return Change(LIFE, canonical_text(data))


def section_changes(section: Section) -> tuple[Change, ...]:
    """The changes that bring a whole section into a form."""
    return (
        *(figure_change(element, figure) for element, figure in section.figures.items()),
        *(item_change(number, report) for number, report in section.items.items()),
        *(explanation_change(e.finding, e) for e in section.explanations),
    )


def entries_from(unit: str, period: Period, contents: Mapping[str, str]) -> Entries:
    """Section, life and sign-off of stored contents by address."""
    return Entries(
        section=Section(
            unit=unit,
            period=period,
            figures={key: kept_figure(text) for key, text in _below(contents, FIGURE)},
            items={kept_item_number(key): kept_item(text) for key, text in _below(contents, ITEM)},
            explanations=tuple(kept_explanation(text) for _, text in _below(contents, EXPLANATION)),
        ),
        life=kept_life(contents.get(LIFE)),
        sign_off=kept_sign_off(contents.get(SIGN_OFF)),
    )


def kept_figure(text: str | None) -> Figure:
    """A figure; a blank one where nothing is kept.

    Like all that follow it raises WorkspaceDamaged for what can't be read.
    """
    return kept(text or _NOTHING, figure_from_json, "数据")


def kept_item(text: str | None) -> ItemReport:
    """An item report; a blank one where nothing is kept."""
    return kept(text or _NOTHING, item_from_json, "任务进展")


def kept_explanation(text: str) -> Explanation:
    """An explanation."""
    return kept(text, explanation_from_json, "出错说明")


def kept_life(text: str | None) -> Life:
    """A form's life; a draft's where nothing is kept."""
    return kept(text or _NOTHING, _life_from, "报表状态")


def kept_sign_off(text: str | None) -> SignOff:
    """Who signs."""
    return kept(text or _NOTHING, _sign_off_from, "签署信息")


def kept_submission(text: str) -> Submission:
    """A revision that was handed in."""
    return kept(text, submission_from_json, "报送内容")


def kept_item_number(key: str) -> int:
    """The number of an item in an address."""
    return kept(key, plain.whole, "任务进展")


def _sign_off_from(data: Json) -> SignOff:
    names = plain.texts_by_name(data)
    date = names.pop("date", "")
    return SignOff(**names, date=datetime.date.fromisoformat(date) if date else None)


def _life_from(data: Json) -> Life:
    reviewed, handed_in = data.get("reviewed"), data.get("handed_in")
    return Life(
        LifeState(data.get("state", "draft")),
        plain.whole(data.get("revision", 1)),
        None if data.get("parent") is None else plain.text(data["parent"]),
        Reviewed(
            plain.text(reviewed["check_code"]),
            plain.text(reviewed["content"]),
            _chain_from(*reviewed["chain"]),
            SubmissionKind(reviewed["kind"]),
            _act_from(reviewed),
        )
        if reviewed
        else None,
        _act_from(handed_in) if handed_in else None,
    )


def _chain_from(workspace: object, sequence: object, digest: object) -> ChainHead:
    return ChainHead(plain.text(workspace), plain.whole(sequence), plain.text(digest))


def _act_from(data: Json) -> Act:
    return Act(plain.text(data["person"]), datetime.datetime.fromisoformat(data["time"]))


def _act_to_json(act: Act) -> Json:
    return {"person": act.person, "time": act.time.isoformat()}


def _below(contents: Mapping[str, str], prefix: str) -> Iterable[tuple[str, str]]:
    for address in sorted(contents):
        if address.startswith(prefix):
            yield address.removeprefix(prefix), contents[address]


def _content(data: Json) -> str | None:
    return canonical_text(data) if data else None
