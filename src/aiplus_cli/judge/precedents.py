"""Past cases that stood where a share stands now, and what became of them.

A case is a share at one time of a past series. It is as near as its level and its gain over the last year are, both on
the log-odds axis of `adoption`; nothing later than that time is looked at. Every case is then asked for the very same:
to go as far on that axis as the target is away, in as many years. What came is read from its series, on the straight
line between two neighbouring figures where none is of that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor, hypot
from operator import itemgetter
from typing import NamedTuple

from aiplus_cli.errors import Bilingual, Message
from aiplus_cli.judge.bounds import progress_bound
from aiplus_cli.judge.methods import adoption, calibrated
from aiplus_cli.judge.records import Goal, Point, Series
from aiplus_cli.ledger.entries import Bound

NEAREST, PER_SERIES, PER_GROUP = 120, 3, 60
"""How many cases are counted, and how many of them may be of one series and of one group: half."""
NAMED, NAMED_PER_SERIES, NAMED_PER_GROUP = 8, 1, 4
"""The same of those that are named."""
LEVEL_SCALE = 0.5
"""A distance in level on the axis that counts as one: 12 points around the middle."""
GAIN_SCALE = 0.1
"""A distance in the gain of a year on the axis that counts as one: 2.5 points around the middle."""
APART = 0.99
"""Years between two cases of one series: those closer together are the same story."""
TOO_FAR = Decimal("0.1")
"""A difference between the chance and the share of cases that arrived, beyond which it is pointed out."""

_SLACK = 0.02
"""Years by which figures that should be a year apart may be nearer: leap years."""
_ROUNDING = 1e-9
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class PastAdoption:
    """Figures of the past at even steps, in per cent; `first` is the end of the first period, `step` years apart."""

    group: str
    source: str
    licence: str
    technology: Bilingual
    place: Bilingual
    step: float
    first: float
    values: tuple[float, ...]


class Stance(NamedTuple):
    """Where a share stands and what it is asked for, in per cent of its range, mirrored where it is to fall.

    `gain` is what the last year added; `years` are left, to the month; `known` is the time of the last knowledge.
    `bound` is that of the level, mirrored or `of_range` how it is read where that is not as published.
    """

    level: float
    gain: float
    years: float
    asked: float
    known: float
    bound: Bound = ""
    mirrored: bool = False
    of_range: bool = False


class Precedent(NamedTuple):
    """One case: its series, the end of its period, and in per cent its level, gain, what was asked and what came."""

    past: PastAdoption
    at: float
    level: float
    gain: float
    asked: float
    came: float
    distance: float

    @property
    def arrived(self) -> bool:
        return self.came >= self.asked - _ROUNDING

    @property
    def period(self) -> str:
        """The year, or the last month of a shorter period."""
        month = round(self.at * _MONTHS) - 1
        year = str(month // _MONTHS)
        return year if self.past.step == 1 else f"{year}-{month % _MONTHS + 1:02d}"


class Precedents(NamedTuple):
    """The nearest cases, nearest first, and those of them that are named."""

    standing: Stance
    nearest: tuple[Precedent, ...]
    named: tuple[Precedent, ...]

    @property
    def arrived(self) -> int:
        return sum(case.arrived for case in self.nearest)

    def differs_from(self, chance: Decimal) -> bool:
        """Whether the share that arrived is more than ten points from a chance (0..1)."""
        return abs(Decimal(self.arrived) / len(self.nearest) - chance) > TOO_FAR


def precedents(goal: Goal, series: Series, past: Sequence[PastAdoption], known: Decimal) -> Precedents | Message:
    """The cases nearest to a share with a target, or why there are none; `known` is the day of the figures."""
    found = standing(goal, series, known)
    if isinstance(found, Message):
        return found
    nearest = find(found, past)
    if not nearest:
        return Message("no past case has a year before it and {years} years after it", years=f"{found.years:.1f}")
    return Precedents(found, nearest, pick(nearest, NAMED, NAMED_PER_SERIES, NAMED_PER_GROUP))


def standing(goal: Goal, series: Series, known: Decimal) -> Stance | Message:
    """Where the share stands, or why no past case can be compared with it."""
    latest = series.latest
    bound = progress_bound(goal, latest.figure.bound)
    before = _around(series.points, float(latest.at) - 1)
    nothing_asked = _nothing_asked(goal, latest)
    if nothing_asked:
        return nothing_asked
    if bound == "<":
        return Message("the latest figure says only how little was reached at most")
    if before is None:
        return Message("the figures do not reach back a year")
    if any(point.figure.bound for point in before if point is not latest):
        return Message("the figure of a year before is only a bound")
    level, asked = _share(goal, latest.figure.value), calibrated.target_share(goal)
    gain = level - _a_year_before(goal, before, float(latest.at) - 1)
    is_other = goal.range != (Decimal(0), Decimal(100))
    return Stance(level, gain, _years_left(goal, latest), asked, float(known), bound, goal.sign < 0, is_other)


def _nothing_asked(goal: Goal, latest: Point) -> Message | None:
    """Why nothing can be asked of a past case."""
    if goal.range is None:
        return Message("the indicator has no range")
    if goal.met_by(latest.figure) or goal.reached(latest.figure.value):
        return Message("the latest figure reaches the target")
    if not calibrated.reachable(goal):
        return Message("no value of the range satisfies the target")
    if _years_left(goal, latest) == 0:
        return Message("no time is left after the latest figure")
    return None


def _years_left(goal: Goal, latest: Point) -> float:
    """The years from a figure to the goal's day, to the month, so that whole years of figures fit; at least 0."""
    return max(round(float(goal.at - latest.at) * _MONTHS), 0) / _MONTHS


def _around(points: Sequence[Point], at: float) -> tuple[Point, Point] | None:
    """The last point until a time and the first from then on; None where the points begin later."""
    later = next((index for index, point in enumerate(points) if float(point.at) >= at - _SLACK), len(points) - 1)
    if abs(float(points[later].at) - at) <= _SLACK:
        return points[later], points[later]
    return (points[later - 1], points[later]) if later else None


def _a_year_before(goal: Goal, around: tuple[Point, Point], at: float) -> float:
    """The share at a time between two points, on the straight line on the axis."""
    one, other = (_axis(_share(goal, point.figure.value)) for point in around)
    start, end = (float(point.at) for point in around)
    weight = (at - start) / (end - start) if end > start else 0.0
    return adoption.from_axis(one + weight * (other - one), _OFFSET)


def _share(goal: Goal, value: Decimal) -> float:
    """A value of the indicator on the scale of `adoption`."""
    return adoption.clip(calibrated.target_share(replace(goal, value=value)))


def find(here: Stance, past: Sequence[PastAdoption]) -> tuple[Precedent, ...]:
    """The nearest cases whose end was known, nearest first; ties in the order of the table."""
    windows = [(distance, series, index) for series in past for distance, index in _windows(here, series)]
    windows.sort(key=itemgetter(0))
    return pick((_case(here, *window) for window in windows), NEAREST, PER_SERIES, PER_GROUP)


def _windows(here: Stance, past: PastAdoption) -> Iterator[tuple[float, int]]:
    """How near each figure is that has a year before it, the years asked for after it, and room for what is asked."""
    year, now = round(1 / past.step), _axis(here.level)
    gain, highest = now - _axis(here.level - here.gain), _TOP - (_axis(here.asked) - now) + _ROUNDING
    end = min(len(past.values) - 1, (here.known - past.first) / past.step + _SLACK) - here.years / past.step
    places = [_axis(value) for value in past.values]
    for index in range(year, floor(end + _ROUNDING) + 1):
        place = places[index]
        if place <= highest:
            yield hypot((place - now) / LEVEL_SCALE, (place - places[index - year] - gain) / GAIN_SCALE), index


def _case(here: Stance, distance: float, past: PastAdoption, index: int) -> Precedent:
    level, further = past.values[index], _axis(here.asked) - _axis(here.level)
    return Precedent(
        past,
        past.first + index * past.step,
        level,
        level - past.values[index - round(1 / past.step)],
        adoption.from_axis(_axis(level) + further, _OFFSET),
        _between(past.values, index + here.years / past.step),
        distance,
    )


def _between(values: Sequence[float], place: float) -> float:
    """The value at a place among them, on the straight line between its neighbours."""
    index = floor(place + _ROUNDING)
    weight = place - index
    return values[index] if weight <= _ROUNDING else values[index] + weight * (values[index + 1] - values[index])


def pick(cases: Iterable[Precedent], count: int, per_series: int, per_group: int) -> tuple[Precedent, ...]:
    """The first of them, with no more of one series and of one group than that."""
    picked: list[Precedent] = []
    groups: dict[str, int] = defaultdict(int)
    times: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for case in cases:
        past = case.past
        own = times[past.group, past.technology.en, past.place.en]
        if len(own) < per_series and groups[past.group] < per_group and all(abs(case.at - at) >= APART for at in own):
            picked.append(case)
            own.append(case.at)
            groups[past.group] += 1
            if len(picked) == count:
                break
    return tuple(picked)


_OFFSET = adoption.TABLE.offset


def _axis(share: float) -> float:
    return adoption.axis(share, _OFFSET)


_TOP = _axis(adoption.FULL)
