"""The usual cycle of a series: which periods it should have, which of them are missing, and when each is due.

One figure off the cycle moves nothing. Missing are all periods after the latest figure, and between two figures those
that ended since the plan was issued: what is wanting in the years before is history, and nobody awaits it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.plan.periods import MONTHS_PER_PERIOD, Period, next_period, plus_days, read_period
from aiplus_cli.plan.records import Indicator


@dataclass(frozen=True, slots=True)
class WantedPeriod:
    """A period without a figure: `ordinary` is the day on which it is due, `due` that or the end of an excuse."""

    period: Period
    ordinary: date
    due: date


def periods_of(known: Iterable[Figure | Rating]) -> Iterator[Period]:
    """What figures are of."""
    return filter(None, (read_period(entry.period) for entry in known))


def wanted(indicator: Indicator, known: Sequence[Period], issued: date, today: date) -> tuple[WantedPeriod, ...]:
    """The periods that are missing on a day, and the first that is not due yet; `known` is in the order of its ends.

    Empty without a figure, and where the calendar ends before the next one.
    """
    found: list[WantedPeriod] = []
    if not known:
        return ()
    for period in _absent(known, MONTHS_PER_PERIOD[indicator.frequency], issued):
        ordinary = plus_days(period.end, indicator.publication_lag)
        excuse = indicator.no_data_until
        found.append(WantedPeriod(period, ordinary, max(ordinary, excuse.until) if excuse else ordinary))
        if period.end > known[-1].end and today <= ordinary:
            break
    return tuple(found)


def _absent(known: Sequence[Period], months: int, issued: date) -> Iterator[Period]:
    """The periods of the cycle that no figure is of, without end."""
    filled = {(period.end.year, period.end.month): period for period in known}
    history = min(known[-1].end, max(known[0].end, issued))
    here: Period | None = _start(known, months, issued)
    while here and (here := next_period(here, months)):
        published = filled.get((here.end.year, here.end.month))
        if published:
            here = published
        elif here.end > history:
            yield here


def _start(known: Sequence[Period], months: int, issued: date) -> Period:
    """The last period of the cycle until the plan was issued, else the first."""
    usual = usual_month([period.end for period in known], months)
    on_cycle = [period for period in known if period.end.month % months == usual]
    return max((period for period in on_cycle if period.end <= issued), key=_end, default=on_cycle[0])


def _end(period: Period) -> date:
    return period.end


def usual_month(ends: Sequence[date], months: int) -> int:
    """The month, counted within a cycle of so many, in which most periods end, the last of them the latest.

    Of several with as many figures the calendar's (December, June …), else the one of the latest figure.
    """
    counts = Counter(end.month % months for end in ends)
    most = max(counts.values())
    if counts[0] == most:
        return 0
    return next(end.month % months for end in reversed(ends) if counts[end.month % months] == most)
