"""Blocks from Excel and WPS: by place, by code, by name; and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.element import Mode
from desktop.model.period import Period
from desktop.model.submission import Figure
from desktop.workspace import FormSession, last_figures, plan_paste, read_block
from tests.core.workspace.workspaces import Q3, Q4, make

Q1 = Period.parse("2025Q1")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FormSession]:
    with make(tmp_path, "jingkai") as workspace:
        yield workspace.form("jingkai", Q3)


def numbers(session: FormSession) -> list[str]:
    """The first run of neighbouring elements that take a plain figure."""
    run: list[str] = []
    for row in session.form.rows:
        if row.due and row.mode is Mode.ENTERED and not row.element.columns:
            run.append(row.element.id)
        elif len(run) >= 2:
            return run
        else:
            run = []
    return run


def test_one_column_goes_down_from_the_field(session: FormSession) -> None:
    first, second = numbers(session)[:2]
    plan = plan_paste(session, "1,234\r\n\r\n", first)
    assert plan.fits and plan.texts == {first: "1,234"}
    plan = plan_paste(session, "1\n２\n", first)
    assert plan.fits and plan.texts == {first: "1", second: "２"}


def test_codes_and_names_are_matched_wherever_the_cursor_is(session: FormSession) -> None:
    name = next(r.element.name for r in session.form.rows if r.element.id == "training_visits")
    unit = next(r.element.unit.typed for r in session.form.rows if r.element.id == "training_visits")
    block = f"指标\t单位\t上期\t本期\n　　{name}\t{unit}\t7\t8\ncontract_total\t\t\t56.78\n"
    plan = plan_paste(session, block, numbers(session)[0])
    assert plan.texts == {"training_visits": "8", "contract_total": "56.78"}
    assert plan.fits


def test_several_columns_of_figures_want_a_look(session: FormSession) -> None:
    plan = plan_paste(session, "training_visits\t7\t8\n", "contract_total")
    assert not plan.fits and plan.texts == {"training_visits": "8"}
    assert "第 3 列" in plan.notes[0]


def test_what_does_not_fit_is_said_and_left_out(session: FormSession) -> None:
    block = "annual_reports\t7\ntraining_visits\t约十\nno_such\t3\ncontract_total\t1\ncontract_total\t2"
    plan = plan_paste(session, block, "contract_total")
    assert plan.texts == {"contract_total": "1"}
    told = {line.name: line.problem for line in plan.lines if line.problem}
    assert [("本期不报" in p, "不是数" in p, "没有这一项" in p, "前面已有" in p) for p in told.values()] == [
        (True, False, False, False),
        (False, True, False, False),
        (False, False, True, False),
        (False, False, False, True),
    ]


def test_what_the_field_would_refuse_is_said_beforehand(session: FormSession) -> None:
    plan = plan_paste(session, "training_visits\t3.5\ncontract_total\t-2\ncustody_firms\t3", "contract_total")
    problems = {line.row.element.id: line.problem for line in plan.lines if line.row}
    assert "应为整数" in problems["training_visits"]
    assert "不能为负数" in problems["contract_total"]
    assert not problems["custody_firms"]
    assert len(plan.texts) == 3, "it can be put right in the field"


def test_rows_out_of_sight_want_a_look(session: FormSession) -> None:
    first, second, *_ = numbers(session)
    assert plan_paste(session, "1\n2", first, hidden=()).fits
    plan = plan_paste(session, "1\n2", first, hidden={second})
    assert not plan.fits
    assert "折叠" in plan.notes[0]
    assert set(plan.texts) == {first, second}
    assert plan_paste(session, f"{second}\t2", first, hidden={second}).fits, "what is named needs no place"


def test_rows_beyond_the_end_are_said(session: FormSession) -> None:
    last = session.form.rows[-1].element.id
    plan = plan_paste(session, "x\n1\n2", last)
    assert [line.problem for line in plan.lines][1:] == ["表格到此为止，不粘贴"] * 2
    assert not plan.fits


def test_a_guessed_reading_wants_a_look(session: FormSession) -> None:
    plan = plan_paste(session, "1.2万", "training_visits")
    assert plan.texts == {"training_visits": "1.2万"}
    assert not plan.fits and plan.lines[0].new == "12,000"


def test_a_long_list_is_planned_at_once(session: FormSession) -> None:
    block = "\n".join(f"演示企业{n}\t{n}" for n in range(20_000)) + "\ntraining_visits\t8"
    plan = plan_paste(session, block, "training_visits")
    assert plan.texts == {"training_visits": "8"}
    assert sum("没有这一项" in line.problem for line in plan.lines) == 20_000


def test_a_single_quotation_mark_swallows_nothing() -> None:
    assert read_block('5" tube\t1\nother\t2') == (('5" tube', "1"), ("other", "2"))
    assert read_block('"two\nlines"\t1\n"say ""so"""\t2') == (("two\nlines", "1"), ('say "so"', "2"))


@given(st.text(max_size=60))
def test_any_text_gives_a_rectangle(text: str) -> None:
    assert len({len(row) for row in read_block(text)}) <= 1


def test_last_periods_figures_within_and_across_years(tmp_path: Path) -> None:
    with make(tmp_path, "jingkai", today="2025-04-05") as workspace:
        before = workspace.form("jingkai", Q4)
        stock = next(
            r.element.id
            for r in before.form.due_rows
            if r.element.nature.value == "stock" and r.mode is Mode.ENTERED and not r.element.columns
        )
        before.paste({stock: "5", "training_visits": "9"}).saved.result()
        found = last_figures(workspace.form("jingkai", Q1), [stock, "training_visits", "contract_total"])
    assert found.figures == {stock: Figure.number(Decimal(5))}
    assert "新年度" in found.refused[0] and "上期没有数" in found.refused[1]
