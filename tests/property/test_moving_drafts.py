"""Whatever a draft holds: moved to another version nothing is lost silently, and undo brings it all back."""

from __future__ import annotations

import json
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store import audit, entries, open_store
from desktop.store.undo import undo_last
from desktop.workspace import Workspace
from tests.core.workspace.versions import Q3, package, second_version, workspace
from tests.core.workspace.workspaces import at

KEPT = ("geo_products", "pledges")
RENAMED, MERGED, DROPPED = "licences", ("talents", "net_change"), "oversea"
ELEMENTS = (*KEPT, RENAMED, *MERGED, DROPPED)
PLACE = ("test-plan", "street-a", "2024Q3")

numbers = st.integers(0, 10**9).map(str)
drafts = st.dictionaries(st.sampled_from(ELEMENTS), st.one_of(numbers, st.just("无")), min_size=1)


def amounts(content: dict[str, str]) -> dict[str, Decimal]:
    """Element → what counts of it: nil is zero."""
    figures = {
        k.removeprefix("figure/"): json.loads(v) for k, v in content.items() if k.startswith("figure/")
    }
    return {id_: Decimal(data.get("value", "0")) for id_, data in figures.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts)
def test_every_figure_is_in_the_new_form_or_in_the_report(draft: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with workspace(folder, "street-a") as clerk:
            session = clerk.form("street-a", Q3)
            for element, text in draft.items():
                if text == "无":
                    session.set_nil(element).saved.result()
                else:
                    session.type_figure(element, text).saved.result()
            path = clerk.path
        before = read(path)
        with Workspace.open(path, clock=at("2024-10-06")) as clerk:
            (moved,) = clerk.receive(package(folder, second_version())).moved
        old, new = amounts(before), amounts(read(path))
        told = "\n".join(moved.lines)
        assert {id_: new.get(id_) for id_ in KEPT} == {id_: old.get(id_) for id_ in KEPT}
        assert new.get("licences_all") == old.get(RENAMED)
        assert sum((old[id_] for id_ in MERGED if id_ in old), Decimal(0)) == new.get("talents", Decimal(0))
        assert ("海外发明专利授权" in told) == (DROPPED in old) and DROPPED not in new
        with open_store(path) as store:
            if store.run(lambda c: entries.section(c, *PLACE)) != before:  # what is only kept is no action
                now = at("2024-10-07")()
                store.run(lambda c: undo_last(c, *PLACE, "演示员", now))
            assert store.run(lambda c: entries.section(c, *PLACE)) == before
            assert store.run(audit.differences) == () and store.run(audit.verify).ok


def read(path: Path) -> dict[str, str]:
    """What is entered, address → content."""
    with open_store(path) as store:
        return store.run(lambda c: entries.section(c, *PLACE))
