"""Every text can be read: a contrast of 4.5:1 at least, light and dark, enabled and disabled."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QListWidget

from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from ui.colours import Tone, is_dark, tone, wash
from ui.palettes import BACKGROUNDS, TEXT_ON, outlined, palette

LEAST = 4.5


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(top: QColor, below: QColor) -> QColor:
    """A translucent colour on an opaque one."""
    alpha = top.alphaF()

    def mixed(above: float, under: float) -> float:
        return above * alpha + under * (1 - alpha)

    return QColor.fromRgbF(
        mixed(top.redF(), below.redF()),
        mixed(top.greenF(), below.greenF()),
        mixed(top.blueF(), below.blueF()),
    )


def test_the_measure_is_the_known_one() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled]
)
def test_texts_of_the_palette_can_be_read(dark: bool, group: QPalette.ColorGroup) -> None:
    used = palette(dark=dark)
    assert is_dark(used) is dark
    found = {
        (text.name, ground.name): contrast(used.color(group, text), used.color(group, ground))
        for text, ground in TEXT_ON
    }
    assert {pair: ratio for pair, ratio in found.items() if ratio < LEAST} == {}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("which", list(Tone))
def test_what_colours_say_can_be_read_on_every_background(dark: bool, which: Tone) -> None:
    used = palette(dark=dark)
    grounds = {role.name: used.color(role) for role in BACKGROUNDS}
    grounds["disabled"] = used.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Base)
    for washed in Tone:
        grounds[f"wash {washed}"] = over(wash(used, washed), used.color(QPalette.ColorRole.Base))
    found = {name: contrast(tone(used, which), ground) for name, ground in grounds.items()}
    assert {name: ratio for name, ratio in found.items() if ratio < LEAST} == {}


@pytest.mark.parametrize("dark", [False, True])
def test_plain_text_can_be_read_on_a_wash(dark: bool) -> None:
    used = palette(dark=dark)
    for which in Tone:
        ground = over(wash(used, which), used.color(QPalette.ColorRole.Base))
        assert contrast(used.color(QPalette.ColorRole.Text), ground) >= LEAST


@pytest.mark.parametrize("dark", [False, True])
def test_an_empty_box_can_be_seen(dark: bool) -> None:
    """WCAG 2 asks 3:1 of what one has to see to use it; Fusion draws the line by a factor of 1.4 darker."""
    used = palette(dark=dark)
    line = outlined(dark=dark).window().color().darker(140)
    grounds = {"box": used.base().color(), "window": used.window().color()}
    assert {name: ratio for name in grounds if (ratio := contrast(line, grounds[name])) < 3} == {}


def test_boxes_are_outlined_once_the_program_is_dressed(open_window: OpenWindow, street: Workspace) -> None:
    open_window(street)
    wanted = outlined(dark=is_dark(QApplication.palette())).window().color()
    assert QApplication.palette(QCheckBox()).window().color() == wanted
    assert QApplication.palette(QListWidget()).window().color() == wanted
    assert QApplication.palette(QLabel()).window().color() != wanted
