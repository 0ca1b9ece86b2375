"""The picture of a form comes back as it was kept, and what isn't one is none."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ui.colours import Tone
from ui.entry.columns import COLUMNS
from ui.entry.sheet_picture import Mark, PictureLine, SheetPicture, picture_from

names = st.text(max_size=8)
headers = st.builds(
    lambda category, title: PictureLine(category, "", frozenset((Mark.HEADER,)), (title,)), names, names
)
rows = st.builds(
    PictureLine,
    category=names,
    element=names,
    marks=st.frozensets(st.sampled_from([mark for mark in Mark if mark is not Mark.HEADER])),
    texts=st.tuples(*[names] * COLUMNS),
    tones=st.tuples(*[st.none() | st.sampled_from(Tone)] * COLUMNS),
)
pictures = st.builds(
    SheetPicture,
    plan=names,
    unit=names,
    period=names,
    lines=st.lists(headers | rows, max_size=4).map(tuple),
)
leaves = st.none() | st.booleans() | st.integers() | names
plain_data = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=6)


@given(pictures)
def test_a_picture_comes_back_from_the_file(picture: SheetPicture) -> None:
    assert picture_from(json.loads(json.dumps(picture.plain()))) == picture


@given(pictures, plain_data, st.data())
def test_what_is_no_picture_is_none(picture: SheetPicture, other: Any, data: st.DataObject) -> None:  # noqa: ANN401
    plain = json.loads(json.dumps(picture.plain()))
    inside: Any = plain
    while isinstance(inside, list | dict) and inside:
        places = range(len(inside)) if isinstance(inside, list) else sorted(inside)
        place = data.draw(st.sampled_from(places))
        if data.draw(st.booleans()):
            inside[place] = other
            break
        inside = inside[place]
    found = picture_from(plain)
    for line in found.lines if found is not None else ():
        assert len(line.texts) == (1 if line.is_header else COLUMNS)
