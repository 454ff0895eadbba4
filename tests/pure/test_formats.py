"""Number formats: what a cell shows of the number that it holds, as Excel does."""

from __future__ import annotations

from datetime import date

import pytest

from aiplus_cli.intake.files.cells import BadCell, DayCell, NumberCell, text_of
from aiplus_cli.intake.files.formats import section_for, shown_number

SHOWN: list[tuple[str, float, str | None]] = [
    # per cent: a sign that is neither quoted, escaped, a filler nor as wide as another
    ("General", 0.428, "0.428"),
    ("0%", 0.428, "42.8%"),
    ("0.00%", 0.428, "42.8%"),
    ("%0", 0.428, "42.8%"),
    ("[Red]0.0%", 0.428, "42.8%"),
    ("[$-804]0.0%", 0.428, "42.8%"),
    ("0.0%_)", 0.428, "42.8%"),
    ('0.0%" "', 0.428, "42.8%"),
    ("#,##0.0_%", 0.428, "0.428"),
    ("#,##0.0_%_)", 0.428, "0.428"),
    ("0.0*%", 0.428, "0.428"),
    ("[$%-804]0.0", 0.428, "0.428"),
    ('0.0"%"', 42.8, "42.8%"),
    ("0.0\\%", 42.8, "42.8%"),
    ('0.0"％"', 42.8, "42.8％"),
    ("0.0%%", 0.428, None),
    # sections by sign
    ("0.0;0.0%", 0.5, "0.5"),
    ("0.0;0.0%", -0.5, "-50%"),
    ("0.0;0.0%", 0, "0"),
    ("0%;-0%;0.0", 0, "0"),
    ("0%;-0%;0.0", 0.5, "50%"),
    ("General;-0%", 0.5, "0.5"),
    ("General;-0%", -0.5, "-50%"),
    ("0.0;(0.0);0.0;0%", 0.5, "0.5"),
    ("0.0;@", -0.5, "-0.5"),
    ("0%;[Red]-0%;0%;@", -0.5, "-50%"),
    ('0.0"%;"', 42.8, "42.8%;"),
    # sections by conditions
    ("[>1]0%;0.0", 2, "200%"),
    ("[>1]0%;0.0", 1, "1"),
    ("[>=1]0%;0.0", 1, "100%"),
    ("[<1]0%;0.0", 0.5, "50%"),
    ("[<=1]0%;0.0", 1.5, "1.5"),
    ("[=0]0.0;0%", 0.5, "50%"),
    ("[<>0]0%;0.0", 0.5, "50%"),
    ("[Blue][>1]0%;[Red]0.0", 2, "200%"),
    ("[>100]0.0;[>1]0%;0.00", 2, "200%"),
    ("[>100]0.0;[>1]0%;0.00", 0.5, "0.5"),
    ("[>100]0.0;0%;0.00", -2, "-200%"),
    ("[>100]0.0;0%;0.00", 2, "2"),
    ("0.0;[<-1]0%;0.00", -2, "-200%"),
    ("0.0;[<-1]0%;0.00", -0.5, "-0.5"),
    ("[>1]0%", 0.5, None),
    ("[>10]0.0;[<5]0%", 7, None),
    # units and bounds
    ('0.0"万人"', 2.3, "2.3万人"),
    ("0.0万人", 2.3, "2.3万人"),
    ('General"万人"', 2.3, "2.3万人"),
    ('0"万";-0"万"', -5, "-5万"),
    ('0"万";\\-0"万"', -5, "-5万"),
    ('0"元";0"万"', 5, "5元"),
    ('">"0', 50, ">50"),
    ('"约"0.0%', 0.428, "约42.8%"),
    ('"¥"#,##0.00', 5, "5"),
    ("[$¥-804]#,##0.00", 5, "5"),
    ('0.0" km"', 5, "5"),
    # another number than the one that is held, or none
    ("0.0,", 23000, None),
    ("#,##0,,", 5e6, None),
    ('0.0,"千人"', 23000, None),
    ('0\\.0,"万"', 23000, None),
    ('0!.0,"万"', 23000, None),
    ('0"."00', 428, None),
    ('"high"', 5, None),
    ('[>1]"high";"low"', 5, None),
    (";;;", 5, None),
    ("0.0;", -5, None),
    ('0;-0;"-"', 0, "0"),
    ('_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', 0, "0"),
    # numbers in other dress
    ("#,##0", 23000, "23000"),
    ("@", 42.8, "42.8"),
    ("", 42.8, "42.8"),
    ("0.00E+00", 42.8, "42.8"),
    ("# ?/?", 0.5, "0.5"),
    ("[DBNum1]0", 42, "42"),
    ('"unclosed', 0, "0"),
    ("0\\", 5, "5"),
    ("G/通用格式", 5, "5"),
    # digits that a spreadsheet does not keep
    ("0", 0.1 + 0.2, "0.3"),
    ("0", 1e20, "1" + "0" * 20),
    ("0", 999_999_999_999_999, "9" * 15),
    ("0", 1_234_567_890_123_456, None),
    ("0", 123456789012345678901234567890, None),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "value", "text"), SHOWN)
def test_a_number_is_what_its_cell_shows(shape: str, value: float, text: str | None) -> None:
    """By the section that applies to it; one that shows something else, or nothing, is refused."""
    cell = shown_number(value, shape)

    assert isinstance(cell, BadCell) if text is None else not isinstance(cell, DayCell) and text_of(cell) == text


@pytest.mark.parametrize(
    ("shape", "grain"),
    [
        ("yyyy-mm-dd", "day"),
        ("m/d/yy", "day"),
        ("yyyy/m/d;@", "day"),
        ('yyyy"年"m"月"', "month"),
        ('[$-804]yyyy"年"m"月"', "month"),
        ("mmm-yy", "month"),
        ("yyyy", "year"),
        ('yyyy"年"', "year"),
        ("yyyy-mm-dd hh:mm:ss", "day"),
        ("[DBNum1][$-804]yyyy\\-mm", "month"),
    ],
)
def test_a_day_is_as_fine_as_it_is_shown(shape: str, grain: str) -> None:
    """A month that is shown as one is the month, whatever day is behind it."""
    cell = shown_number(45838, shape)

    assert isinstance(cell, DayCell)
    assert (cell.moment.date(), cell.grain) == (date(2025, 6, 30), grain)


@pytest.mark.parametrize("shape", ["h:mm", "mm:ss", "[h]:mm", "[mm]", "h:mm AM/PM", "上午/下午h时mm分", "ss.0"])
def test_a_time_of_day_is_no_day(shape: str) -> None:
    """Minutes are not months."""
    assert shown_number(0.5, shape) == "12:00:00"


@pytest.mark.parametrize("shape", ['0"day"', "0\\d", "0_d", "[Red]0", "[Yellow]0.0", '0.0" s"', "General", "0.00E+00"])
def test_letters_of_texts_and_colours_make_no_date(shape: str) -> None:
    """Only y, m, d and their like that stand by themselves."""
    assert isinstance(shown_number(45838, shape), NumberCell)


@pytest.mark.parametrize(
    ("base", "value", "day"),
    [
        (date(1899, 12, 30), 45838, "2025-06-30"),
        (date(1899, 12, 30), 45838.99999999999, "2025-07-01"),
        (date(1899, 12, 30), 61, "1900-03-01"),
        (date(1899, 12, 30), 1, "1900-01-01"),
        (date(1904, 1, 1), 44376, "2025-06-30"),
        (date(1904, 1, 1), 0, "1904-01-01"),
    ],
)
def test_days_are_counted_as_the_workbook_does(base: date, value: float, day: str) -> None:
    """From 1900 or from 1904; what is a whole day but for the noise of binary fractions is that day."""
    assert text_of(shown_number(value, "yyyy-mm-dd", base)) == day


@pytest.mark.parametrize("value", [-1, 2_958_466, 1e18])
def test_a_number_that_is_no_day_is_refused_where_a_day_is_shown(value: float) -> None:
    """Excel shows #### there."""
    assert isinstance(shown_number(value, "yyyy-mm-dd"), BadCell)
    assert isinstance(shown_number(value, "h:mm"), BadCell)


def test_what_is_no_number_is_a_text() -> None:
    """A broken file may hold it."""
    assert shown_number(float("nan"), "0%") == "nan"
    assert shown_number(float("inf"), "0%") == "inf"


@pytest.mark.parametrize(
    ("shape", "decimals"),
    [
        ("0", 0),
        ("0.0", 1),
        ("#,##0.00", 2),
        ("0.00_ ", 2),
        ("0.0%", 1),
        ("General", None),
        ("0.0#", None),
        ("0E+00", None),
    ],
)
def test_a_format_tells_how_many_decimals_it_always_shows(shape: str, decimals: int | None) -> None:
    """So that 2025.10 is October."""
    section = section_for(shape, 1)

    assert section is not None
    assert section.decimals == decimals
