"""54 units, two quarters, trouble on purpose: each ends where it should, and the workbook tells of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from desktop.model.submission import Section
from desktop.workspace import BoardState, FileOutcome, Workspace
from tests.end2end.troubled_round import BEIJING, Q3, Q4, ROLES, TroubledRound


class Clock:
    """Stands where the test puts it."""

    def __init__(self) -> None:
        self.now = datetime.datetime(2024, 10, 6, 12, tzinfo=BEIJING)

    def __call__(self) -> datetime.datetime:
        return self.now


def named(outcomes: tuple[FileOutcome, ...], part: str) -> FileOutcome:
    """What became of the file with that in its name."""
    [found] = [outcome for outcome in outcomes if part in Path(outcome.path).name]
    return found


def test_a_round_with_trouble_ends_in_exact_totals_and_a_workbook_that_says_so(tmp_path: Path) -> None:
    round_, clock = TroubledRound(tmp_path), Clock()
    units = round_.plan.units
    assert len(units) == 54
    office = Workspace.create(
        tmp_path / "office.zhibao", ["scjg"], consolidates=True, person="演示员", clock=clock, synthetic=True
    )
    with office:
        first = office.take_in([round_.first_quarter()])
        assert [o.verdict for o in first] == ["accepted"] * 54
        check_totals(office, Q3, {unit.id: round_.sections[unit.id, Q3] for unit in units})

        on_time, late = round_.second_quarter()
        clock.now = datetime.datetime(2025, 1, 6, 12, tzinfo=BEIJING)
        outcomes = office.take_in([on_time])
        assert len(outcomes) == len(list(on_time.iterdir()))
        clock.now = datetime.datetime(2025, 1, 21, 9, tzinfo=BEIJING)
        outcomes += office.take_in([late])
        check_verdicts(outcomes)

        twice = next(row for row in office.board(Q4).rows if row.unit.id == "xinbei")
        assert twice.state is BoardState.CONFLICT
        chosen = next(d for d in twice.choices if visits(office, d, "xinbei") == Decimal(5))
        office.decide("xinbei", Q4, chosen, take=True, reason="演示：电话核对，以后一份为准")

        questioned = next(row for row in office.board(Q4).rows if row.unit.id == "dagang")
        [view] = office.review.explanations(Q4, questioned.digest)
        office.review.judge(Q4, questioned.digest, view, agree=False, reason="演示：请写明哪几场活动")

        check_states(office)
        check_totals(office, Q4, expected_sections(round_, office))
        exported = office.export(Q4, tmp_path / "汇总.xlsx")
        check_workbook(exported.path, office)
        again = office.totals.export_again(Q4, tmp_path / "again.xlsx")
        assert again.read_bytes() == exported.path.read_bytes()


def visits(office: Workspace, digest: str, unit: str) -> Decimal | None:
    """A figure of a content that was received."""
    sections = {section.unit: section for section in office.content(digest).sections}
    return sections[unit].figure("training_visits").value


def check_verdicts(outcomes: tuple[FileOutcome, ...]) -> None:
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[outcome.verdict] = counts.get(outcome.verdict, 0) + 1
        assert outcome.reason or outcome.verdict == "accepted", "nothing is refused without a sentence"
    troubled = {"rejected": 2, "conflict": 2}
    assert {verdict: counts[verdict] for verdict in troubled} == troubled
    assert counts["accepted"] == len(outcomes) - 4
    assert named(outcomes, "外街道").verdict == "rejected"
    assert named(outcomes, "茶淀").verdict == "rejected"
    assert named(outcomes, "汉沽街道").verdict == "conflict"
    for name in ("太平", "古林"):
        [cell] = named(outcomes, name).edited
        assert (cell.element, cell.now) == ("training_visits", "77")


def check_states(office: Workspace) -> None:
    rows = {row.unit.id: row for row in office.board(Q4).rows}
    assert len(rows) == 54
    nothing_came = {unit for unit, role in ROLES.items() if role in ("missing", "damaged")}
    assert {unit for unit, row in rows.items() if row.state is BoardState.OVERDUE} == nothing_came
    assert {unit for unit, row in rows.items() if row.state is BoardState.CONFLICT} == {"hangu"}
    accepted = {unit for unit, row in rows.items() if row.state is BoardState.ACCEPTED}
    assert {unit for unit, row in rows.items() if row.state is BoardState.QUESTIONED} == {"dagang"}
    assert accepted == rows.keys() - nothing_came - {"hangu", "dagang"}
    assert {unit for unit in accepted if rows[unit].on_time is False} == {
        unit for unit, role in ROLES.items() if role == "late"
    }
    assert rows["tanggu"].revision == 2
    assert any("上一版" in remark or "前一版" in remark for remark in rows["tanggu"].remarks), rows[
        "tanggu"
    ].remarks
    assert all(any("软件外" in r or "改动" in r for r in rows[u].remarks) for u in ("taiping", "gulin"))


def expected_sections(round_: TroubledRound, office: Workspace) -> dict[str, Section]:
    """The sections that count, with what was edited, chosen and corrected put in by hand."""
    rows = {row.unit.id: row for row in office.board(Q4).rows}
    counting = (BoardState.ACCEPTED, BoardState.QUESTIONED)  # an explanation takes no figure out
    counted = {u: round_.sections[u, Q4] for u, row in rows.items() if row.state in counting}
    changed = {"taiping": 77, "gulin": 77, "xinbei": 5, "tanggu": 66}
    for unit, value in changed.items():
        assert visits(office, rows[unit].digest, unit) == Decimal(value)
        counted[unit] = round_.submission(
            round_.plan.unit(unit), Q4, training_visits=Decimal(value)
        ).sections[0]
    return counted


def check_totals(office: Workspace, period: object, sections: Mapping[str, Section]) -> None:
    """Every element's total against a plain sum over the contents that were written."""
    assert period in (Q3, Q4)
    found = office.consolidated(Q3 if period == Q3 else Q4)
    plan, compared = office.plan, 0
    for element in plan.elements:
        amounts = [
            amount
            for unit, section in sections.items()
            if plan.is_territorial(plan.unit(unit))
            and (amount := section.figure(element.id).amount) is not None
        ]
        total = found.elements[element.id]
        if element.additive and amounts:
            assert total.net == sum(amounts, Decimal(0)), element.id
            assert len(total.coverage.reported) == len(amounts)
            compared += 1
        else:
            assert total.net is None
    assert compared >= 15


def check_workbook(path: Path, office: Workspace) -> None:
    """Read it back as anybody could."""
    book = load_workbook(path, data_only=True)
    states = table(book["报送情况"].iter_rows(values_only=True), "单位")
    for unit, role in ROLES.items():
        row = states[office.plan.unit(unit).short_name]
        said = "　".join(str(cell) for cell in row.values() if cell is not None)
        wanted = {
            "missing": "缺报",
            "damaged": "缺报",
            "late": "迟报",
            "edited": "改动",
            "twice": "已接收",
            "orphan": "第2版",
            "version": "冲突",
            "explained": "不予认可",
        }[role]
        assert wanted in said, (unit, role, said)
    refused = [str(cell) for row in book["报送情况"].iter_rows(values_only=True) for cell in row[:1]]
    assert any(text.startswith("外街道.xlsx：") for text in refused), "and so are files that weren't taken"
    assert any(text.startswith("茶淀街道_2024Q4_1.xlsx：") for text in refused)
    data = list(book["数据"].iter_rows(values_only=True))
    head = next(row for row in data if "数据项编码" in row)
    columns = {name: head.index(name) for name in ("数据项编码", "净数", "计入单位合计")}
    summed = sum(
        Decimal(str(row[columns["净数"]]))
        for row in data
        if row[columns["数据项编码"]] == "training_visits" and row[columns["计入单位合计"]] == 1
    )
    assert summed == office.consolidated(Q4).elements["training_visits"].net
    summary = "\n".join(str(cell) for row in book["汇总"].iter_rows(values_only=True) for cell in row if cell)
    assert "汇总数" in summary and "全区数" not in summary
    assert "新城镇" in "\n".join(
        str(cell) for row in book["差异核对"].iter_rows(values_only=True) for cell in row if cell
    ), "who is missing is named beside the sum"


def table(rows: object, key: str) -> dict[str, dict[str, object]]:
    """Rows below the heading that has the column `key`, by that column."""
    found: dict[str, dict[str, object]] = {}
    head: tuple[object, ...] | None = None
    for row in rows:  # type: ignore[attr-defined]
        if head is None:
            head = row if key in row else None
        elif row[head.index(key)]:
            found[str(row[head.index(key)])] = dict(zip(map(str, head), row, strict=False))
    return found
