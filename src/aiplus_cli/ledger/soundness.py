"""What a sound ledger is, said once: every command that judges on it, adds to it or hands it on asks here first.

What `record`, `withdraw` and `import` refuse is named when it stands in the file.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from graphlib import CycleError
from itertools import chain
from operator import attrgetter, itemgetter

from aiplus_cli.errors import Fault, Message, Problem, did_you_mean
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal, as_published
from aiplus_cli.ledger.vintages import referring, standing, target_of
from aiplus_cli.plan.numbers import is_short
from aiplus_cli.plan.periods import read_period
from aiplus_cli.plan.places import is_region
from aiplus_cli.plan.records import LONGEST_WAIVER, Indicator, Plan
from aiplus_cli.plan.texts import CONTROL, LONGEST, unseen

TOO_LONG = Fault(Message("the value is not a number of at most 24 digits"), Message("check the figure at its source"))
ANYTHING = Decimal("-Infinity"), Decimal("Infinity")
NOTHING = tuple(reversed(ANYTHING))
RECORD_ANEW = Message("withdraw the line and record it again without")
RECORD_RIGHT = Message("withdraw the line, then record it as it should be")


def indicator_problem(plan: Plan, indicator_id: str) -> Fault:
    """What to say of an id that is not in the plan: the nearest ids, or where to find them."""
    return _unknown(indicator_id, [indicator.id for indicator in plan.indicators])


def _unknown(indicator_id: str, ids: Iterable[str]) -> Fault:
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


def ledger_problems(plan: Plan | None, name: str, entries: Sequence[Entry], lines: Sequence[int]) -> Iterator[Problem]:
    """Everything for which no command judges on these entries: what is wrong with each, and between them.

    `name` is what the file is called, `lines` are the lines of the entries. Without a plan that can be read, what the
    plan says of an entry is left out.
    """
    found: Iterator[tuple[int, Fault]] = chain()
    dead: Container[str] = ()
    try:
        references = referring(entries)
        dead, withdrawn = standing(references, date.max)
        if references:
            found = _mistaken_references(entries, lines, withdrawn)
        found = chain(found, _conflicts(entries, lines, dead))
    except CycleError as error:
        yield _circle(error.args[1]).at(name)
    faults = chain(_unsound(plan, entries, dead), found)
    yield from (fault.at(f"{name}:{lines[index]}") for index, fault in sorted(faults, key=itemgetter(0)))


def _circle(ids: list[str]) -> Fault:
    return Fault(
        Message("these lines replace or withdraw each other in a circle: {ids}", ids=ids),
        Message("such ids were forged; restore the lines as they were recorded"),
    )


# --- entries by themselves ------------------------------------------------------------------------------------------


class _Sound:
    """What sound figures said so far, part by part: a ledger says most things again and again.

    A figure all of whose parts were said by sound ones need not be looked at by itself.
    """

    def __init__(self) -> None:
        self.ranges: dict[str, tuple[Decimal, Decimal]] = {}
        self.starts: dict[str, date] = {}
        self.words: set[str] = set()
        self.regions: set[str] = set()

    def covers(self, figure: Figure) -> bool:
        """Whether nothing about a figure is new but its value and its date, and these are sound."""
        low, high = self.ranges.get(figure.indicator, NOTHING)
        words = self.words
        return (
            low <= figure.value <= high
            and figure.region in self.regions
            and self.starts.get(figure.period, date.max) <= figure.published
            and figure.source in words
            and figure.url in words
            and figure.note in words
            and figure.recorded_by in words
            and is_short(figure.value)
        )

    def learn(self, figure: Figure, indicator: Indicator) -> None:
        """Take in a figure in force in which no fault was found."""
        self.ranges[indicator.id] = indicator.range or ANYTHING
        period = read_period(figure.period)
        if period:
            self.starts[figure.period] = period.start
        self.regions.add(figure.region)
        self.words.update(_texts(figure))


def _unsound(plan: Plan | None, entries: Sequence[Entry], dead: Container[str]) -> Iterator[tuple[int, Fault]]:
    """What is wrong with each entry by itself."""
    known = {indicator.id: indicator for indicator in plan.indicators} if plan else None
    sound = _Sound()
    for index, entry in enumerate(entries):
        if type(entry) is Figure and sound.covers(entry):
            continue
        faults = list(entry_faults(entry, known, in_force=entry.id not in dead))
        yield from ((index, fault) for fault in faults)
        if known and type(entry) is Figure and not faults and entry.id not in dead:
            sound.learn(entry, known[entry.indicator])


def entry_faults(entry: Entry, known: Mapping[str, Indicator] | None, *, in_force: bool = True) -> Iterator[Fault]:
    """What is wrong with what an entry says; `known` are the plan's indicators by id.

    What only a withdrawal can mend is no fault any more when the entry is no longer in force.
    """
    if not isinstance(entry, Withdrawal):
        yield from _misplaced(entry, known)
    if not in_force:
        return
    yield from (fault for text in _texts(entry) for fault in text_faults(text))
    if isinstance(entry, Withdrawal):
        if not entry.reason:
            yield Fault(Message("the reason is empty"), RECORD_RIGHT)
        return
    early = early_fault(entry.period, entry.published, entry.status)
    if early:
        yield Fault(early, RECORD_RIGHT)


def _misplaced(entry: Figure | Rating, known: Mapping[str, Indicator] | None) -> Iterator[Fault]:
    """An indicator, value, region or period that there is not."""
    if known is not None and entry.indicator in known:
        yield from value_problems(known[entry.indicator], entry.value)
    elif known is not None:
        yield _unknown(entry.indicator, known)
    if not is_region(entry.region):
        yield Fault(Message("'{text}' is no region", text=entry.region), Message("write CN, CN-HN, 湖南 or 430000"))
    if read_period(entry.period) is None:
        yield Fault(
            Message("'{text}' is no period", text=entry.period),
            Message("write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30"),
        )


def _texts(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry, Withdrawal):
        return entry.reason, entry.recorded_by
    return entry.source, entry.url, entry.note, entry.recorded_by


def text_faults(text: str) -> Iterator[Fault]:
    """Control characters, characters that nobody sees, and more than may be said."""
    if CONTROL.search(text):
        yield Fault(Message("control characters in a text"), RECORD_ANEW)
    elif codes := unseen(text):
        what = Message("characters that nobody sees in a text, or a blank at an end: {codes}", codes=codes)
        yield Fault(what, RECORD_ANEW)
    if len(text) > LONGEST:
        yield Fault(Message("a text of {n} characters; at most {most}", n=len(text), most=LONGEST), RECORD_RIGHT)


def early_fault(period: str, published: date, status: str) -> Message | None:
    """Why a figure that is no forecast cannot have been published when it is said to have been."""
    found = read_period(period)
    if status == "F" or found is None or found.start <= published:
        return None
    return Message("{period} begins after the figure was published, {day}", period=period, day=published)


def _fits(value: Decimal, indicator: Indicator) -> bool:
    bounds = indicator.range
    return bounds is None or bounds[0] <= value <= bounds[1]


def kind_problem(indicator: Indicator, value: Decimal | str) -> Fault:
    """What to say of a number for a rating, a word for a number, or a word that is no rating."""
    expected = Message("a number")
    if indicator.measure == "rating":
        expected = Message("a rating: met, on_track, at_risk or off_track")
    return Fault(
        Message("'{value}' is no value for {id}", value=value, id=indicator.id),
        Message("write {expected}", expected=expected),
    )


def value_problems(indicator: Indicator, value: Decimal | str) -> Iterator[Fault]:
    """Whether a value is of the indicator's kind, finite, of a sensible length and inside its range."""
    if isinstance(value, str) != (indicator.measure == "rating"):
        yield kind_problem(indicator, value)
    elif isinstance(value, Decimal):
        if not is_short(value):
            yield TOO_LONG
        elif indicator.range and not _fits(value, indicator):
            low, high = indicator.range
            yield Fault(
                Message("the value {value} is outside the range [{low}, {high}]", value=value, low=low, high=high),
                Message("check the figure and its unit at the source"),
            )


# --- entries and each other ------------------------------------------------------------------------------------------


def _mistaken_references(
    entries: Sequence[Entry], lines: Sequence[int], withdrawn: Container[str]
) -> Iterator[tuple[int, Fault]]:
    """Corrections and withdrawals of nothing, of something else, or of what is no longer in force."""
    by_id = {entry.id: entry for entry in entries}
    acting: dict[str, int] = {}
    for index, entry in enumerate(entries):
        target = target_of(entry)
        if not target:
            continue
        old = by_id.get(target)
        if old is None:
            yield index, _dangling(target)
        elif entry.id not in withdrawn:
            yield from ((index, fault) for fault in _mistaken(entry, old))
            other = acting.setdefault(target, index)
            if other != index and _are_at_odds(entries[other], entry):
                yield index, _second(entry, entries[other], lines[other])


def _dangling(target: str) -> Fault:
    return Fault(
        Message("refers to {id}, which is not in the ledger", id=target),
        Message("merge the branch that holds that line, or restore it"),
    )


def _mistaken(entry: Entry, old: Entry) -> Iterator[Fault]:
    """What does not fit between an entry and the one that it replaces or withdraws."""
    if isinstance(entry, Withdrawal):
        if entry.published < old.published:
            days = {"day": entry.published, "published": old.published}
            yield Fault(Message("{day} is before the entry was published, {published}", **days), RECORD_RIGHT)
        return
    fix = Message("withdraw this line with 'aiplus withdraw {id}', then record it without", id=entry.id)
    if isinstance(old, Withdrawal):
        yield Fault(Message("replaces {id}, which is a withdrawal", id=old.id), fix)
    elif (old.indicator, old.region) != (entry.indicator, entry.region):
        series = {"indicator": old.indicator, "region": old.region}
        yield Fault(Message("replaces {id}, which is of {indicator} {region}", id=old.id, **series), fix)


def _are_at_odds(one: Entry, other: Entry) -> bool:
    """Whether two lines that act on one entry contradict each other; two withdrawals say the same."""
    return not (isinstance(one, Withdrawal) and isinstance(other, Withdrawal))


def _second(entry: Entry, other: Entry, line: int) -> Fault:
    return Fault(
        Message("{id} is no longer in force: line {line} corrects or withdraws it too", id=target_of(entry), line=line),
        Message("withdraw the wrong one: aiplus withdraw {a} (or {b}) --reason …", a=entry.id, b=other.id),
    )


_spoken_of = attrgetter("indicator", "region", "period", "source", "published")


def conflict_key(entry: Figure | Rating) -> tuple[str, str, str, str, date, str]:
    """What may be published once only: one value for an indicator, region, period, source, day and kind."""
    forecast = "F" if entry.status == "F" else ""
    return entry.indicator, entry.region, entry.period, entry.source, entry.published, forecast


def says(entry: Figure | Rating) -> tuple[object, str, str]:
    """What a figure says of that for which it may be published once only."""
    return entry.value, entry.bound, entry.status


def _conflicts(entries: Sequence[Entry], lines: Sequence[int], dead: Container[str]) -> Iterator[tuple[int, Fault]]:
    first: dict[tuple[object, ...], int] = {}
    for index in _repeated(entries):
        entry = entries[index]
        if isinstance(entry, Withdrawal) or entry.id in dead:
            continue
        other = first.setdefault(conflict_key(entry), index)
        known = entries[other]
        if not isinstance(known, Withdrawal) and says(entry) != says(known):
            yield index, _conflict(entry, known, lines[other])


def _repeated(entries: Sequence[Entry]) -> Iterable[int]:
    """The figures that may share a conflict key with another: few, so that only they are looked at closely."""
    hashes = [0 if isinstance(entry, Withdrawal) else hash(_spoken_of(entry)) for entry in entries]
    if len(set(hashes)) == len(hashes):
        return ()
    seen: set[int] = set()
    again: set[int] = set()
    for each in hashes:
        (again if each in seen else seen).add(each)
    return (index for index, each in enumerate(hashes) if each in again)


def _conflict(entry: Figure | Rating, known: Figure | Rating, line: int) -> Fault:
    what = Message(
        "{indicator} {region} {period}: {new} here and {old} at line {line}, from one source on one day",
        indicator=entry.indicator,
        region=entry.region,
        period=entry.period,
        new=as_published(entry.bound, entry.value),
        old=as_published(known.bound, known.value),
        line=line,
    )
    fix = Message("withdraw the wrong one: aiplus withdraw {a} (or {b}) --reason …", a=entry.id, b=known.id)
    return Fault(what, fix)
