"""Names of files that we make: Windows takes every one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.file_name import safe_part

DEVICES = ("CON", "prn", "Aux", "NUL", "COM1", "com9", "LPT1", "CONIN$")


@pytest.mark.parametrize("name", DEVICES)
def test_no_name_is_that_of_a_device(name: str) -> None:
    assert safe_part(name).lower() not in {device.lower() for device in DEVICES}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("塘沽街道", "塘沽街道"),
        ("a:b/c\\d*", "a-b-c-d"),
        ("末尾. ", "末尾"),
        ("..", "未命名"),
        ("concert", "concert"),
    ],
)
def test_what_a_file_system_refuses_becomes_a_hyphen(text: str, name: str) -> None:
    assert safe_part(text) == name


@given(st.one_of(st.text(), st.sampled_from(DEVICES).map(lambda name: f" {name}.")))
def test_any_text_gives_a_name_that_windows_takes(text: str) -> None:
    name = safe_part(text)
    assert 0 < len(name) <= 41
    assert not set(name) & set('<>:"/\\|?*\t\n')
    assert name[-1] not in ". " and name[0] != " "
    assert name.lower() not in {device.lower() for device in DEVICES}
