"""`linear`: the required over the observed pace.

The acceleration factor of the State of Climate Action reports: A = required / observed pace;
A <= 1 on_track, 1 < A < 2 at_risk, A >= 2, no movement or the wrong direction off_track.
"""

from __future__ import annotations

from decimal import Decimal

from aiplus_cli.errors import Message
from aiplus_cli.judge.bounds import as_far_as_proven, progress_bound
from aiplus_cli.judge.methods.pace import acceleration, change_per_year, required_pace, window_start
from aiplus_cli.judge.records import Equation, Goal, Outcome, Series
from aiplus_cli.plan.numbers import settled
from aiplus_cli.plan.records import Verdict

QUESTION = Message("How much faster than so far must it go?")
RULE = Message("A <= 1 on track; A < 2 at risk; else off track")
SOURCE = "State of Climate Action"
METRIC = "acceleration"
CUTS = (Decimal(1), Decimal(2))
FORMULAS = ("A = ((vT - vt) / (T - t)) / ((vt - vb) / (t - b))",)
JUDGES_WORDS = False
NEEDS_RANGE = False
STANDSTILL = Message("no movement towards the target")


def judge(goal: Goal, series: Series) -> Outcome:
    """The verdict by the acceleration factor."""
    outcome = _by_values(goal, series)
    if outcome.reason == STANDSTILL and progress_bound(goal, series.latest.figure.bound) in (">", "~"):
        outcome = Outcome("insufficient_data", METRIC, None, reason=Message("a bounded figure proves no standstill"))
    return as_far_as_proven(goal, window_start(series), series.latest, outcome)


def _by_values(goal: Goal, series: Series) -> Outcome:
    """The verdict as if every figure were exact."""
    observed, required = change_per_year(series), required_pace(goal, series)
    if observed is None:
        return Outcome("insufficient_data", METRIC, None, reason=Message("one figure in three years shows no pace"))
    if goal.reached(series.latest.figure.value):
        return Outcome("met", METRIC, None, reason=Message("the target is met; no pace is required"))
    if required is None:
        return Outcome("off_track", METRIC, None, reason=Message("no time is left after the latest figure"))
    if observed * goal.sign <= 0:
        why = STANDSTILL if observed == 0 else Message("moving away from the target")
        return Outcome("off_track", METRIC, None, reason=why)
    factor = settled(required / observed)
    verdict: Verdict = "on_track" if factor <= CUTS[0] else "at_risk" if factor < CUTS[1] else "off_track"
    return Outcome(verdict, METRIC, factor)


def working(goal: Goal, series: Series) -> tuple[Equation, ...]:
    """The numbers of the formula."""
    first, last = window_start(series), series.latest
    if goal.value is None or first is last or goal.at <= last.at:
        return ()
    terms = {
        "vT": goal.value,
        "vt": last.figure.value,
        "T": goal.at,
        "t": last.at,
        "vb": first.figure.value,
        "b": first.at,
    }
    return (Equation(FORMULAS[0], terms, acceleration(change_per_year(series), required_pace(goal, series))),)
