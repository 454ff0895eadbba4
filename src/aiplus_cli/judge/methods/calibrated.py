"""`calibrated`: how often did shares like this one arrive in time?

The chance that the share satisfies the target on its day, from the distribution of `adoption`, which was
fitted on how hundreds of technologies were taken up. By the calibrated words of the IPCC:
P >= 2/3 (likely) on_track, >= 1/3 at_risk, below off_track.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from decimal import Decimal, localcontext
from operator import attrgetter
from typing import Literal

from aiplus_cli.errors import Message
from aiplus_cli.judge.bounds import progress_bound, with_bound
from aiplus_cli.judge.methods import adoption
from aiplus_cli.judge.records import Equation, Goal, Outcome, Point, Series
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.plan.records import Verdict

QUESTION = Message("How often did shares like this one arrive in time?")
RULE = Message("P >= 2/3 (likely) on track; P >= 1/3 at risk; else off track")
SOURCE = "IPCC likelihood scale; past adoption of technologies, see docs/methods.md"
METRIC = "probability"
CUTS = (Decimal(2) / 3, Decimal(1) / 3)
_AXIS = (
    "gT = ln((vT + a) / (101 - vT))",
    "gt = ln((vt + a) / (101 - vt))",
    "M = max(b + c * L^k + e * E, 0.01)",
    "m = gt + h^p * M",
)
_ABOVE = (
    "A = u0 + w * h^q * (u1 + u2 * L^k + u3 * R)",
    "P = 1 / (1 + (1 + (gT - m) / A)^s)",
)
_BELOW = (
    "B = v0 + x * h^q * (v1 + v3 * R)",
    "P = 1 - 1 / (1 + (1 + (m - gT) / B)^t)",
)
FORMULAS = (*_AXIS, *_ABOVE, *_BELOW)
JUDGES_WORDS = False
NEEDS_RANGE = True
LEVEL = Decimal("0.8")

Likelihood = Literal[
    "virtually_certain", "extremely_likely", "very_likely", "likely", "about_as_likely_as_not",
    "unlikely", "very_unlikely", "extremely_unlikely", "exceptionally_unlikely",
]  # fmt: skip
LIKELIHOODS: tuple[tuple[Decimal, Likelihood], ...] = (
    (Decimal("0.99"), "virtually_certain"),
    (Decimal("0.95"), "extremely_likely"),
    (Decimal("0.9"), "very_likely"),
    (CUTS[0], "likely"),
    (CUTS[1], "about_as_likely_as_not"),
    (Decimal("0.1"), "unlikely"),
    (Decimal("0.05"), "very_unlikely"),
    (Decimal("0.01"), "extremely_unlikely"),
    (Decimal(0), "exceptionally_unlikely"),
)
"""The least probability of each word of the IPCC's scale."""


def likelihood(probability: Decimal) -> Likelihood:
    """The narrowest word of the IPCC's scale for a probability of 0..1."""
    return next(word for least, word in LIKELIHOODS if probability >= least)


def judge(goal: Goal, series: Series, table: adoption.FittedTable = adoption.TABLE) -> Outcome:
    """The verdict by the chance that the target is reached; `goal.range` and `goal.value` must be given."""
    return with_bound(goal, series.latest, _by_values(goal, series, table), proven(goal, series))


def _by_values(goal: Goal, series: Series, table: adoption.FittedTable) -> Outcome:
    """The verdict of the worst values that the figures allow, where the latest has a worst one."""
    if len(series.points) < 2:
        return Outcome("insufficient_data", METRIC, None, reason=Message("one figure shows no pace"))
    if goal.at <= series.latest.at:
        return _no_time_left(goal, series)
    future = forecast(goal, series, table=table)
    chance = _short(probability(goal, future))
    low, high = interval(goal, future, LEVEL)
    why = None if reachable(goal) else Message("no value of the range satisfies the target")
    return Outcome(verdict_of(chance), METRIC, chance, None, chance, (LEVEL, low, high), why)


def history(chance: Decimal) -> Message:
    """What past targets with this chance (0..1) came to."""
    arrived, n, technologies = adoption.reference(float(chance))
    return Message(
        "of past targets with a chance of {chance} %, {arrived} % came in time ({n} episodes of {technologies}"
        " technologies, groups of them alike)",
        chance=min(max(round(chance * 100), 1), 99),
        arrived=arrived,
        n=n,
        technologies=technologies,
    )


def verdict_of(chance: Decimal) -> Verdict:
    """The verdict of a probability: likely, about as likely as not, or less."""
    return "on_track" if chance >= CUTS[0] else "at_risk" if chance >= CUTS[1] else "off_track"


def _no_time_left(goal: Goal, series: Series) -> Outcome:
    if goal.reached(series.latest.figure.value):
        return Outcome("met", METRIC, Decimal(1), None, Decimal(1))
    why = Message("no time is left after the latest figure")
    return Outcome("off_track", METRIC, Decimal(0), None, Decimal(0), reason=why)


def forecast(
    goal: Goal, series: Series, at: Decimal | None = None, *, table: adoption.FittedTable = adoption.TABLE
) -> adoption.Distribution:
    """The distribution of the share at a time (default: the goal's), on the scale of `adoption`."""
    ahead = float(goal.at if at is None else at) - float(series.latest.at)
    return prospect(goal, series, table=table).after(ahead)


def prospect(goal: Goal, series: Series, *, table: adoption.FittedTable = adoption.TABLE) -> adoption.Prospect:
    """Where the share is heading: the least, or the most, that its bounded figures allow; see `proven`."""
    window, read = counting(series.points), _reading(goal)
    times = [float(point.at) for point in window]
    if all(point.figure.bound in ("", "~") for point in window[:-1]):
        return adoption.prospect(times, [read(point.figure.value) for point in window], table)
    latest = read(window[-1].figure.value)
    ranges = [*(_between(goal, point, read) for point in window[:-1]), (latest, latest)]
    return adoption.bounded(times, ranges, table, most=_bound_in(goal, window) == "<")


def _between(goal: Goal, point: Point, read: Callable[[Decimal], float]) -> tuple[float, float]:
    """The lowest and highest share that a figure may stand for."""
    share, bound = read(point.figure.value), progress_bound(goal, point.figure.bound)
    return (0.0 if bound == "<" else share), (adoption.FULL if bound == ">" else share)


def proven(goal: Goal, series: Series) -> Bound | None:
    """Whether progress and chance are exact, the least or the most possible; None where they can be anything."""
    if len(series.points) < 2:
        return progress_bound(goal, series.latest.figure.bound)
    return _bound_in(goal, counting(series.points))


def _bound_in(goal: Goal, window: tuple[Point, ...]) -> Bound | None:
    latest = progress_bound(goal, window[-1].figure.bound)
    earlier = {progress_bound(goal, point.figure.bound) for point in window[:-1]} - {""}
    if _fell(goal, window):
        return "<" if latest in ("", "<") and earlier == {">"} else None
    if latest == "<":
        return None if "<" in earlier else "<"
    if "~" in (latest, *earlier):
        return "~"
    return ">" if latest or earlier else ""


def _fell(goal: Goal, window: tuple[Point, ...]) -> bool:
    """Whether an earlier floor is better than the latest value: then it fell back, and no one knows how far."""
    latest = window[-1].figure.value
    floors = [point.figure for point in window[:-1] if progress_bound(goal, point.figure.bound) == ">"]
    return any(goal.sign * (floor.value - latest) > 0 for floor in floors)


def counting(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The points that the model looks at, see `adoption.counting`; at least two."""
    oldest = bisect_left(points, points[-1].at - _YEARS, key=_at)
    recent = points[max(oldest - 1, 0) :]  # the one before is far enough from any, so that none before it counts
    return tuple(recent[place] for place in adoption.counting([float(point.at) for point in recent]))


_YEARS = Decimal(str(adoption.YEARS))
_at = attrgetter("at")


def probability(goal: Goal, future: adoption.Distribution) -> float:
    """The chance that the share satisfies the goal's operator on its day."""
    return future.probability(target_share(goal)) if reachable(goal) else 0.0


def reachable(goal: Goal) -> bool:
    """Whether any value satisfies the goal: none lies strictly beyond the end of the range."""
    return goal.op not in (">", "<") or target_share(goal) < adoption.FULL


def target_share(goal: Goal) -> float:
    """The goal's value on the scale of `adoption`; only for a goal with a number."""
    return _reading(goal)(goal.value or Decimal(0))


def interval(goal: Goal, future: adoption.Distribution, level: Decimal) -> tuple[Decimal, Decimal]:
    """The central interval of that level (0..1), in the indicator's unit, low end first."""
    one, other = (_value(goal, end) for end in future.interval(float(level)))
    return min(one, other), max(one, other)


def centre(goal: Goal, future: adoption.Distribution) -> Decimal:
    """The median, in the indicator's unit."""
    return _value(goal, future.quantile(0.5))


def _reading(goal: Goal) -> Callable[[Decimal], float]:
    """From a value in the indicator's unit to the scale of `adoption`; mirrored for a share that is to fall."""
    if goal.range == _PERCENT and goal.direction == "increase":
        return float
    low, high = goal.range or _PERCENT
    scale = adoption.FULL / float(high - low)
    if goal.direction == "decrease":
        return lambda value: float(high - value) * scale
    return lambda value: float(value - low) * scale


def _value(goal: Goal, share: float) -> Decimal:
    """From the scale of `adoption` to the indicator's unit."""
    if goal.range == _PERCENT and goal.direction == "increase":
        return _short(share)
    low, high = goal.range or _PERCENT
    span = high - low
    with localcontext() as context:
        context.prec = 60
        step = Decimal(share) / 100 * span
        value = high - step if goal.direction == "decrease" else low + step
        return value.quantize(Decimal(1).scaleb(span.adjusted() - 14))


def _short(number: float) -> Decimal:
    """Twelve decimals: far below what a figure carries, and without the noise of binary fractions."""
    return Decimal("%.12f" % number)  # noqa: UP031 - an f-string takes half as long again


_PERCENT = (Decimal(0), Decimal(100))


def working(goal: Goal, series: Series) -> tuple[Equation, ...]:
    """The numbers of the formulas, those of the side of the median on which the target lies; on the 0..100 scale."""
    if len(series.points) < 2 or goal.at <= series.latest.at or not reachable(goal):
        return ()
    ahead = prospect(goal, series)
    years = float(goal.at - series.latest.at)
    future, target = ahead.after(years), target_share(goal)
    then = adoption.axis(adoption.clip(target), ahead.table.offset)
    is_above = then >= future.median
    rough = ahead.momentum.rough_up if is_above else ahead.momentum.rough_down
    numbers = _numbers(ahead, future, years, rough) | {
        "vT": target,
        "vt": _reading(goal)(series.latest.figure.value),
        "gT": then,
        "P": future.probability(target),
    }
    formulas = (*_AXIS, *(_ABOVE if is_above else _BELOW))
    terms = {symbol: _short(number) for symbol, number in numbers.items()}
    return tuple(Equation(formula, terms, terms[formula.split(" = ")[0]]) for formula in formulas)


def _numbers(ahead: adoption.Prospect, future: adoption.Distribution, years: float, rough: float) -> dict[str, float]:
    table, now = ahead.table, ahead.momentum
    above = {"u0": table.up_noise, "u1": table.up, "u2": table.up_gain, "u3": table.up_rough, "w": ahead.wider_up()}
    below = {"v0": table.down_noise, "v1": table.down, "v3": table.down_rough, "x": ahead.wider_down()}
    return (
        above
        | below
        | {
            "a": table.offset,
            "b": table.base,
            "c": table.gain,
            "k": table.power,
            "e": table.earlier,
            "p": table.reach,
            "q": table.spread,
            "s": table.up_shape,
            "t": table.down_shape,
            "h": years,
            "gt": now.origin,
            "L": now.growth,
            "E": now.earlier,
            "R": rough,
            "M": ahead.pace(),
            "m": future.median,
            "A": future.above,
            "B": future.below,
        }
    )
