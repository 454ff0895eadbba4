"""The distribution behind `calibrated`: what a reader may rely on."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aiplus_cli.judge.methods import adoption

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


@given(windows(), targets, horizons)
def test_total(window: tuple[list[float], list[float]], target: float, horizon: float) -> None:
    """Whatever the figures and dates, there is an answer: a chance within 0..1, an interval within 0..100."""
    future = adoption.forecast(*window, horizon)
    low, high = future.interval()
    assert 0 <= future.probability(target) <= 1
    assert 0 <= low <= high <= 100
    n, arrived = adoption.reference(future.probability(target))
    assert 0 <= arrived <= n


@given(windows(), horizons, st.floats(0.001, 0.999))
def test_interval_and_chance_agree(window: tuple[list[float], list[float]], horizon: float, level: float) -> None:
    """The end of an interval, asked as a target, gives back its level."""
    future = adoption.forecast(*window, horizon)
    end = future.quantile(level)
    assume(0 < end < 100)
    assert future.probability(end) == pytest.approx(1 - level, abs=1e-9)


@given(windows(), horizons, st.floats(0, 1))
def test_clipped_ends_are_cautious(window: tuple[list[float], list[float]], horizon: float, level: float) -> None:
    """Where an interval ends at 0 or 100, at least the chance promised lies at or beyond that end."""
    future = adoption.forecast(*window, horizon)
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
    before = adoption.forecast(times, [*values[:-1], low], horizon).probability(target)
    after = adoption.forecast(times, [*values[:-1], high], horizon).probability(target)
    assert after >= before - ROUNDING


@given(windows(), targets, targets, horizons)
def test_a_higher_target_is_never_easier(
    window: tuple[list[float], list[float]], one: float, two: float, horizon: float
) -> None:
    """A higher target never has a higher chance."""
    future = adoption.forecast(*window, horizon)
    assert future.probability(max(one, two)) <= future.probability(min(one, two)) + ROUNDING


@given(windows(), targets, horizons, horizons)
def test_more_time_is_never_worse(
    window: tuple[list[float], list[float]], target: float, one: float, two: float
) -> None:
    """A later due date never lowers the chance, for targets above and below the latest figure alike."""
    early = adoption.forecast(*window, min(one, two)).probability(target)
    late = adoption.forecast(*window, max(one, two)).probability(target)
    assert late >= early - ROUNDING


@given(windows(), horizons)
def test_proper_distribution(window: tuple[list[float], list[float]], horizon: float) -> None:
    """The share is certain to be at least 0 and certain not to pass 100."""
    future = adoption.forecast(*window, horizon)
    assert future.probability(0) == 1
    assert future.probability(100.000001) == 0


@given(windows(), horizons, st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_quantiles_are_ordered(window: tuple[list[float], list[float]], horizon: float, levels: list[float]) -> None:
    """A wider interval contains the narrower one."""
    future = adoption.forecast(*window, horizon)
    ends = [future.quantile(level) for level in sorted(levels)]
    assert all(a <= b for a, b in pairwise(ends))


@given(st.floats(0, 100), st.floats(0, 100), st.floats(DAY / 100, 1), horizons, targets)
def test_short_windows_stay_sober(first: float, last: float, span: float, horizon: float, target: float) -> None:
    """Growth within a short window counts at most double, however near in time its figures are."""
    short = adoption.forecast([2025 - span, 2025], [first, last], horizon)
    seen = max(adoption.log_share(last, adoption.TABLE.offset) - adoption.log_share(first, adoption.TABLE.offset), 0.0)
    pace = adoption.TABLE.base + adoption.TABLE.gain * (2 * seen) ** adoption.TABLE.power
    assert short.usual <= adoption.TABLE.noise + horizon * pace + 1e-9
    assert math.isfinite(short.probability(target))


@given(windows(), targets, horizons, st.floats(-500, 500))
def test_the_calendar_does_not_matter(
    window: tuple[list[float], list[float]], target: float, horizon: float, shift: float
) -> None:
    """The same history a few centuries earlier or later has the same chance, but for rounding of dates."""
    times, values = window
    moved = [time + shift for time in times]
    edge = times[-1] - adoption.WINDOW
    assume(all(abs(time - edge) > 1e-6 for time in times))
    expected = adoption.forecast(times, values, horizon).probability(target)
    assert adoption.forecast(moved, values, horizon).probability(target) == pytest.approx(expected, abs=1e-6)


@given(windows(), targets, horizons)
def test_only_the_window_counts(window: tuple[list[float], list[float]], target: float, horizon: float) -> None:
    """Figures from before the three-year window change nothing, unless the latest figure stands alone in it."""
    times, values = window
    first = adoption.window_start(times)
    whole = adoption.forecast(times, values, horizon)
    assert adoption.forecast(times[first:], values[first:], horizon) == whole
    assert adoption.forecast([times[0] - 7, *times], [50.0, *values], horizon).probability(target) == whole.probability(
        target
    )


def test_a_steady_series() -> None:
    """A share at 19 % that grew 4 points last year has about an even chance of 40 % in five years."""
    future = adoption.forecast([2020, 2021, 2022, 2023], [10, 12, 15, 19], 5)
    assert future.probability(40) == pytest.approx(0.52, abs=0.03)


def test_a_collapse() -> None:
    """A share that fell from 80 to 20 in three years is not expected to double in five."""
    assert adoption.forecast([2020, 2021, 2022, 2023], [80, 60, 40, 20], 5).probability(40) < 0.01


def test_the_reference_class_agrees() -> None:
    """What past episodes did is within three points of the chance the formula gives."""
    for percent in range(1, 100):
        n, arrived = adoption.reference(percent / 100)
        assert arrived / n == pytest.approx(percent / 100, abs=0.03)
