"""What Excel, WPS and LibreOffice put on the clipboard, read as a table."""

from __future__ import annotations

import pytest

from desktop.workspace import clipboard_table, read_block

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {color: red}</style></head>
<body><table><tr><td>有效专利</td><td x:num="1234567">#####</td></tr>
<tr><td>许可</td><td align=right x:num="123456789012">1.23E+11</td></tr>
<tr><td>占比</td><td x:num="0.08">8%</td></tr></table></body></html>"""


def test_a_plain_text_is_taken_as_it_is() -> None:
    assert clipboard_table("1,234\t８\r\n", EXCEL) == "1,234\t８\r\n"


def test_too_narrow_columns_and_powers_of_ten_are_taken_from_the_values() -> None:
    text = clipboard_table("有效专利\t#####\r\n许可\t1.23E+11\r\n占比\t8%\r\n", EXCEL)
    assert read_block(text) == (("有效专利", "1234567"), ("许可", "123456789012"), ("占比", "8%"))


def test_without_a_table_the_text_stays() -> None:
    assert clipboard_table("####", "<p>####</p>") == "####"
    assert clipboard_table("####", "") == "####"


def test_merged_cells_leave_blank_ones_in_their_place() -> None:
    html = (
        "<table><tr><th colspan=2>演示</th><th>本期</th></tr>"
        "<tr><td rowspan='2'>创造</td><td>甲<br>乙</td><td>1</td></tr>"
        "<tr><td>丙</td><td>2</td></tr></table><table><tr><td>另一张表</td></tr></table>"
    )
    assert read_block(clipboard_table("", html)) == (
        ("演示", "", "本期"),
        ("创造", "甲 乙", "1"),
        ("", "丙", "2"),
    )


def test_tags_left_open_are_closed_by_the_next() -> None:
    assert read_block(clipboard_table("", "<table><tr><td>1<td>2<tr><td sdval='3'>###<td>4")) == (
        ("1", "2"),
        ("3", "4"),
    )


@pytest.mark.parametrize(
    "html", ["<table><tr><td colspan=9999999>1", "<table><td rowspan='-1'>1", "<t", "<td>1"]
)
def test_odd_html_does_no_harm(html: str) -> None:
    clipboard_table("", html)
