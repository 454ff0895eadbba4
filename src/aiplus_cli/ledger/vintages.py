"""Vintages: the ledger's entries -> what was known on a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime
from graphlib import TopologicalSorter
from typing import NamedTuple

from aiplus_cli.ledger.bounds import side
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal
from aiplus_cli.plan.periods import read_period

Key = tuple[str, str]
"""Indicator and region."""
Current = Mapping[Key, Mapping[str, Figure | Rating]]
"""The figure in force by period, for each indicator and region."""


class OutOfForce(NamedTuple):
    """The ids that are no longer in force, and those of them that were withdrawn."""

    dead: set[str]
    withdrawn: set[str]


def target_of(entry: Entry) -> str:
    """The id that an entry replaces or withdraws, or empty text."""
    return entry.withdraws if isinstance(entry, Withdrawal) else entry.replaces


def referring(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that replace or withdraw another."""
    return [entry for entry in entries if isinstance(entry, Withdrawal) or entry.replaces]


def standing(entries: Iterable[Entry], as_of: date) -> OutOfForce:
    """What the lines published on or before `as_of` replaced or withdrew.

    A line acts until it is withdrawn: a correction that was itself corrected still stands against what it corrected.
    Raises graphlib.CycleError when forged ids refer to each other in a circle.
    """
    referrers: dict[str, list[Entry]] = defaultdict(list)
    for entry in referring(entries):
        if entry.published <= as_of:
            referrers[target_of(entry)].append(entry)
    order = TopologicalSorter({target: [entry.id for entry in found] for target, found in referrers.items()})
    found = OutOfForce(set(), set())
    for entry_id in order.static_order():
        acting = [entry for entry in referrers.get(entry_id, ()) if entry.id not in found.withdrawn]
        if acting:
            found.dead.add(entry_id)
        if any(isinstance(entry, Withdrawal) for entry in acting):
            found.withdrawn.add(entry_id)
    return found


def dead_ids(entries: Iterable[Entry], as_of: date) -> set[str]:
    """The ids that lines published on or before `as_of` replaced or withdrew; raises as `standing` does."""
    return standing(entries, as_of).dead


def current(
    entries: Iterable[Entry], as_of: date, *, wanted: Container[str] | None = None
) -> dict[Key, dict[str, Figure | Rating]]:
    """The current entry for each indicator, region and period on a date; forecasts are never current.

    Among those published on or before `as_of` and neither replaced nor withdrawn: the one published last, then
    recorded last. Of two periods that end on one day, such as 2026-06 and 2026-H1, one is in force by the same rule.
    `wanted` limits the regions.
    """
    entries = list(entries) if not isinstance(entries, list) else entries
    dead = dead_ids(entries, as_of)
    found: dict[Key, dict[str, Figure | Rating]] = defaultdict(dict)
    for entry in entries:
        if isinstance(entry, Withdrawal) or entry.published > as_of or entry.status == "F" or entry.id in dead:
            continue
        if wanted is not None and entry.region not in wanted:
            continue
        periods = found[entry.indicator, entry.region]
        known = periods.get(entry.period)
        if known is None or known.published < entry.published or rank(known) < rank(entry):
            periods[entry.period] = entry
    return {key: _one_a_day(periods) for key, periods in found.items()}


def _one_a_day(periods: dict[str, Figure | Rating]) -> dict[str, Figure | Rating]:
    """What is in force, without what another period with the same end has revised."""
    ends: dict[date, Figure | Rating] = {}
    for entry in periods.values():
        end = period_end(entry)
        if end not in ends or rank(ends[end]) < rank(entry):
            ends[end] = entry
    return periods if len(ends) == len(periods) else {entry.period: entry for entry in ends.values()}


def revised_by(entry: Figure | Rating, in_force: Iterable[Figure | Rating]) -> Figure | Rating | None:
    """The figure whose place an entry takes: the last published of those whose period ends on the same day.

    It may say the same, which the entry then confirms. A forecast takes no place, and has none.
    """
    if entry.status == "F":
        return None
    end = period_end(entry)
    return max((old for old in in_force if old.status != "F" and period_end(old) == end), key=rank, default=None)


def rank(entry: Figure | Rating) -> tuple[date, datetime, str]:
    return entry.published, entry.recorded_at, entry.id


def best_figures(entries: Iterable[Entry], as_of: date, directions: Mapping[str, str | None]) -> dict[Key, Figure]:
    """The best figure that each series ever had on or before a date, by its indicator's direction.

    A figure counts from the day it was published, also when a later revision took its place; not when it was
    replaced or withdrawn, as a mistake is, nor when it is a forecast or of a period before the last break in force.
    One that proves no least value, such as a ceiling of what is to rise, is never the best.
    """
    entries = list(entries)
    dead = dead_ids(entries, as_of)
    best: dict[Key, Figure] = {}
    breaks = {
        key: max(map(period_end, periods))
        for key, figures in current(entries, as_of).items()
        if (periods := [figure for figure in figures.values() if figure.status == "B"])
    }
    for figure in entries:
        if not isinstance(figure, Figure) or figure.published > as_of or figure.status == "F" or figure.id in dead:
            continue
        key = figure.indicator, figure.region
        if key in breaks and period_end(figure) < breaks[key]:
            continue
        sign = -1 if directions.get(figure.indicator) == "decrease" else 1
        if side(figure.bound) not in ("", ">" if sign > 0 else "<"):
            continue
        known = best.get(key)
        if known is None or sign * (figure.value - known.value) > 0:
            best[key] = figure
    return best


def period_end(figure: Figure | Rating) -> date:
    """The day a figure stands for; the first day there is when its period cannot be read."""
    period = read_period(figure.period)
    return period.end if period else date.min
