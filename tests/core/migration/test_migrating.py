"""Content of an older plan version under a newer one: what moves, what is said of the rest."""

# ruff: noqa: ANN401 - the builders pass on whatever fields the class has

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.migration import (
    MigratedSection,
    MigrationLine,
    Outcome,
    fit_to_form,
    merge_sections,
    migrate_along,
    migrate_section,
    migrate_submission,
    sentences,
    summary,
)
from desktop.model.content import section_digest
from desktop.model.element import Column, DataElement, ElementKind, ElementUnit, Mode, Nature
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import (
    NIL,
    Answer,
    Deduction,
    DeductionKind,
    Explanation,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
    Signature,
    Submission,
)
from desktop.model.task import Item
from desktop.model.unit import Unit
from tests.core.plans import element, small_plan, with_changes

Q3 = Period.parse("2024Q3")
Q4 = Period.parse("2024Q4")
OLD = replace(small_plan(), digest="sha256:old")


def number(text: str) -> Figure:
    return Figure.number(Decimal(text))


def row(what: Mapped, old: str, *new: str, factor: str = "1", reason: str = "", **more: str) -> MappingRow:
    return MappingRow("1", what, old, new, Decimal(factor), reason, **more)


def renamed(old: str, new: str, **changes: Any) -> tuple[DataElement, ...]:
    """The small plan's elements, one of them under another id."""
    return tuple(
        replace(e, id=new, name=f"新{e.name}", subset_of=(), part_of=None, **changes) if e.id == old else e
        for e in OLD.elements
    )


def newer(*rows: MappingRow, **parts: Any) -> Plan:
    return with_changes(OLD, version="2", digest="sha256:new", mapping=rows, **parts)


def section(unit: str = "street-b", period: Period = Q4, **figures: Figure) -> Section:
    return Section(unit, period, figures)


def moved(migrated: MigratedSection) -> Section:
    assert migrated.section is not None
    return migrated.section


def line_of(migrated: MigratedSection, old: str, part: str = "") -> MigrationLine:
    found = [line for line in migrated.lines if line.old == old and line.part == part]
    assert len(found) == 1, found
    return found[0]


def submission(*sections: Section, unit: str = "street-b", plan: Plan = OLD) -> Submission:
    return Submission(
        plan.id, plan.version, plan.digest, unit, sections[0].period, 1, None, tuple(sections), synthetic=True
    )


# --- elements -------------------------------------------------------------------------------------


def test_a_renamed_element_takes_everything_along() -> None:
    new = newer(
        row(Mapped.ELEMENT, "talents", "people", reason="改称"), elements=renamed("talents", "people")
    )
    deduction = Deduction(DeductionKind.OVERLAP, Decimal(2), "zone-b")
    figure = Figure(
        FigureState.NUMBER, Decimal(12), deductions=(deduction,), answer=Answer.DISPUTED, vintage="revised"
    )
    result = migrate_section(section(talents=figure), OLD, new)
    assert moved(result).figures == {"people": figure}
    line = line_of(result, "talents")
    assert (line.outcome, line.new, line.was, line.now) == (Outcome.RENAMED, ("people",), "12", "12")
    assert line.sentence == "数据项“引进人才”改为“新引进人才”：改称。"


def test_another_unit_of_measure_is_converted_exactly() -> None:
    changed = renamed("pledges", "pledge_sum", unit=ElementUnit("亿元"), decimals=2)
    new = newer(row(Mapped.ELEMENT, "pledges", "pledge_sum", factor="0.0001"), elements=changed)
    figure = Figure(
        FigureState.NUMBER,
        Decimal("12345.67"),
        deductions=(Deduction(DeductionKind.OUTSIDE, Decimal("0.3")),),
    )
    result = migrate_section(section(pledges=figure), OLD, new)
    now = moved(result).figure("pledge_sum")
    assert (now.value, now.deductions[0].value) == (Decimal("1.234567"), Decimal("0.00003"))
    line = line_of(result, "pledges")
    assert line.outcome is Outcome.CONVERTED and (line.was, line.now) == ("12345.67", "1.234567")
    assert "换算后有6位小数，多于规定的2位" in line.reason


def test_another_unit_of_measure_without_a_row_is_never_taken_as_the_same() -> None:
    elements = tuple(replace(e, unit=ElementUnit("元")) if e.id == "pledges" else e for e in OLD.elements)
    result = migrate_section(section(pledges=number("12")), OLD, newer(elements=elements))
    assert moved(result).figures == {}
    assert "计量单位由“万元”改为“元”" in line_of(result, "pledges").reason


def test_a_year_to_date_figure_does_not_become_a_stock() -> None:
    elements = tuple(replace(e, nature=Nature.STOCK) if e.id == "licences" else e for e in OLD.elements)
    result = migrate_section(section(licences=number("12")), OLD, newer(elements=elements))
    assert moved(result).figures == {}
    assert "由本年累计数改为期末数" in line_of(result, "licences").reason


MERGED = newer(
    row(Mapped.ELEMENT, "oversea", "both"),
    row(Mapped.ELEMENT, "licences", "both"),
    elements=(*OLD.elements, element("both", Nature.FLOW, name="两项合计")),
)


@pytest.mark.parametrize(
    ("oversea", "licences", "expected"),
    [
        (number("3"), number("4"), number("7")),
        (number("3"), NIL, number("3")),
        (NIL, NIL, NIL),
    ],
)
def test_merged_elements_are_summed(oversea: Figure, licences: Figure, expected: Figure) -> None:
    result = migrate_section(section(oversea=oversea, licences=licences), OLD, MERGED)
    assert moved(result).figures == {"both": expected}
    assert {line.outcome for line in result.lines if line.what is Mapped.ELEMENT} == {Outcome.MERGED}
    assert not any("不完整" in line.reason for line in result.lines)


def test_a_sum_is_as_settled_and_as_confirmed_as_its_least_part() -> None:
    confirmed = replace(number("3"), answer=Answer.CONFIRMED, vintage="revised")
    both = section(oversea=confirmed, licences=confirmed)
    assert moved(migrate_section(both, OLD, MERGED)).figure("both") == replace(confirmed, value=Decimal(6))
    mixed = section(oversea=confirmed, licences=replace(number("3"), vintage="preliminary"))
    whole = moved(migrate_section(mixed, OLD, MERGED)).figure("both")
    assert (whole.answer, whole.vintage) == (Answer.NONE, "preliminary")
    against = section(oversea=confirmed, licences=replace(number("3"), answer=Answer.DISPUTED))
    assert moved(migrate_section(against, OLD, MERGED)).figure("both").answer is Answer.DISPUTED


def test_a_sum_with_a_missing_part_says_so() -> None:
    result = migrate_section(section(oversea=number("3")), OLD, MERGED)
    assert moved(result).figures == {"both": number("3")}
    assert "许可转让次数没有数，合并后的数不完整" in line_of(result, "oversea").sentence


def test_a_part_that_was_never_asked_is_not_missing() -> None:
    parts = [row(Mapped.ELEMENT, "oversea", "both"), row(Mapped.ELEMENT, "cases_taken", "both")]
    result = migrate_section(section(oversea=number("3")), OLD, newer(*parts, elements=MERGED.elements))
    assert moved(result).figures == {"both": number("3")}
    assert line_of(result, "oversea").reason == ""


def test_a_text_that_is_no_number_is_not_added() -> None:
    typed = Figure(FigureState.UNREADABLE, typed="三十多")
    result = migrate_section(section(oversea=number("3"), licences=typed), OLD, MERGED)
    assert moved(result).figures == {"both": number("3")}
    lost = line_of(result, "licences")
    assert lost.outcome is Outcome.DROPPED and lost.was == "三十多" and "不能相加" in lost.reason
    assert "许可转让次数没有数" in line_of(result, "oversea").reason


def test_a_renamed_element_keeps_what_was_typed() -> None:
    new = newer(row(Mapped.ELEMENT, "talents", "people"), elements=renamed("talents", "people"))
    typed = Figure(FigureState.UNREADABLE, typed="三十多")
    assert moved(migrate_section(section(talents=typed), OLD, new)).figures == {"people": typed}


def test_what_cannot_be_added_is_dropped_rather_than_added_wrongly() -> None:
    score = element("score", Nature.STOCK, name="总评分", additive=False, typed="分")
    rows = [row(Mapped.ELEMENT, "satisfaction", "score"), row(Mapped.ELEMENT, "abnormal_share", "score")]
    result = migrate_section(
        section("bureau", Period.parse("2024"), satisfaction=number("80"), abnormal_share=number("1")),
        OLD,
        newer(*rows, elements=(*OLD.elements, score)),
    )
    assert moved(result).figures == {}
    assert "“总评分”不能由各部分相加得出" in line_of(result, "satisfaction").reason


def test_what_the_new_version_does_not_know_is_dropped_with_the_figure_it_had() -> None:
    new = newer(
        row(Mapped.ELEMENT, "talents", reason="不再统计"),
        elements=tuple(e for e in OLD.elements if e.id not in ("talents", "licences")),
    )
    result = migrate_section(section(talents=number("7"), licences=number("8")), OLD, new)
    assert moved(result).figures == {}
    assert sentences(result.lines) == (
        "数据项“许可转让次数”（8）没有转入：新版方案没有这一项，也没有说明它改成了什么。",
        "数据项“引进人才”（7）没有转入：不再统计。",
    )
    assert summary(result.lines) == "沿用1项，改名0项，换算0项，合并0项，未转入2项。"


# --- lists ----------------------------------------------------------------------------------------

ROWS = (
    {"name": "演示甲中心", "until": "2024-06-30"},
    {"name": "演示乙中心", "until": "2026-06-30"},
)
CENTRES = Figure(FigureState.NUMBER, Decimal(1), rows=ROWS)


def with_centres(**changes: Any) -> Plan:
    return newer(elements=tuple(replace(e, **changes) if e.id == "centres" else e for e in OLD.elements))


def test_columns_that_are_gone_are_named_and_the_rows_counted_anew() -> None:
    result = migrate_section(section(centres=CENTRES), OLD, with_centres(columns=(Column("name", "名称"),)))
    now = moved(result).figure("centres")
    assert now.value == 2 and [dict(r) for r in now.rows] == [{"name": r["name"]} for r in ROWS]
    lost = line_of(result, "centres", "columns")
    assert (
        lost.outcome is Outcome.DROPPED and "有效期" in lost.reason and lost.was == "2024-06-30、2026-06-30"
    )
    assert "由1变为2" in line_of(result, "centres").reason


def test_a_list_that_becomes_a_number_leaves_its_count() -> None:
    result = migrate_section(section(centres=CENTRES), OLD, with_centres(kind=ElementKind.NUMBER, columns=()))
    assert moved(result).figures == {"centres": number("1")}
    assert line_of(result, "centres", "rows").outcome is Outcome.DROPPED


def test_a_number_does_not_become_a_list() -> None:
    changed = tuple(
        replace(e, kind=ElementKind.LIST, columns=(Column("name", "名称"),)) if e.id == "talents" else e
        for e in OLD.elements
    )
    result = migrate_section(section(talents=number("3")), OLD, newer(elements=changed))
    assert moved(result).figures == {}
    assert line_of(result, "talents").reason == "由数字改为名单，原报表没有名单"


# --- items and explanations -----------------------------------------------------------------------


def test_items_move_by_their_numbers() -> None:
    new = newer(
        row(Mapped.ITEM, "1", "11"),
        row(Mapped.ITEM, "2"),
        items=(Item(11, 1, "演示新事项", ("bureau",)), Item(3, 1, "演示事项三", ("members",))),
        groups=OLD.groups,
    )
    report = ItemReport(ItemStatus.UNDER_WAY, 40, "演示进展")
    result = migrate_section(Section("bureau", Q4, {}, {1: report, 2: report, 3: report}), OLD, new)
    assert moved(result).items == {11: report, 3: report}
    assert line_of(result, "1").new == ("11",)
    assert line_of(result, "2").outcome is Outcome.DROPPED
    assert line_of(result, "2").was == "推进中 40% 演示进展"


def test_two_items_in_one_keep_both_texts() -> None:
    new = newer(row(Mapped.ITEM, "2", "1"), items=OLD.items[:1])
    first, second = ItemReport(ItemStatus.DONE, 100, "已建成"), ItemReport(ItemStatus.DELAYED, 20, "缓慢")
    now = moved(migrate_section(Section("zone-a", Q4, {}, {1: first, 2: second}), OLD, new)).items[1]
    assert (now.status, now.percent) == (ItemStatus.DELAYED, None)
    assert now.narrative.split("\n") == ["已建成", "缓慢"]


def test_explanations_follow_what_they_explain() -> None:
    new = newer(
        row(Mapped.ELEMENT, "talents", "people"),
        row(Mapped.ELEMENT, "inventions", "inventions_valid"),
        row(Mapped.ELEMENT, "oversea"),
        row(Mapped.ITEM, "1", "11"),
        elements=(
            *(e for e in OLD.elements if e.id not in ("talents", "inventions", "oversea")),
            element("people", Nature.FLOW),
            element("inventions_valid", Nature.STOCK),
        ),
        items=(Item(11, 1, "演示新事项", ("bureau",)),),
    )
    findings = {
        "change.jump@talents": "change.jump@people",
        "value.above_whole@high_value@inventions": "value.above_whole@high_value@inventions_valid",
        "item.no_evidence@item/1": "item.no_evidence@item/11",
        "change.jump@licences": "change.jump@licences",
        "change.jump@oversea": None,
        "rule.gone@licences": None,
    }
    told = tuple(
        Explanation(key, "real", "演示原因", "sha256:f", cause="change.jump@talents") for key in findings
    )
    content = Section(
        "street-b",
        Q4,
        {"talents": number("1"), "licences": number("2"), "oversea": number("3")},
        explanations=told,
    )
    result = migrate_section(content, OLD, new)
    kept = moved(result).explanations
    assert [e.finding for e in kept] == [key for key in findings.values() if key]
    assert {(e.text, e.figures, e.cause) for e in kept} == {("演示原因", "sha256:f", "change.jump@people")}
    told_of_talents = line_of(result, "change.jump@talents", "explanation").sentence
    assert told_of_talents == "出错说明“引进人才”改为“people”：说明随数据项转入，请核对是否仍然适用。"
    for key, now in findings.items():
        assert line_of(result, key, "explanation").new == ((now,) if now else ())


# --- units ----------------------------------------------------------------------------------------

SUCCESSOR = Unit("street-c", "street", "演示丁街道", "丁街道", "YSDJD", "district")
UNITS_MERGED = newer(
    row(Mapped.UNIT, "street-a", "street-c", reason="合并设立"),
    row(Mapped.UNIT, "street-b", "street-c", reason="合并设立"),
    units=(*(u for u in OLD.units if not u.id.startswith("street")), SUCCESSOR),
)


def test_a_renamed_unit_is_found_in_the_deductions_of_others() -> None:
    new = newer(
        row(Mapped.UNIT, "zone-b", "zone-c"),
        units=tuple(replace(u, id="zone-c") if u.id == "zone-b" else u for u in OLD.units),
    )
    figure = Figure(
        FigureState.NUMBER,
        Decimal(5),
        deductions=(Deduction(DeductionKind.OVERLAP, Decimal(2), "zone-b"),),
    )
    assert moved(migrate_section(section("zone-b"), OLD, new)).unit == "zone-c"
    now = moved(migrate_section(section("street-a", talents=figure), OLD, new)).figure("talents")
    assert now.deductions[0].unit == "zone-c" and now.amount == 3


def test_merged_units_of_one_submission_become_one_section() -> None:
    zone = submission(
        section("zone-b", talents=number("1")),
        section("street-a", talents=number("2"), licences=number("5")),
        section("street-b", talents=number("3")),
        unit="zone-b",
    )
    result = migrate_submission(zone, OLD, UNITS_MERGED)
    assert result.submission is not None
    assert [s.unit for s in result.submission.sections] == ["zone-b", "street-c"]
    street = result.submission.sections[1]
    assert street.figure("talents").value == street.figure("licences").value == 5
    assert any("1个原单位没有数" in line.reason for line in result.lines if line.old == "licences")
    named = next(line for line in result.lines if line.old == "street-a")
    assert named.outcome is Outcome.MERGED
    assert named.sentence == "单位“演示甲街道”并入“演示丁街道”：合并设立。"


def test_sections_of_several_units_or_of_none_are_not_put_together() -> None:
    with pytest.raises(ValueError, match="one unit"):
        merge_sections([section("street-a"), section("street-b")], OLD)
    with pytest.raises(ValueError, match="one unit"):
        merge_sections([], OLD)


def test_a_split_unit_is_refused_and_its_successors_named() -> None:
    second = replace(SUCCESSOR, id="street-d", name="演示戊街道")
    new = newer(
        row(Mapped.UNIT, "street-b", "street-c", "street-d"),
        units=(*(u for u in OLD.units if u.id != "street-b"), SUCCESSOR, second),
    )
    result = migrate_submission(submission(section(talents=number("1"))), OLD, new)
    assert (result.submission, result.code) == (None, "migration.unit_split")
    assert result.reason == "填报单位“演示乙街道”已拆分为演示丁街道、演示戊街道，原数无法分摊，应由各单位重报"


def test_a_unit_without_successor_is_refused() -> None:
    new = newer(units=tuple(u for u in OLD.units if u.id != "street-b"))
    result = migrate_submission(submission(section()), OLD, new)
    assert (result.submission, result.code) == (None, "migration.unit_gone")


def test_a_persons_choice_of_successor_goes_before_the_mapping() -> None:
    assert moved(migrate_section(section("street-b"), OLD, OLD, unit="street-a")).unit == "street-a"


# --- whole submissions ----------------------------------------------------------------------------


def test_a_submission_takes_the_new_plans_name_and_keeps_its_own_story() -> None:
    new = newer(row(Mapped.ELEMENT, "talents", "people"), elements=renamed("talents", "people"))
    old = replace(submission(section(talents=number("4"))), revision=3, parent="sha256:parent")
    result = migrate_submission(old, OLD, new)
    assert result.submission is not None
    assert result.submission.plan_version == "2" and result.submission.plan_digest == "sha256:new"
    assert (result.submission.revision, result.submission.parent) == (3, "sha256:parent")
    assert result.submission.sections[0].figure("people") == number("4")


def test_a_signature_stays_only_on_unchanged_content() -> None:
    new = newer(row(Mapped.ELEMENT, "talents", "people"), elements=renamed("talents", "people"))
    signed = replace(section(licences=number("4")), signature=Signature("ed25519", "k", "v"))
    same = moved(migrate_section(signed, OLD, new))
    assert same.signature == signed.signature and section_digest(same) == section_digest(signed)
    changed = replace(signed, figures={"talents": number("4")})
    assert moved(migrate_section(changed, OLD, new)).signature == Signature()


def test_another_plan_needs_rows_for_it() -> None:
    other = with_changes(OLD, id="next-plan", version="1", mapping=())
    content = submission(section(talents=number("4")))
    assert migrate_submission(content, OLD, other).code == "migration.other_plan"
    mapped = with_changes(other, mapping=(row(Mapped.ELEMENT, "oversea", from_plan="test-plan"),))
    result = migrate_submission(content, OLD, mapped)
    assert result.submission is not None and result.submission.plan == "next-plan"


def test_nothing_moves_back_to_an_older_version() -> None:
    new = newer(row(Mapped.ELEMENT, "talents", "people"), elements=renamed("talents", "people"))
    result = migrate_submission(submission(section(), plan=new), new, OLD)
    assert result.code == "migration.backwards"


def test_versions_between_are_gone_through_unless_the_newest_reaches_back() -> None:
    second = newer(row(Mapped.ELEMENT, "talents", "people"), elements=renamed("talents", "people"))
    third = with_changes(
        second,
        version="3",
        elements=tuple(replace(e, id="staff") if e.id == "people" else e for e in second.elements),
        mapping=(replace(row(Mapped.ELEMENT, "people", "staff", factor="2"), from_version="2"),),
    )
    content = submission(section(talents=number("4")))
    result = migrate_along(content, [OLD, second, third])
    assert result.submission is not None
    assert result.submission.plan_version == "3"
    assert result.submission.sections[0].figures == {"staff": number("8")}
    assert [line.outcome for line in result.lines if line.what is Mapped.ELEMENT] == [
        Outcome.RENAMED,
        Outcome.CONVERTED,
    ]
    direct = with_changes(third, mapping=(*third.mapping, row(Mapped.ELEMENT, "talents", "staff")))
    at_once = migrate_along(content, [OLD, second, direct])
    assert at_once.submission is not None
    assert at_once.submission.sections[0].figures == {"staff": number("4")}


def test_a_version_that_is_not_at_hand_is_said() -> None:
    content = replace(submission(section()), plan_version="0")
    assert migrate_along(content, [OLD, newer()]).code == "migration.unknown_version"


def test_a_draft_keeps_only_what_its_form_shows() -> None:
    asks_zones = tuple(
        replace(e, mode={"zone": Mode.ENTERED}) if e.id == "talents" else e for e in OLD.elements
    )
    content = section(period=Q3, talents=number("1"), licences=number("2"), centres=CENTRES)
    result = fit_to_form(
        moved(migrate_section(content, OLD, newer(elements=asks_zones))), newer(elements=asks_zones)
    )
    assert moved(result).figures == {"licences": number("2")}
    assert {line.old for line in result.lines} == {"talents", "centres"}
    assert all("本期不报这一项" in line.reason for line in result.lines)
