"""`linear`: the required over the observed pace.

The acceleration factor of the State of Climate Action reports: A = required / observed pace;
A <= 1 on_track, 1 < A < 2 at_risk, A >= 2, no movement or the wrong direction lagging.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from aiplus_cli.errors import Message
from aiplus_cli.model import Goal, Outcome, Point, Series, Verdict
from aiplus_cli.periods import year_position

FORMULA = "A = ((vT - vt) / (T - t)) / ((vt - vb) / (t - b))"
CUTS = (1, 2)
WINDOW_YEARS = 3


def window_start(series: Series) -> Point:
    """The first point of the three years before the latest, both ends included."""
    earliest = series.latest.at - WINDOW_YEARS
    return next(point for point in series.points if point.at >= earliest)


def observed_pace(series: Series) -> Decimal | None:
    """Change per year over the figures of the three years before the latest; None with one figure there."""
    first, last = window_start(series), series.latest
    if first.at == last.at:
        return None
    return (last.figure.value - first.figure.value) / (last.at - first.at)


def required_pace(goal: Goal, series: Series) -> Decimal | None:
    """Change per year from the latest figure to the target's value on its day; None when no time is left."""
    left = year_position(goal.due) - series.latest.at
    return (goal.value - series.latest.figure.value) / left if left > 0 else None


def assess_linear(goal: Goal, series: Series, today: date) -> Outcome:
    """The verdict by the acceleration factor; `today` plays no part: the pace ends at the latest figure."""
    del today
    observed, required = observed_pace(series), required_pace(goal, series)
    if observed is None:
        return Outcome(
            "insufficient_data",
            "acceleration",
            None,
            reason=Message("one figure in three years shows no pace"),
        )
    if required is None:
        return Outcome("lagging", "acceleration", None, reason=Message("no time is left after the latest figure"))
    first, last = window_start(series), series.latest
    terms = {
        "vT": goal.value,
        "vt": last.figure.value,
        "T": year_position(goal.due),
        "t": last.at,
        "vb": first.figure.value,
        "b": first.at,
    }
    return _judge(goal, observed, required, terms)


def _judge(goal: Goal, observed: Decimal, required: Decimal, terms: dict[str, Decimal]) -> Outcome:
    sign = -1 if goal.direction == "decrease" else 1
    if observed * sign <= 0:
        why = Message("no movement towards the target") if observed == 0 else Message("moving away from the target")
        return Outcome("lagging", "acceleration", None, reason=why, terms=terms)
    factor = required / observed
    verdict: Verdict = "on_track" if factor <= 1 else "at_risk" if factor < 2 else "lagging"
    return Outcome(verdict, "acceleration", factor, terms=terms)
