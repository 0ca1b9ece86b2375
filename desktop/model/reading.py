"""Reading what a person types, or what stands in a cell, into exact figures in the element's typed unit.

What one would read without a doubt is read silently: full-width digits, thousands separators in their places,
the element's own unit. What had to be guessed is read with a notice. Anything else stays as typed, with an
error: a figure that was read wrongly is worse than one that wasn't read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal

from desktop.model.canonical import clean_text
from desktop.model.catalogue import text as catalogue_text
from desktop.model.cell_formats import shape_of
from desktop.model.decimals import EXACT, canonical, display, places
from desktop.model.element import DataElement
from desktop.model.finding import Finding, Severity
from desktop.model.submission import NIL, Figure, FigureState
from desktop.values import dataclass

MOST_DIGITS = 20
"""Digits a figure may have before and after the point, and in all."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f\t\r\n"), " ")
_SIGNS = {ord("−"): "-", ord("﹣"): "-", ord("﹢"): "+", ord("﹪"): "%"}
_PLAIN: dict[int, int | str] = {**_FULL_WIDTH, **_SPACES, **_SIGNS}

_NIL = "无此项业务"
_NIL_GUESSES = frozenset({"无", "无此业务", "无业务", "不涉及", "不适用", "/", "-", "--", "–", "—", "——"})

_NUMBER = re.compile(
    r"(?P<sign>[+-]?) *(?P<whole>[0-9][0-9, ]*|(?=\.[0-9]))(?:\.(?P<decimals>[0-9]*))?"
    r"(?P<exponent>[eE][+-]?[0-9]+)?(?P<suffix> *[^0-9 .,+-].*)?"
)
_WHOLE = re.compile(r"[0-9]*|[1-9][0-9]{0,2}(?P<separator>[ ,])[0-9]{3}(?:(?P=separator)[0-9]{3})*")
_PERCENTAGE = re.compile(r"([0-9]{1,3})(?:\.0*)? ?%?")
_LITERALS = re.compile(r'"[^"]*"|\\.')
_MULTIPLIED = re.compile(r"(万亿|千万|百万|十万|亿|万|千|百)?(.*)")
_MULTIPLIERS = {
    "百": Decimal(10) ** 2,
    "千": Decimal(10) ** 3,
    "万": Decimal(10) ** 4,
    "十万": Decimal(10) ** 5,
    "百万": Decimal(10) ** 6,
    "千万": Decimal(10) ** 7,
    "亿": Decimal(10) ** 8,
    "万亿": Decimal(10) ** 12,
}
_COUNTERS = frozenset({"件", "家", "项", "户", "次", "起", "宗", "人", "所", "处", "名", "份"})
_CELL_DIGITS = 15
"""Digits that spreadsheets keep; what a cell holds beyond them is binary noise."""
_LARGEST_EXPONENT = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure and what has to be said about how it was read."""

    figure: Figure
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PercentReading:
    """A whole percentage from 0 to 100; None where nothing, or nothing readable, was typed."""

    percent: int | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A value with the codes of the notices it needs."""

    value: Decimal
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a text isn't read: the last part of a code `reading.why.*`."""

    why: str


def read_figure(
    text: str, element: DataElement, *, unit: str = "", period: str = "", number_format: str = ""
) -> Reading:
    """Read a typed text, or a cell's raw value with its number format, as a figure of `element`.

    An empty text is blank. 万/亿 and units are taken relative to the element's typed unit: 1.2亿 in 万元 is
    12000, 5000元 is 0.5. Per cent is read for elements in %, where 0.008 in a cell shown as 0.8% is 0.8. A
    text that can't be read gives an unreadable figure that keeps it, and an error reading.unreadable.
    """
    typed = clean_text(text).strip()
    plain = typed.translate(_PLAIN).strip()
    if not plain:
        return Reading(Figure())
    about = {"name": element.name, "typed": _short(typed), "unit": element.unit.typed}

    def finding(code: str, severity: Severity, more: Mapping[str, str]) -> Finding:
        return Finding(code, severity, unit, period, element.id, params={**about, **more})

    if plain == _NIL:
        return Reading(NIL)
    if plain in _NIL_GUESSES:
        return Reading(NIL, (finding("reading.nil", Severity.NOTICE, {}),))
    result = _read(plain, element, number_format)
    if isinstance(result, _Refused):
        why = catalogue_text(f"reading.why.{result.why}", about)
        unread = Figure(FigureState.UNREADABLE, typed=typed)
        return Reading(unread, (finding("reading.unreadable", Severity.ERROR, {"why": why}),))
    shown = display(result.value, places(result.value))
    notices = tuple(finding(f"reading.{code}", Severity.NOTICE, {"value": shown}) for code in result.notices)
    return Reading(Figure.number(result.value), notices)


def read_percent(text: str, *, unit: str = "", period: str = "", address: str = "") -> PercentReading:
    """Read an item's percentage: a whole number from 0 to 100, with or without %."""
    typed = clean_text(text).strip()
    plain = typed.translate(_PLAIN).strip()
    if not plain:
        return PercentReading(None)
    match = _PERCENTAGE.fullmatch(plain)
    if match is None or int(match[1]) > 100:
        params = {"typed": _short(typed)}
        return PercentReading(
            None, (Finding("reading.percent", Severity.ERROR, unit, period, address, "", params),)
        )
    return PercentReading(int(match[1]))


def _read(plain: str, element: DataElement, number_format: str) -> _Read | _Refused:
    """The value of a half-width text in the element's typed unit."""
    notices: list[str] = []
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1].strip()
        notices.append("parentheses")
    if "。" in plain:
        plain = plain.replace("。", ".")
        notices.append("full_stop")
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return _Refused("no_number")
    whole = match["whole"].strip()
    if not _WHOLE.fullmatch(whole):
        return _Refused("separators")
    digits = re.sub("[ ,]", "", whole)
    if len(digits) > MOST_DIGITS or len(match["decimals"] or "") > 3 * MOST_DIGITS:
        return _Refused("too_long")
    value = Decimal(f"{match['sign']}{digits or '0'}.{match['decimals'] or '0'}")
    if match["exponent"]:
        exponent = int(match["exponent"][1:])
        if abs(exponent) > _LARGEST_EXPONENT:
            return _Refused("too_long")
        value = value.scaleb(exponent, EXACT)
        notices.append("scientific")
    scaled = _in_typed_unit(value, (match["suffix"] or "").strip(), element, number_format)
    if isinstance(scaled, _Refused):
        return scaled
    if _too_long(scaled.value):
        return _Refused("too_long")
    return _Read(Decimal(canonical(scaled.value)), (*notices, *scaled.notices))


def _in_typed_unit(value: Decimal, suffix: str, element: DataElement, number_format: str) -> _Read | _Refused:
    """The value in the element's typed unit, given what stands behind the digits."""
    own = element.unit.typed
    if not suffix:
        return _from_cell(value, element, number_format)
    if suffix == own:
        return _Read(value)
    if "%" in suffix or own == "%":
        return _Refused("percent" if suffix == "%" else "other_unit")
    multiplier, base = _split(suffix)
    own_multiplier, own_base = _split(own)
    if base in ("", own_base):
        scaled = EXACT.divide(EXACT.multiply(value, multiplier), own_multiplier)
        return _Read(scaled, ("converted" if base else "multiplier",))
    if base == "个" and own_base in _COUNTERS:
        return _Read(EXACT.multiply(value, multiplier), ("counter",))
    return _Refused("other_unit")


def _from_cell(value: Decimal, element: DataElement, number_format: str) -> _Read | _Refused:
    """A bare number; in a cell, its format may show it as per cent, with a unit or otherwise than it is."""
    if not number_format:
        return _Read(value)
    own, shape = element.unit.typed, shape_of(number_format, value)
    if shape.scaled:
        return _Refused("scaled_format")
    notices: list[str] = []
    if len(value.as_tuple().digits) > _CELL_DIGITS:
        exact, value = value, value.normalize(Context(prec=_CELL_DIGITS))
        notices += ["cell_precision"] if value != exact else []
    notices += ["hidden_format"] * shape.hidden + ["unsigned_format"] * shape.unsigned
    if "%" in _LITERALS.sub("", number_format):
        if own != "%":
            return _Refused("percent")
        return _Read(value.scaleb(2, EXACT), (*notices, "percent_format"))
    if not shape.unit or shape.unit == own:
        return _Read(value, tuple(notices))
    shown = _in_typed_unit(value, shape.unit, element, "")
    return shown if isinstance(shown, _Refused) else _Read(shown.value, (*notices, "unit_format"))


def _split(unit: str) -> tuple[Decimal, str]:
    """A unit's multiplier and what it multiplies: 万元 is 10⁴ and 元."""
    match = _MULTIPLIED.fullmatch(unit)
    assert match is not None  # both groups may be empty
    return _MULTIPLIERS.get(match[1] or "", Decimal(1)), match[2].strip()


def _too_long(value: Decimal) -> bool:
    whole, _, decimals = canonical(abs(value)).partition(".")
    return max(len(whole), len(decimals), len((whole + decimals).lstrip("0"))) > MOST_DIGITS


def _short(typed: str) -> str:
    return typed if len(typed) <= 40 else typed[:39] + "…"
