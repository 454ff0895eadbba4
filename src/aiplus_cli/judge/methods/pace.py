"""Pace: change per year, observed and required."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from aiplus_cli.judge.records import Goal, Point, Series
from aiplus_cli.ledger.bounds import change_bound
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.plan.numbers import settled, unrounded
from aiplus_cli.plan.periods import year_position

WINDOW_YEARS = Decimal("3.01")
"""Three years, and some days for leap years."""


def window_start(series: Series) -> Point:
    """The first point of the three years before the latest, both ends included."""
    earliest = series.latest.at - WINDOW_YEARS
    return next(point for point in series.points if point.at >= earliest)


def observed_pace(series: Series) -> Decimal | None:
    """Change per year over the figures of the three years before the latest; None with one figure there.

    None as well where it can be anything, as between two floors.
    """
    return None if pace_bound(series) is None else change_per_year(series)


def pace_bound(series: Series) -> Bound | None:
    """The bound of the observed pace; None where it can be anything."""
    return change_bound(window_start(series).figure.bound, series.latest.figure.bound)


def change_per_year(series: Series) -> Decimal | None:
    """The observed pace as if every figure were exact."""
    first, last = window_start(series), series.latest
    if first.at == last.at:
        return None
    return (last.figure.value - first.figure.value) / (last.at - first.at)


def required_pace(goal: Goal, series: Series) -> Decimal | None:
    """Change per year from the latest figure to the target's value on its day; None when no time is left."""
    left = goal.at - series.latest.at
    if goal.value is None or left <= 0:
        return None
    return (goal.value - series.latest.figure.value) / left


def needed_a_month(goal: Goal, series: Series, since: date) -> Decimal | None:
    """Change per month from a day on, as if the latest figure still stood then; None when no time is left."""
    left = (goal.at - year_position(since)) * 12
    if goal.value is None or left <= 0:
        return None
    return (goal.value - series.latest.figure.value) / left


@unrounded
def acceleration(observed: Decimal | None, required: Decimal | None) -> Decimal | None:
    """Required over observed pace; None where nothing moved or the movement is away from the target."""
    if observed is None or required is None or observed * required <= 0:
        return None
    return settled(required / observed)
