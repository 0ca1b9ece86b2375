"""Any figure reads back from what is shown of it, in the ways people write it; none is silently misread."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from desktop.model.catalogue import message
from desktop.model.decimals import canonical, display, places
from desktop.model.element import Nature
from desktop.model.finding import Severity
from desktop.model.reading import read_figure
from desktop.model.submission import FigureState
from tests.core.plans import element

COUNT = element("n", Nature.FLOW, name="件数")
AMOUNT = element("m", Nature.FLOW, name="金额", typed="万元", decimals=2)
SHARE = element("p", Nature.STOCK, name="占比", typed="%", decimals=2)
FIGURES = st.tuples(st.integers(-(10**15), 10**15), st.integers(-6, 0)).map(
    lambda parts: Decimal(parts[0]).scaleb(parts[1])
)
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@given(FIGURES)
def test_what_is_shown_reads_back_without_a_word(value: Decimal) -> None:
    grouped = display(value, places(value))
    texts = [canonical(value), grouped, grouped.replace(",", "，"), grouped.replace(",", " ")]
    for text in [*texts, grouped.translate(FULL_WIDTH), f" {grouped} 件", f"{grouped}件　"]:
        reading = read_figure(text, COUNT)
        assert reading.figure.value == value, text
        assert reading.findings == ()


@given(FIGURES)
def test_amounts_read_relative_to_the_typed_unit(value: Decimal) -> None:
    plain = canonical(value)
    for text, expected, guessed in [
        (f"{plain}万元", value, False),
        (f"{plain}元", value.scaleb(-4), True),
        (f"{plain}亿", value.scaleb(4), True),
        (f"{plain}亿元", value.scaleb(4), True),
    ]:
        reading = read_figure(text, AMOUNT)
        if reading.figure.state is FigureState.UNREADABLE:
            assert len(canonical(abs(expected)).replace(".", "")) > 20
            continue
        assert reading.figure.value == expected
        assert [finding.severity for finding in reading.findings] == [Severity.NOTICE] * guessed


@given(FIGURES)
def test_a_cell_shown_as_per_cent_is_what_it_shows(value: Decimal) -> None:
    small = canonical(value.scaleb(-8))
    if len(small.lstrip("-0.").replace(".", "")) > 15:
        return
    reading = read_figure(small, SHARE, number_format="0.00%")
    assert reading.figure.value == value.scaleb(-6)
    assert [finding.code for finding in reading.findings] == ["reading.percent_format"]
    assert read_figure(small, COUNT, number_format="0.00%").figure.state is FigureState.UNREADABLE


@given(
    st.one_of(
        st.text(max_size=30),
        st.text(alphabet="0123456789.,， 万亿元件%-+()（）eE。", max_size=14),
    )
)
@example("1,5")
@example("1.234,5")
@example("\x00" * 3)
@example("9" * 5000)
@example("²")
@example("٣")
def test_whatever_is_typed_is_read_or_kept(text: str) -> None:
    for target in (COUNT, AMOUNT, SHARE):
        for number_format in ("", "General", "0.0%"):
            reading = read_figure(text, target, number_format=number_format)
            figure = reading.figure
            assert all(message(finding) for finding in reading.findings)
            errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
            assert bool(errors) == (figure.state is FigureState.UNREADABLE)
            assert bool(figure.typed) == (figure.state is FigureState.UNREADABLE)
            if figure.value is not None:
                assert len(canonical(abs(figure.value)).replace(".", "").lstrip("0")) <= 20


@given(st.integers(1, 10**9), st.integers(1, 4))
def test_a_decimal_comma_is_never_taken_for_a_thousands_separator(whole: int, digits: int) -> None:
    for decimals in {"5" * digits, "0" * digits} - {"555", "000"}:
        for comma in ",，":
            assert read_figure(f"{whole}{comma}{decimals}", COUNT).figure.state is FigureState.UNREADABLE
