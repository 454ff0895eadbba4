"""The predictive core of `calibrated`: one distribution of a share at a later date.

Every function works on one scale: a share from 0 to 100 that is meant to rise.
`calibrated` carries any other range, and a share meant to fall, to it and back.
Time is in years, fractions allowed.

The model, in full. Let l be the latest value, v1 the value a year before it, h the
years to the due date, T the target, and

    axis      g(v) = ln((v + a) / (101 - v))     log-odds, flattened near zero
    needed    N = g(T) - g(l) + d                the distance to the target
    growth    L = max(0, ln((l + a) / (v1 + a))) growth over the last year
    usual     U = d + h * (b + c * L**k)         how far such a share usually goes
    chance    P(share at the due date >= T) = 1 / (1 + (N / U)**s)

`d` stands for the uncertainty of a published figure, `b` for the growth that even a
stalled share has shown, `s` for how alike past episodes were. In words: the odds of
arriving are (usual distance / needed distance) to the power s, about four.

Why it is monotone (for all real inputs, not only where there are data):

1. g rises strictly on [0, 100], so N falls in l and rises in T.
2. L never falls when l rises and the other figures stay, so neither does U;
   and U > 0 rises in h, because b and c are positive and L is at least zero.
3. P falls in max(N, 0) / U and s depends on dates alone. Hence P never falls when
   l or h rises, and never rises when T rises. Below N = 0 it is 1 for every h.
4. Values and targets beyond the range are clipped first, which keeps all orders;
   at T <= 0 the chance is 1, beyond T = 100 it is 0: a proper distribution.
   Its mass beyond 100 on the axis sits at 100, so the share can be exactly 100.

The fall guard multiplies b by exp(min(0, F + f) / f), where F is the log growth since
the first figure of the window: it never falls in l and stays positive, so 2 holds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from aiplus_cli.judge.methods.adoption_table import ARRIVED, EPISODES, PARAMETERS

FULL = 100.0
"""The upper end of the scale, per cent."""

CEILING = 101.0
"""Where the axis g becomes infinite, per cent: a little above 100, so g(100) is finite."""

FAR = 50.0
"""On the axis, beyond every share."""

WINDOW = 3.01
"""Years before the latest figure whose figures count: three, and some days for leap years."""

PACE_YEARS = 1.0
"""Years over which the growth of the share is measured."""


class FittedTable(NamedTuple):
    """The six fitted numbers and the fall guard (all positive)."""

    offset: float
    """a, per cent: below it, equal steps in points count as equal distances."""
    noise: float
    """d, distance on the axis: how uncertain the latest figure itself is."""
    base: float
    """b, distance a year: the growth of a share that has not grown lately."""
    gain: float
    """c, distance a year at a log growth of 1."""
    power: float
    """k, no unit: below 1, so fast growth is expected to slow down."""
    shape: float
    """s, no unit: the larger, the narrower the distribution."""
    fall: float
    """f, log growth: falls over the window beyond f are outside past experience."""


TABLE = FittedTable(**PARAMETERS)
"""The table that ships."""


class Distribution(NamedTuple):
    """The distribution of the share at the due date, on the 0..100 scale.

    On the axis g the share is `origin` + `usual` * X, where P(X >= x) = 1 / (1 + x**shape).
    """

    origin: float
    """g(l) - d, the lowest value thought possible, on the axis g."""
    usual: float
    """U, the median distance from the origin, on the axis g; above 0."""
    shape: float
    """s, or less where the window is shorter than a year; above 0."""
    offset: float
    """a, per cent."""
    pace: float
    """b + c * L**k, the distance on the axis g that a year adds to `usual`; above 0."""
    base: float
    """b after the guard for falls."""
    growth: float
    """L."""

    def distance(self, target: float) -> float:
        """Needed over usual distance, N / U, at least 0: 1 is the median episode."""
        inside = min(max(target, 0.0), FULL)
        return max(axis(inside, self.offset) - self.origin, 0.0) / self.usual

    def probability(self, target: float) -> float:
        """P(share >= target): at or above, between 0 and 1."""
        if target <= 0.0:
            return 1.0
        if target > FULL:
            return 0.0
        return float(1.0 / (1.0 + self.distance(target) ** self.shape))

    def quantile(self, level: float) -> float:
        """The share that is undershot with chance `level` (0..1), clipped to 0..100.

        probability(quantile(p)) is 1 - p wherever 0 < quantile(p) < 100.
        """
        if level <= 0.0:
            return from_axis(self.origin, self.offset)
        if level >= 1.0:
            return FULL
        distance = (level / (1.0 - level)) ** (1.0 / self.shape)
        return from_axis(self.origin + self.usual * distance, self.offset)

    def years_until(self, target: float, chance: float) -> float:
        """The horizon at which `probability(target)` rises to `chance` (0..1, open); 0 where it is that high now.

        Only for the distribution at horizon 0, whose `usual` is the noise alone; `pace` is what a year adds.
        """
        inside = min(max(target, 0.0), FULL)
        needed = max(axis(inside, self.offset) - self.origin, 0.0)
        usual = needed / ((1.0 - chance) / chance) ** (1.0 / self.shape)
        return float(max(usual - self.usual, 0.0) / self.pace)

    def interval(self, content: float = 0.8) -> tuple[float, float]:
        """The central interval that holds `content` (0..1) of the distribution."""
        tail = (1.0 - content) / 2.0
        return self.quantile(tail), self.quantile(1.0 - tail)


def forecast(
    times: Sequence[float], values: Sequence[float], horizon: float, table: FittedTable = TABLE
) -> Distribution:
    """The distribution of the share `horizon` years after the latest figure.

    `times` (years) rise strictly, `values` (per cent) belong to them; at least two.
    Values beyond 0..100 are clipped; a negative horizon counts as 0.
    """
    a, value = table.offset, clip(values[-1])
    latest, first = log(value + a), window_start(times)
    growth = max(yearly_growth(times, values, first, a), 0.0)
    change = latest - log_share(values[first], a)
    base = table.base if change >= -table.fall else table.base * exp(change / table.fall + 1.0)
    pace = base + table.gain * growth**table.power
    usual = table.noise + max(horizon, 0.0) * pace
    origin = latest - log(CEILING - value) - table.noise
    years = min(times[-1] - times[first], PACE_YEARS)
    return Distribution(origin, usual, table.shape / (2.0 - years), a, pace, base, growth)


def window_start(times: Sequence[float]) -> int:
    """Index of the first figure of the window, or of the last but one if it stands alone."""
    return min(bisect_left(times, times[-1] - WINDOW), len(times) - 2)


def yearly_growth(times: Sequence[float], values: Sequence[float], first: int, offset: float) -> float:
    """Log growth of the share over the last year, from the figures since index `first`.

    The value a year ago is interpolated, on the log scale and between neighbours in time.
    Two figures more than a year apart are averaged per year by the same rule. A window of
    m < 1 years counts (2 - m) times its growth: 1/m to first order for m near 1, and never
    more than double, so figures a day apart do not turn into a growth of 365 days.
    """
    latest = log_share(values[-1], offset)
    year_ago = times[-1] - PACE_YEARS
    after = bisect_left(times, year_ago, first)
    later = log_share(values[after], offset)
    if after == first:
        return (latest - later) * (2.0 - (times[-1] - times[first]))
    earlier = log_share(values[after - 1], offset)
    weight = (times[after] - year_ago) / (times[after] - times[after - 1])
    return (latest - later) + weight * (later - earlier)


def reference(chance: float) -> tuple[int, int]:
    """(n, arrived): of n past episodes, each asked for a target as far off for its pace, how many arrived in time.

    "As far off" means a target to which the method gives the same chance, rounded to a whole
    per cent within 1..99. Each episode was judged by a table fitted without its country.
    """
    percent = min(max(round(chance * 100), 1), 99)
    return EPISODES, ARRIVED[percent - 1]


def axis(value: float, offset: float) -> float:
    """g(v) = ln((v + a) / (101 - v)) for a share v within 0..100."""
    return log((value + offset) / (CEILING - value))


def from_axis(x: float, offset: float) -> float:
    """The share v within 0..100 whose g(v) is x, clipped to the range."""
    odds = exp(min(x, FAR))
    return clip((CEILING * odds - offset) / (1.0 + odds))


def log_share(value: float, offset: float) -> float:
    """ln(v + a), the scale of growth, for a share clipped to 0..100."""
    return log(clip(value) + offset)


def clip(value: float) -> float:
    """The value, or the nearer end of 0..100."""
    return 0.0 if value < 0.0 else min(value, FULL)
