"""Outliers over a unit's own history, and the modified z-score against a slow version of it."""

from __future__ import annotations

import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.catalogue import message
from desktop.model.family import Family, FamilySetting
from desktop.model.finding import Finding
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import NIL, Figure, Section
from desktop.validation import CheckContext, check_section
from desktop.validation.scores import median, spread
from tests.core.plans import small_plan, with_changes

QUARTERS = [f"{year}Q{number}" for year in (2021, 2022, 2023) for number in (1, 2, 3, 4)]
figures = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def only_outliers(**parameters: str) -> Plan:
    """The small plan with the other rules on changes off, so that nothing stands before an outlier."""
    others = (Family.UNIT_SLIP, Family.FALL, Family.JUMP)
    numbers = {name.replace("__", "."): Decimal(value) for name, value in parameters.items()}
    own = FamilySetting(Family.OUTLIER, parameters=numbers)
    return with_changes(small_plan(), families=(own, *(FamilySetting(f, enabled=False) for f in others)))


def section(period: str, element: str, value: str | Figure) -> Section:
    figure = Figure.number(Decimal(value)) if isinstance(value, str) else value
    return Section("zone-a", Period.parse(period), {element: figure})


def outliers(
    element: str, period: str, value: str, earlier: dict[str, str], plan: Plan | None = None
) -> list[Finding]:
    plan = plan or only_outliers()
    checked = section(period, element, value)
    history = tuple(section(then, element, figure) for then, figure in earlier.items())
    form = form_for(plan, plan.unit("zone-a"), checked.period)
    found = check_section(CheckContext(plan, form, checked, history=history))
    return [finding for finding in found if finding.code.startswith("value.outlier")]


def levels(*values: str) -> dict[str, str]:
    """Figures of the quarters before 2024Q1."""
    return dict(zip(QUARTERS[-len(values) :], values, strict=True))


# The score


@given(st.lists(figures, min_size=1, max_size=30))
def test_the_median_is_that_of_the_statistics_module(values: list[Decimal]) -> None:
    exact = statistics.median([Fraction(value) for value in values])
    assert Fraction(median(values)) == exact


@given(st.lists(figures, min_size=1, max_size=30), figures, st.integers(0, 50))
def test_the_score_is_that_of_a_slow_version(values: list[Decimal], value: Decimal, floor: int) -> None:
    parts = [Fraction(entry) for entry in values]
    middle = statistics.median(parts)
    deviation = statistics.median([abs(part - middle) for part in parts])
    scale = max(deviation, abs(middle) * floor / 100, Fraction(1, 100))
    expected = Fraction(6745, 10000) * (Fraction(value) - middle) / scale
    found = Fraction(spread(values, Decimal(floor), Decimal("0.01")).score(value))
    assert abs(found - expected) <= abs(expected) / 10**50


@given(st.lists(figures, min_size=1, max_size=20), figures, figures)
def test_the_score_does_not_care_where_zero_is(values: list[Decimal], value: Decimal, moved: Decimal) -> None:
    here = spread(values, Decimal(0), Decimal(1)).score(value)
    there = spread([v + moved for v in values], Decimal(0), Decimal(1)).score(value + moved)
    assert here == there


def test_a_score_needs_figures_and_a_floor() -> None:
    with pytest.raises(ValueError, match="least"):
        spread([], Decimal(5), Decimal(1))
    with pytest.raises(ValueError, match="least"):
        spread([Decimal(1)], Decimal(5), Decimal(0))


# Stocks: levels


def test_a_jump_in_a_constant_series_is_seen() -> None:
    (finding,) = outliers("geo_products", "2024Q1", "60", levels("40", "40", "40", "40"))
    assert finding.code == "value.outlier"
    # the scale is 5 % of 40: 0.6745 × 20 ÷ 2
    assert message(finding) == (
        "地理标志产品本期60个，偏离本单位以往水平：此前4期的中位数为40个，相差20个（偏离度6.7）。"
    )


def test_a_series_of_zeros_has_a_floor_too() -> None:
    assert len(outliers("geo_products", "2024Q1", "10", levels("0", "0", "0", "0"))) == 1
    assert outliers("geo_products", "2024Q1", "9", levels("0", "0", "0", "0")) == []  # nine pieces


def test_a_distance_needs_a_least_amount_beside_the_score() -> None:
    steady = levels("4", "4", "4", "4", "4")
    assert outliers("geo_products", "2024Q1", "13", steady) == []
    assert len(outliers("geo_products", "2024Q1", "14", steady)) == 1
    plan = only_outliers(minimum_change="10", geo_products__minimum_change="3")
    assert len(outliers("geo_products", "2024Q1", "10", steady, plan)) == 1


def test_three_periods_are_no_history() -> None:
    assert outliers("geo_products", "2024Q1", "600", levels("40", "40", "40")) == []
    plan = only_outliers(periods="3")
    assert len(outliers("geo_products", "2024Q1", "600", levels("40", "40", "40"), plan)) == 1


def test_periods_of_another_type_and_later_ones_are_no_history() -> None:
    years = {"2020": "40", "2021": "40", "2022": "40", "2023": "40"}
    assert outliers("geo_products", "2024Q1", "600", years) == []
    later = {"2024Q2": "40", "2024Q3": "40", "2024Q4": "40", "2025Q1": "40"}
    assert outliers("geo_products", "2024Q1", "600", later) == []


def test_blanks_are_left_out_and_nil_counts_as_zero() -> None:
    plan = only_outliers()
    form = form_for(plan, plan.unit("zone-a"), Period.parse("2024Q1"))
    checked = section("2024Q1", "geo_products", "50")

    def found(figure: Figure) -> list[str]:
        history = tuple(section(then, "geo_products", figure) for then in QUARTERS[-4:])
        said = check_section(CheckContext(plan, form, checked, history=history))
        return [finding.code for finding in said if finding.code == "value.outlier"]

    assert found(Figure()) == []
    assert found(NIL) == ["value.outlier"]


def test_a_series_that_varies_may_vary() -> None:
    lively = levels("20", "60", "35", "80", "45", "15")
    assert outliers("geo_products", "2024Q1", "110", lively) == []
    assert len(outliers("geo_products", "2024Q1", "190", lively)) == 1


def test_a_steady_growth_is_no_outlier() -> None:
    growing = levels(*(str(100 + 10 * step) for step in range(12)))
    assert outliers("geo_products", "2024Q1", "220", growing) == []


def test_a_level_that_was_explained_is_not_asked_about_each_period() -> None:
    moved = levels("40", "40", "40", "40", "40", "90")
    assert outliers("geo_products", "2024Q1", "91", moved) == []
    assert len(outliers("geo_products", "2024Q1", "140", moved)) == 1


# Flows: what each period added


YEAR_TO_DATE = {
    **{f"{year}Q1": "30" for year in (2022, 2023)},
    **{f"{year}Q2": "62" for year in (2022, 2023)},
    **{f"{year}Q3": "91" for year in (2022, 2023)},
    **{f"{year}Q4": "220" for year in (2022, 2023)},
}


def test_a_flow_is_judged_by_what_the_period_added() -> None:
    (finding,) = outliers("oversea", "2024Q1", "90", YEAR_TO_DATE)
    assert finding.code == "value.outlier_added"
    assert "本期新增90件" in message(finding)
    assert "此前8期新增数的中位数为31" in message(finding)
    assert outliers("oversea", "2024Q1", "33", YEAR_TO_DATE) == []
    so_far = {**YEAR_TO_DATE, "2024Q1": "30"}
    assert (
        outliers("oversea", "2024Q2", "61", so_far) == []
    )  # twice the first quarter's is one quarter's worth
    assert len(outliers("oversea", "2024Q2", "120", so_far)) == 1


def test_a_season_that_returns_is_no_outlier() -> None:
    so_far = {**YEAR_TO_DATE, "2024Q1": "30", "2024Q2": "60", "2024Q3": "90"}
    assert outliers("oversea", "2024Q4", "215", so_far) == []  # 125 after 129 a year ago
    assert len(outliers("oversea", "2024Q4", "400", so_far)) == 1


def test_what_a_period_added_is_unknown_without_the_one_before() -> None:
    assert outliers("oversea", "2024Q2", "900", YEAR_TO_DATE) == []


@given(st.lists(st.integers(0, 500), min_size=4, max_size=12), st.integers(0, 2000))
def test_a_figure_is_found_exactly_if_it_is_far_from_all_it_could_be_like(
    earlier: list[int], value: int
) -> None:
    """Against a slow version in fractions: far from the median, the last figure and last year's."""
    series = levels(*map(str, earlier))
    middle = statistics.median([Fraction(v) for v in earlier])
    deviation = statistics.median([abs(v - middle) for v in earlier])
    scale = max(Fraction(deviation), middle / 20, Fraction(1))
    like = [middle, Fraction(earlier[-1]), *([Fraction(earlier[-4])] if len(earlier) >= 4 else [])]
    nearest = min(abs(value - other) for other in like)
    expected = nearest >= 10 and Fraction(6745, 10000) * nearest / scale > Fraction(7, 2)
    assert bool(outliers("geo_products", "2024Q1", str(value), series)) == expected
