"""Periods and dates as tables write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aiplus_cli.errors import InputProblem
from aiplus_cli.intake.files.cells import Cell, NumberCell
from aiplus_cli.intake.times import (
    is_cumulative,
    is_part,
    is_year,
    join_time,
    parse_day,
    parse_time,
    part_kind,
    time_text,
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025", "2025"),
        ("2025年", "2025"),
        ("2025年度", "2025"),
        ("2025年全年", "2025"),
        ("2025 年 6 月", "2025-06"),
        ("２０２５年６月份", "2025-06"),
        ("2025年末", "2025"),
        ("2025年底", "2025"),
        ("2025年度末", "2025"),
        ("2025年6月末", "2025-06"),
        ("2025年6月底", "2025-06"),
        ("2025年二季度末", "2025-Q2"),
        ("2025年上半年末", "2025-H1"),
        ("截至2025年9月", "2025-09"),
        ("截至2025年9月底", "2025-09"),
        ("截止到2025年9月30日", "2025-09-30"),
        ("截至2025年上半年", "2025-H1"),
        ("截至2025年前三季度", "2025-09"),
        ("2025年前三季度末", "2025-09"),
        ("2025年1—9月末", "2025-09"),
        ("202506", "2025-06"),
        ("199912", "1999-12"),
        ("20250630", "2025-06-30"),
        ("2025-S1", "2025-H1"),
        ("2025S2", "2025-H2"),
        ("2025-A1", "2025"),
        ("2025-M6", "2025-06"),
        ("2025-M12", "2025-12"),
        ("2025-Q3", "2025-Q3"),
        ("45838", "2025-06-30"),
        ("2025-06-30", "2025-06-30"),
        ("2025年6月11日", "2025-06-11"),
        ("2025-10-10", "2025-10-10"),
    ],
)
def test_tables_write_periods_in_more_ways_than_people_do(text: str, period: str) -> None:
    """Ends of years, codes of SDMX, digits without hyphens, and the serial number of a day."""
    assert parse_time(text, where="A1").text == period


@pytest.mark.parametrize(
    "text",
    ["2025-W06", "202513", "202500", "19990631", "180001", "60001", "12345", "2025全年", "全年", "2025年6月末末", ""],
)
def test_what_names_no_period_is_refused_with_its_place(text: str) -> None:
    """And with the ways to write one."""
    with pytest.raises(InputProblem) as refused:
        parse_time(text, where="A1")

    (problem,) = refused.value.problems
    assert (problem.where, str(problem.what)) == ("A1", f"'{text}' is no period")
    assert str(problem.fix) == "write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025年1-7月", "2025-07"),
        ("2025年1—12月", "2025-12"),
        ("2025年1月至7月", "2025-07"),
        ("2025年01-07月累计", "2025-07"),
        ("2025年1～7月", "2025-07"),
        ("2025 年 1 - 7 月", "2025-07"),
        ("20251-7月", "2025-07"),
        ("2025年1-7月份", "2025-07"),
        ("2025年前三季度", "2025-09"),
        ("2025年前3个季度", "2025-09"),
        ("2025年前两季度", "2025-06"),
        ("2025年前11个月", "2025-11"),
        ("2025年一至三季度", "2025-09"),
        ("2025年第一季度至第三季度累计", "2025-09"),
    ],
)
def test_months_from_january_on_may_be_filed_under_the_last_one(text: str, month: str) -> None:
    """Only where the mapping says so; else it is asked, with that month, whether the value is the one at its end."""
    assert is_cumulative(text)
    assert parse_time(text, where="A1", cumulative="last_month").text == month
    with pytest.raises(InputProblem) as refused:
        parse_time(text, where="A1")
    (problem,) = refused.value.problems
    assert (problem.where, str(problem.what)) == ("A1", f"'{text}' adds up several months: it names no single period")
    assert str(problem.fix) == (
        f"write {month} where the value stands at its end, or say 'cumulative: last_month' in the mapping"
    )


@pytest.mark.parametrize("text", ["2025年2-7月", "1-7月", "2025年11-12月"])
def test_months_that_do_not_start_in_january_or_have_no_year_are_refused(text: str) -> None:
    """They name no single period, whatever the mapping says."""
    with pytest.raises(InputProblem, match="adds up several months"):
        parse_time(text, where="A1", cumulative="last_month")


@pytest.mark.parametrize("text", ["2025年6月", "2025", "2025-06", "2025Q1"])
def test_a_single_month_adds_nothing_up(text: str) -> None:
    """Nor does a year or a quarter."""
    assert not is_cumulative(text)


@pytest.mark.parametrize(
    ("dates", "period"), [("day", "2025-06-01"), ("month", "2025-06"), ("year", "2025"), ("", None), ("week", None)]
)
@pytest.mark.parametrize("text", ["2025-06-01", "2025/6/1", "2025年6月1日", "45809"])
def test_the_first_of_a_month_may_stand_for_the_month(text: str, dates: str, period: str | None) -> None:
    """Spreadsheets write a month as its first day: what is meant must be said."""
    if period is None:
        with pytest.raises(InputProblem) as refused:
            parse_time(text, where="A1", dates=dates)
        (problem,) = refused.value.problems
        assert (problem.where, str(problem.what)) == ("A1", f"'{text}' may mean the day or the whole month")
        assert str(problem.fix).startswith("write 2025-06 for the month, or say 'dates: month'")
    else:
        assert parse_time(text, where="A1", dates=dates).text == period


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-10-18", "2025-10-18"),
        ("2025/10/18", "2025-10-18"),
        ("2025年10月18日", "2025-10-18"),
        ("２０２５年 10月 18日", "2025-10-18"),
        ("45948", "2025-10-18"),
        ("20000", "1954-10-03"),
        ("59999", "2064-04-07"),
    ],
)
def test_a_date_is_read_as_people_and_spreadsheets_write_it(text: str, day: str) -> None:
    """A spreadsheet counts the days since 1899-12-30."""
    assert parse_day(text, where="A1") == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["2025-10", "2025", "soon", "19999", "60000", ""])
def test_a_month_is_no_date(text: str) -> None:
    """It is refused with its place and the way to write one."""
    with pytest.raises(InputProblem) as refused:
        parse_day(text, where="B2")

    (problem,) = refused.value.problems
    assert (problem.where, str(problem.what)) == ("B2", f"'{text}' is no date")
    assert str(problem.fix) == "write it as 2025-08-26"


@pytest.mark.parametrize(
    ("text", "year", "part"),
    [
        ("2025", True, False),
        ("2025年", True, False),
        ("2025年度", True, False),
        ("1900", True, False),
        ("2099", True, False),
        ("1899", False, False),
        ("2100", False, False),
        ("2025年6月", False, False),
        ("上半年", False, True),
        ("下半年累计", False, True),
        ("第三季度", False, True),
        ("4季度", False, True),
        ("Q1", False, True),
        ("h2", False, True),
        ("6月", False, True),
        ("1-7月", False, True),
        ("5季度", False, False),
        ("x", False, False),
    ],
)
def test_a_header_says_a_year_or_a_part_of_one(text: str, year: bool, part: bool) -> None:  # noqa: FBT001
    """From 1900 to 2099."""
    assert (is_year(text), is_part(text)) == (year, part)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("季度", "quarter"),
        ("Quarter", "quarter"),
        ("半年", "half"),
        ("Half-year", "half"),
        ("月份", "month"),
        ("", "month"),
    ],
)
def test_the_title_of_a_column_says_what_a_bare_number_counts(title: str, kind: str) -> None:
    """Months, where it does not say."""
    assert part_kind(title) == kind


@pytest.mark.parametrize(
    ("year", "part", "kind", "joined"),
    [
        ("2025", "6", {}, "2025年6月"),
        ("2025年度", "６", {"kind": "month"}, "2025年6月"),
        (" 2025 年", "1-7", {}, "2025年1-7月"),
        ("2025", "2", {"kind": "quarter"}, "2025年2季度"),
        ("2025", "1", {"kind": "half"}, "2025年上半年"),
        ("2025", "2", {"kind": "half"}, "2025年下半年"),
        ("2025", "3", {"kind": "half"}, "2025年3"),
        ("2025", "十二", {}, "2025年十二月"),
        ("2025", "二", {"kind": "quarter"}, "2025年二季度"),
        ("2025", " 上半年 ", {}, "2025年上半年"),
        ("2025", "Q1", {"kind": "quarter"}, "2025年Q1"),
        ("someday", "6月", {}, "someday年6月"),
    ],
)
def test_a_year_and_its_part_make_one_period(year: str, part: str, kind: dict[str, Any], joined: str) -> None:
    """A bare number counts months unless the column says otherwise."""
    assert join_time(year, part, **kind) == joined


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2025年", "2025年"),
        (NumberCell(Decimal(2025), Decimal(2025)), "2025"),
        (NumberCell(Decimal("2025.06"), Decimal("2025.06"), decimals=2), "2025.06"),
        (NumberCell(Decimal("2025.1"), Decimal("2025.1"), decimals=2), "2025.10"),
        (NumberCell(Decimal("2025.1"), Decimal("2025.1")), "2025.1 (number)"),
        (NumberCell(Decimal("2025.1"), Decimal("2025.1"), decimals=1), "2025.1 (number)"),
        (NumberCell(Decimal("2025.12"), Decimal("2025.12")), "2025.12"),
    ],
)
def test_a_number_that_is_a_period_is_taken_as_it_is_shown(cell: Cell, text: str) -> None:
    """2025.10 is October; a bare 2025.1 may be January or October, and gets a mark that no period has."""
    assert time_text(cell) == text
