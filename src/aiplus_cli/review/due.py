"""(plan, current figures, day) -> the figures that are awaited or overdue, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from aiplus_cli.judge.calendar import WantedPeriod, periods_of, wanted
from aiplus_cli.judge.series import build_series, ratings
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.ledger.vintages import Current
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
    """The missing figures and the next one of every series, by urgency and date.

    `within` leaves out what is due more than so many days after `today`, never what is overdue or has no figure.
    What has no figure in any region counts as missing for the nation, unless its stand-ins have some.
    """
    regions: dict[str, list[str]] = {}
    for indicator_id, region in current:
        regions.setdefault(indicator_id, []).append(region)
    heads = {item.proxy_for for item in plan.indicators if item.proxy_for and item.id in regions}
    found = [
        row
        for indicator in plan.indicators
        if owner is None or indicator.owner == owner
        for region in _regions(regions.get(indicator.id), missing=with_missing and indicator.id not in heads)
        for row in _rows(indicator, region, _known(indicator, current.get((indicator.id, region), {})), plan, today)
    ]
    kept = (item for item in found if within is None or item.days is None or item.days <= within)
    return tuple(sorted(kept, key=lambda item: (_ORDER.index(item.state), item.due or date.min)))


def _regions(known: list[str] | None, *, missing: bool) -> Iterator[str]:
    if known:
        yield from sorted(known, key=lambda region: (region != NATION, region))
    elif missing:
        yield NATION


def _known(indicator: Indicator, periods: Mapping[str, Figure | Rating]) -> list[Figure] | list[Rating]:
    """The figures or ratings by the end of their periods."""
    if indicator.measure == "rating":
        return ratings(periods.values())
    series = build_series(periods.values())
    return [point.figure for point in series.points] if series else []


def _rows(
    indicator: Indicator, region: str, known: list[Figure] | list[Rating], plan: Plan, today: date
) -> Iterator[Awaited]:
    if not known:
        yield _without_figures(indicator, region, today)
    for each in wanted(indicator, list(periods_of(known)), plan.about.issued, today):
        yield Awaited(
            indicator, region, _state(each, today), known[-1], each.period.text, each.due, (each.due - today).days
        )


def _state(each: WantedPeriod, today: date) -> AwaitedState:
    """Overdue once the day has passed on which it is due, and excused if that is later than usual."""
    if today > each.due:
        return "overdue"
    return "excused" if today > each.ordinary else "awaited"


def _without_figures(indicator: Indicator, region: str, today: date) -> Awaited:
    """Missing, unless there is an excuse until a day."""
    excuse = indicator.no_data_until
    if excuse is None or today > excuse.until:
        return Awaited(indicator, region, "missing")
    return Awaited(indicator, region, "excused", due=excuse.until, days=(excuse.until - today).days)
