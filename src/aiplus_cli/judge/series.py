"""One ordered series per indicator and region, from the figures of a vintage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from aiplus_cli.judge.records import Point, Series
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.ledger.vintages import period_end, rank
from aiplus_cli.plan.periods import read_period, year_position


def build_series(periods: Iterable[Figure | Rating]) -> Series | None:
    """The numbers by period end, after the last break; of two periods with one end the later published counts."""
    ends: dict[date, Figure] = {}
    for figure in periods:
        period = read_period(figure.period)
        if period is None or not isinstance(figure, Figure):
            continue
        known = ends.get(period.end)
        if known is None or rank(known) < rank(figure):
            ends[period.end] = figure
    points = [Point(end, year_position(end), ends[end]) for end in sorted(ends)]
    breaks = [index for index, point in enumerate(points) if point.figure.status == "B"]
    return Series(tuple(points[breaks[-1] :] if breaks else points)) if points else None


def ratings(periods: Iterable[Figure | Rating]) -> list[Rating]:
    """The ratings by period end, then by day of publication."""
    return sorted((entry for entry in periods if isinstance(entry, Rating)), key=_rating_rank)


def latest_rating(periods: Iterable[Figure | Rating]) -> Rating | None:
    """The rating whose period ends last, then published last."""
    return next(reversed(ratings(periods)), None)


def _rating_rank(entry: Rating) -> tuple[date, date, datetime, str]:
    return (period_end(entry), *rank(entry))
