"""Compound growth per year, in exact decimals; the measure of `open-sdg` and `un`."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import lru_cache

from aiplus_cli.errors import Message
from aiplus_cli.judge.methods.pace import window_start
from aiplus_cli.judge.records import Goal, Point, Series

LIMIT = Decimal(10) ** 9
"""Ratios of growth are cut here: figures a day apart can grow by any power of ten a year."""

_CONTEXT = Context(prec=34, Emax=MAX_EMAX, Emin=MIN_EMIN)


def base_point(goal: Goal, series: Series) -> Point:
    """Where growth is counted from: the baseline, or, where that is the latest figure, the first of three years."""
    return goal.baseline if goal.baseline.at < series.latest.at else window_start(series)


def fallen_back(goal: Goal, base: Point) -> Message | None:
    """What must be said of a target that is not reached now and was at the base; None of any other."""
    if goal.value is None or goal.sign * (goal.value - base.figure.value) > 0:
        return None
    return Message("the base was at or past the target; it has fallen back")


def compound_growth(start: Decimal, end: Decimal, years: Decimal) -> Decimal | None:
    """(end / start) ** (1 / years) - 1, times the sign of the start; None where it has no meaning.

    It has none from 0, between values of different signs, and without time. Of two values below 0 the growth is that
    of a number that rises when the value does: from -10 to -8 it is above 0.
    """
    if start < 0 and end < 0:
        growth = compound_growth(-start, -end, years)
        return -growth if growth is not None else None
    if start <= 0 or end < 0 or years <= 0:
        return None
    return _CONTEXT.subtract(power(_CONTEXT.divide(end, start), _CONTEXT.divide(Decimal(1), years)), Decimal(1))


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """`base` >= 0 to a power > 0, with room for any exponent."""
    return _power(str(base), str(exponent)) if base else Decimal(0)


@lru_cache(maxsize=64)
def _power(base: str, exponent: str) -> Decimal:
    """A power is dear, and both methods ask for the same one, and again for every target of a series.

    Both come as texts: 2 and 2.0 are equal, and their powers are not written alike.
    """
    return _CONTEXT.power(Decimal(base), Decimal(exponent))


def limited(value: Decimal) -> Decimal:
    """The value, cut at plus or minus LIMIT."""
    return max(-LIMIT, min(value, LIMIT))
