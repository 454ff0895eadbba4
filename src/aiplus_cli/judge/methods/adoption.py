"""The predictive core of `calibrated`: one distribution of a share at a later date.

Every function works on one scale: a share from 0 to 100 that is meant to rise.
`calibrated` carries any other range, and a share meant to fall, to it and back.
Time is in years, fractions allowed.

The model, in full. Let l be the latest value, h the years to the due date, T the target, and

    axis      g(v) = ln((v + a) / (101 - v))      log-odds, flattened near zero
    growth    L    the growth on g over the last year, at least 0
    earlier   E    the growth on g a year over the figures before the latest
    rough     R    how far those figures are from a straight line on g
    pace      M = max(b + c * L**k + e * E, least)
    median    m = g(l) + h**p * M
    above     A = u0 + w * h**q * (u1 + u2 * L**k + u3 * R)
    below     B = v0 + x * h**q * (v1 + v3 * R)
    chance    P(share >= T) = 1 / (1 + (1 + (g(T) - m) / A)**s)        for a target above the median
                        1 - 1 / (1 + (1 + (m - g(T)) / B)**t)          for one below

In words: the share goes on at a pace between its last year's and what is usual, and a target is the less
likely the more spreads it lies beyond the median; shares fall as well, less far than they rise. `w` and `x`
are 1 for figures a year apart and more for closer ones, which show less.

Why it is monotone (for all real inputs, not only where there are data), a target being ahead of l:

1. g rises strictly on [0, 100]. When l rises and the other figures stay, L and g(l) never fall, E and R stay:
   so m and A never fall, B stays, and P never falls.
2. When T rises, g(T) rises and nothing else changes: P never rises.
3. When h rises: m and both spreads rise. Above the median the distance g(T) - m falls and A rises. Below it
   (m - g(T)) / B rises, because q <= p and g(T) >= g(l): its derivative has the sign of
   p h**(p-1) M B - (h**p M - (g(T) - g(l))) B' , and B' h <= q B. So P never falls.
4. Values and targets beyond the range are clipped first, which keeps all orders; at T <= 0 the chance is 1,
   beyond T = 100 it is 0: a proper distribution. Its mass beyond 100 on the axis sits at 100.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import exp, inf, log
from typing import NamedTuple

from aiplus_cli.judge.methods.adoption_table import ARRIVED, EPISODES, PARAMETERS, TECHNOLOGIES

FULL = 100.0
"""The upper end of the scale, per cent."""

CEILING = 101.0
"""Where the axis g becomes infinite, per cent: a little above 100, so g(100) is finite."""

FAR = 50.0
"""On the axis, beyond every share."""

YEARS = 3.01
"""Figures older than this before the latest do not count: three years, and some days for leap years."""

COUNT = 4
"""So many figures count: what the fit has seen."""

APART = 0.24
"""Years, at least, between two figures that count: a quarter, less some days. Monthly figures are thinned to it."""

PACE_YEARS = 1.0
"""Years over which the growth of the share is measured."""

LEAST_PACE = 0.01
"""A share whose figures fell is not expected to fall on: the median rises by this much a year on the axis."""

LATEST_ARRIVAL = 200.0
"""Years ahead beyond which no arrival is sought."""


class FittedTable(NamedTuple):
    """The fitted numbers, all positive; `spread` is at most `reach`."""

    offset: float
    """a, per cent: below it, equal steps in points count as equal distances."""
    base: float
    """b, distance a year: the growth of a share that has not grown lately."""
    gain: float
    """c, distance a year at a growth L of 1."""
    power: float
    """k, no unit: below 1, so fast growth is expected to slow down."""
    earlier: float
    """e, no unit: how much of the earlier growth goes on."""
    reach: float
    """p, no unit: how the median's distance grows with the years ahead."""
    up_noise: float
    """u0, distance: the spread upward of a published figure itself."""
    up: float
    """u1, distance: the spread upward of a share that has not grown."""
    up_gain: float
    """u2, distance at a growth of 1."""
    up_rough: float
    """u3, no unit."""
    spread: float
    """q, no unit: how both spreads grow with the years ahead."""
    down_noise: float
    """v0, distance."""
    down: float
    """v1, distance."""
    down_rough: float
    """v3, no unit."""
    up_shape: float
    """s, no unit: the larger, the thinner the tail of rises."""
    down_shape: float
    """t, no unit: the larger, the thinner the tail of falls."""
    up_short: float
    """How much wider the spread upward is after figures of one moment than after figures a year apart, as a share."""
    down_short: float
    """The same of the spread downward."""
    earlier_of_two: float
    """E as a share of L where only two figures count."""
    usual_rough: float
    """R where fewer than four figures count."""


TABLE = FittedTable(**PARAMETERS)
"""The table that ships."""


class Momentum(NamedTuple):
    """What the figures say of how the share moves, on the axis g.

    `rough_up` and `rough_down` differ only where figures are bounds.
    """

    origin: float
    """g(l)."""
    growth: float
    """L."""
    earlier: float
    """E."""
    rough_up: float
    """R of the spread above the median."""
    rough_down: float
    """R of the spread below it."""
    apart: float
    """Years between two of the figures that count, on average."""


class Distribution(NamedTuple):
    """The distribution of the share at a date, on the 0..100 scale; see the top of the file."""

    median: float
    """m, on the axis g."""
    above: float
    """A, on the axis g; above 0."""
    below: float
    """B, on the axis g; above 0."""
    up_shape: float
    """s."""
    down_shape: float
    """t."""
    offset: float
    """a, per cent."""

    def probability(self, target: float) -> float:
        """P(share >= target): at or above, between 0 and 1."""
        if target <= 0.0:
            return 1.0
        if target > FULL:
            return 0.0
        away = axis(target, self.offset) - self.median
        if away >= 0.0:
            return float(1.0 / (1.0 + (1.0 + away / self.above) ** self.up_shape))
        return float(1.0 - 1.0 / (1.0 + (1.0 - away / self.below) ** self.down_shape))

    def quantile(self, level: float) -> float:
        """The share that is undershot with chance `level` (0..1), clipped to 0..100.

        probability(quantile(p)) is 1 - p wherever 0 < quantile(p) < 100.
        """
        if level <= 0.0 or level >= 1.0:
            return FULL if level >= 1.0 else 0.0
        if level >= 0.5:
            away = self.above * ((level / (1.0 - level)) ** (1.0 / self.up_shape) - 1.0)
        else:
            away = -self.below * (((1.0 - level) / level) ** (1.0 / self.down_shape) - 1.0)
        return from_axis(self.median + away, self.offset)

    def interval(self, content: float = 0.8) -> tuple[float, float]:
        """The central interval that holds `content` (0..1) of the distribution."""
        tail = (1.0 - content) / 2.0
        return self.quantile(tail), self.quantile(1.0 - tail)


class Prospect(NamedTuple):
    """Where a share is heading: its distribution at every horizon."""

    momentum: Momentum
    table: FittedTable

    def pace(self) -> float:
        """M, on the axis g: what the first year ahead adds to the median."""
        table, now = self.table, self.momentum
        return float(max(table.base + table.gain * self.slowed() + table.earlier * now.earlier, LEAST_PACE))

    def slowed(self) -> float:
        """L**k: the growth as it counts for what is ahead, fast growth for less."""
        growth = self.momentum.growth
        return float(growth**self.table.power) if growth > 0.0 else 0.0

    def wider_up(self) -> float:
        """w: how much wider the spread upward is than after figures a year apart."""
        return 1.0 + self.table.up_short * max(1.0 - self.momentum.apart, 0.0)

    def wider_down(self) -> float:
        """x: the same of the spread downward."""
        return 1.0 + self.table.down_short * max(1.0 - self.momentum.apart, 0.0)

    def after(self, horizon: float) -> Distribution:
        """The distribution `horizon` years after the latest figure; a negative horizon counts as 0."""
        table, now = self.table, self.momentum
        years = max(horizon, 0.0)
        wide = years**table.spread
        up = table.up + table.up_gain * self.slowed() + table.up_rough * now.rough_up
        down = table.down + table.down_rough * now.rough_down
        return Distribution(
            now.origin + years**table.reach * self.pace(),
            table.up_noise + self.wider_up() * wide * up,
            table.down_noise + self.wider_down() * wide * down,
            table.up_shape,
            table.down_shape,
            table.offset,
        )

    def years_until(self, target: float, chance: float) -> float:
        """The horizon at which the chance of a target ahead rises to `chance` (0..1, open), within a few minutes.

        0 where it is that high now, infinite where it is not within LATEST_ARRIVAL.
        """
        if self.after(0.0).probability(target) >= chance:
            return 0.0
        if self.after(LATEST_ARRIVAL).probability(target) < chance:
            return inf
        low, high = 0.0, LATEST_ARRIVAL
        while high - low > 1e-5:
            middle = (low + high) / 2.0
            low, high = (low, middle) if self.after(middle).probability(target) >= chance else (middle, high)
        return high


def prospect(times: Sequence[float], values: Sequence[float], table: FittedTable = TABLE) -> Prospect:
    """Where a share is heading from the figures that count, see `counting`; at least two.

    `times` (years) rise strictly, `values` (per cent) belong to them. Values beyond 0..100 are clipped.
    """
    return Prospect(_momentum(times, [axis(clip(value), table.offset) for value in values], table), table)


def bounded(
    times: Sequence[float], ranges: Sequence[tuple[float, float]], table: FittedTable = TABLE, *, most: bool = False
) -> Prospect:
    """The least that figures of which only ranges are known can promise, or the most.

    Each range is the lowest and highest value, per cent; the latest figure's must be one value. Whatever the figures
    are within their ranges, no chance of a target ahead is smaller, or larger, than what this prospect gives.
    """
    ends = [tuple(axis(clip(value), table.offset) for value in dict.fromkeys(pair)) for pair in ranges]
    found = [_momentum(times, levels, table) for levels in product(*ends)]
    rough = [one.rough_up for one in found]
    bends = {_bend(times, levels) > 0.0 for levels in product(*ends)}
    smooth, bumpy = (min(rough) if len(bends) == 1 else 0.0), max(rough)
    end = max if most else min
    return Prospect(
        Momentum(
            found[0].origin,
            end(one.growth for one in found),
            end(one.earlier for one in found),
            bumpy if most else smooth,
            smooth if most else bumpy,
            found[0].apart,
        ),
        table,
    )


def counting(times: Sequence[float]) -> list[int]:
    """The places of the figures that count, in the order of time: the latest COUNT that are APART, within YEARS.

    The last but one counts however old it is. `times` (years) rise strictly; at least two.
    """
    return sorted(_backwards(times))


def _backwards(times: Sequence[float]) -> Iterator[int]:
    place = last = len(times) - 1
    yield last
    for _ in range(COUNT - 1):
        before = _before(times, place)
        if before < 0 or (place < last and times[before] < times[last] - YEARS):
            return
        place = before
        yield place


def _before(times: Sequence[float], place: int) -> int:
    """The next place back that is far enough away; the first where all are near the latest; -1 where none is."""
    before = place - 1
    while before >= 0 and times[place] - times[before] < APART:
        before -= 1
    return 0 if before < 0 and place == len(times) - 1 else before


def _momentum(times: Sequence[float], levels: Sequence[float], table: FittedTable) -> Momentum:
    growth = _yearly_growth(times, levels)
    earlier, rough = _earlier(times, levels, growth, table), _rough(times, levels, table)
    return Momentum(levels[-1], max(growth, 0.0), earlier, rough, rough, (times[-1] - times[0]) / (len(times) - 1))


def _earlier(times: Sequence[float], levels: Sequence[float], growth: float, table: FittedTable) -> float:
    """E; two figures show none, so that a share of their own growth stands for it."""
    if len(times) < 3:
        return table.earlier_of_two * growth
    return (levels[-2] - levels[0]) / (times[-2] - times[0])


def _rough(times: Sequence[float], levels: Sequence[float], table: FittedTable) -> float:
    """R; fewer than three figures before the latest show none, so that what is usual stands for it."""
    return abs(_bend(times, levels)) if len(times) >= COUNT else table.usual_rough


def _bend(times: Sequence[float], levels: Sequence[float]) -> float:
    """The second difference of the first three of four figures, as if they were evenly spaced."""
    if len(times) < COUNT:
        return 0.0
    first = (levels[1] - levels[0]) / (times[1] - times[0])
    second = (levels[2] - levels[1]) / (times[2] - times[1])
    return (second - first) * (times[2] - times[0]) / 2.0


def _yearly_growth(times: Sequence[float], levels: Sequence[float]) -> float:
    """Growth on the axis over the last year; the level a year ago is interpolated between neighbours in time.

    Two figures more than a year apart are averaged per year by the same rule. Figures that span m < 1 years count
    (2 - m) times their growth: 1/m to first order for m near 1, and never more than double, so that figures a day
    apart do not turn into a growth of 365 days.
    """
    year_ago = times[-1] - PACE_YEARS
    after = next(place for place, at in enumerate(times) if at >= year_ago)
    if after == 0:
        return (levels[-1] - levels[0]) * (2.0 - (times[-1] - times[0]))
    weight = (times[after] - year_ago) / (times[after] - times[after - 1])
    return (levels[-1] - levels[after]) + weight * (levels[after] - levels[after - 1])


def reference(chance: float) -> tuple[int, int, int]:
    """(percent, episodes, technologies): what past targets with such a chance came to, each group of them alike.

    `percent` of them came in time, of so many episodes of so many technologies. The chance is rounded to a whole per
    cent within 1..99; each episode was judged by a table fitted without its technology.
    """
    percent = min(max(round(chance * 100), 1), 99)
    return ARRIVED[percent - 1], EPISODES, TECHNOLOGIES


def axis(value: float, offset: float) -> float:
    """g(v) = ln((v + a) / (101 - v)) for a share v within 0..100."""
    return log((value + offset) / (CEILING - value))


def from_axis(x: float, offset: float) -> float:
    """The share v within 0..100 whose g(v) is x, clipped to the range."""
    odds = exp(min(x, FAR))
    return clip((CEILING * odds - offset) / (1.0 + odds))


def clip(value: float) -> float:
    """The value, or the nearer end of 0..100."""
    return 0.0 if value < 0.0 else min(value, FULL)
