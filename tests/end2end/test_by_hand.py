"""A round by hand: a zone, a street and a department fill their forms in the window, keyboard only.

With ZHIBAO_SCREENS=docs/screens each step is kept as a picture; `--basetemp=/tmp/zhibao` keeps the paths in
them short.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.end2end.by_hand import Office, asked_of, consolidate, expected_figures, merged_figures, report
from tests.end2end.real_window import open_program, open_screen, pictures_folder

PERIOD, OLDEST = "2024Q3", "2022Q1"

ZONE = Office(
    "jingkai",
    "经开区",
    "jkq",
    {
        "overseas_invention_grants": ("37", Decimal(37)),
        "contract_total": ("1,234,567.8", Decimal("1234567.8")),
        "contract_patent": ("9,876.54", Decimal("9876.54")),
        "training_visits": ("150,000", Decimal(150000)),
    },
    corrected="contract_patent",
    period=PERIOD,
    oldest=OLDEST,
    explained=("training_visits",),
    pictures={name: name for name in ("01-start", "02-form", "03-error", "04-explain", "06-submitted")},
)
STREET = Office(
    "tanggu",
    "塘沽街道",
    "tgjd",
    {"mediation_street": ("12", Decimal(12)), "training_visits": ("1,234", Decimal(1234))},
    corrected="mediation_street",
    period=PERIOD,
    oldest=OLDEST,
)
BUREAU = Office(
    "scjg",
    "区市场监管局",
    "qscjgj",
    {
        "market_entities": ("345,678", Decimal(345678)),
        "patents_valid": ("80,000", Decimal(80000)),
        "patents_invention_valid": ("24,105", Decimal(24105)),
        "patents_high_value": ("9,876", Decimal(9876)),
        "patent_applications": ("21,500", Decimal(21500)),
        "abnormal_reported": ("320", Decimal(320)),
        "abnormal_withdrawn": ("290", Decimal(290)),
        "trademarks_valid": ("108,600", Decimal(108600)),
        "gi_trademarks": ("145", Decimal(145)),
        "overseas_invention_grants": ("210", Decimal(210)),
        "ip_transfers_licences": ("3,950", Decimal(3950)),
        "patent_transfers": ("3,400", Decimal(3400)),
        "patent_licences": ("550", Decimal(550)),
        "pledge_amount": ("281,234.5", Decimal("281234.5")),
        "training_visits": ("5,000", Decimal(5000)),
    },
    corrected="pledge_amount",
    period=PERIOD,
    oldest=OLDEST,
    role=("Right", "Right"),
    left_item="item/3",
    pictures={name: name for name in ("05-items", "07-board", "08-intake", "09-exported")},
)


@pytest.mark.xvfb
@pytest.mark.slow
def test_round_by_hand(tmp_path: Path) -> None:
    mail, merged = tmp_path / "mail", tmp_path / "merged.xlsx"
    mail.mkdir()
    asked = {office.unit: asked_of(tmp_path, office) for office in (ZONE, STREET, BUREAU)}
    with open_screen(tmp_path, pictures_folder()) as screen:
        for office in (ZONE, STREET):
            with open_program(screen, tmp_path / office.unit) as window:
                report(window, office, asked[office.unit])
                window.quit()
                (made,) = window.files.glob("*.xlsx")
                shutil.copy(made, mail)
        with open_program(screen, tmp_path / BUREAU.unit) as window:
            report(window, BUREAU, asked[BUREAU.unit])
            consolidate(window, BUREAU, mail, merged)
            window.quit()
    expected = [expected_figures(office, asked[office.unit]) for office in (ZONE, STREET, BUREAU)]
    assert merged_figures(merged) == expected[0] | expected[1] | expected[2]
