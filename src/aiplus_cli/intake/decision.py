"""What a new entry is to a ledger: new, known, a revision or a contradiction, and what it follows. One rule for all.

Entries are compared by the day on which their period ends: 2026-H1 revises 2026-06.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isnan
from typing import Any, NamedTuple

from aiplus_cli.errors import Fault, Message
from aiplus_cli.intake.bulk import Dated, Spool
from aiplus_cli.ledger.bounds import change_bound
from aiplus_cli.ledger.entries import Entry, Figure, Published, Withdrawal, as_published
from aiplus_cli.ledger.soundness import conflict_key, says
from aiplus_cli.ledger.vintages import dead_ids, period_end, rank, revised_by, target_of
from aiplus_cli.plan.numbers import difference
from aiplus_cli.plan.records import Indicator, Plan

_CERTAINLY = 1 + 1e-9
"""Floats compare here: what differs by rounding alone is no jump."""
Slot = tuple[int, int]
"""The number of a series, and the day on which a period ends."""


class Revision(NamedTuple):
    """A figure that takes the place of one that the ledger holds."""

    old: Published
    new: Published

    @property
    def confirms(self) -> bool:
        """Whether it says the same, in other words or once more."""
        return _says(self.old) == _says(self.new)


class Clash(NamedTuple):
    """A new entry that cannot be appended: it contradicts another, of the ledger or not, or refers to none."""

    number: int
    entry: Entry
    other: Published | None = None
    in_ledger: bool = False


@dataclass
class Decision:
    """What becomes of the entries, by their number: those not in any part are new.

    `unchanged` has the id under which the ledger, or another new entry, says the same already; `gone` are those ids
    of it that the ledger has replaced or withdrawn since; `later` those that were dated after what the ledger has.
    `in_force` are the ledger's figures that new ones may follow.
    """

    unchanged: dict[int, str] = field(default_factory=dict)
    revised: dict[int, Revision] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    later: set[int] = field(default_factory=set)
    in_force: list[Figure] = field(default_factory=list)

    def left_out(self) -> set[int]:
        """The entries that are not appended."""
        return self.unchanged.keys() | {clash.number for clash in self.clashes}


def decide(ledger: Sequence[Entry], new: Spool) -> Decision:
    """Compare new entries with those of a ledger, and with each other."""
    return _Deciding(ledger, new).run()


class _Deciding:
    def __init__(self, ledger: Sequence[Entry], new: Spool) -> None:
        self.ledger, self.new = ledger, new
        self.decision = Decision()
        self.known_ids = {entry.id for entry in ledger}
        self.groups: dict[object, list[tuple[int, Published]]] = defaultdict(list)
        self._references = [entry for entry in (*ledger, *new.references) if target_of(entry)]
        self._dead: dict[date, set[str]] = {}
        self.dead = self.dead_on(date.max)
        self.slots: dict[Slot, list[Published]] = defaultdict(list)

    def dead_on(self, day: date) -> set[str]:
        """The ids that were out of force on a day."""
        if day not in self._dead:
            self._dead[day] = dead_ids(self._references, day)
        return self._dead[day]

    def run(self) -> Decision:
        for entry in self.ledger:
            series = None if isinstance(entry, Withdrawal) else self.new.numbers.get((entry.indicator, entry.region))
            if series is not None and not isinstance(entry, Withdrawal):
                self.slots[series, period_end(entry).toordinal()].append(entry)
        for entries in self.slots.values():
            entries.sort(key=rank)
        self.decision.in_force = list(self._in_force())
        self._group()
        for entry in self.ledger:
            if not isinstance(entry, Withdrawal) and (key := conflict_key(entry)) in self.groups:
                self.groups[key].insert(0, (-1, entry))
        for group in self.groups.values():
            self._decide_group([item for item in group if item[1].id not in self.dead])
        self._check_references()
        out = self.decision.left_out()
        self.decision.revised = {number: said for number, said in self.decision.revised.items() if number not in out}
        return self.decision

    def _in_force(self) -> Iterator[Figure]:
        for entries in self.slots.values():
            live = [old for old in entries if type(old) is Figure and old.status != "F" and old.id not in self.dead]
            yield from live[-1:]

    def _group(self) -> None:
        """Sort the entries that may meet others; those whose content is known are unchanged."""
        keys = {hash(_key(entry)) for entry in self.ledger}
        new_ids: set[str] = set()
        for number in self.new.meeting(keys, self.slots):
            entry = self.new.get(number)
            if entry.id in self.known_ids or entry.id in new_ids:
                self._leave(number, entry.id)
                continue
            new_ids.add(entry.id)
            if isinstance(entry, Withdrawal):
                continue
            slot = self.slots.get((self.new.series[number], self.new.ends[number]), [])
            same = self._said_before(number, entry, slot)
            if same:
                self._leave(number, same.id)
                if self.new.dated[number] == Dated.TOLD:
                    self.decision.later.add(number)
                continue
            self.groups[conflict_key(entry)].append((number, entry))
            old = self._revised(entry, slot)
            if old:
                self.decision.revised[number] = Revision(old, entry)

    def _leave(self, number: int, known: str) -> None:
        self.decision.unchanged[number] = known
        if known in self.dead:
            self.decision.gone.add(known)

    def _said_before(self, number: int, entry: Published, slot: list[Published]) -> Published | None:
        """What the ledger says already, where an entry says no more than that: the same figure, on another day.

        One that was published before the ledger's is new, and so is whatever is said to have been published again.
        """
        dated = self.new.dated[number]
        if dated == Dated.AGAIN or entry.replaces:
            return None
        dead = self.dead_on(entry.published)
        now = [old for old in slot if old.period == entry.period and old.id not in dead]
        known = [old for old in now if dated == Dated.BY_US or old.published <= entry.published]
        same_kind = [old for old in known if (old.status == "F") == (entry.status == "F")]
        candidates = same_kind if entry.status == "F" else same_kind[-1:]
        return next((old for old in reversed(candidates) if _says_as_much(old, entry)), None)

    def _revised(self, entry: Published, slot: list[Published]) -> Published | None:
        """The figure in force on the day the entry was published, whose place it takes."""
        dead = self.dead_on(entry.published)
        return revised_by(entry, (old for old in slot if old.published <= entry.published and old.id not in dead))

    def _decide_group(self, live: list[tuple[int, Published]]) -> None:
        """One value for an indicator, region, period, source and day: the first stays."""
        for number, entry in live[1:]:
            other, first = live[0]
            if number < 0:
                continue
            if says(entry) == says(first):
                self._leave(number, first.id)
            else:
                self.decision.clashes.append(Clash(number, entry, first, in_ledger=other < 0))

    def _check_references(self) -> None:
        """What an entry replaces or withdraws must be in the ledger or among the new ones."""
        if not self.new.references:
            return
        numbers = {self.new.get(number).id: number for number in range(len(self.new))}
        for entry in self.new.references:
            if target_of(entry) not in self.known_ids | numbers.keys() and entry.id not in self.known_ids:
                self.decision.clashes.append(Clash(numbers[entry.id], entry))


def _key(entry: Entry) -> object:
    return ("withdrawal", entry.id) if isinstance(entry, Withdrawal) else conflict_key(entry)


def _says(entry: Published) -> tuple[object, str]:
    return entry.value, entry.bound


def _says_as_much(old: Published, entry: Published) -> bool:
    """Whether an entry says no more than an old one; it may leave the source unsaid."""
    return entry.source in ("", old.source) and (old.status, *_says(old)) == (entry.status, *_says(entry))


def clash_fault(clash: Clash) -> Fault:
    """What to say of a value of a file that cannot be appended."""
    entry, other = clash.entry, clash.other
    if other is None or isinstance(entry, Withdrawal):
        return Fault(
            Message("refers to {id}, which is not in the ledger", id=target_of(entry)),
            Message("import the file that holds that entry with this one"),
        )
    values = {
        "new": as_published(entry.bound, entry.value), "old": as_published(other.bound, other.value),
        "indicator": entry.indicator, "region": entry.region, "period": entry.period,
    }  # fmt: skip
    if clash.in_ledger:
        return Fault(
            Message(
                "{indicator} {region} {period}: {new} here, {old} in the ledger, from one source on one day", **values
            ),
            Message("correct the file; if the ledger is wrong, run 'aiplus record … --replaces {id}'", id=other.id),
        )
    return Fault(
        Message(
            "{indicator} {region} {period}: {new} here, {old} in another row, from one source on one day", **values
        ),
        Message("keep the row that is right"),
    )


# --- what a figure follows ---------------------------------------------------------------------------------------


class Advance(NamedTuple):
    """From the figure in force for the last period before it to a new one."""

    old: Figure
    new: Figure

    @property
    def change(self) -> str | None:
        """The difference with its sign, behind `>`, `<` or `~` where bounds prove only that; None: it is not known."""
        bound = change_bound(self.old.bound, self.new.bound)
        return None if bound is None else f"{bound}{difference(self.new.value, self.old.value):+f}"


@dataclass(slots=True)
class _Track:
    """The figures of a series in the order of the days on which their periods end; `quarter` is that of its range."""

    quarter: float | None
    ends: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)


class Steps:
    """The steps from one period to the next, as if each entry were recorded after the one before it.

    A figure is known by its number among the new entries; those of the ledger are counted on from there.
    """

    def __init__(self, plan: Plan, new: Spool, decision: Decision) -> None:
        self._new, self._out, self._old = new, decision.left_out(), decision.in_force
        self._values = new.values + array("d", [float(figure.value) for figure in self._old])
        self._days = new.days + array("l", [figure.published.toordinal() for figure in self._old])
        self._tracks = [_Track(_quarter(plan.indicator(indicator))) for indicator, _ in new.numbers]
        for number, figure in enumerate(self._old, start=len(new)):
            track, end = self._tracks[new.numbers[figure.indicator, figure.region]], period_end(figure).toordinal()
            self._join(track, bisect_left(track.ends, end), end, number)

    def __iter__(self) -> Iterator[tuple[int, int, bool]]:
        """The number of an entry that follows a figure, the number of that one, and whether it is a jump.

        A forecast follows what is known; it is no jump, and nothing follows it.
        """
        out, tracks, forecasts, values = self._out, self._tracks, self._new.forecasts, self._values
        for number, (series, end) in enumerate(zip(self._new.series, self._new.ends, strict=True)):
            value = values[number]
            if isnan(value) or number in out:
                continue
            track = tracks[series]
            at = bisect_left(track.ends, end)
            is_forecast = number in forecasts
            if at:
                old = track.figures[at - 1]
                yield number, old, not is_forecast and _is_jump(values[old], value, track.quarter)
            if not is_forecast:
                self._join(track, at, end, number)

    def _join(self, track: _Track, at: int, end: int, number: int) -> None:
        """A figure takes its place in the series, unless one that was published later has it."""
        if at == len(track.ends) or track.ends[at] != end:
            track.ends.insert(at, end)
            track.figures.insert(at, number)
        elif self._days[track.figures[at]] <= self._days[number]:
            track.figures[at] = number

    def step(self, number: int, old: int) -> Advance:
        """The two figures of a step."""
        return Advance(self._figure(old), self._figure(number))

    def _figure(self, number: int) -> Any:
        count = len(self._new)
        return self._new.get(number) if number < count else self._old[number - count]


def _quarter(indicator: Indicator | None) -> float | None:
    bounds = indicator.range if indicator else None
    return float(bounds[1] - bounds[0]) / 4 if bounds else None


def _is_jump(old: float, new: float, quarter: float | None) -> bool:
    """Worth a second look: more than a quarter of the range, or past three times or a third of the one before."""
    if quarter is not None:
        return abs(new - old) > quarter * _CERTAINLY
    return old > 0 and not old / 3 / _CERTAINLY <= new <= old * 3 * _CERTAINLY
