"""Windows of past series, and what each weighs."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.judge.episodes import HORIZONS, Episode, episodes, fast_growers, weights
from aiplus_cli.judge.past import Adoption

ONE, TWO = Decimal(1), Decimal(2)


def series(*values: float, start: str = "2000", step: str = "1") -> Adoption:
    """Values at equal distances."""
    years = (Decimal(start) + index * Decimal(step) for index in range(len(values)))
    return Adoption("T", "", {year: Decimal(str(value)) for year, value in zip(years, values, strict=True)})


def dated(**values: str) -> Adoption:
    """Values by year, `y2000_5="7"`."""
    return Adoption("T", "", {Decimal(year[1:].replace("_", ".")): Decimal(text) for year, text in values.items()})


def told(found: list[Episode]) -> list[str]:
    """Latest time, horizon and what it came to."""
    return [f"{one.series.latest.at} +{one.horizon} {one.actual}" for one in found]


def test_an_episode_is_four_years_in_a_row_and_the_value_at_a_horizon() -> None:
    """One for each horizon whose value is known."""
    past = {"A": dated(y2000="2", y2001="4", y2002="6", y2003="8", y2004="12", y2006="13")}
    found = episodes(past)

    assert told(found) == ["2003 +1 12", "2003 +3 13", "2004 +2 13"]
    assert {(one.name, one.technology, one.group) for one in found} == {("A", "T", "")}
    assert [str(point.figure.value) for point in found[0].series.points] == ["2", "4", "6", "8"]
    assert [point.at for point in found[0].series.points] == [2000, 2001, 2002, 2003]
    assert told(episodes(past, (ONE,))) == ["2003 +1 12"]


@pytest.mark.parametrize(
    ("step", "horizons"),
    [
        ("1", ["1", "2", "3", "5"]),
        ("0.5", ["0.5", "1", "1.5", "2", "3", "5"]),
        ("0.25", ["0.5", "1", "1.5", "2", "3", "5"]),
        ("2", []),
        ("0.2", []),
        ("0.019", []),
    ],
)
def test_the_frequency_allows_the_horizons_that_are_whole_steps_of_it(step: str, horizons: list[str]) -> None:
    """Annual, half-yearly and quarterly figures; others make no window."""
    found = episodes({"A": series(*range(5, 40), step=step)})

    assert sorted({one.horizon for one in found}) == [Decimal(one) for one in horizons]


def test_monthly_figures_are_taken_at_the_ends_of_quarters() -> None:
    """As a quarterly series would be; whatever stands between them is not asked for."""
    ends = {f"{year}.{part}": 5 + year % 10 for year in range(2000, 2003) for part in ("0", "2466", "4959", "7479")}
    months = {f"{year}.{part}": 90 for year in range(2000, 2003) for part in MONTHS_BETWEEN}
    values = {Decimal(year): Decimal(value) for year, value in sorted((ends | months).items())}
    quarters = {Decimal(year): Decimal(value) for year, value in ends.items()}

    found = episodes({"A": Adoption("A", "", values)})

    assert found
    assert told(found) == told(episodes({"A": Adoption("A", "", quarters)}))


MONTHS_BETWEEN = ("0849", "1616", "3288", "4137", "5808", "6658", "8329", "9151")


def test_a_period_may_end_some_days_off_its_place_on_the_axis() -> None:
    """The end of June is 2024.5, 2024.4973 of a leap year, or 2023.4959."""
    values = ("2022.4959", "2023", "2023.496", "2024", "2024.4973", "2025.0", "2025.5")
    past = {"A": Adoption("A", "", {Decimal(year): Decimal(5 + index) for index, year in enumerate(values)})}

    assert told(episodes(past)) == ["2024 +0.5 9", "2024 +1 10", "2024 +1.5 11", "2024.4973 +0.5 10", "2024.4973 +1 11",
                                    "2025.0 +0.5 11"]  # fmt: skip


def test_a_month_off_its_place_is_no_neighbour() -> None:
    """A figure for March in place of December breaks the half-yearly row."""
    values = ("2018.0", "2018.5", "2019.0", "2019.5", "2020.25", "2020.5", "2021.0", "2021.5")
    past = {"A": Adoption("A", "", {Decimal(year): Decimal(5 + index) for index, year in enumerate(values)})}

    assert told(episodes(past)) == ["2019.5 +1 10", "2019.5 +1.5 11", "2019.5 +2 12"]


def test_a_series_that_changes_its_frequency_has_windows_of_both() -> None:
    """Four annual figures, then four half-yearly ones; none that mixes them."""
    past = {"A": dated(y2000="5", y2001="6", y2002="7", y2003="8", y2003_5="9", y2004="10", y2004_5="11", y2005="12")}

    assert told(episodes(past)) == ["2003 +1 10", "2003 +2 12", "2004.5 +0.5 12"]


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ((1, 2, 2.5, 3, 9), 1),
        ((1, 2, 2.5, 2.9, 9), 0),
        ((1, 2, 3, 85, 90), 1),
        ((1, 2, 3, 85.1, 90), 0),
        ((0, 2, 3, 4, 9), 0),
        ((0.5, 2, 3, 4, 9), 1),
    ],
)
def test_an_episode_starts_above_zero_and_its_latest_value_lies_from_3_to_85(
    values: tuple[float, ...], count: int
) -> None:
    """Both ends included; what stands still at either end of the range teaches nothing."""
    assert len(episodes({"A": series(*values)}, (ONE,))) == count


def test_an_episode_that_does_not_count_does_not_hide_the_next_one() -> None:
    """Year by year."""
    found = episodes({"A": series(0, 2, 3, 4, 9, 10)}, (ONE,))

    assert told(found) == ["2004 +1 10"]


def test_an_episode_is_asked_for_two_four_and_seven_points_a_year() -> None:
    """Targets above 98 are left out; the goal is to be reached at the horizon, from the first figure."""
    one, three = (e for e in episodes({"A": series(2, 4, 6, 8, 12, 12, 13)}) if e.series.latest.at == 2003 and e.horizon != 2)  # noqa: E501  # fmt: skip
    (high,) = episodes({"A": series(70, 75, 80, 84, 85, 90)}, (TWO,))
    (half, *_) = episodes({"A": series(2, 4, 6, 8, 12, step="0.5")})

    assert list(one.targets()) == [10, 12, 15]
    assert list(three.targets()) == [14, 20, 29]
    assert list(high.targets()) == [88, 92, 98]
    assert list(half.targets()) == [9, 10, Decimal("11.5")]
    goal = three.goal(Decimal(14))
    assert (goal.op, goal.direction, goal.range) == (">=", "increase", (Decimal(0), Decimal(100)))
    assert goal.value == 14
    assert goal.at == 2006
    assert goal.baseline is three.series.points[0]


@given(
    st.lists(st.floats(0, 100).map(lambda value: round(value, 1)), max_size=40), st.sampled_from(["1", "0.5", "0.25"])
)
def test_a_window_keeps_to_the_protocol_whatever_the_figures(values: list[float], step: str) -> None:
    """What an episode shows and asks is in the file, in its order, and something is always asked."""
    adoption = series(*values, step=step)
    for one in episodes({"A": adoption}):
        points = one.series.points
        assert [adoption.values[point.at] for point in points] == [point.figure.value for point in points]
        assert {later.at - earlier.at for earlier, later in pairwise(points)} == {Decimal(step)}
        assert points[0].figure.value > 0
        assert 3 <= points[3].figure.value <= 85
        assert one.horizon in HORIZONS
        assert adoption.values[points[3].at + one.horizon] == one.actual
        targets = list(one.targets())
        assert targets
        assert points[3].figure.value < min(targets) <= max(targets) <= 98


# --- fast growers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "step", "expected"),
    [
        ((10, 20, 25, 35, 40, 61), "1", ["2003 +1.5 50.5"]),
        ((10, 20, 25, 34.9, 40, 61), "1", []),
        ((10, 20, 50, 60, 61, 61), "1", ["2003 +1.5 61"]),
        ((10, 20, 50, 60.1, 61, 61), "1", []),
        ((10, 20, 40, 49.9, 50, 52), "1", []),
        ((10, 20, 40, 50, 55), "1", []),
        ((25, 25, 30, 35, 40, 45, 55), "0.5", ["2001.5 +1.5 55"]),
        ((20, 25, 30, 35, 40, 45), "0.5", []),
        ((25, 25, 26, 30, 35, 36, 37, 38, 39, 40, 41), "0.25", ["2001.00 +1.5 41"]),
        ((25, 26, 30, 35, 36, 37, 38, 39, 40, 41), "0.25", []),
    ],
)
def test_a_fast_grower_is_in_35_to_60_and_gained_ten_points_in_a_year(
    values: tuple[float, ...], step: str, expected: list[str]
) -> None:
    """Ends included, a year by the calendar; between two annual figures the value is in the middle."""
    assert told(fast_growers({"A": series(*values, step=step)})) == expected


# --- weights -------------------------------------------------------------------------------------------------------


def an_episode(group: str, technology: str, name: str) -> Episode:
    """One of many."""
    found = episodes({name: Adoption(technology, group, series(5, 6, 7, 8, 9).values)})
    return found[0]


def test_a_group_weighs_the_root_of_its_technologies_and_shares_it_alike() -> None:
    """Worked by hand: 4 technologies against 1 are 2 against 1, however many rows each has."""
    many = [an_episode("many", f"T{index}", f"T{index}") for index in range(4)]
    few = [an_episode("few", "U", "a"), an_episode("few", "U", "b"), an_episode("few", "U", "b")]

    assert weights(many + few) == pytest.approx([1 / 6] * 4 + [1 / 6, 1 / 12, 1 / 12])


def test_a_group_of_many_technologies_weighs_as_if_it_had_sixteen() -> None:
    """Web features move together: 200 of them do not weigh fourteen times as much as one vaccine."""
    web = [an_episode("web", f"T{index}", f"T{index}") for index in range(20)]

    assert weights([*web, an_episode("one", "U", "U")])[-1] == pytest.approx(1 / 5)


def test_one_technology_in_two_groups_counts_in_each() -> None:
    """Quarterly and half-yearly figures of the same thing, say."""
    found = [an_episode("a", "T", "a / T"), an_episode("b", "T", "b / T"), an_episode("b", "U", "b / U")]

    assert weights(found) == pytest.approx([1 / (1 + sqrt(2)), *[sqrt(2) / 2 / (1 + sqrt(2))] * 2])


@given(
    st.lists(st.tuples(st.sampled_from("GH"), st.sampled_from("TU"), st.sampled_from("123")), min_size=1, max_size=60)
)
def test_weights_are_alike_within_a_series_and_add_up_to_one(rows: list[tuple[str, str, str]]) -> None:
    """Whatever the rows: technologies of a group weigh the same, series of a technology, episodes of a series."""
    judged = [an_episode(group, technology, f"{group}{technology}{place}") for group, technology, place in rows]
    found = weights(judged)
    by: dict[int, dict[str, float]] = {length: defaultdict(float) for length in (1, 2, 3)}
    for one, weight in zip(judged, found, strict=True):
        for length, sums in by.items():
            sums[one.name[:length]] += weight

    assert sum(found) == pytest.approx(1)
    for length in (2, 3):
        for name, weight in by[length].items():
            alike = [other for key, other in by[length].items() if key[:-1] == name[:-1]]
            assert weight == pytest.approx(sum(alike) / len(alike))
    assert weights(list(reversed(judged))) == pytest.approx(list(reversed(found)))


def test_no_episode_weighs_nothing() -> None:
    """Nothing is asked of an empty list."""
    assert weights([]) == []
