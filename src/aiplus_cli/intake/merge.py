"""New entries against the ledger and against each other: what is new, known, revised, or contradicts something.

Only three numbers are kept of each entry, so that a million of them fit; entries that may meet another are read again.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from aiplus_cli.errors import Message
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal
from aiplus_cli.ledger.soundness import conflict_key
from aiplus_cli.ledger.vintages import current, dead_ids

Slot = tuple[str, str, str]
Published = Figure | Rating


class Revision(NamedTuple):
    """A figure that takes the place of one that the ledger holds."""

    old: Published
    new: Published


class Clash(NamedTuple):
    """A new entry that cannot be appended, and why."""

    number: int
    what: Message
    fix: Message


@dataclass
class Decision:
    """What becomes of the entries, by their number: those not in any set are new.

    `gone` are the ids of those unchanged that the ledger has replaced or withdrawn since.
    """

    unchanged: set[int] = field(default_factory=set)
    revised: dict[int, Revision] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def left_out(self) -> set[int]:
        """The entries that are not appended."""
        return self.unchanged | {clash.number for clash in self.clashes}


@dataclass
class Gathered:
    """The new entries: `keys` and `places` are hashes of what may meet; the dates of the `undated` are only ours."""

    keys: array[int] = field(default_factory=lambda: array("q"))
    places: array[int] = field(default_factory=lambda: array("q"))
    undated: set[int] = field(default_factory=set)
    references: list[Entry] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)
    _repeated: set[int] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Take note of the next entry."""
        if isinstance(entry, Withdrawal):
            key, place = hash(("withdrawal", entry.id)), 0
            self.references.append(entry)
        else:
            key, place = hash(conflict_key(entry)), hash((entry.indicator, entry.region, entry.period))
            if entry.replaces:
                self.references.append(entry)
        (self._repeated if key in self._seen else self._seen).add(key)
        self.keys.append(key)
        self.places.append(place)

    def decide(self, ledger: list[Entry], get: Callable[[int], Entry]) -> Decision:
        """Compare with the ledger's entries; `get` gives a new entry by its number."""
        return _Deciding(self, ledger, get).run()

    def meets(self, keys: set[int], places: set[int]) -> Iterator[int]:
        """The numbers of the entries that may be known, revise something or contradict something."""
        repeated = self._repeated
        for index, key in enumerate(self.keys):
            if key in repeated or key in keys or self.places[index] in places:
                yield index


class _Deciding:
    """One comparison of gathered entries with a ledger."""

    def __init__(self, gathered: Gathered, ledger: list[Entry], get: Callable[[int], Entry]) -> None:
        self.gathered, self.ledger, self.get = gathered, ledger, get
        self.decision = Decision()
        self.known_ids = {entry.id for entry in ledger}
        self.groups: dict[object, list[tuple[int, Published]]] = defaultdict(list)
        self.dead: set[str] = set()
        self.forecasts: dict[Slot, list[Published]] = defaultdict(list)

    def run(self) -> Decision:
        now = _current_places(self.ledger)
        references = [*self.ledger, *self.gathered.references]
        dead = self.dead = dead_ids((entry for entry in references if _target(entry)), date.max)
        keys = {hash(_key(entry)) for entry in self.ledger}
        for entry in self.ledger:
            if not isinstance(entry, Withdrawal) and entry.status == "F" and entry.id not in dead:
                self.forecasts[entry.indicator, entry.region, entry.period].append(entry)
        self._group(keys, {hash(place) for place in (*now, *self.forecasts)}, now)
        self._add_known()
        for group in self.groups.values():
            self._decide_group([item for item in group if item[1].id not in dead])
        self._check_references()
        out = self.decision.left_out()
        self.decision.revised = {index: said for index, said in self.decision.revised.items() if index not in out}
        return self.decision

    def _group(self, keys: set[int], places: set[int], now: dict[Slot, Published]) -> None:
        """Sort the entries that may meet others; those whose content is known are unchanged."""
        new_ids: set[str] = set()
        for index in self.gathered.meets(keys, places):
            entry = self.get(index)
            if entry.id in self.known_ids or entry.id in new_ids:
                self.decision.unchanged.add(index)
                if entry.id in self.dead:
                    self.decision.gone.add(entry.id)
                continue
            new_ids.add(entry.id)
            if isinstance(entry, Withdrawal):
                continue
            place = entry.indicator, entry.region, entry.period
            old = now.get(place)
            same = self.forecasts.get(place, ()) if entry.status == "F" else [old] if old is not None else ()
            if any(self._is_same(index, entry, known) for known in same):
                self.decision.unchanged.add(index)
                continue
            self.groups[conflict_key(entry)].append((index, entry))
            if old is not None and _revises(entry, old):
                self.decision.revised[index] = Revision(old, entry)

    def _is_same(self, index: int, entry: Published, old: Published) -> bool:
        """Whether a figure whose publication date nobody gave says what the ledger already says."""
        return (
            index in self.gathered.undated
            and (entry.source, entry.status) == (old.source, old.status)
            and _says(entry) == _says(old)
        )

    def _add_known(self) -> None:
        for entry in self.ledger:
            if not isinstance(entry, Withdrawal) and (key := conflict_key(entry)) in self.groups:
                self.groups[key].insert(0, (-1, entry))

    def _decide_group(self, live: list[tuple[int, Published]]) -> None:
        """One value for an indicator, region, period, source and day: the first stays."""
        for index, entry in live[1:]:
            first = live[0][1]
            if index < 0:
                continue
            if _says(entry) == _says(first) and entry.status == first.status:
                self.decision.unchanged.add(index)
            else:
                self.decision.clashes.append(_contradiction(index, entry, first, known=live[0][0] < 0))

    def _check_references(self) -> None:
        """What an entry replaces or withdraws must be in the ledger or among the new ones."""
        if not self.gathered.references:
            return
        present = set(self.known_ids)
        numbers: dict[str, int] = {}
        for index in range(len(self.gathered.keys)):
            numbers[self.get(index).id] = index
        present |= numbers.keys()
        for entry in self.gathered.references:
            target = _target(entry)
            if target not in present and entry.id not in self.known_ids:
                self.decision.clashes.append(
                    Clash(
                        numbers[entry.id],
                        Message("refers to {id}, which is not in the ledger", id=target),
                        Message("import the file that holds that entry with this one"),
                    )
                )


def _current_places(ledger: list[Entry]) -> dict[Slot, Published]:
    if not ledger:
        return {}
    return {
        (indicator, region, period): entry
        for (indicator, region), periods in current(ledger, date.max).items()
        for period, entry in periods.items()
    }


def _key(entry: Entry) -> object:
    return ("withdrawal", entry.id) if isinstance(entry, Withdrawal) else conflict_key(entry)


def _target(entry: Entry) -> str:
    return entry.withdraws if isinstance(entry, Withdrawal) else entry.replaces


def _says(entry: Published) -> tuple[object, str]:
    return entry.value, entry.bound


def _revises(entry: Published, old: Published) -> bool:
    return entry.status != "F" and entry.published >= old.published and _says(entry) != _says(old)


def _contradiction(index: int, entry: Published, other: Published, *, known: bool) -> Clash:
    values = {
        "new": f"{entry.bound}{entry.value}", "old": f"{other.bound}{other.value}", "indicator": entry.indicator,
        "region": entry.region, "period": entry.period,
    }  # fmt: skip
    if known:
        return Clash(
            index,
            Message(
                "{indicator} {region} {period}: {new} here, {old} in the ledger, from one source on one day", **values
            ),
            Message("correct the file; if the ledger is wrong, run 'aiplus record … --replaces {id}'", id=other.id),
        )
    return Clash(
        index,
        Message(
            "{indicator} {region} {period}: {new} here, {old} in another row, from one source on one day", **values
        ),
        Message("keep the row that is right"),
    )


def count_kinds(decision: Decision, numbers: range) -> tuple[int, int, int, int]:
    """How many of the numbers are new, unchanged, revised and rejected."""
    clashes = {clash.number for clash in decision.clashes}
    rejected = sum(index in numbers for index in clashes)
    unchanged = sum(index in numbers for index in decision.unchanged - clashes)
    revised = sum(index in numbers for index in decision.revised)
    return len(numbers) - unchanged - revised - rejected, unchanged, revised, rejected
