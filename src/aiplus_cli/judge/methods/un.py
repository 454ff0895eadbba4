"""`un`: the share of the gap that is closed by the deadline when the observed growth goes on.

The UN's SDG Progress Chart: v = vt * (1 + g)**(T - t) with g the compound growth per year from the base,
kept within the range; P = (v - vb) / (vT - vb); P >= 0.95 on_track, >= 0.10 at_risk, else off_track.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import structs

from aiplus_cli.errors import Message
from aiplus_cli.judge.bounds import as_far_as_proven
from aiplus_cli.judge.methods.growth import base_point, compound_growth, fallen_back, limited, power
from aiplus_cli.judge.records import Equation, Goal, Outcome, Point, Series
from aiplus_cli.plan.numbers import settled
from aiplus_cli.plan.records import Verdict

QUESTION = Message("How much of the gap is closed by the deadline at the growth so far?")
RULE = Message("P >= 0.95 on track; P >= 0.10 at risk; else off track")
SOURCE = "UN SDG Progress Chart"
METRIC = "gap_closed"
CUTS = (Decimal("0.95"), Decimal("0.10"))
FORMULAS = ("g = (vt / vb)^(1 / (t - b)) - 1", "v = vt * (1 + g)^(T - t)", "P = (v - vb) / (vT - vb)")
JUDGES_WORDS = False
NEEDS_RANGE = False


def judge(goal: Goal, series: Series) -> Outcome:
    """The verdict by the share of the gap closed."""
    base = base_point(goal, series)
    outcome = as_far_as_proven(goal, base, series.latest, _by_values(goal, series))
    if base.figure.bound and outcome.value is not None and outcome.value > 1:
        # beyond the target the share may go either way when such a base is higher
        return structs.replace(outcome, value=None)
    return outcome


def _by_values(goal: Goal, series: Series) -> Outcome:
    """The verdict as if every figure were exact."""
    base, latest = base_point(goal, series), series.latest
    if goal.value is None or base.at >= latest.at:
        return Outcome("insufficient_data", METRIC, None, reason=Message("one figure shows no growth"))
    if goal.reached(latest.figure.value):
        return Outcome("met", METRIC, None, reason=Message("the target is met; no growth is required"))
    if fallen := fallen_back(goal, base):
        return Outcome("off_track", METRIC, None, reason=fallen)
    if goal.at <= latest.at:
        return Outcome("off_track", METRIC, None, reason=Message("no time is left after the latest figure"))
    future = extrapolated(goal, series)
    if future is None:
        why = Message("growth is undefined from or to a value not above zero")
        return Outcome("insufficient_data", METRIC, None, reason=why)
    closed = limited(settled((future - base.figure.value) / (goal.value - base.figure.value)))
    verdict: Verdict = "on_track" if closed >= CUTS[0] else "at_risk" if closed >= CUTS[1] else "off_track"
    return Outcome(verdict, METRIC, closed)


def extrapolated(goal: Goal, series: Series) -> Decimal | None:
    """The value on the target's day when growth goes on, within the range; None where growth is undefined."""
    base, latest = base_point(goal, series), series.latest
    growth = _growth(base, latest)
    if growth is None or goal.at <= latest.at:
        return None
    future = latest.figure.value * power(1 + growth, goal.at - latest.at)
    return max(goal.range[0], min(future, goal.range[1])) if goal.range else future


def _growth(base: Point, latest: Point) -> Decimal | None:
    """Compound growth per year; of two values below zero that of their distance from zero, which then goes on."""
    vb, vt = base.figure.value, latest.figure.value
    if vb < 0 and vt < 0:
        vb, vt = -vb, -vt
    return compound_growth(vb, vt, latest.at - base.at)


def working(goal: Goal, series: Series) -> tuple[Equation, ...]:
    """The numbers of the formulas, as far as they have a result."""
    base, last = base_point(goal, series), series.latest
    vb, vt = base.figure.value, last.figure.value
    growth, future = _growth(base, last), extrapolated(goal, series)
    if growth is None or future is None or goal.value in (None, vb):
        return ()
    target = goal.value or Decimal(0)
    return (
        Equation(FORMULAS[0], {"vt": vt, "vb": vb, "t": last.at, "b": base.at}, growth),
        Equation(FORMULAS[1], {"vt": vt, "g": growth, "T": goal.at, "t": last.at}, future),
        Equation(FORMULAS[2], {"v": future, "vb": vb, "vT": target}, (future - vb) / (target - vb)),
    )
