"""How wide a text is: one measure, by which every table, chart and help page is laid out."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from aiplus_cli.render import Options
from aiplus_cli.render.chart import Chart, ChartLine, draw
from aiplus_cli.render.table import Screen
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.words.width import PLAIN, cells, centred, wrap, wrap_cell

ODD = [
    "e\u0301",
    "か\u3099",
    "❤\ufe0f",
    "👍🏽",
    "👨\u200d👩\u200d👧",
    "🇨🇳",
    "1\ufe0f\u20e3",
    "葛\U000e0100",
    "각",
    "“",
    "…",
    "ｱ",
]
JOINED = set("\u0301\u3099\ufe0f\u200d\U000e0100")
TEXT = st.lists(st.sampled_from([*"汉字（）、：ab1 %", *ODD]), max_size=12).map("".join).map(str.strip)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("普及率", 6),
        ("（%）", 5),
        ("e\u0301", 1),
        ("か\u3099", 2),
        ("\u200b", 0),
        ("\ufeff", 0),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("👍", 2),
        ("👍🏽", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("🇨🇳", 2),
        ("1\ufe0f\u20e3", 2),
        ("“…”", 3),
        ("①", 1),
        ("한", 2),
        ("ｱ", 1),
        ("", 0),
    ],
)
def test_a_text_takes_the_columns_that_a_terminal_gives_it(text: str, columns: int) -> None:
    """Combining marks and joiners take none, hanzi and emoji of several parts two, ambiguous characters one."""
    assert cells(text) == columns


def test_plain_characters_are_as_wide_as_the_table_library_says() -> None:
    """What is measured without loading rich is what rich would measure: each character alone and all together."""
    plain = [char for char in map(chr, range(0x10000)) if re.fullmatch(f"[{PLAIN}]", char)]

    assert len(plain) > 27_000
    assert [char for char in plain if cells(char) != cell_len(char)] == []
    assert cells("".join(plain)) == cell_len("".join(plain))


@given(text=st.text() | TEXT)
def test_we_and_the_table_library_agree(text: str) -> None:
    """There is one measure, whatever users write."""
    shown = "".join(char for char in text if char.isprintable())

    assert cells(shown) == cell_len(shown)


@given(rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6), right=st.tuples(*[st.booleans()] * 3))
def test_columns_of_a_table_begin_where_they_should(
    rows: list[tuple[str, str, str]], right: tuple[bool, bool, bool]
) -> None:
    """Each cell is padded to the widest of its column, whatever is in it."""
    titles = ("指标", "Value", "e\u0301")
    columns = tuple(Heading(title, right=side) for title, side in zip(titles, right, strict=True))
    screen = Screen(Options("zh", None, color=False, encoding="utf-8"))
    screen.section(Section("题", columns, [tuple(map(Shown, row)) for row in rows]))
    widths = [max(map(cells, column)) for column in zip(titles, *rows, strict=True)]

    expected = [line(row, widths, right) for row in [titles, *rows]]
    assert screen.text().split("\n")[2:-1] == expected


def line(texts: tuple[str, ...], widths: list[int], right: tuple[bool, ...]) -> str:
    """The cells side by side, two blanks between them."""
    blanks = [" " * (width - cells(text)) for text, width in zip(texts, widths, strict=True)]
    padded = [gap + text if side else text + gap for text, gap, side in zip(texts, blanks, right, strict=True)]
    return "  ".join(padded).rstrip()


@given(text=st.lists(st.sampled_from([*"汉字ab 、（", *ODD])).map("".join), width=st.integers(4, 30))
def test_what_belongs_together_is_never_broken(text: str, width: int) -> None:
    """A mark stays with its letter, a joined emoji in one piece; nothing is lost, only a longer word is too wide."""
    lines = wrap(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert [
        line for line in lines if line[:1] in {"\u0301", "\u3099", "\ufe0f", "\u200d", "\U000e0100"} and line != text
    ] == []
    assert all(cells(line) <= width or " " not in line.strip() for line in lines)


AMOUNTS = (
    "36.2 %", "> 70 %", ">50.0 %", "-0.1 个百分点", "6.02 亿人", "5.15亿人", "2185 EFLOPS", "7 × 100 million people",
)  # fmt: skip
AFTER = ("", "（2026-09-29", "，", " → -", " 汉字")


@pytest.mark.parametrize("amount", AMOUNTS)
@given(before=st.text("汉字ab 、（", max_size=20), after=st.sampled_from(AFTER), data=st.data())
def test_a_number_and_its_unit_are_never_parted(amount: str, before: str, after: str, data: st.DataObject) -> None:
    """Neither in a sentence nor in a cell, wherever a line has room for both."""
    width = data.draw(st.integers(cells(amount) + 2, 40))
    text = f"{before} {amount}{after}"

    for lines in (wrap(text, width), wrap_cell(text, width)):
        assert sum(amount in line for line in lines) == 1, lines


@given(text=st.lists(st.sampled_from([*"汉字ab 、（", *ODD])).map("".join), width=st.integers(4, 30))
def test_no_line_of_a_cell_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    """A table has no room for a longer line."""
    lines = wrap_cell(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert [line for line in lines if cells(line) > width] == []


def test_what_stands_between_blanks_is_broken_only_where_it_does_not_fit() -> None:
    """A day, a word or a remark goes to the next line as a whole, and no line begins with a mark that closes."""
    assert wrap_cell("新数据：2026-06 >50.0 %（2026-09-29 公布）", 16) == [
        "新数据：2026-06",
        ">50.0 %",
        "（2026-09-29",
        "公布）",
    ]
    assert wrap_cell("新一代智能终端、智能体", 14) == ["新一代智能终", "端、智能体"]


@pytest.mark.parametrize("title", ["GenAI (%)", "生成式（%）", "👨\u200d👩\u200d👧 e\u0301", "很长的名称" * 20])
def test_the_title_of_a_chart_stands_in_the_middle_and_fits(title: str) -> None:
    """It is measured in columns, and wrapped where the chart is narrower."""
    points = [(Decimal(2020), Decimal(1)), (Decimal(2025), Decimal(5))]
    drawn = draw(Chart(title, [ChartLine("x", "+", points)]), Options("zh", 60, color=False, encoding="utf-8"))
    top = next(index for index, line in enumerate(drawn) if "+╌" in line)

    assert "".join(line.strip() for line in drawn[:top]).replace(" ", "") == title.replace(" ", "")
    assert all(abs((60 - cells(line)) - (len(line) - len(line.lstrip()))) <= 1 for line in drawn[:top])
    assert {cells(line) for line in drawn[top : top + 10]} == {60}


def test_a_centred_text_has_the_same_room_on_both_sides() -> None:
    """Or one column more before it."""
    assert centred("汉字", 10) == "   汉字"
    assert centred("abc", 10) == "    abc"
