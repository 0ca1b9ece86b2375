"""The order in which files and decisions arrive, and how often a file comes, never matters."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.consolidation import Decision, DecisionKind, Received, unit_states
from tests.core.consolidation.sections import MORNING, Q4, content
from tests.core.plans import small_plan

PLAN = small_plan()
UNITS = ("street-a", "zone-b", "court")
DIGESTS = ("a", "b", "c", "d")


@st.composite
def contents(draw: st.DrawFn) -> Received:
    """A content that may share unit, revision and even digest with others."""
    unit, digest = draw(st.sampled_from(UNITS)), draw(st.sampled_from(DIGESTS))
    return content(
        f"{unit}/{digest}",
        draw(st.integers(1, 3)) if digest != "a" else 1,
        draw(st.sampled_from([None, *(f"{unit}/{name}" for name in DIGESTS)])),
        unit=unit,
        claimed_digest=f"{unit}/{draw(st.sampled_from(DIGESTS))}",
        blocking=draw(st.sampled_from([(), (), ("value.x",)])),
        forced=draw(st.sampled_from([(), (), ("value.y",)])),
        plan_version=draw(st.sampled_from(["1", "1", "0"])),
        received_at=MORNING + datetime.timedelta(hours=draw(st.integers(0, 200))),
        sections=draw(st.sampled_from([(), ((unit, "s1"), ("street-a", "s2")), ((unit, "s3"),)])),
    )


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Decision, ...]:
    """Decisions with sequence numbers of their own."""
    count = draw(st.integers(0, 4))
    made = []
    for sequence in range(count):
        unit = draw(st.sampled_from(UNITS))
        kind = draw(st.sampled_from(list(DecisionKind)))
        digest = f"{unit}/{draw(st.sampled_from(DIGESTS))}"
        made.append(Decision(unit, Q4, kind, digest, sequence, "value.y", draw(st.booleans())))
    return tuple(made)


@given(st.data(), st.lists(contents(), max_size=7), decisions())
def test_order_and_repetition_never_matter(
    data: st.DataObject, received: list[Received], taken: tuple[Decision, ...]
) -> None:
    today = datetime.date(2025, 2, 1)
    expected = unit_states(PLAN, Q4, received, taken, today=today)
    again = [data.draw(st.sampled_from(received)) for _ in range(3)] if received else []
    shuffled = data.draw(st.permutations([*received, *again]))
    assert unit_states(PLAN, Q4, shuffled, data.draw(st.permutations(taken)), today=today) == expected


@given(st.lists(contents(), max_size=7), decisions())
def test_what_counts_was_received_and_is_the_state_s_reason(
    received: list[Received], taken: tuple[Decision, ...]
) -> None:
    for state in unit_states(PLAN, Q4, received, taken, today=datetime.date(2025, 2, 1)):
        digests = {c.digest for c in received}
        assert state.accepted is None or state.accepted in digests
        assert not state.conflicts or len(state.conflicts) >= 1
        if state.state.value == "accepted":
            assert state.accepted is not None
