"""Pure rules over plan and ledger: what must hold before anything is assessed, and what `validate` adds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from graphlib import CycleError

from aiplus_cli.errors import Fault, Message, Problem, did_you_mean
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal
from aiplus_cli.ledger.vintages import dead_ids
from aiplus_cli.plan.periods import read_period
from aiplus_cli.plan.places import is_region
from aiplus_cli.plan.records import LONGEST_WAIVER, Indicator, Plan

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LARGEST = Decimal("1e24")
MAX_DIGITS = 30


def indicator_problem(plan: Plan, indicator_id: str) -> Fault:
    """What to say of an id that is not in the plan: the nearest ids, or where to find them."""
    ids = [indicator.id for indicator in plan.indicators]
    listed = Message("'aiplus plan' lists the indicators; add new ones to targets.yaml")
    return Fault(Message("unknown indicator '{id}'", id=indicator_id), did_you_mean(indicator_id, ids, listed))


def waiver_problems(plan: Plan, name: str, today: date) -> list[Problem]:
    """Every waiver without a `granted` that is to last more than 180 days from today."""
    latest = date.fromordinal(min(today.toordinal() + LONGEST_WAIVER.days, date.max.toordinal()))
    return [
        Problem(
            f"{name}:{waiver.line}",
            Message("the waiver expires on {day}, more than 180 days after {today}", day=waiver.expires, today=today),
            Message("let it expire by {day}, or say with 'granted' since when it holds", day=latest),
        )
        for waiver in plan.waivers
        if waiver.granted is None and waiver.expires > latest
    ]


def entry_problems(plan: Plan, name: str, entries: Sequence[Entry], lines: Sequence[int]) -> Iterator[Problem]:
    """Every entry that the plan does not fit, or that refers to an id that is not in the ledger."""
    known = {indicator.id: indicator for indicator in plan.indicators}
    good_places: set[tuple[str, str]] = set()
    references = False
    for index, entry in enumerate(entries):
        if isinstance(entry, Withdrawal):
            references = True
            continue
        references = references or entry.replaces != ""
        indicator = known.get(entry.indicator)
        if (
            indicator is not None
            and (entry.region, entry.period) in good_places
            and type(entry) is Figure
            and indicator.measure == "number"
            and _is_sensible(entry.value)
            and _fits(entry.value, indicator)
        ):
            continue
        found = list(_said_of(plan, indicator, entry))
        for fault in found:
            yield fault.at(f"{name}:{lines[index]}")
        if not found:
            good_places.add((entry.region, entry.period))
    if references:
        yield from _dangling(name, entries, lines)
        yield from _circles(name, entries)


def _fits(value: Decimal, indicator: Indicator) -> bool:
    bounds = indicator.range
    return bounds is None or bounds[0] <= value <= bounds[1]


def _said_of(plan: Plan, indicator: Indicator | None, entry: Figure | Rating) -> Iterator[Fault]:
    if indicator is None:
        yield indicator_problem(plan, entry.indicator)
    else:
        yield from value_problems(indicator, entry.value)
    if not is_region(entry.region):
        yield Fault(Message("'{text}' is no region", text=entry.region), Message("write CN, CN-HN, 湖南 or 430000"))
    if read_period(entry.period) is None:
        yield Fault(
            Message("'{text}' is no period", text=entry.period),
            Message("write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30"),
        )


def kind_problem(indicator: Indicator, value: Decimal | str) -> Fault:
    """What to say of a number for a rating, a word for a number, or a word that is no rating."""
    expected = Message("a number")
    if indicator.measure == "rating":
        expected = Message("a rating: met, on_track, at_risk or lagging")
    return Fault(
        Message("'{value}' is no value for {id}", value=value, id=indicator.id),
        Message("write {expected}", expected=expected),
    )


def value_problems(indicator: Indicator, value: Decimal | str) -> Iterator[Fault]:
    """Whether a value is of the indicator's kind, finite, of a sensible length and inside its range."""
    if isinstance(value, str) != (indicator.measure == "rating"):
        yield kind_problem(indicator, value)
    elif isinstance(value, Decimal):
        if not _is_sensible(value):
            yield Fault(
                Message("the value is not a number of at most 24 digits"), Message("check the figure at its source")
            )
        elif indicator.range and not _fits(value, indicator):
            low, high = indicator.range
            yield Fault(
                Message("the value {value} is outside the range [{low}, {high}]", value=value, low=low, high=high),
                Message("check the figure and its unit at the source"),
            )


def _is_sensible(value: Decimal) -> bool:
    """Finite, below 1e24, with no digit past the thirtieth decimal."""
    _, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and abs(value) < LARGEST and len(digits) <= MAX_DIGITS and exponent >= -MAX_DIGITS


def _dangling(name: str, entries: Sequence[Entry], lines: Sequence[int]) -> Iterator[Problem]:
    ids = {entry.id for entry in entries}
    for index, entry in enumerate(entries):
        target = entry.withdraws if isinstance(entry, Withdrawal) else entry.replaces
        if target and target not in ids:
            yield Problem(
                f"{name}:{lines[index]}",
                Message("refers to {id}, which is not in the ledger", id=target),
                Message("merge the branch that holds that line, or restore it"),
            )


def _circles(name: str, entries: Sequence[Entry]) -> Iterator[Problem]:
    try:
        dead_ids(entries, date.max)
    except CycleError as error:
        yield Problem(
            name,
            Message("these lines replace or withdraw each other in a circle: {ids}", ids=list(error.args[1])),
            Message("such ids were forged; restore the lines as they were recorded"),
        )


def ledger_problems(
    name: str, entries: Sequence[Entry], lines: Sequence[int], make_id: Callable[[Entry], str]
) -> Iterator[Problem]:
    """Edited lines (the id no longer fits), control characters, and conflicts, over the whole ledger."""
    for index, entry in enumerate(entries):
        where = f"{name}:{lines[index]}"
        if make_id(entry) != entry.id:
            yield Problem(
                where,
                Message("the line was edited: its content no longer gives the id {id}", id=entry.id),
                Message("restore the line, then correct it with 'aiplus record … --replaces {id}'", id=entry.id),
            )
        if any(CONTROL.search(text) for text in _texts(entry)):
            yield Problem(
                where, Message("control characters in a text"), Message("withdraw the line and record it again without")
            )
    yield from _mistaken_corrections(name, entries, lines)
    if not any(_circles(name, entries)):
        yield from _conflicts(name, entries, lines)


def _mistaken_corrections(name: str, entries: Sequence[Entry], lines: Sequence[int]) -> Iterator[Problem]:
    """Corrections of an entry of another indicator or region."""
    by_id = {entry.id: entry for entry in entries}
    for index, entry in enumerate(entries):
        old = None if isinstance(entry, Withdrawal) else by_id.get(entry.replaces)
        if old is None or isinstance(entry, Withdrawal) or isinstance(old, Withdrawal):
            continue
        if (old.indicator, old.region) != (entry.indicator, entry.region):
            yield Problem(
                f"{name}:{lines[index]}",
                Message(
                    "replaces {id}, which is of {indicator} {region}",
                    id=old.id,
                    indicator=old.indicator,
                    region=old.region,
                ),
                Message("withdraw this line with 'aiplus withdraw {id}', then record it without", id=entry.id),
            )


def _texts(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry, Withdrawal):
        return entry.reason, entry.recorded_by
    return entry.source, entry.url, entry.note, entry.recorded_by


def conflict_key(entry: Figure | Rating) -> tuple[str, str, str, str, date, str]:
    """What may be published once only: one value for an indicator, region, period, source, day and kind."""
    forecast = "F" if entry.status == "F" else ""
    return entry.indicator, entry.region, entry.period, entry.source, entry.published, forecast


def _conflicts(name: str, entries: Sequence[Entry], lines: Sequence[int]) -> Iterator[Problem]:
    dead = dead_ids(entries, date.max)
    first: dict[tuple[object, ...], int] = {}
    for index, entry in enumerate(entries):
        if isinstance(entry, Withdrawal) or entry.id in dead:
            continue
        other = first.setdefault(conflict_key(entry), index)
        known = entries[other]
        if other != index and not isinstance(known, Withdrawal):
            yield Problem(
                f"{name}:{lines[index]}",
                Message(
                    "{indicator} {region} {period}: {new} here and {old} at line {line}, from one source on one day",
                    indicator=entry.indicator,
                    region=entry.region,
                    period=entry.period,
                    new=entry.value,
                    old=known.value,
                    line=lines[other],
                ),
                Message("withdraw the wrong one: aiplus withdraw {a} (or {b}) --reason …", a=entry.id, b=known.id),
            )
