"""Columns share the width there is, and rows of controls go on in the next line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.fitted_columns import shared
from ui.flow import FlowLayout

widths = st.integers(10, 400)
COLUMNS = st.lists(st.tuples(widths, widths, st.integers(0, 5)), min_size=1, max_size=9)


@given(columns=COLUMNS, room=st.integers(50, 3000))
def test_columns_fill_the_room_and_the_widest_give_way(
    columns: list[tuple[int, int, int]], room: int
) -> None:
    needs = [need for need, _, _ in columns]
    floors = [min(floor, need) for need, floor, _ in columns]
    found = shared(needs, floors, [weight for _, _, weight in columns], room)
    assert all(width >= floor for width, floor in zip(found, floors, strict=True))
    if sum(floors) <= room:
        assert sum(found) == room
    if sum(needs) <= room:
        assert all(width >= need for width, need in zip(found, needs, strict=True))
    else:
        cut = [width for width, need in zip(found[:-1], needs[:-1], strict=True) if width < need]
        whole = [
            width
            for width, need, floor in zip(found[:-1], needs[:-1], floors[:-1], strict=True)
            if width == need != floor
        ]
        assert not cut or not whole or max(whole) <= max(cut), "a short text stays whole before a long one"


def test_a_row_of_controls_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    buttons, field = [QPushButton(f"按钮 {number}") for number in range(4)], QLineEdit()
    row.setLayout(FlowLayout(*buttons, field))
    hidden = buttons[3]
    hidden.hide()
    row.resize(2000, 100)
    row.show()
    assert len({button.y() for button in buttons[:3]}) == 1
    assert field.geometry().right() >= 1990, "a field takes what is left"
    row.resize(buttons[0].sizeHint().width() + 20, 400)
    assert [button.x() for button in buttons[:3]] == [0, 0, 0]
    tops = [button.y() for button in buttons[:3]]
    assert tops == sorted(set(tops)), "one below the other"
    layout = row.layout()
    assert layout is not None and layout.heightForWidth(row.width()) > layout.sizeHint().height()
