"""A series: one number for each day on which a period ends; and the rating that counts."""

from __future__ import annotations

from datetime import date

from made import figure, rating

from aiplus_cli.judge.series import build_series, latest_rating

EARLY, LATE = date(2026, 2, 1), date(2026, 3, 1)


def test_nothing_makes_no_series() -> None:
    """Neither no figure at all, nor ratings alone, nor a period that cannot be read."""
    assert build_series([]) is None
    assert build_series([rating("met")]) is None
    assert build_series([figure("1", "someday")]) is None


def test_what_is_no_number_of_a_readable_period_is_passed_over() -> None:
    """The figures before and after it stay, in the order in which their periods end."""
    series = build_series([figure("3", "2025"), rating("met", "2024"), figure("9", "someday"), figure("1", "2023")])

    assert series is not None
    assert [str(point.figure.value) for point in series.points] == ["1", "3"]


def test_of_two_figures_for_one_day_the_one_published_last_counts_wherever_it_stands() -> None:
    """2025, 2025-H2 and 2025-12 end on one day; the order of the lines of a ledger says nothing."""
    first = figure("1", "2025", published=EARLY)
    last = figure("2", "2025-12", published=LATE)

    for order in ([first, last], [last, first]):
        series = build_series(order)
        assert series is not None
        assert [point.figure for point in series.points] == [last]


def test_of_two_figures_for_one_day_published_together_the_one_recorded_last_counts() -> None:
    """The day is published, the hour is recorded."""
    first = figure("1", "2025", recorded_at=figure().recorded_at.replace(hour=1))
    last = figure("2", "2025-12", recorded_at=figure().recorded_at.replace(hour=2))

    for order in ([first, last], [last, first]):
        series = build_series(order)
        assert series is not None
        assert series.latest.figure == last


def test_a_series_starts_at_its_last_break() -> None:
    """Figures before a break are of another kind; of two breaks the later one counts."""
    series = build_series(
        [figure("1", "2021"), figure("2", "2022", status="B"), figure("3", "2023", status="B"), figure("4", "2024")]
    )

    assert series is not None
    assert [str(point.figure.value) for point in series.points] == ["3", "4"]


def test_the_rating_of_the_latest_period_counts_then_the_one_published_last() -> None:
    """A late word on an old period does not hide the word on a new one; figures are no ratings."""
    old_but_late = rating("met", "2024", published=LATE)
    new, newer = rating("at_risk", "2025", published=EARLY), rating("off_track", "2025", published=LATE)

    assert latest_rating([]) is None
    assert latest_rating([figure("1", "2026")]) is None
    assert latest_rating([new, old_but_late]) == new
    assert latest_rating([newer, new, old_but_late]) == newer
    assert latest_rating([old_but_late, new, newer]) == newer
