"""Whatever a method says of bounded figures holds for every value that they may stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import figure, goal_of

from aiplus_cli.judge.methods import METHODS
from aiplus_cli.judge.methods.pace import observed_pace, pace_bound
from aiplus_cli.judge.records import Goal, Outcome, Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.plan.records import Op

RANKS = ("off_track", "at_risk", "on_track", "met")
signs: list[Bound] = ["", ">", "<"]
figures = st.tuples(st.integers(2, 98), st.sampled_from(signs))
told_series = st.lists(figures, min_size=2, max_size=4)


def series_from(values: list[tuple[Decimal, Bound]]) -> Series:
    """Figures of the years from 2023 on."""
    made = build_series([figure(str(value), str(2023 + at), bound=bound) for at, (value, bound) in enumerate(values)])
    assert made is not None
    return made


@st.composite
def cases(draw: st.DrawFn) -> tuple[Series, Series]:
    """A series with bounds, and one that it may stand for."""
    told = draw(told_series)
    truth: list[tuple[Decimal, Bound]] = [(draw(within(value, bound)), "") for value, bound in told]
    return series_from([(Decimal(value), bound) for value, bound in told]), series_from(truth)


def within(value: int, bound: str) -> st.SearchStrategy[Decimal]:
    """The values that a figure may stand for: a floor is above its number, a ceiling below; from 0 nothing grows."""
    if not bound:
        return st.just(Decimal(value))
    low, high = (value * 10 + 1, 1000) if bound == ">" else (1, value * 10 - 1)
    return st.integers(low, high).map(lambda tenths: Decimal(tenths) / 10)


def judged(method: str, series: Series, op: Op, target: int) -> tuple[Goal, Outcome]:
    goal = goal_of(series, str(target), op, bounds=("0", "100"))
    return goal, METHODS[method].judge(goal, series)


def holds(bound: Bound, said: Decimal, truth: Decimal) -> bool:
    """Whether a number is what was said of it, but for the last of its digits."""
    near = abs(truth) / 10**9 + Decimal("1e-9")
    return (bound == "<" or truth >= said - near) and (bound == ">" or truth <= said + near)


@pytest.mark.parametrize("method", list(METHODS))
@given(case=cases(), target=st.integers(1, 99), op=st.sampled_from([">", "<="]))
def test_no_value_within_the_bounds_contradicts_a_verdict(
    method: str, case: tuple[Series, Series], target: int, op: Op
) -> None:
    """Met is met for all of them, and a verdict from a floor is the worst that is possible."""
    (_, said), (goal, truth) = (judged(method, series, op, target) for series in case)
    if said.verdict == "met":
        assert goal.reached(case[1].latest.figure.value)
    elif said.verdict in RANKS and truth.verdict in RANKS:
        told, real = RANKS.index(said.verdict), RANKS.index(truth.verdict)
        assert real >= told or said.bound == "<"
        assert real <= told or said.bound == ">"


@pytest.mark.parametrize("method", list(METHODS))
@given(case=cases(), target=st.integers(1, 99), op=st.sampled_from([">", "<="]))
def test_no_value_within_the_bounds_contradicts_a_chance_or_a_measure(
    method: str, case: tuple[Series, Series], target: int, op: Op
) -> None:
    """At least so much is so for each of them, at most so much as well."""
    (_, said), (_, truth) = (judged(method, series, op, target) for series in case)
    if said.probability is not None and truth.probability is not None:
        assert holds(said.bound, said.probability, truth.probability)
    if said.value is not None and truth.value is not None:
        assert holds(said.metric_bound, said.value, truth.value)


@given(case=cases())
def test_no_value_within_the_bounds_contradicts_a_pace(case: tuple[Series, Series]) -> None:
    """Between two floors none is said."""
    told, real = case
    said, bound, truth = observed_pace(told), pace_bound(told), observed_pace(real)
    assert truth is not None
    assert said is None or holds(bound or "", said, truth)
