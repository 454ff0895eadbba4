"""What is needed a month: from when it counts, and what is not known of today."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import assessed, figure

from aiplus_cli.judge.records import Course
from aiplus_cli.plan.periods import year_position


def course(today: date, frequency: str = "semiannual") -> Course:
    """Of a share of 40 % at the end of 2025 and 50 % in mid-2026, which is to reach 70 % by the end of 2027."""
    known = figure("40", "2025-12"), figure("50", "2026-06")
    targets = [{"milestone": "2027", "op": ">=", "value": 70}]
    found = assessed(today.isoformat(), *known, frequency=frequency, targets=targets).course
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("today", "frequency", "since"),
    [
        ("2026-09-01", "semiannual", "2026-06-30"),
        ("2026-12-31", "semiannual", "2026-06-30"),
        ("2027-01-01", "semiannual", "2027-01-01"),
        ("2027-06-30", "annual", "2026-06-30"),
        ("2027-07-01", "annual", "2027-07-01"),
    ],
)
def test_what_is_needed_counts_from_the_latest_figure_unless_that_is_old(
    today: str, frequency: str, since: str
) -> None:
    """More than a period after the latest figure nobody knows where it stands, and the time that is gone is gone."""
    assert str(course(date.fromisoformat(today), frequency).needed_from) == since


@given(today=st.dates(date(2026, 7, 1), date(2027, 12, 30)))
def test_what_is_needed_reaches_the_target_on_its_day(today: date) -> None:
    """The latest value and so much for each month from then on come to the target."""
    found = course(today)
    assert found.needed is not None
    assert found.needed_from is not None
    months = (year_position(date(2027, 12, 31)) - year_position(found.needed_from)) * 12
    assert abs(50 + found.needed * months - 70) < Decimal("1e-9")


def test_on_the_last_day_no_month_is_left() -> None:
    """Where no time is left there is no pace that would do."""
    assert course(date(2027, 12, 31)).needed is None
