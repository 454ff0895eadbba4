"""If the pace of the last years goes on: which changes count, how wide the spread is, and what is never said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import figure, indicator, series_of
from test_outlook import asked, of

from aiplus_cli.judge.going_on import GoingOn, going_on, yearly_changes
from aiplus_cli.judge.records import Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.plan.periods import year_position

COUNT: dict[str, Any] = {"range": None, "unit": "units"}
STEADY = (("2021", "10"), ("2022", "20"), ("2023", "32"), ("2024", "40"), ("2025", "52"))


def line(*values: tuple[str, str], unit: Any = "units") -> GoingOn:
    found = going_on(indicator(unit), series_of(*values))
    assert found is not None
    return found


def changes(series: Series) -> list[int]:
    return [round(change) for change in yearly_changes(series)]


def test_the_spread_is_that_of_the_smallest_and_the_largest_yearly_change() -> None:
    """Around the pace of the last three years, from the latest figure on."""
    found = line(*STEADY)
    after = found.latest.at + 2
    assert (found.since.figure.period, found.changes) == ("2022", 4)
    assert found.pace == pytest.approx(Decimal(32) / 3, abs=Decimal("0.02"))
    assert found.least == pytest.approx(Decimal(8), abs=Decimal("0.03"))
    assert found.most == pytest.approx(Decimal(12), abs=Decimal("0.04"))
    assert found.low(after) == pytest.approx(Decimal(68), abs=Decimal("0.1"))
    assert found.value(found.pace, after) == pytest.approx(Decimal("73.3"), abs=Decimal("0.1"))
    assert found.high(after) == pytest.approx(Decimal(76), abs=Decimal("0.1"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([("2024", "1"), ("2025", "3")], [2]),
        ([("2021", "1"), ("2025", "9")], [2]),
        ([("2025-06", "1"), ("2025-12", "3")], []),
        ([("2023-12", "1"), ("2024-06", "9"), ("2024-12", "2"), ("2025-06", "9"), ("2025-12", "4")], [2, 1]),
        ([("2014", "0"), ("2015", "1"), ("2016", "3"), ("2025", "12")], [1, 2]),
    ],
)
def test_yearly_changes_go_back_a_year_at_a_time_for_ten_years(
    values: list[tuple[str, str]], expected: list[int]
) -> None:
    """They never overlap, and the changes of a longer gap are spread over its years."""
    assert changes(series_of(*values)) == expected


def test_changes_from_or_to_a_bound_do_not_count() -> None:
    """The exact figures around it do."""
    figures = [figure(value, period) for period, value in STEADY]
    figures[2] = figure("32", "2023", bound=">")
    series = build_series(figures)
    assert series is not None
    assert changes(series) == [12, 10, 10]


def test_only_what_came_after_the_last_break_counts() -> None:
    """Figures before it measured something else."""
    figures = [figure(value, period, status="B" if period == "2023" else "A") for period, value in STEADY]
    series = build_series(figures)
    assert series is not None
    assert changes(series) == [12, 8]


def test_with_fewer_than_three_changes_there_is_a_line_and_no_spread() -> None:
    """Two say nothing of how far apart the years can be."""
    found = line(*STEADY[2:])
    assert (found.changes, found.least, found.most, found.low(found.latest.at)) == (2, None, None, None)


def test_a_count_is_never_foretold_below_zero() -> None:
    """Nor is money: the line is cut there, and says so."""
    found = line(*[(str(2021 + n), str(90 - 20 * n)) for n in range(5)])
    assert found.value(found.pace, found.latest.at + 9) == 0
    assert found.is_cut(found.latest.at + 9)
    assert not found.is_cut(found.latest.at)
    assert found.arrival(found.pace, Decimal(-1)) is None


@pytest.mark.parametrize(("unit", "first"), [("%", "90"), ("％", "90"), ({"zh": "亿元", "en": "bn"}, "-1")])
def test_what_may_be_negative_is_not_cut(unit: Any, first: str) -> None:
    """A rate of growth, which has no range, and what was negative before."""
    found = line(("2022", first), ("2023", "50"), ("2024", "30"), ("2025", "10"), unit=unit)
    assert found.floor is None
    assert found.value(Decimal(-20), found.latest.at + 2) == -30


def test_an_outlook_of_a_pace_gives_no_chance_and_no_verdict() -> None:
    """Neither for a day with a number to reach nor for one without."""
    heads: list[dict[str, Any]] = [COUNT, {**COUNT, "targets": []}]
    for head in heads:
        found = asked(*of("head", *STEADY), head=head)
        assert found.basis == "pace"
        assert {(each.probability, each.verdict) for each in found.outlooks} == {(None, None)}
        assert {(each.inner_low, each.inner_high) for each in found.fan} == {(None, None)}
        assert [each.central for each in found.outlooks] == sorted({each.central for each in found.outlooks})


def test_it_says_what_a_target_asks_for_and_when_the_pace_the_best_and_the_worst_year_reach_it() -> None:
    """From 52 at 12, 10.7 and 8 a year to 70."""
    first = asked(*of("head", *STEADY), head=COUNT).outlooks[0]
    assert first.required == pytest.approx(Decimal(9), abs=Decimal("0.01"))
    assert first.arrival is not None
    assert first.arrival.earliest == date(2027, 7, 2)
    assert first.arrival.central == date(2027, 9, 8)
    assert first.arrival.latest == date(2028, 4, 1)


def test_what_falls_is_reached_first_at_its_largest_fall() -> None:
    """And a pace away from the target never reaches it."""
    values = (("2021", "90"), ("2022", "80"), ("2023", "76"), ("2024", "60"), ("2025", "50"))
    falling = {**COUNT, "direction": "decrease", "targets": [{"milestone": "2027", "op": "<", "value": 30}]}
    down = asked(*of("head", *values), head=falling).outlooks[0].arrival
    up = asked(*of("head", *values), head=COUNT).outlooks[0].arrival
    assert down is not None
    assert down.earliest is not None
    assert down.central is not None
    assert down.latest is not None
    assert down.earliest < down.central < down.latest
    assert up is not None
    assert (up.earliest, up.central, up.latest) == (None, None, None)


def test_a_target_that_the_latest_figure_reached_is_met() -> None:
    """That is a fact and no forecast; it arrived with the figure."""
    first = asked(*of("head", ("2024", "60"), ("2025", "71")), head=COUNT).outlooks[0]
    assert (first.verdict, first.required, first.probability) == ("met", None, None)
    assert first.arrival is not None
    assert first.arrival.central == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("bounds", "value", "arrival"),
    [(("", ""), "", ""), (("", ">"), ">", "<"), (("", "<"), "<", ">"), ((">", ""), "<", ">"), (("~", ""), "~", "~")],
)
def test_a_pace_from_bounds_gives_a_bound(bounds: tuple[Any, Any], value: str, arrival: str) -> None:
    """From a floor the values are at least so high, and the days at the latest."""
    known = [figure(v, p, indicator="head", bound=bound) for (p, v), bound in zip(STEADY[-2:], bounds, strict=True)]
    found = asked(*known, head=COUNT)
    first = found.outlooks[0]
    assert (found.observed_bound, first.value_bound, first.arrival_bound) == (value, value, arrival)


@pytest.mark.parametrize(
    ("known", "how", "reason"),
    [
        (of("head", ("2025", "50")), {}, "one figure shows no pace"),
        (of("head", *STEADY[-2:], bound=">"), {}, "the change between two bounded figures is not known"),
        (of("head", *STEADY), {"today": "2031-01-01"}, "no milestone lies ahead"),
    ],
)
def test_without_a_pace_the_reason_is_said(known: list[Any], how: dict[str, Any], reason: str) -> None:
    """And nothing is foretold."""
    found = asked(*known, head=COUNT, **how)
    assert (str(found.reason), found.outlooks, found.basis, found.pace) == (reason, (), None, None)


def test_the_line_runs_from_the_latest_figure_to_the_last_day() -> None:
    """Its end is the outlook of that day."""
    found = asked(*of("head", *STEADY), head=COUNT)
    start, last, end = found.fan[0], found.fan[-1], found.outlooks[-1]
    assert {start.low, start.central, start.high} == {Decimal(52)}
    assert last.at == year_position(date(2030, 12, 31))
    assert (last.low, last.central, last.high) == (end.low, end.central, end.high)
