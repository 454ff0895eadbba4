"""Where a verdict turns: how far the latest figure is from there, and since when the verdict stands."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec

from aiplus_cli.judge.bounds import progress_bound
from aiplus_cli.judge.methods import METHODS, calibrated
from aiplus_cli.judge.records import Assessment, Course, Goal, Series
from aiplus_cli.plan.numbers import unrounded
from aiplus_cli.plan.records import Verdict

_STEPS = 30
"""Halvings: a billionth of the distance that is searched."""
_DOUBLINGS = 20


@unrounded
def slack(result: Assessment, failing: Container[Verdict], today: date) -> Decimal | None:
    """How much worse the latest value could be before the verdict is a failing one; negative: how much it lacks.

    Every method's verdict gets no worse when the latest value is better, so the place is found by halving.
    None without a number to reach, where no value within the range turns the verdict, and for a figure that proves
    no least value.
    """
    course = result.course
    if course is None or course.goal.value is None or progress_bound(course.goal, course.latest.bound) in ("<", "~"):
        return None

    def fails(value: Decimal) -> bool:
        return _verdict(result, value, today) in failing

    latest = course.latest.value
    is_failing = fails(latest)
    there = _enough(course.goal) if is_failing else _too_little(course, fails)
    if there is None or fails(there) == is_failing:
        return None
    here = latest
    for _ in range(_STEPS):
        middle = (here + there) / 2
        here, there = (middle, there) if fails(middle) == is_failing else (here, middle)
    return course.goal.sign * (latest - there)


@unrounded
def on_track_from(result: Assessment) -> Decimal | None:
    """The least value of the latest figure, as exact as that is published, at which the target would be on track.

    For what is to fall, the greatest. None where it is on track, where no value of the range is enough, and where the
    latest figure is the most that is known, or about what is.
    """
    course, ruling = result.course, result.ruling
    if course is None or ruling is None or result.verdict not in ("at_risk", "off_track"):
        return None
    goal, series, latest, target = course.goal, course.series, course.latest, course.goal.value
    if target is None or progress_bound(goal, latest.bound) in ("<", "~"):
        return None
    step = goal.sign * Decimal(1).scaleb(min(int(latest.value.as_tuple().exponent), 0))
    most = int((target - latest.value) / step) + 1
    is_on_track = _test_of(ruling.method, series, goal)

    def is_enough(steps: int) -> bool:
        figure = msgspec.structs.replace(latest, value=latest.value + steps * step, bound="")
        changed = Series((*series.points[:-1], replace(series.latest, figure=figure)))
        return goal.reached(figure.value) or is_on_track(goal, changed)

    value = latest.value + _first(is_enough, most) * step
    return None if goal.range and not goal.range[0] <= value <= goal.range[1] else value


def _first(is_enough: Callable[[int], bool], most: int) -> int:
    """The least of 0..most at which something is true that stays so; most where it is true nowhere before."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low


def _test_of(method: str, series: Series, goal: Goal) -> Callable[[Goal, Series], bool]:
    """Whether a method says `on_track`; of the chance alone where figures are exact, for intervals take their time."""
    exact = not any(point.figure.bound for point in series.points[:-1])
    if method == "calibrated" and exact and len(series.points) > 1 and goal.at > series.latest.at:
        return lambda goal, series: calibrated.probability(goal, calibrated.forecast(goal, series)) >= _LIKELY
    return lambda goal, series: METHODS[method].judge(goal, series).verdict == "on_track"


_LIKELY = float(calibrated.CUTS[0])


@unrounded
def since(result: Assessment) -> date | None:
    """From when on the figures in force have given the verdict that a method gives now.

    It is the day on which the first of them in an unbroken run, back from the latest, was published.
    """
    course, ruling = result.course, result.ruling
    if course is None or ruling is None:
        return result.latest.published if result.latest else None
    goal, series = course.goal, course.series
    day = series.latest.figure.published
    for count in range(len(series.points) - 1, 0, -1):
        earlier = Series(series.points[:count])
        reached = goal.met_by(earlier.latest.figure)
        if ("met" if reached else METHODS[ruling.method].judge(goal, earlier).verdict) != result.verdict:
            break
        day = min(day, earlier.latest.figure.published)
    return day


def _verdict(result: Assessment, value: Decimal, today: date) -> Verdict:
    """What the verdict would be, had the latest figure this value."""
    course, ruling = result.course, result.ruling
    if course is None or ruling is None:
        return result.verdict
    goal, series = course.goal, course.series
    latest = series.latest
    changed = replace(latest, figure=msgspec.structs.replace(latest.figure, value=value))
    if goal.met_by(changed.figure):
        return "met"
    if today > result.milestone.due:
        return "missed" if goal.failed_by(changed.figure) else "insufficient_data"
    return METHODS[ruling.method].judge(goal, Series((*series.points[:-1], changed))).verdict


def _enough(goal: Goal) -> Decimal | None:
    """A value that satisfies the target, by a hair; None where the range has none."""
    if goal.value is None:
        return None
    value = goal.value + goal.sign * max(abs(goal.value), Decimal(1)) / 10**9
    inside = goal.range is None or goal.range[0] <= value <= goal.range[1]
    value = value if inside else goal.value
    return value if goal.reached(value) else None


def _too_little(course: Course, fails: Callable[[Decimal], bool]) -> Decimal | None:
    """A value that fails: the bad end of the range, or without one the first of ever larger steps back."""
    goal = course.goal
    if goal.range is not None:
        return goal.range[0 if goal.sign > 0 else 1]
    latest = course.latest.value
    step = max(abs(latest), Decimal(1))
    values = (latest - goal.sign * step * 2**doubling for doubling in range(_DOUBLINGS))
    return next((value for value in values if fails(value)), None)
