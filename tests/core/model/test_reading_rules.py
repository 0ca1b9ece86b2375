"""How typed texts are read: what silently, what with a notice, and what not at all."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from desktop.model.catalogue import message
from desktop.model.element import Column, ColumnType, DataElement, ElementKind, Nature
from desktop.model.finding import Severity
from desktop.model.listing import is_credit_code, list_figure, read_date
from desktop.model.reading import read_figure, read_percent
from desktop.model.submission import FigureState
from tests.core.plans import element

COUNT = element("n", Nature.FLOW, name="件数")
AMOUNT = element("m", Nature.FLOW, name="金额", typed="万元", decimals=2)
PEOPLE = element("w", Nature.STOCK, name="人口", typed="万人", decimals=2)
SHARE = element("p", Nature.STOCK, name="占比", typed="%", decimals=2)


@pytest.mark.parametrize(
    ("text", "target", "value"),
    [
        ("１２，３４５", COUNT, "12345"),
        ("－５", COUNT, "-5"),
        ("−5", COUNT, "-5"),
        ("+5", COUNT, "5"),
        ("007", COUNT, "7"),
        ("12.", COUNT, "12"),
        (".5", COUNT, "0.5"),
        ("12 件", COUNT, "12"),
        ("12345678901234567890", COUNT, "12345678901234567890"),
        ("5000万元", AMOUNT, "5000"),
        ("0.8%", SHARE, "0.8"),
        ("８％", SHARE, "8"),
        ("-0", COUNT, "0"),
    ],
)
def test_read_without_a_word(text: str, target: DataElement, value: str) -> None:
    reading = read_figure(text, target)
    assert reading.figure.value == Decimal(value)
    assert not reading.findings


@pytest.mark.parametrize(
    ("text", "target", "number_format", "value", "code"),
    [
        ("3万", COUNT, "", "30000", "reading.multiplier"),
        ("1.2亿", AMOUNT, "", "12000", "reading.multiplier"),
        ("3万", AMOUNT, "", "3", "reading.multiplier"),
        ("5000元", AMOUNT, "", "0.5", "reading.converted"),
        ("2067300人", PEOPLE, "", "206.73", "reading.converted"),
        ("12个", COUNT, "", "12", "reading.counter"),
        ("1E3", COUNT, "", "1000", "reading.scientific"),
        ("1。5", COUNT, "", "1.5", "reading.full_stop"),
        ("（5）", COUNT, "", "-5", "reading.parentheses"),
        ("0.008", SHARE, "0.0%", "0.8", "reading.percent_format"),
        ("0.30000000000000004", SHARE, "General", "0.3", "reading.cell_precision"),
    ],
)
def test_a_guess_is_read_and_said(
    text: str, target: DataElement, number_format: str, value: str, code: str
) -> None:
    reading = read_figure(text, target, unit="zone-a", period="2024Q3", number_format=number_format)
    assert reading.figure.value == Decimal(value)
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == (code, Severity.NOTICE)
    assert (finding.unit, finding.period, finding.address) == ("zone-a", "2024Q3", target.id)
    assert text in message(finding)


@pytest.mark.parametrize(
    "text",
    ["1,23", "1,5", "0,123", "1 23", "1,234 567", "1.2.3", "12家", "8%", "约100", "十二", "NaN", "inf",
     "#N/A", "--5", "1-2", "2024-01-02", ">5", "1E99", "123456789012345678901", "暂无"],
)  # fmt: skip
def test_what_cannot_be_read_stays_as_typed(text: str) -> None:
    reading = read_figure(text, COUNT)
    assert (reading.figure.state, reading.figure.typed, reading.figure.value) == (
        FigureState.UNREADABLE,
        text,
        None,
    )
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("reading.unreadable", Severity.ERROR)
    assert text in message(finding)


def test_the_four_kinds_of_nothing() -> None:
    assert read_figure(" 　", COUNT).figure.state is FigureState.BLANK
    assert read_figure("0", COUNT).figure.value == 0
    assert read_figure("无此项业务", COUNT).figure.state is FigureState.NIL
    assert not read_figure("无此项业务", COUNT).findings
    for text in ("无", "/", "—", "－", "／"):
        reading = read_figure(text, COUNT)
        assert reading.figure.state is FigureState.NIL
        assert [finding.code for finding in reading.findings] == ["reading.nil"]


def test_percentages_of_items() -> None:
    assert [read_percent(text).percent for text in ("0", "80%", "１００", "80.0", "")] == [
        0,
        80,
        100,
        80,
        None,
    ]
    for text in ("101", "-1", "80.5", "八成", "0.8"):
        reading = read_percent(text, address="item/3")
        assert reading.percent is None
        assert [(finding.code, finding.address) for finding in reading.findings] == [
            ("reading.percent", "item/3")
        ]


LIST = element(
    "centres",
    Nature.STOCK,
    kind=ElementKind.LIST,
    columns=(
        Column("name", "名称", required=True),
        Column("code", "统一社会信用代码", ColumnType.CREDIT_CODE),
        Column("until", "有效期", ColumnType.DATE, expires=True),
    ),
)


def test_a_list_is_cleaned_and_its_valid_rows_counted() -> None:
    typed = [
        {"name": " 演示中心 ", "code": "９１３５０１００ｍ０００１００ｙ４３", "until": "2024年12月31日"},
        {"name": "", "until": " "},
        {"name": "过期中心", "until": "2024/9/29"},
        {"name": "无期限中心", "other": "不在表内"},
    ]
    figure = list_figure(typed, LIST, datetime.date(2024, 9, 30))
    assert figure.value == 2
    assert figure.rows == (
        {"name": "演示中心", "code": "91350100M000100Y43", "until": "2024-12-31"},
        {"name": "过期中心", "until": "2024-09-29"},
        {"name": "无期限中心"},
    )
    assert list_figure([{}], LIST, datetime.date(2024, 9, 30)).state is FigureState.BLANK


def test_a_row_counts_on_its_last_day_and_not_after() -> None:
    rows = [{"name": "甲", "until": "2024-09-30"}]
    assert list_figure(rows, LIST, datetime.date(2024, 9, 30)).value == 1
    assert list_figure(rows, LIST, datetime.date(2024, 10, 1)).value == 0


def test_dates_and_credit_codes() -> None:
    assert read_date("2024.2.29") == datetime.date(2024, 2, 29)
    assert read_date("2023-02-29") is None
    assert read_date("长期") is None
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("91350100M000100Y4")
