"""The monthly plan in the real window: chosen at the first start, filled by a town, merged by the bureau.

With ZHIBAO_SCREENS=folder each step is kept as a picture.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.end2end.by_hand import Office, asked_of, consolidate, expected_figures, merged_figures, report
from tests.end2end.eco_plan.frame import PLAN
from tests.end2end.real_window import open_program, open_screen, pictures_folder

PERIOD, OLDEST = "2026M10", "2024M01"

TOWN = Office(
    "mao",
    "演示卯镇",
    "ysmz",
    {
        "voc_firms": ("2", Decimal(2)),
        "sewage_total": ("300.25", Decimal("300.25")),
        "sewage_treated": ("285", Decimal(285)),
        "afforestation": ("20.5", Decimal("20.5")),
        "planted": ("20.5", Decimal("20.5")),
        "petitions": ("31", Decimal(31)),
        "petitions_closed": ("33", Decimal(33)),
        "inspections": ("210", Decimal(210)),
    },
    corrected="sewage_treated",
    explained=("petitions_closed",),
    period=PERIOD,
    oldest=OLDEST,
    plan=PLAN,
    plan_keys=("End",),
    pictures={
        name: f"eco-{name}" for name in ("00-plans", "01-start", "02-form", "04-explain", "06-submitted")
    },
)
OFFICE = Office(
    "sthj",
    "演示生态环境局",
    "yssthjj",
    {
        "pm25": ("37.4", Decimal("37.4")),
        "valid_days": ("303", Decimal(303)),
        "good_days": ("221", Decimal(221)),
        "sections_total": ("12", Decimal(12)),
        "sections_good": ("10", Decimal(10)),
    },
    corrected="good_days",
    period=PERIOD,
    oldest=OLDEST,
    role=("Right", "Right"),
    left_item="item/3",
    plan=PLAN,
    plan_keys=("End",),
    pictures={name: f"eco-{name}" for name in ("05-items", "07-board", "08-intake", "09-exported")},
)


@pytest.mark.xvfb
@pytest.mark.slow
def test_the_monthly_round_by_hand(tmp_path: Path) -> None:
    mail, merged = tmp_path / "mail", tmp_path / "merged.xlsx"
    mail.mkdir()
    asked = {office.unit: asked_of(tmp_path, office) for office in (TOWN, OFFICE)}
    with open_screen(tmp_path, pictures_folder()) as screen:
        with open_program(screen, tmp_path / TOWN.unit) as window:
            report(window, TOWN, asked[TOWN.unit])
            window.quit()
            (made,) = window.files.glob("*.xlsx")
            shutil.copy(made, mail)
        with open_program(screen, tmp_path / OFFICE.unit) as window:
            report(window, OFFICE, asked[OFFICE.unit])
            consolidate(window, OFFICE, mail, merged)
            window.quit()
    expected = [expected_figures(office, asked[office.unit]) for office in (TOWN, OFFICE)]
    assert merged_figures(merged) == expected[0] | expected[1]
