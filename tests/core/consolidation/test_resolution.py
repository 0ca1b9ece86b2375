"""Where a unit stands, and what becomes of a file."""

from __future__ import annotations

import datetime

import pytest

from desktop.consolidation import (
    BoardState,
    Decision,
    DecisionKind,
    FileVerdictKind,
    Received,
    UnitState,
    unit_state,
    unit_states,
    verdict_for,
)
from desktop.model.catalogue import message, text
from desktop.model.period import Period
from tests.core.consolidation.sections import MORNING, Q4, content
from tests.core.plans import small_plan, with_changes

PLAN = small_plan()
TODAY = datetime.date(2025, 1, 9)


def state(
    *received: Received, decisions: tuple[Decision, ...] = (), today: datetime.date = TODAY
) -> UnitState:
    return unit_state(PLAN, "street-a", Q4, received, decisions, today=today)


def decide(kind: DecisionKind, digest: str, sequence: int = 1, **more: object) -> Decision:
    return Decision("street-a", Q4, kind, digest, sequence, **more)  # type: ignore[arg-type]


def codes(found: UnitState) -> list[str]:
    assert all(message(finding) for finding in found.findings)
    return [finding.code for finding in found.findings]


def test_a_clean_report_is_accepted_on_time() -> None:
    found = state(content("a"))
    assert (found.state, found.accepted, found.revision, found.on_time) == (BoardState.ACCEPTED, "a", 1, True)
    assert found.findings == ()


def test_a_unit_without_report_is_missing_until_its_deadline_and_overdue_after() -> None:
    assert state(today=datetime.date(2025, 1, 10)).state is BoardState.MISSING
    assert state(today=datetime.date(2025, 1, 11)).state is BoardState.OVERDUE


def test_lateness_is_judged_by_the_first_receipt() -> None:
    late = MORNING + datetime.timedelta(days=30)
    assert state(content("a", received_at=late)).on_time is False
    assert state(content("a"), content("b", 2, "a", received_at=late)).on_time is True


def test_a_later_revision_supersedes() -> None:
    found = state(content("b", 2, "a"), content("a"))
    assert (found.accepted, found.revision, found.superseded) == ("b", 2, ("a",))
    assert found.findings == ()


def test_a_lost_parent_does_not_block_a_unit_but_is_said() -> None:
    found = state(content("c", 3, "b"), content("a"))
    assert (found.state, found.accepted) == (BoardState.ACCEPTED, "c")
    assert codes(found) == ["consolidation.parent_missing"]


def test_a_parent_is_found_by_the_digest_it_claimed_before_it_was_edited() -> None:
    found = state(content("edited", claimed_digest="a"), content("b", 2, "a"))
    assert (found.accepted, found.findings) == ("b", ())


def test_a_file_edited_outside_counts_and_is_marked() -> None:
    found = state(content("edited", claimed_digest="a"))
    assert (found.accepted, codes(found)) == ("edited", ["consolidation.edited_outside"])


def test_two_contents_of_one_revision_wait_for_a_person() -> None:
    found = state(content("b1", 2, "a"), content("a"), content("b2", 2, "a"))
    assert (found.state, found.conflicts) == (BoardState.CONFLICT, ("b1", "b2"))
    assert found.accepted == "a"  # what was accepted before goes on counting
    assert "consolidation.earlier_counts" in codes(found)


def test_the_person_s_choice_holds_until_it_is_undone() -> None:
    rivals = (content("b1", 1), content("b2", 1))
    chosen = decide(DecisionKind.ACCEPT, "b2", losers=("b1",))
    assert state(*rivals, decisions=(chosen,)).accepted == "b2"
    undone = decide(DecisionKind.ACCEPT, "b2", losers=("b1",), undone=True)
    assert state(*rivals, decisions=(undone,)).state is BoardState.CONFLICT
    assert state(*rivals, decisions=(decide(DecisionKind.REJECT, "b1"),)).accepted == "b2"


def test_a_third_content_opens_the_question_again() -> None:
    rivals = (content("b1", 1), content("b2", 1), content("b3", 1))
    chosen = decide(DecisionKind.ACCEPT, "b2", losers=("b1",))
    found = state(*rivals, decisions=(chosen,))
    assert (found.state, found.accepted, found.conflicts) == (BoardState.CONFLICT, None, ("b1", "b2", "b3"))
    again = decide(DecisionKind.ACCEPT, "b2", 2, losers=("b1", "b3"))
    assert state(*rivals, decisions=(chosen, again)).accepted == "b2"


def test_an_acceptance_taken_back_leaves_things_as_if_the_file_had_not_come() -> None:
    aside = decide(DecisionKind.SET_ASIDE, "b")
    found = state(content("a"), content("b", 2, "a"), decisions=(aside,))
    assert (found.state, found.accepted, found.revision) == (BoardState.ACCEPTED, "a", 1)
    alone = state(content("b"), decisions=(aside,))
    assert (alone.state, alone.accepted) == (BoardState.RECEIVED, None)
    assert codes(alone) == ["consolidation.set_aside"]
    undone = decide(DecisionKind.SET_ASIDE, "b", undone=True)
    assert state(content("b"), decisions=(undone,)).state is BoardState.ACCEPTED


def test_an_explanation_that_is_not_agreed_to_is_questioned_and_its_figures_go_on_counting() -> None:
    told = content("a", explained=(("street-a", "e1"),))
    no = decide(DecisionKind.DISAGREE, "e1")
    found = state(told, decisions=(no,))
    assert (found.state, found.accepted) == (BoardState.QUESTIONED, "a")
    assert codes(found) == ["consolidation.explanation_rejected"]
    yes = decide(DecisionKind.AGREE, "e1", 2)
    assert state(told, decisions=(no, yes)).state is BoardState.ACCEPTED
    better = content("b", 2, "a", explained=(("street-a", "e2"),))
    assert state(told, better, decisions=(no,)).state is BoardState.ACCEPTED


def test_a_person_decides_whose_section_counts() -> None:
    zone = content("z", unit="zone-b", sections=(("zone-b", "s1"), ("street-a", "s2")))
    own = content("a", sections=(("street-a", "s3"),))
    theirs = decide(DecisionKind.ACCEPT, "z", losers=("a",))
    found = state(zone, own, decisions=(theirs,))
    assert (found.state, found.accepted, found.via) == (BoardState.ACCEPTED, "z", "zone-b")
    ours = decide(DecisionKind.ACCEPT, "a", 2, losers=("z",))
    found = state(zone, own, decisions=(theirs, ours))
    assert (found.state, found.accepted, found.via) == (BoardState.ACCEPTED, "a", None)


def test_a_returned_report_counts_no_more() -> None:
    found = state(content("a"), decisions=(decide(DecisionKind.REJECT, "a"),))
    assert (found.state, found.accepted) == (BoardState.RETURNED, None)


def test_an_error_without_a_reason_is_questioned_and_the_earlier_revision_goes_on_counting() -> None:
    found = state(content("a"), content("b", 2, "a", blocking=("value.subset",)))
    assert (found.state, found.accepted, found.accepted_revision) == (BoardState.QUESTIONED, "a", 1)
    assert "value.subset" in message(found.findings[0])


def test_an_error_sent_along_counts_once_each_rule_is_released() -> None:
    forced = content("a", forced=("value.subset", "value.required"))
    one = decide(DecisionKind.RELEASE, "a", 1, rule="value.subset")
    both = (one, decide(DecisionKind.RELEASE, "a", 2, rule="value.required"))
    assert state(forced).state is BoardState.RECEIVED
    assert state(forced, decisions=(one,)).accepted is None
    assert state(forced, decisions=both).accepted == "a"


def test_a_unit_s_section_in_a_zone_s_file_counts_and_says_by_whom() -> None:
    zone = content("z", unit="zone-b", sections=(("zone-b", "s1"), ("street-a", "s2")))
    found = state(zone)
    assert (found.state, found.via, found.accepted) == (BoardState.ACCEPTED, "zone-b", "z")


def test_a_section_that_came_twice_and_differs_is_a_conflict() -> None:
    zone = content("z", unit="zone-b", sections=(("zone-b", "s1"), ("street-a", "s2")))
    assert state(zone, content("a", sections=(("street-a", "s2"),))).state is BoardState.ACCEPTED
    assert state(zone, content("a", sections=(("street-a", "s3"),))).state is BoardState.CONFLICT


def test_an_unknown_plan_version_waits_for_a_person() -> None:
    old = content("a", plan_version="0")
    assert state(old).state is BoardState.CONFLICT
    assert state(old, decisions=(decide(DecisionKind.ACCEPT, "a"),)).accepted == "a"


def test_the_board_has_every_unit_once_in_the_plan_s_order() -> None:
    board = unit_states(PLAN, Q4, [content("a")], [], today=TODAY)
    assert [entry.unit for entry in board] == [unit.id for unit in PLAN.units]
    assert sum(entry.state is BoardState.ACCEPTED for entry in board) == 1


def test_a_unit_of_which_nothing_is_asked_is_not_due() -> None:
    nothing = with_changes(PLAN, elements=(), indicators=(), items=())
    assert unit_state(nothing, "court", Q4, [], [], today=TODAY).state is BoardState.NOT_DUE


@pytest.mark.parametrize(
    ("new", "kind", "code"),
    [
        (content("a"), FileVerdictKind.DUPLICATE, "consolidation.duplicate"),
        (content("b", 2, "a"), FileVerdictKind.ACCEPTED, "consolidation.supersedes"),
        (content("c", 3, "x"), FileVerdictKind.ACCEPTED, "consolidation.parent_missing"),
        (content("other"), FileVerdictKind.CONFLICT, "consolidation.same_revision"),
        (content("n", unit="street-b"), FileVerdictKind.ACCEPTED, "consolidation.accepted"),
        (content("n", plan="another"), FileVerdictKind.REJECTED, "consolidation.other_plan"),
        (content("n", unit="nowhere"), FileVerdictKind.REJECTED, "consolidation.unknown_unit"),
        (content("n", unit="district"), FileVerdictKind.REJECTED, "consolidation.unknown_unit"),
        (
            content("n", period=Period.parse("2024M05")),
            FileVerdictKind.REJECTED,
            "consolidation.wrong_period",
        ),
        (
            content("n", 2, "a", blocking=("value.x",)),
            FileVerdictKind.REJECTED,
            "consolidation.blocking_errors",
        ),
        (content("n", 2, "a", forced=("value.x",)), FileVerdictKind.CONFLICT, "consolidation.needs_release"),
        (
            content("n", 2, "a", plan_version="9"),
            FileVerdictKind.CONFLICT,
            "consolidation.unknown_plan_version",
        ),
    ],
)
def test_every_file_ends_with_a_verdict_that_says_why(
    new: Received, kind: FileVerdictKind, code: str
) -> None:
    found = verdict_for(new, [content("a")], [], PLAN)
    assert (found.kind, found.code) == (kind, code)
    assert text(found.code, found.params)


def test_an_older_revision_that_comes_late_is_superseded() -> None:
    found = verdict_for(content("a"), [content("b", 2, "a")], [], PLAN)
    assert found.kind is FileVerdictKind.SUPERSEDED


def test_a_content_beside_a_returned_one_is_no_conflict() -> None:
    found = verdict_for(content("new"), [content("a")], [decide(DecisionKind.REJECT, "a")], PLAN)
    assert found.kind is FileVerdictKind.ACCEPTED
