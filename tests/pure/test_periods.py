"""Periods and days: spellings, ends, positions on the axis of years, and the steps from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.errors import InputProblem
from aiplus_cli.plan.periods import (
    add_months,
    day_at,
    next_period,
    parse_date,
    parse_days,
    parse_period,
    plus_days,
    read_period,
    year_position,
)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-H1", "2025-01-01", "2025-06-30"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2025-Q1", "2025-01-01", "2025-03-31"),
        ("2025-Q2", "2025-04-01", "2025-06-30"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2025-01", "2025-01-01", "2025-01-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-06-30", "2025-06-30", "2025-06-30"),
        ("0001", "0001-01-01", "0001-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, start: str, end: str) -> None:
    """And keeps the text that it was read from."""
    period = read_period(text)

    assert period is not None
    assert (period.text, period.start.isoformat(), period.end.isoformat()) == (text, start, end)


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-00", "2025-02-30", "0000", "2025-H3", "2025-Q0", "2025年", "x2025", ""]
)
def test_what_is_not_canonical_is_no_period(text: str) -> None:
    """A ledger holds one spelling only."""
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" 2025 ", "2025"),
        ("2025年", "2025"),
        ("2025上半年", "2025-H1"),
        ("2025H1", "2025-H1"),
        ("2025-h1", "2025-H1"),
        ("2025年下半年", "2025-H2"),
        ("2025h2", "2025-H2"),
        ("2025-H2", "2025-H2"),
        ("2025年第三季度", "2025-Q3"),
        ("2025年四季度", "2025-Q4"),
        ("2025年1季度", "2025-Q1"),
        ("2025q2", "2025-Q2"),
        ("2025.6", "2025-06"),
        ("2025/6", "2025-06"),
        ("2025-6", "2025-06"),
        ("2025年12月", "2025-12"),
        ("2025/6/3", "2025-06-03"),
        ("2025.06.03", "2025-06-03"),
        ("2025年6月3日", "2025-06-03"),
        ("２０２５年１２月３１日", "2025-12-31"),
        ("２０４６７８９", None),
        ("２０４６-０７", "2046-07"),
        ("２０８９-０３", "2089-03"),
    ],
)
def test_people_write_periods_in_many_ways(text: str, canonical: str | None) -> None:
    """All of them lead to one."""
    if canonical is None:
        with pytest.raises(InputProblem):
            parse_period(text)
    else:
        assert parse_period(text).text == canonical


def test_a_refusal_says_what_was_written_where_and_what_to_write() -> None:
    """For periods, dates and numbers of days alike."""
    cases: list[tuple[Callable[[], object], str, str, str]] = [
        (
            lambda: parse_period(" x "),
            "--period",
            "' x ' is no period",
            "write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30",
        ),
        (
            lambda: parse_period("x", where="C3"),
            "C3",
            "'x' is no period",
            "write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30",
        ),
        (lambda: parse_date("x", where="--as-of"), "--as-of", "'x' is no date", "write it as 2025-08-26"),
        (lambda: parse_days("x", where="--within"), "--within", "'x' is no number of days", "write it as 30d"),
    ]
    for parse, where, what, fix in cases:
        with pytest.raises(InputProblem) as refused:
            parse()
        (problem,) = refused.value.problems
        assert (problem.where, str(problem.what), str(problem.fix)) == (where, what, fix)


def test_a_date_is_written_as_iso_has_it() -> None:
    """Blanks around it are no matter."""
    assert parse_date(" 2025-08-26 ", where="") == date(2025, 8, 26)


@pytest.mark.parametrize(
    ("text", "days"), [("30d", 30), (" 30 ", 30), ("30天", 30), ("7日", 7), ("0", 0), ("9999d", 9999)]
)
def test_days_are_a_number_with_or_without_its_unit(text: str, days: int) -> None:
    """At most four digits."""
    assert parse_days(text, where="") == days


@pytest.mark.parametrize("text", ["", "d", "-1", "1.5", "10000", "30 days", "³0"])
def test_what_is_no_number_of_days_is_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(InputProblem):
        parse_days(text, where="")


@pytest.mark.parametrize(
    ("day", "position"),
    [
        ("2024-12-31", Fraction(2025)),
        ("2025-12-31", Fraction(2026)),
        ("2025-01-01", 2025 + Fraction(1, 365)),
        ("2024-02-29", 2024 + Fraction(60, 366)),
        ("2100-03-01", 2100 + Fraction(60, 365)),
    ],
)
def test_the_end_of_a_day_lies_at_its_share_of_the_year(day: str, position: Fraction) -> None:
    """Of 366 days in a leap year."""
    assert abs(Fraction(year_position(date.fromisoformat(day))) - position) < Fraction(1, 10**50)


@given(st.dates(max_value=date(9998, 12, 30)))
def test_the_day_at_the_position_of_a_day_is_that_day(day: date) -> None:
    """A moment later it is the next one."""
    assert day_at(year_position(day)) == day
    assert day_at(year_position(day) + Decimal("0.0001")) == date.fromordinal(day.toordinal() + 1)


@pytest.mark.parametrize(
    "day", ["2024-01-01", "2024-12-31", "2025-01-01", "2025-12-31", "2023-02-28", "2024-02-29", "2024-07-02"]
)
def test_years_of_365_and_of_366_days_turn_back_into_days(day: str) -> None:
    """From the first day of a year to its last."""
    assert day_at(year_position(date.fromisoformat(day))).isoformat() == day


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        ("2025-01-15", 1, "2025-02-15"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-01-30", 1, "2025-02-28"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2025-02-28", 1, "2025-03-31"),
        ("2024-02-28", 1, "2024-03-28"),
        ("2025-06-30", 6, "2025-12-31"),
        ("2025-11-15", 1, "2025-12-15"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-12-31", 12, "2026-12-31"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-03-31", -1, "2025-02-28"),
        ("9999-12-31", 0, "9999-12-31"),
        ("9999-12-01", 1, "9999-12-31"),
        ("9998-12-05", 12, "9999-12-05"),
        ("0001-01-15", -1, "0001-01-01"),
        ("0001-02-15", -1, "0001-01-15"),
    ],
)
def test_months_later_it_is_the_same_day_or_the_last_one(day: str, months: int, moved: str) -> None:
    """A last day stays one; the calendar of the years 1 to 9999 has ends."""
    assert add_months(date.fromisoformat(day), months).isoformat() == moved


def test_days_later_stops_at_the_end_of_the_calendar() -> None:
    """There is no day after 9999-12-31."""
    assert plus_days(date(2025, 12, 31), 1) == date(2026, 1, 1)
    assert plus_days(date(9999, 12, 30), 1) == date.max
    assert plus_days(date(9999, 12, 30), 90) == date.max


@pytest.mark.parametrize(
    ("text", "months", "following"),
    [
        ("2025", 12, "2026"),
        ("0999", 12, "1000"),
        ("0009", 12, "0010"),
        ("2025", 6, "2026-06"),
        ("2025-H1", 6, "2025-H2"),
        ("2025-H2", 6, "2026-H1"),
        ("2025-H2", 12, "2026-H2"),
        ("2025-H1", 3, "2025-09"),
        ("2025-Q1", 3, "2025-Q2"),
        ("2025-Q4", 3, "2026-Q1"),
        ("2025-Q4", 1, "2026-01"),
        ("2025-12", 1, "2026-01"),
        ("2025-06", 6, "2025-12"),
        ("2025-06-30", 6, "2025-12-31"),
        ("2025-06-15", 1, "2025-07-15"),
        ("9998", 12, None),
        ("9999", 12, None),
    ],
)
def test_the_next_period_is_written_as_the_last_one_where_its_form_allows(
    text: str, months: int, following: str | None
) -> None:
    """A year half a year later is a month; after 9999 there is none."""
    period = read_period(text)
    assert period is not None
    found = next_period(period, months)

    assert (found and found.text) == following
