"""What a workspace makes of the keys of one unit: first use, telephone, loss, succession."""

from __future__ import annotations

import datetime

from desktop.model.key_list import GRACE, KeyList, combined
from desktop.model.roster import PublicKey, RosterEntry, Trust

A, B, C = (PublicKey("ed25519", name) for name in "ABC")
DAY = datetime.date(2025, 1, 15)
ONE_DAY = datetime.timedelta(days=1)
NONE = KeyList("zone-a")


def test_the_first_key_is_pinned_without_being_confirmed() -> None:
    keys = NONE.seen(A, DAY)
    assert keys.trust(A, DAY) is Trust.SEEN
    assert keys.waiting == (A,)
    assert not keys.decided


def test_a_second_key_is_remembered_but_worth_nothing_until_the_telephone_call() -> None:
    keys = NONE.seen(A, DAY).seen(B, DAY)
    assert keys.trust(B, DAY) is Trust.CHANGED
    assert keys.trust(A, DAY) is Trust.SEEN
    assert keys.waiting == (A, B)
    after = keys.confirmed(B, DAY + 3 * ONE_DAY)
    assert after.trust(B, DAY) is Trust.CONFIRMED  # what it signed while it waited counts too
    assert after.trust(A, DAY + ONE_DAY) is Trust.CHANGED
    assert after.waiting == ()


def test_confirming_the_pinned_key_changes_nothing_but_that() -> None:
    keys = NONE.seen(A, DAY).confirmed(A, DAY)
    assert keys.trust(A, DAY) is Trust.CONFIRMED
    assert [entry.valid_to for entry in keys.entries] == [None]


def test_seeing_a_key_again_changes_nothing() -> None:
    keys = NONE.seen(A, DAY).seen(B, DAY)
    assert keys.seen(A, DAY + ONE_DAY).seen(B, DAY + ONE_DAY) == keys


def test_nobody_fills_the_workspace_with_keys() -> None:
    keys = NONE.seen(A, DAY)
    for number in range(100):
        keys = keys.seen(PublicKey("ed25519", str(number)), DAY)
    assert len(keys.offered) < 20
    assert keys.offered[-1].key.value == "99"


def test_a_lost_key_ends_on_its_day_and_what_it_signed_before_stays_good() -> None:
    keys = NONE.seen(A, DAY).confirmed(A, DAY).ended(DAY)
    assert keys.trust(A, DAY) is Trust.CONFIRMED
    assert keys.trust(A, DAY + ONE_DAY) is Trust.CHANGED
    assert keys.ended(DAY + 5 * ONE_DAY).trust(A, DAY + ONE_DAY) is Trust.CHANGED


def test_a_successor_is_as_good_as_the_key_that_certified_it() -> None:
    for before, trust in (
        (NONE.seen(A, DAY), Trust.SEEN),
        (NONE.seen(A, DAY).confirmed(A, DAY), Trust.CONFIRMED),
    ):
        after = before.succeeded(A, B, DAY)
        assert after.trust(B, DAY) is trust
        assert after.trust(A, DAY + GRACE) is trust
        assert after.trust(A, DAY + GRACE + ONE_DAY) is Trust.CHANGED


def test_the_offices_word_counts_until_something_is_decided_here() -> None:
    issued = (RosterEntry("zone-a", B, confirmed=True),)
    assert combined(NONE.seen(A, DAY), issued).trust(B, DAY) is Trust.CONFIRMED
    assert combined(NONE.seen(A, DAY), issued).trust(A, DAY) is Trust.CHANGED
    decided = NONE.seen(A, DAY).confirmed(A, DAY)
    assert combined(decided, issued).trust(A, DAY) is Trust.CONFIRMED
    assert combined(decided, issued).trust(B, DAY) is Trust.CHANGED
    assert combined(decided, ()) == decided


def test_a_key_that_the_office_ended_has_ended_here_too() -> None:
    issued = (RosterEntry("zone-a", A, valid_to=DAY, confirmed=True),)
    assert combined(NONE.seen(A, DAY).confirmed(A, DAY), issued).trust(A, DAY + ONE_DAY) is Trust.CHANGED
