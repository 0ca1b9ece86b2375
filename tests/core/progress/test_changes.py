"""Values of indicators, growth and changes, and figures shown beside a target."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.model.decimals import Rounding
from desktop.model.indicator import Better, Measure
from desktop.progress import change_text, display_against, growth_over_common, indicator_value
from tests.core.plans import small_plan

PLAN = small_plan()


def test_a_ratio_is_the_quotient_of_sums() -> None:
    share = PLAN.indicator("licence_share")
    assert indicator_value(share, {"licences": Decimal(5), "patents": Decimal(40)}) == Decimal("12.5")
    assert indicator_value(share, {"licences": Decimal(5), "patents": None}) is None
    assert indicator_value(share, {"licences": Decimal(5)}) is None
    assert indicator_value(share, {"licences": Decimal(5), "patents": Decimal(0)}) is None
    pledged = PLAN.indicator("pledged")
    assert indicator_value(pledged, {"pledges": Decimal(123456)}) == Decimal("12.3456")


def test_growth_looks_at_the_units_present_in_both_periods() -> None:
    now = {"a": Decimal(110), "b": Decimal(50), "c": Decimal(5)}
    growth = growth_over_common(now, {"a": Decimal(100), "b": Decimal(60), "d": Decimal(9)})
    assert (growth.rate, growth.difference, growth.units) == (Decimal(0), Decimal(0), ("a", "b"))
    assert growth_over_common(now, {"a": Decimal(88)}).rate == Decimal(25)
    assert growth_over_common(now, {"d": Decimal(1)}).difference is None


@pytest.mark.parametrize("base", ["0", "-5"])
def test_a_base_that_is_not_positive_gives_a_difference_and_no_rate(base: str) -> None:
    growth = growth_over_common({"a": Decimal(10)}, {"a": Decimal(base)})
    assert (growth.rate, growth.difference) == (None, 10 - Decimal(base))


def test_changes_have_the_names_of_what_changes() -> None:
    assert change_text(Decimal(93), Decimal("92.5"), Measure.RATIO, "%", 1) == "+0.5个百分点"
    assert change_text(Decimal("2.1"), Decimal("2.4"), Measure.RATIO, "家/百家", 1) == "-0.3家/百家"
    assert change_text(Decimal(86), Decimal(84), Measure.SCORE, "分", 1) == "+2.0分"
    assert change_text(Decimal(110), Decimal(100), Measure.COUNT, "件", 0) == "+10.0%"
    assert change_text(Decimal(5), Decimal(0), Measure.COUNT, "件", 0) == "—（增减额+5件）"
    assert change_text(Decimal(5), None, Measure.COUNT, "件", 0) == "—"


def test_a_value_that_misses_never_prints_equal_to_its_target() -> None:
    thirty = Decimal(30)
    assert display_against(Decimal("29.96"), thirty, 1) == "29.96"
    assert display_against(Decimal("29.9999"), thirty, 1) == "29.9999"
    assert display_against(Decimal("29.94"), thirty, 1) == "29.9"
    assert display_against(Decimal("30.04"), thirty, 1) == "30.0"
    assert display_against(Decimal("1.004"), Decimal(1), 2, better=Better.LOWER) == "1.004"
    assert display_against(Decimal("29.95"), thirty, 1, Rounding.HALF_EVEN) == "29.95"
