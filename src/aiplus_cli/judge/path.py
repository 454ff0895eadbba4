"""The path from the baseline through the targets, and where the latest figure stands against it.

A lone figure has no path, nor has one where the path would only begin at the latest figure. A target that the baseline
had already reached is no place to go to but a level to hold, all the way to its day.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from aiplus_cli.errors import Message
from aiplus_cli.judge.bounds import progress_bound
from aiplus_cli.judge.records import Goal, PathStanding, Point, Series
from aiplus_cli.ledger.bounds import change_bound, side, turned
from aiplus_cli.ledger.entries import Bound, Figure, FigureBound
from aiplus_cli.plan.numbers import settled
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import Milestone, Position, Target

Path = list[tuple[Decimal, Decimal]]


def standing(series: Series, goal: Goal, goals: Iterable[tuple[Milestone, Target]]) -> PathStanding | None:
    """Where the latest figure stands; `goals` are those of every milestone. None where there is nothing to stand on."""
    latest = series.latest
    if goal.value is None or goal.baseline.at >= latest.at or _is_unsure(goal):
        return None
    if goal.is_level:
        gap, bound = latest.figure.value - goal.value, side(latest.figure.bound)
        stands = _against(goal, latest.figure, gap, bound)
        return PathStanding((), goal.value, gap, *stands, None, is_level=True, gap_bound=bound)
    corners = _corners(goal, goals)
    path = [(goal.baseline.at, goal.baseline.figure.value), *((year_position(day), value) for day, value in corners)]
    bound = _bound_at(path, goal.baseline, latest.at)
    gap_bound = change_bound(bound, latest.figure.bound)
    if len(path) == 1 or gap_bound is None:
        return None
    expected, there = _value_at(path, latest.at), _time_of(path, latest.figure.value)
    buffer_bound, gap = _buffer_bound(path, goal, latest.figure), latest.figure.value - expected
    return PathStanding(
        corners,
        expected,
        gap,
        *_against(goal, latest.figure, gap, gap_bound),
        (there - settled(latest.at)) * 12 if there is not None and buffer_bound is not None else None,
        expected_bound=bound,
        gap_bound=gap_bound,
        buffer_bound=buffer_bound or "",
    )


def tolerance(value: Decimal, bound: FigureBound) -> Decimal:
    """Half a unit of the last decimal that was published, since 42.8 stands for 42.75 to 42.85; a bound is exact."""
    return Decimal(0) if bound else Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)


def _against(goal: Goal, latest: Figure, gap: Decimal, bound: Bound) -> tuple[Decimal, Position | None]:
    """The gap that is none, and better than the path, on it or worse, as far as bounds prove it."""
    least = tolerance(latest.value, latest.bound)
    lead, proven = goal.sign * gap, progress_bound(goal, bound)
    if lead > least and proven in ("", ">"):
        return least, "ahead"
    if lead < -least and proven in ("", "<"):
        return least, "behind"
    return least, None if bound else "on_path"


def note(series: Series, goal: Goal, found: PathStanding | None) -> Message | None:
    """What must be said of a path that is not there, or that is a level; None of any other."""
    if goal.value is None:
        return None
    if len(series.points) == 1:
        return Message("a lone figure has no path")
    baseline = goal.baseline
    if found and found.is_level:
        period = baseline.figure.period
        return Message("a level to hold: the baseline {period} was already at or beyond the target", period=period)
    if found or goal.met_by(series.latest.figure):
        return None
    if baseline.at >= series.latest.at:
        return Message("the path only begins at the latest figure")
    text = f"{baseline.figure.bound}{baseline.figure.value:f}"
    return Message("with the baseline {value} there is no telling whether it is ahead of its path", value=text)


def _corners(goal: Goal, goals: Iterable[tuple[Milestone, Target]]) -> tuple[tuple[date, Decimal], ...]:
    """The days and values of the targets that the baseline had not reached."""
    return tuple(
        (milestone.due, target.value)
        for milestone, target in goals
        if target.value is not None and milestone.due > goal.baseline.end and not goal.was_beyond(target.value)
    )


def _is_unsure(goal: Goal) -> bool:
    """Whether the baseline is beyond the target only if a bound that does not prove it is taken for a value."""
    return goal.value is not None and goal.was_beyond(goal.value) and not goal.is_level


def _bound_at(path: Path, baseline: Point, at: Decimal) -> Bound:
    """What the path's value is at a time: as far as the first corner, what the baseline is."""
    return side(baseline.figure.bound) if len(path) > 1 and at < path[1][0] else ""


def _buffer_bound(path: Path, goal: Goal, latest: Figure) -> Bound | None:
    """What the buffer is: from a higher start the path is ahead up to its first corner, and behind when prolonged."""
    start, end = goal.baseline.figure.bound, progress_bound(goal, latest.bound)
    if goal.sign * (latest.value - path[1][1]) <= 0:
        return change_bound(progress_bound(goal, start), end)
    return change_bound(turned(progress_bound(goal, start)), end) if len(path) == 2 else end


def _value_at(path: Path, at: Decimal) -> Decimal:
    """The value of the path at a time: straight between its corners, level before the first and after the last."""
    if at <= path[0][0]:
        return path[0][1]
    for (t0, v0), (t1, v1) in itertools.pairwise(path):
        if at <= t1:
            return settled(v0 + (v1 - v0) * (at - t0) / (t1 - t0))
    return path[-1][1]


def _time_of(path: Path, value: Decimal) -> Decimal | None:
    """The time at which the path has a value, its end pieces prolonged; None where the path does not move one way."""
    steps = [v1 - v0 for (_, v0), (_, v1) in itertools.pairwise(path)]
    if not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        return None
    rising = steps[0] > 0
    pieces = list(itertools.pairwise(path))
    for (t0, v0), (t1, v1) in pieces:
        if (value <= v1 if rising else value >= v1) or (t1, v1) == path[-1]:
            return settled(t0 + (t1 - t0) * (value - v0) / (v1 - v0))
    return None
