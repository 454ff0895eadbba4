"""Windows of past series, judged as if the rest were not yet known; and how much each of them weighs.

The protocol: four consecutive figures a year, half a year or a quarter apart, the latest within 3..85 and the first
above 0; at each horizon that is a whole number of such steps, whether the share reached the latest value + 2h, + 4h,
+ 7h; targets above 98 left out. Of monthly series the figures at quarters' ends are taken. Figures at any other
distance make no window.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from math import sqrt

from aiplus_cli.judge.past import Adoption, History
from aiplus_cli.judge.records import Goal, Point, Series
from aiplus_cli.ledger.entries import Figure

HORIZONS = tuple(map(Decimal, ("0.5", "1", "1.5", "2", "3", "5")))
STEPS = (2, 4, 7)
LATEST = (Decimal(3), Decimal(85))
HIGHEST_TARGET = Decimal(98)
RANGE = (Decimal(0), Decimal(100))
WINDOW = 4
SPACINGS = tuple(map(Decimal, ("1", "0.5", "0.25")))
"""How far apart the figures of a window may be, in years."""
TOLERANCE = 0.01
"""In years, some days: the end of June is 2024.5, 2024.4973 (of a leap year) or 2023.4959."""
MONTH = 1 / 12
MOST_TECHNOLOGIES = 16
"""A group with more weighs as if it had so many."""
HALF_YEAR = Decimal("0.5")
FAST_LEVEL = (Decimal(35), Decimal(60))
FAST_GAIN = Decimal(10)
FAST_HORIZON = Decimal("1.5")
FAST_STEP = Decimal(20)
"""A fast grower: its level, what it gained in a year, and how much more is asked of it in which time."""


@dataclass(frozen=True, slots=True)
class Episode:
    """Four figures of a technology in one place, a horizon in years, and the value it came to."""

    name: str
    technology: str
    group: str
    series: Series
    horizon: Decimal
    actual: Decimal

    def goal(self, value: Decimal) -> Goal:
        """At least this value at the horizon."""
        return Goal(">=", value, self.series.latest.at + self.horizon, "increase", RANGE, self.series.points[0])

    def targets(self) -> Iterator[Decimal]:
        """What it is asked for; at least one."""
        latest = self.series.latest.figure.value
        asked = (latest + step * self.horizon for step in STEPS)
        return (value for value in asked if value <= HIGHEST_TARGET)

    def fast_target(self) -> Decimal:
        """What a fast grower is asked for."""
        return self.series.latest.figure.value + FAST_STEP


def episodes(past: History, horizons: Sequence[Decimal] = HORIZONS) -> list[Episode]:
    """Every episode of the protocol, series by series."""
    found = []
    for name, adoption in past.items():
        axis = _Axis(adoption)
        for series, spacing in axis.windows():
            reached = ((h, axis.at(series.latest.at + h)) for h in horizons if not h % spacing)
            found += [_episode(name, adoption, series, h, actual) for h, actual in reached if actual is not None]
    return found


def fast_growers(past: History) -> list[Episode]:
    """Windows of fast growth, and the value one and a half years later.

    The latest figure is in 35..60, and at least 10 points above that of a year before. Where no figure is of the
    horizon, as in annual series, the value is in the middle between those of half a year before and after it.
    """
    found = []
    for name, adoption in past.items():
        axis = _Axis(adoption)
        for series, _ in axis.windows():
            actual = axis.between(series.latest.at + FAST_HORIZON) if axis.grew_fast(series.latest) else None
            if actual is not None:
                found.append(_episode(name, adoption, series, FAST_HORIZON, actual))
    return found


def weights(judged: Sequence[Episode]) -> list[float]:
    """What each episode weighs where groups and technologies count, not rows; together 1.

    A group weighs the square root of its number of technologies (16 at most), shared alike by its technologies, then
    by their series, then by their episodes.
    """
    in_series = Counter((one.group, one.technology, one.name) for one in judged)
    in_technology = Counter((group, technology) for group, technology, _ in in_series)
    in_group = Counter(group for group, _ in in_technology)
    total = sum(map(_group_weight, in_group.values()))
    return [
        _group_weight(in_group[one.group])
        / in_group[one.group]
        / in_technology[one.group, one.technology]
        / in_series[one.group, one.technology, one.name]
        / total
        for one in judged
    ]


def _group_weight(technologies: int) -> float:
    return sqrt(min(technologies, MOST_TECHNOLOGIES))


def _episode(name: str, adoption: Adoption, series: Series, horizon: Decimal, actual: Decimal) -> Episode:
    return Episode(name, adoption.technology, adoption.group, series, horizon, actual)


class _Axis:
    """The values of one series, found by their time within some days."""

    def __init__(self, adoption: Adoption) -> None:
        values = _quarterly(adoption.values)
        self.points = [_point(year, value) for year, value in values.items()]
        self.times = [float(year) for year in values]

    def windows(self) -> Iterator[tuple[Series, Decimal]]:
        """Every window of the protocol, and how far apart its figures are."""
        spacings = [_spacing(later - earlier) for earlier, later in pairwise(self.times)]
        for end in range(WINDOW - 1, len(self.points)):
            start = end - WINDOW + 1
            first, latest = self.points[start].figure.value, self.points[end].figure.value
            spacing = spacings[start]
            if spacing is None or any(other != spacing for other in spacings[start:end]):
                continue
            if first > 0 and LATEST[0] <= latest <= LATEST[1]:
                yield Series(tuple(self.points[start : end + 1])), spacing

    def at(self, year: Decimal) -> Decimal | None:
        """The value of that time, if there is one."""
        place = self._first_from(float(year) - TOLERANCE)
        if place < len(self.times) and self.times[place] <= float(year) + TOLERANCE:
            return self.points[place].figure.value
        return None

    def between(self, year: Decimal) -> Decimal | None:
        """The value of that time, or in the middle between those of half a year before and after it."""
        known = self.at(year)
        if known is not None:
            return known
        before, after = self.at(year - HALF_YEAR), self.at(year + HALF_YEAR)
        return None if before is None or after is None else (before + after) / 2

    def grew_fast(self, latest: Point) -> bool:
        """Whether the latest figure is of the level of a fast grower, and has gained as much over the last year."""
        value, before = latest.figure.value, self.at(latest.at - 1)
        return FAST_LEVEL[0] <= value <= FAST_LEVEL[1] and before is not None and value - before >= FAST_GAIN

    def _first_from(self, time: float) -> int:
        return bisect_left(self.times, time)


def _spacing(years: float) -> Decimal | None:
    """The distance of the protocol that this is within some days, if any."""
    return next((spacing for spacing in SPACINGS if _near(years, float(spacing))), None)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE


def _quarterly(values: Mapping[Decimal, Decimal]) -> Mapping[Decimal, Decimal]:
    """The values, of a monthly series those at quarters' ends."""
    gaps = [float(later - earlier) for earlier, later in pairwise(values)]
    if 2 * sum(_near(gap, MONTH) for gap in gaps) <= len(gaps):
        return values
    return {year: value for year, value in values.items() if _near(float(year), round(float(year) * 4) / 4)}


def _point(year: Decimal, value: Decimal) -> Point:
    figure = Figure(
        id="",
        indicator="past",
        region="",
        period="",
        value=value,
        published=date.min,
        source="",
        recorded_at=datetime.min.replace(tzinfo=UTC),
        recorded_by="",
    )
    return Point(date.min, year, figure)
