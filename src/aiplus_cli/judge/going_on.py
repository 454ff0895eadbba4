"""If the pace of the last years goes on: a line from the latest figure, between its best and its worst past years.

It asks for no range and no fitted table, so it serves counts, money and indexes. It is an "if", not a forecast: nobody
has counted how often such a line came true, and nothing in it is a chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from aiplus_cli.judge.methods.pace import observed_pace, pace_bound, window_start
from aiplus_cli.judge.records import Point, Series
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.plan.records import Indicator

YEAR = Decimal("0.99")
"""The least time between two figures that is a year: with leap years a year may lack a day."""
LOOK_BACK = Decimal("10.03")
"""Ten years, and some days for leap years: older changes say little of the next."""
FEWEST_CHANGES = 3
"""With fewer yearly changes there is no spread."""
_PERCENT = ("%", "％", "‰")


@dataclass(frozen=True, slots=True)
class GoingOn:
    """The pace between two figures, going on from the second; `bound` says what the pace is where they are bounds.

    `least` and `most` are the smallest and the largest of `changes`, the number of past yearly changes, and of the pace
    itself; None with too few. `floor` is what the value cannot fall below, where that is known.
    """

    since: Point
    latest: Point
    pace: Decimal
    bound: Bound
    changes: int
    least: Decimal | None
    most: Decimal | None
    floor: Decimal | None

    def value(self, pace: Decimal, at: Decimal) -> Decimal:
        """The value at a time on the axis of years, at a pace from the latest figure on."""
        value = self.latest.figure.value + pace * (at - self.latest.at)
        return value if self.floor is None else max(value, self.floor)

    def low(self, at: Decimal) -> Decimal | None:
        """The value at a time if every year from now on were as the least."""
        return None if self.least is None else self.value(self.least, at)

    def high(self, at: Decimal) -> Decimal | None:
        """The value at a time if every year from now on were as the best."""
        return None if self.most is None else self.value(self.most, at)

    def is_cut(self, at: Decimal) -> bool:
        """Whether a line would have fallen below the floor by then."""
        slowest = self.pace if self.least is None else self.least
        return self.floor is not None and self.latest.figure.value + slowest * (at - self.latest.at) < self.floor

    def arrival(self, pace: Decimal | None, value: Decimal) -> Decimal | None:
        """When a value is reached at a pace towards it, on the axis of years; None where it never is."""
        if pace is None or (self.floor is not None and value < self.floor):
            return None
        return self.latest.at + (value - self.latest.figure.value) / pace


def going_on(indicator: Indicator, series: Series) -> GoingOn | None:
    """The line and its spread; None without a pace: one figure, or bounds that prove none."""
    pace, bound = observed_pace(series), pace_bound(series)
    if pace is None or bound is None:
        return None
    found = list(yearly_changes(series))
    enough = len(found) >= FEWEST_CHANGES
    return GoingOn(
        window_start(series),
        series.latest,
        pace,
        bound,
        len(found),
        min(pace, *found) if enough else None,
        max(pace, *found) if enough else None,
        floor_of(indicator, series),
    )


def yearly_changes(series: Series) -> Iterator[Decimal]:
    """The changes from year to year, a year, going back from the last exact figure for at most ten years.

    They do not overlap: a monthly series has as many as a yearly one. Bounded figures are passed over.
    """
    exact = [point for point in series.points if not point.figure.bound]
    while exact:
        last = exact.pop()
        while exact and last.at - exact[-1].at < YEAR:
            exact.pop()
        if not exact or series.latest.at - exact[-1].at > LOOK_BACK:
            return
        yield (last.figure.value - exact[-1].figure.value) / (last.at - exact[-1].at)


def floor_of(indicator: Indicator, series: Series) -> Decimal | None:
    """Zero for a count, money or an index of which no figure and no target lies below zero.

    None for a share without a range: a rate of growth falls below zero the first time some day.
    """
    unit = indicator.unit if isinstance(indicator.unit, str) else indicator.unit.en if indicator.unit else ""
    targets = [target.value for target in indicator.targets if target.value is not None]
    values = [point.figure.value for point in series.points]
    return None if unit.strip().startswith(_PERCENT) or min([*values, *targets]) < 0 else Decimal(0)
