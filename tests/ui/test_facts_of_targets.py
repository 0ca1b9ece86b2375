"""The side pane tells a clerk where the unit's own targets and ratios stand, as they type."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.model.period import PeriodType
from desktop.model.plan import Plan
from desktop.model.target import Binding, Operator
from desktop.workspace import FormSession, Workspace
from tests.core.plans import small_plan, target, with_changes
from tests.ui.conftest import PERIOD, clock
from ui.entry.detail_pane import DetailPane
from ui.entry.facts import meaning, standing

PLAN = small_plan()
OWN = target(
    "own",
    Operator.AT_LEAST,
    "400",
    name="许可转让",
    element="licences",
    unit="次",
    unit_id="zone-a",
    binding=Binding.BINDING,
    baseline=Decimal(200),
)


@pytest.fixture
def plan() -> Plan:
    return with_changes(PLAN, targets=(*PLAN.targets, OWN))


@pytest.fixture
def session(tmp_path: Path, plan: Plan) -> Iterator[FormSession]:
    with Workspace.create(tmp_path / "a.zhibao", ["zone-a"], plan=plan, clock=clock) as workspace:
        yield workspace.form("zone-a", PERIOD)


def lines(session: FormSession, element: str) -> list[tuple[str, str]]:
    row = session.form.row(element)
    assert row is not None
    return [*meaning(row, session), *standing(row, session)]


def test_the_units_own_target_is_told_with_path_gap_and_pace(session: FormSession) -> None:
    session.type_figure("licences", "240")
    said = lines(session, "licences")
    start = said.index(("本单位目标", "许可转让 ≥ 400 次（约束性）"))
    assert said[start + 1 :][:6] == [
        ("期限", "2024年12月底"),
        ("完成情况", "落后进度"),
        ("应达", "300 次"),
        ("差距", "160 次"),
        ("每季还需", "160 次"),
        ("完成率", "60.0%（时间进度 75.0%）"),
    ]


def test_contradicting_readings_are_not_on_the_form(session: FormSession) -> None:
    session.type_figure("pledges", "100")
    told = " ".join(text for _, text in lines(session, "pledges"))
    assert "年均增长" not in told
    assert "质押融资登记金额 ≥ 30 亿元" in told


def shown(pane: DetailPane) -> str:
    return " ".join(label.text() for label in pane.findChildren(QLabel))


def test_the_pane_follows_the_figures(qtbot: QtBot, session: FormSession) -> None:
    pane = DetailPane()
    qtbot.addWidget(pane)
    pane.show_row(session, session.form.row("licences"))
    assert "落后进度" not in shown(pane)
    session.type_figure("licences", "240")
    pane.refresh()
    assert "落后进度" in shown(pane)
    session.type_figure("licences", "400")
    pane.refresh()
    assert "已达标" in shown(pane)
    assert "每季还需" not in shown(pane)


def test_a_ratio_is_computed_as_the_figures_are_typed(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "c.zhibao", ["court"], plan=PLAN, clock=clock) as workspace:
        session = workspace.form("court", PERIOD)
        session.type_figure("cases_taken", "1000")
        assert not [text for label, text in lines(session, "cases_taken") if label == "试算"]
        session.type_figure("cases_closed", "938")
        told = dict(lines(session, "cases_taken"))
        assert told["试算"] == "司法案件审结率：审结件数 938 ÷ 受理件数 1,000 × 100 = 93.8 %"
        assert told["差距"] == "0.2 个百分点"
        assert "完成率" not in told
        assert "目标进度" not in told


def test_a_monthly_plan_tells_the_pace_per_month(tmp_path: Path) -> None:
    elements = tuple(dataclasses.replace(e, due=("M09",)) if e.id == "licences" else e for e in PLAN.elements)
    monthly = with_changes(
        PLAN,
        period_types=(PeriodType.MONTH, PeriodType.YEAR),
        elements=elements,
        targets=(OWN,),
        contradictions=(),
        items=(),
    )
    with Workspace.create(tmp_path / "m.zhibao", ["zone-a"], plan=monthly, clock=clock) as workspace:
        period = workspace.default_period()
        assert period.end == datetime.date(2024, 9, 30)
        session = workspace.form("zone-a", period)
        session.type_figure("licences", "250")
        told = dict(lines(session, "licences"))
        assert (told["应达"], told["每月还需"]) == ("300 次", "50 次")
