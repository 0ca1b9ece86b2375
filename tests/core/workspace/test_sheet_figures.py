"""What the sheet and its side pane say beside a figure: ratios, growth, course, and who typed what when."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.model.catalogue import message
from desktop.model.element import EarlierDefinition
from desktop.model.period import Period
from desktop.model.target import Operator
from desktop.workspace import (
    Workspace,
    growth_text,
    ratio_change,
    ratio_indicators,
    ratio_of,
    trend,
)
from tests.core.plans import small_plan, target, with_changes
from tests.core.workspace.workspaces import at

PLAN = small_plan()
Q3 = Period.parse("2024Q3")
OWN = target(
    "own", Operator.AT_LEAST, "400", name="许可", element="licences", unit="次", unit_id="zone-a",
    baseline=Decimal(200),
)  # fmt: skip


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(
        tmp_path / "c.zhibao", ["court"], plan=PLAN, person="甲", clock=at("2024-10-05")
    ) as made:
        yield made


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Workspace]:
    plan = with_changes(PLAN, targets=(*PLAN.targets, OWN))
    with Workspace.create(
        tmp_path / "z.zhibao", ["zone-a"], plan=plan, person="甲", clock=at("2024-10-05")
    ) as made:
        yield made


def test_a_ratio_waits_for_its_parts_and_names_them(court: Workspace) -> None:
    session = court.form("court", Q3)
    (indicator,) = ratio_indicators(session)
    assert ratio_of(session, indicator).missing == ("审结件数", "受理件数")
    session.type_figure("cases_taken", "1000")
    half = ratio_of(session, indicator)
    assert (half.value, half.missing) == ("", ("审结件数",))
    session.type_figure("cases_closed", "938")
    assert ratio_of(session, indicator).value == "93.8"


def test_a_ratio_is_compared_with_last_year_in_points(court: Workspace) -> None:
    for period, closed in (("2023Q3", "900"), ("2024Q3", "938")):
        session = court.form("court", Period.parse(period))
        session.paste({"cases_taken": "1000", "cases_closed": closed})
    session = court.form("court", Q3)
    (indicator,) = ratio_indicators(session)
    assert ratio_change(session, indicator) == "+3.8个百分点"
    last = session.around.same_last_year
    assert last is not None and ratio_of(session, indicator, last).value == "90.0"


def test_growth_says_where_it_cannot_be_told(zone: Workspace) -> None:
    element = zone.plan.element("licences")
    assert growth_text(zone.form("zone-a", Q3), element) == ""
    zone.form("zone-a", Period.parse("2023Q3")).type_figure("licences", "200").saved.result()
    session = zone.form("zone-a", Q3)
    session.type_figure("licences", "250")
    assert growth_text(session, element) == "+25.0%"
    changed = dataclasses.replace(
        element,
        earlier_definitions=(EarlierDefinition("另一口径", datetime.date(2023, 12, 31), comparable=False),),
    )
    assert growth_text(session, changed) == "不可比"
    zone.form("zone-a", Period.parse("2023Q3")).type_figure("licences", "0").saved.result()
    session = zone.form("zone-a", Q3)
    assert growth_text(session, element).startswith("—（增减额+250")


def test_the_course_of_a_figure_has_the_path_of_the_target_beside_it(zone: Workspace) -> None:
    for period, text in (("2024Q1", "90"), ("2024Q2", "180")):
        zone.form("zone-a", Period.parse(period)).type_figure("licences", text).saved.result()
    session = zone.form("zone-a", Q3)
    session.type_figure("licences", "240")
    found = trend(session, "licences")
    assert (found.unit, found.target) == ("次", "许可")
    assert [(str(p.period), p.text, p.expected_text) for p in found.points] == [
        ("2024Q1", "90", "100"),
        ("2024Q2", "180", "200"),
        ("2024Q3", "240", "300"),
    ]


def test_without_a_target_the_figures_stand_alone(court: Workspace) -> None:
    court.form("court", Period.parse("2024Q2")).type_figure("cases_taken", "700").saved.result()
    session = court.form("court", Q3)
    session.type_figure("cases_taken", "1000.5")
    found = trend(session, "cases_taken")
    assert [point.text for point in found.points] == ["700", "1,000.5"]
    assert not any(point.expected_text for point in found.points)


def test_a_field_tells_who_typed_what_when(court: Workspace) -> None:
    session = court.form("court", Q3)
    session.type_figure("cases_taken", "1000")
    court.set_person("乙")
    session.type_figure("cases_taken", "1,100")
    session.undo()
    session.type_figure("cases_closed", "5")
    told = session.log("cases_taken").result()
    assert [(entry.actor, entry.action, entry.was, entry.now) for entry in told] == [
        ("乙", "undo", "1,100", "1,000"),
        ("乙", "type", "1,000", "1,100"),
        ("甲", "type", "", "1,000"),
    ]
    assert told[0].time.utcoffset() == datetime.timedelta(0)


def test_what_is_being_typed_is_weighed_at_once(court: Workspace) -> None:
    session = court.form("court", Q3)
    assert session.shape_findings("cases_taken", "12") == ()
    assert [f.code for f in session.shape_findings("cases_taken", "12.345")] == ["value.integer"]
    assert [f.code for f in session.shape_findings("cases_taken", "-3")] == ["value.negative"]
    (said,) = session.shape_findings("cases_taken", "1.2万")
    assert "12,000" in message(said)
    assert session.section.figures == {}
