"""(plan, current figures, day) -> the figures that are awaited or overdue, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from aiplus_cli.judge.series import build_series, latest_rating
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.ledger.vintages import Current
from aiplus_cli.plan.periods import MONTHS_PER_PERIOD, next_period, plus_days, read_period
from aiplus_cli.plan.records import NATION, Indicator, Plan
from aiplus_cli.review.records import Awaited, AwaitedState

_ORDER: tuple[AwaitedState, ...] = ("overdue", "missing", "excused", "awaited")


def awaited(
    plan: Plan,
    current: Current,
    *,
    today: date,
    within: int | None = None,
    owner: str | None = None,
    with_missing: bool = True,
) -> tuple[Awaited, ...]:
    """The next figure of every series, by urgency and date.

    `within` leaves out what is due more than so many days after `today`, never what is overdue or has no figure.
    What has no figure in any region counts as missing for the nation, unless its stand-ins have some.
    """
    regions: dict[str, list[str]] = {}
    for indicator_id, region in current:
        regions.setdefault(indicator_id, []).append(region)
    heads = {item.proxy_for for item in plan.indicators if item.proxy_for and item.id in regions}
    found = [
        _next_figure(indicator, region, _latest(indicator, current.get((indicator.id, region), {})), today)
        for indicator in plan.indicators
        if owner is None or indicator.owner == owner
        for region in _regions(regions.get(indicator.id), missing=with_missing and _is_awaited(indicator, heads))
    ]
    kept = (item for item in found if within is None or item.days is None or item.days <= within)
    return tuple(sorted(kept, key=lambda item: (_ORDER.index(item.state), item.due or date.min)))


def _is_awaited(indicator: Indicator, heads: set[str]) -> bool:
    """Whether a first figure is awaited: not for a rating, which nobody publishes, nor where stand-ins have some."""
    return indicator.measure == "number" and indicator.id not in heads


def _regions(known: list[str] | None, *, missing: bool) -> Iterator[str]:
    if known:
        yield from sorted(known, key=lambda region: (region != NATION, region))
    elif missing:
        yield NATION


def _latest(indicator: Indicator, periods: Mapping[str, Figure | Rating]) -> Figure | Rating | None:
    if indicator.measure == "rating":
        return latest_rating(periods.values())
    series = build_series(periods.values())
    return series.latest.figure if series else None


def _next_figure(indicator: Indicator, region: str, latest: Figure | Rating | None, today: date) -> Awaited:
    """Due so many days after the next period's end, and not before the day until which there is an excuse."""
    period = read_period(latest.period) if latest else None
    following = next_period(period, MONTHS_PER_PERIOD[indicator.frequency]) if period else None
    excuse = indicator.no_data_until
    if following is None:
        excused = excuse is not None and today <= excuse.until
        due = excuse.until if excuse and excused else None
        days = (due - today).days if due else None
        return Awaited(indicator, region, "excused" if excused else "missing", latest, None, due, days)
    ordinary = plus_days(following.end, indicator.publication_lag)
    due = max(ordinary, excuse.until) if excuse else ordinary
    state: AwaitedState = "overdue" if today > due else "excused" if today > ordinary else "awaited"
    return Awaited(indicator, region, state, latest, following.text, due, (due - today).days)
