"""The distribution behind `calibrated`: what a reader may rely on."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aiplus_cli.judge.methods import adoption, adoption_table
from aiplus_cli.judge.methods.adoption import Distribution, Prospect

ROUNDING = 1e-12
DAY = 1 / 365.25

shares = st.one_of(st.floats(0, 100), st.floats(-50, 150), st.sampled_from([0.0, 100.0, 50.0, 1e-9, 1e300, -1e300]))
targets = st.one_of(st.floats(-20, 120), st.floats(0, 100))
horizons = st.one_of(st.floats(DAY, 300), st.floats(0.1, 6), st.sampled_from([DAY, 1.0, 2.0, 3.0, 5.0, 300.0]))
gaps = st.one_of(st.floats(DAY, 400), st.sampled_from([DAY, 1 / 12, 0.25, 0.5, 1.0, 3.0, 100.0]))


@st.composite
def windows(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """Two to fourteen figures at any distinct dates, with any values."""
    times = [draw(st.floats(1800, 2100))]
    for gap in draw(st.lists(gaps, min_size=1, max_size=13)):
        times.append(times[-1] + gap)
    values = draw(st.lists(shares, min_size=len(times), max_size=len(times)))
    return times, values


def prospect(times: list[float], values: list[float]) -> Prospect:
    """From the figures that count."""
    places = adoption.counting(times)
    return adoption.prospect([times[place] for place in places], [values[place] for place in places])


def future_of(times: list[float], values: list[float], horizon: float) -> Distribution:
    """The distribution so many years ahead."""
    return prospect(times, values).after(horizon)


@given(windows(), targets, horizons)
def test_total(window: tuple[list[float], list[float]], target: float, horizon: float) -> None:
    """Whatever the figures and dates, there is an answer: a chance within 0..1, an interval within 0..100."""
    future = future_of(*window, horizon)
    low, high = future.interval()
    assert 0 <= future.probability(target) <= 1
    assert 0 <= low <= high <= 100
    arrived, episodes, technologies = adoption.reference(future.probability(target))
    assert 0 <= arrived <= 100
    assert episodes >= technologies > 0


@given(windows(), horizons, st.floats(0.001, 0.999))
def test_interval_and_chance_agree(window: tuple[list[float], list[float]], horizon: float, level: float) -> None:
    """The end of an interval, asked as a target, gives back its level."""
    future = future_of(*window, horizon)
    end = future.quantile(level)
    assume(0 < end < 100)
    assert future.probability(end) == pytest.approx(1 - level, abs=1e-9)


@given(windows(), horizons, st.floats(0, 1))
def test_clipped_ends_are_cautious(window: tuple[list[float], list[float]], horizon: float, level: float) -> None:
    """Where an interval ends at 0 or 100, at least the chance promised lies at or beyond that end."""
    future = future_of(*window, horizon)
    end = future.quantile(level)
    if end == 100:
        assert future.probability(end) >= 1 - level - 1e-9
    if end == 0:
        assert future.probability(end) == 1


@given(windows(), shares, targets, horizons)
def test_more_now_is_never_worse(
    window: tuple[list[float], list[float]], other: float, target: float, horizon: float
) -> None:
    """A higher latest figure, with the rest of the series equal, never lowers the chance."""
    times, values = window
    low, high = sorted((values[-1], other))
    before = future_of(times, [*values[:-1], low], horizon).probability(target)
    after = future_of(times, [*values[:-1], high], horizon).probability(target)
    assert after >= before - ROUNDING


@given(windows(), targets, targets, horizons)
def test_a_higher_target_is_never_easier(
    window: tuple[list[float], list[float]], one: float, two: float, horizon: float
) -> None:
    """A higher target never has a higher chance."""
    future = future_of(*window, horizon)
    assert future.probability(max(one, two)) <= future.probability(min(one, two)) + ROUNDING


@given(windows(), targets, horizons, horizons)
def test_more_time_is_never_worse(
    window: tuple[list[float], list[float]], target: float, one: float, two: float
) -> None:
    """A later due date never lowers the chance of a target that is not yet reached."""
    assume(target >= adoption.clip(window[1][-1]))
    early = future_of(*window, min(one, two)).probability(target)
    late = future_of(*window, max(one, two)).probability(target)
    assert late >= early - ROUNDING


@given(windows(), horizons)
def test_a_share_may_fall(window: tuple[list[float], list[float]], horizon: float) -> None:
    """What was reached is not certain to be kept: the chance of at least the latest value is below one."""
    latest = adoption.clip(window[1][-1])
    assume(latest > 1)
    assert 0.5 <= future_of(*window, horizon).probability(latest) < 1


@given(windows(), targets, st.floats(0.01, 0.99))
def test_the_years_until_a_chance(window: tuple[list[float], list[float]], target: float, chance: float) -> None:
    """The first horizon at which a target ahead is as likely as asked, within minutes."""
    assume(adoption.clip(window[1][-1]) < target <= 100)
    ahead = prospect(*window)
    years = ahead.years_until(target, chance)
    if years == math.inf:
        assert ahead.after(adoption.LATEST_ARRIVAL).probability(target) < chance
    else:
        assert ahead.after(years).probability(target) >= chance
        assert years == 0 or ahead.after(years - 2e-5).probability(target) < chance + ROUNDING


@given(windows(), horizons)
def test_proper_distribution(window: tuple[list[float], list[float]], horizon: float) -> None:
    """The share is certain to be at least 0 and certain not to pass 100."""
    future = future_of(*window, horizon)
    assert future.probability(0) == 1
    assert future.probability(100.000001) == 0


@given(windows(), horizons, st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_quantiles_are_ordered(window: tuple[list[float], list[float]], horizon: float, levels: list[float]) -> None:
    """A wider interval contains the narrower one."""
    future = future_of(*window, horizon)
    ends = [future.quantile(level) for level in sorted(levels)]
    assert all(a <= b for a, b in pairwise(ends))


@given(st.floats(0, 100), st.floats(0, 100), st.floats(DAY / 100, 1))
def test_short_windows_stay_sober(first: float, last: float, span: float) -> None:
    """Growth within a short window counts at most double, however near in time its figures are."""
    offset = adoption.TABLE.offset
    seen = max(adoption.axis(last, offset) - adoption.axis(first, offset), 0.0)
    assert prospect([2025 - span, 2025], [first, last]).momentum.growth <= 2 * seen + 1e-9


@st.composite
def bounded_windows(draw: st.DrawFn) -> tuple[list[float], list[tuple[float, float]], list[float]]:
    """Two to four figures of which ranges are known, but for the latest, and values within the ranges."""
    times = [2020.0]
    for gap in draw(st.lists(st.floats(adoption.APART + 0.01, 1), min_size=1, max_size=3)):
        times.append(times[-1] + gap)
    pairs = draw(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=len(times), max_size=len(times)))
    ranges = [(min(pair), max(pair)) for pair in pairs[:-1]] + [(pairs[-1][0], pairs[-1][0])]
    return times, ranges, [draw(st.floats(low, high)) for low, high in ranges]


@given(bounded_windows(), targets, horizons)
def test_what_bounds_promise(
    window: tuple[list[float], list[tuple[float, float]], list[float]], target: float, horizon: float
) -> None:
    """Whatever the figures are within their ranges, the chance lies between the least and the most promised."""
    times, ranges, values = window
    least = adoption.bounded(times, ranges).after(horizon).probability(target)
    most = adoption.bounded(times, ranges, most=True).after(horizon).probability(target)
    chance = adoption.prospect(times, values).after(horizon).probability(target)
    assert least - 1e-9 <= chance <= most + 1e-9


@given(windows(), targets, horizons, st.floats(-500, 500))
def test_the_calendar_does_not_matter(
    window: tuple[list[float], list[float]], target: float, horizon: float, shift: float
) -> None:
    """The same history a few centuries earlier or later has the same chance, but for rounding of dates."""
    times, values = window
    moved = [time + shift for time in times]
    assume(adoption.counting(moved) == adoption.counting(times))
    expected = future_of(times, values, horizon).probability(target)
    assert future_of(moved, values, horizon).probability(target) == pytest.approx(expected, abs=1e-6)


@given(windows())
def test_which_figures_count(window: tuple[list[float], list[float]]) -> None:
    """The latest four that are about a quarter apart and not more than three years old; at least two."""
    times, _ = window
    places = adoption.counting(times)
    kept = [times[place] for place in places]
    assert places[-1] == len(times) - 1
    assert 2 <= len(places) <= adoption.COUNT
    assert all(later - earlier >= adoption.APART for earlier, later in pairwise(kept)) or places[0] == 0
    assert len(kept) == 2 or kept[0] >= kept[-1] - adoption.YEARS
    older = [times[0] - 7, *times]
    if len(places) > 2 or places[0] > 0:
        assert [place - 1 for place in adoption.counting(older)][-len(places) :] == places


def test_monthly_figures_are_thinned() -> None:
    """Of monthly figures every third counts, back from the latest."""
    assert adoption.counting([2025 + month / 12 for month in range(13)]) == [3, 6, 9, 12]


def test_a_steady_series() -> None:
    """A share at 19 % that grew 4 points last year has about an even chance of 40 % in five years."""
    future = future_of([2020, 2021, 2022, 2023], [10, 12, 15, 19], 5)
    assert future.probability(40) == pytest.approx(0.47, abs=0.04)


def test_a_collapse() -> None:
    """A share that fell from 80 to 20 in three years is not expected to double in five."""
    assert future_of([2020, 2021, 2022, 2023], [80, 60, 40, 20], 5).probability(40) < 0.2


def test_the_reference_class_agrees() -> None:
    """Of past targets with a chance in the middle, about as many came in time; those of a few per cent came oftener."""
    assert [adoption.reference(percent / 100)[0] for percent in range(1, 100)] == sorted(adoption_table.ARRIVED)
    for percent in range(20, 81):
        assert adoption.reference(percent / 100)[0] == pytest.approx(percent, abs=10)
