"""What a clerk is told of a section: errors, warnings and notices, with the figures that disagree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.submission import (
    NIL,
    Answer,
    Deduction,
    DeductionKind,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
)
from desktop.validation import CheckContext, check_section
from tests.core.plans import small_plan

PLAN = small_plan()
CODE = "91350100M000100Y43"
ISSUED = {"patents": Decimal(1000), "inventions": Decimal(400), "high_value": Decimal(100)}
FULL = {
    **{element: replace(Figure.number(value), answer=Answer.CONFIRMED) for element, value in ISSUED.items()},
    "oversea": Figure.number(Decimal(12)),
    "geo_products": Figure.number(Decimal(1)),
    "pledges": Figure.number(Decimal("3000.50")),
    "licences": Figure.number(Decimal(20)),
    "talents": NIL,
    "net_change": Figure.number(Decimal(-3)),
}


def section(period: str = "2024Q3", unit: str = "zone-a", **figures: Figure | str) -> Section:
    given = {name: Figure.number(Decimal(f)) if isinstance(f, str) else f for name, f in figures.items()}
    return Section(unit, Period.parse(period), given)


def full(period: str = "2024Q3", **figures: Figure | str) -> Section:
    return section(period, "zone-a", **{**FULL, **figures})


def context(checked: Section, **more: object) -> CheckContext:
    form = form_for(PLAN, PLAN.unit(checked.unit), checked.period)
    items = {entry.item.number: ItemReport(ItemStatus.UNDER_WAY) for entry in form.items if entry.leads}
    defaults: dict[str, object] = {"reference": ISSUED}
    with_items = replace(checked, items={**items, **checked.items})
    return CheckContext(PLAN, form, with_items, **{**defaults, **more})  # type: ignore[arg-type]


def found(checked: Section, **more: object) -> list[Finding]:
    findings = list(check_section(context(checked, **more)))
    assert all(message(finding) for finding in findings)
    assert len({finding.key for finding in findings}) == len(findings)
    return findings


def codes(checked: Section, **more: object) -> list[tuple[str, str]]:
    return [(finding.code, finding.address) for finding in found(checked, **more)]


def only(checked: Section, **more: object) -> Finding:
    (finding,) = found(checked, **more)
    return finding


def test_a_full_section_has_nothing_to_say() -> None:
    assert found(full(), previous=full("2024Q2"), same_last_year=full("2023Q3")) == []


def test_what_is_due_is_required_and_an_issued_figure_needs_an_answer() -> None:
    empty = found(section())
    assert {(f.code, f.address) for f in empty} == {
        *((("value.unanswered", element)) for element in ISSUED),
        *(
            (("value.required", e))
            for e in ("oversea", "geo_products", "pledges", "licences", "talents", "net_change")
        ),
    }
    assert {finding.severity for finding in empty} == {Severity.ERROR}


def test_what_was_not_issued_yet_is_not_required() -> None:
    checked = full(patents=Figure(), inventions=Figure(), high_value=Figure())
    waiting = found(checked, reference={})
    assert {(f.code, f.severity) for f in waiting} == {("value.not_issued", Severity.NOTICE)}
    assert len(waiting) == 3


def test_nil_and_zero_are_answers() -> None:
    assert found(full(oversea=NIL, licences="0")) == []


def test_what_is_not_due_is_neither_required_nor_counted() -> None:
    assert ("value.required", "centres") not in codes(section())
    assert ("value.required", "centres") in codes(section("2024Q4"))
    stray = only(full(centres="5"))
    assert (stray.code, stray.severity) == ("value.not_asked", Severity.NOTICE)


@pytest.mark.parametrize(
    ("element", "figure", "code", "severity"),
    [
        ("oversea", Figure(FigureState.UNREADABLE, typed="约100"), "value.unreadable", Severity.ERROR),
        ("oversea", "12.5", "value.integer", Severity.ERROR),
        ("pledges", "1.234", "value.decimals", Severity.ERROR),
        ("oversea", "-1", "value.negative", Severity.ERROR),
        ("oversea", "5001", "range.above", Severity.WARNING),
    ],
)
def test_one_number_by_itself(element: str, figure: Figure | str, code: str, severity: Severity) -> None:
    finding = only(full("2024Q3", **{element: figure}))
    assert (finding.code, finding.address, finding.severity) == (code, element, severity)


def test_an_integer_written_with_zeros_is_one() -> None:
    assert found(full(oversea="12.00")) == []


def test_the_range_says_by_how_much() -> None:
    text = message(only(full(oversea="5001.00")))
    assert "5,001" in text
    assert "5,000" in text
    assert "高1件" in text


def test_a_part_is_not_above_its_whole() -> None:
    finding = only(full(high_value="500", inventions="400"), reference={})
    assert (finding.code, finding.severity) == ("subset.exceeds", Severity.ERROR)
    assert finding.key == "subset.exceeds@high_value@inventions"
    assert "100" in message(finding)
    assert found(full(high_value="400", inventions="400"), reference={}) == []
    assert codes(full(high_value="5", inventions=NIL), reference={}) == [("subset.exceeds", "high_value")]


def test_parts_are_compared_only_where_both_are_reported() -> None:
    assert ("subset.exceeds", "high_value") not in codes(full(high_value="500", inventions=Figure()))


def test_deductions_stay_within_the_figure() -> None:
    taken = Deduction(DeductionKind.OVERLAP, Decimal(13), "street-a")
    figure = replace(Figure.number(Decimal(12)), deductions=(taken,))
    assert codes(full(oversea=figure)) == [("deductions.exceed", "oversea")]
    negative = replace(figure, deductions=(replace(taken, value=Decimal(-1)),))
    assert codes(full(oversea=negative)) == [("deductions.negative", "oversea")]


def test_a_year_to_date_figure_does_not_fall_within_its_year() -> None:
    finding = only(full(licences="19"), previous=full("2024Q2"))
    assert (finding.code, finding.severity) == ("flow.fell", Severity.WARNING)
    assert "减少1次" in message(finding)
    assert "2024年第二季度" in message(finding)
    assert found(full("2024Q1", licences="19"), previous=full("2023Q4")) == []
    assert found(full(net_change="-9"), previous=full("2024Q2")) == []


def test_a_skipped_quarter_is_looked_past() -> None:
    gap = full("2024Q2", licences=Figure())
    findings = codes(
        full(licences="19"), previous=gap, history=(full("2024Q1"), full("2023Q4", licences="99"))
    )
    assert findings == [("flow.fell", "licences")]


def test_what_only_grows_does_not_fall_not_even_over_new_year() -> None:
    before = full("2023Q4", geo_products="2")
    assert codes(full("2024Q1"), previous=before) == [("stock.fell", "geo_products")]
    assert found(full("2024Q1", patents="900"), previous=full("2023Q4"), reference={}) == []


@pytest.mark.parametrize("value", ["30005000", "0.30", "16000000", "20000000"])
def test_a_figure_in_the_wrong_unit_is_doubted(value: str) -> None:
    checked = codes(full("2024Q1", pledges=value), previous=full("2023Q4"))
    assert checked == [("value.unit_slip", "pledges")]


@pytest.mark.parametrize("value", ["3000000", "300", "14000000", "70000000", "0"])
def test_other_jumps_are_no_slip_of_the_unit(value: str) -> None:
    assert found(full("2024Q1", pledges=value), previous=full("2023Q4")) == []


def test_last_year_is_looked_at_too() -> None:
    last_year = full("2023Q1", pledges="0.3")
    finding = only(full("2024Q1"), previous=full("2023Q4", pledges="0"), same_last_year=last_year)
    assert finding.code == "value.unit_slip"
    assert "10,002" in message(finding)


def test_disputes_are_explained_and_new_issues_confirmed_again() -> None:
    own = Figure(FigureState.NUMBER, Decimal(990), answer=Answer.DISPUTED)
    finding = only(full(patents=own))
    assert (finding.code, finding.severity) == ("issued.disputed", Severity.WARNING)
    assert "相差10件" in message(finding)
    assert codes(full(), reference={**ISSUED, "patents": Decimal(1001)}) == [("issued.changed", "patents")]
    same = Figure(FigureState.NUMBER, Decimal(1000), answer=Answer.DISPUTED)
    assert [(f.code, f.severity) for f in found(full(patents=same))] == [("issued.same", Severity.NOTICE)]


def listed(*rows: dict[str, str], value: int) -> Figure:
    return Figure(FigureState.NUMBER, Decimal(value), rows=rows)


def test_lists_are_whole_once_each_and_counted() -> None:
    good = {"name": "演示中心", "credit_code": CODE, "until": "2024-12-31"}
    assert found(full("2024Q4", centres=listed(good, value=1))) == []
    wrong = listed({"credit_code": CODE}, good, {"name": "甲", "until": "长期"}, value=3)
    assert [(f.code, f.qualifier, f.severity) for f in found(full("2024Q4", centres=wrong))] == [
        ("list.column_missing", "1/name", Severity.ERROR),
        ("list.date", "3/until", Severity.ERROR),
        ("list.duplicate", CODE, Severity.WARNING),
    ]
    old = listed(good, {"name": "乙", "until": "2024-12-30"}, value=2)
    assert [f.code for f in found(full("2024Q4", centres=old))] == ["list.expired", "list.count"]
    assert codes(full("2024Q4", centres="3")) == [("list.no_rows", "centres")]
    bad = listed({"name": "丙", "credit_code": CODE[:-1] + "4"}, value=1)
    assert codes(full("2024Q4", centres=bad)) == [("list.credit_code", "centres")]


def test_the_leading_unit_says_where_its_items_stand() -> None:
    form = form_for(PLAN, PLAN.unit("zone-a"), Period.parse("2024Q3"))
    (finding,) = check_section(CheckContext(PLAN, form, full(), reference=ISSUED))
    assert (finding.code, finding.address) == ("item.status_required", "item/2")
    assert "1项" in message(finding)


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (ItemReport(ItemStatus.UNDER_WAY, 100), ["item.percent_not_done"]),
        (ItemReport(ItemStatus.DONE, 80, "已建成"), ["item.done_not_whole"]),
        (ItemReport(ItemStatus.DONE, 100), ["item.done_no_narrative"]),
        (ItemReport(ItemStatus.DONE, 100, "已建成"), []),
        (ItemReport(ItemStatus.UNDER_WAY, 101), ["item.percent"]),
    ],
)
def test_what_is_said_of_an_item_fits_together(report: ItemReport, expected: list[str]) -> None:
    assert [finding.code for finding in found(replace(full(), items={2: report}))] == expected


def test_owners_of_a_district_figure_hear_of_the_target_and_clerks_of_units_do_not() -> None:
    quarter = section("2024Q3", "court", cases_closed="80", cases_taken="100")
    (finding,) = check_section(context(quarter))
    assert (finding.code, finding.severity, finding.qualifier) == ("target.behind", Severity.NOTICE, "main-5")
    assert "80.0%" in message(finding)
    year = section("2024", "court", cases_closed="925", cases_taken="1000")
    assert [f.code for f in check_section(context(year))] == ["target.missed"]
    earlier = section("2023", "court", cases_closed="924", cases_taken="1000")
    assert [f.code for f in check_section(context(earlier))] == ["baseline.worse"]
    assert check_section(context(section("2024Q3", "court", cases_closed="95", cases_taken="100"))) == ()


def test_a_published_denominator_stands_in_for_one_that_others_own() -> None:
    bureau = section(
        "2023Q4", "bureau", patents="9000", inventions="22000", high_value="4000", abnormal_share="0.5"
    )
    findings = [
        f for f in check_section(context(bureau, reference={})) if f.code.startswith(("target", "baseline"))
    ]
    assert [(f.code, f.qualifier) for f in findings] == [("baseline.worse", "main-1")]  # 4000 ÷ 200 = 20


def test_a_findings_digest_changes_with_each_figure_it_speaks_of() -> None:
    first = only(full(licences="19"), previous=full("2024Q2"))
    again = only(full(licences="19.0"), previous=full("2024Q2"))
    other = only(full(licences="18"), previous=full("2024Q2"))
    revised = only(full(licences="19"), previous=full("2024Q2", licences="21"))
    assert first.figures == again.figures
    assert len({first.figures, other.figures, revised.figures}) == 3
