"""What lets a file of a million rows be read in seconds and in little memory; docs/import.md has the measurements.

Labels repeat themselves, so they are read once (`Memo`), and a plain row of a long table is then put together
without the grammar (`quick_reader`), which gives the same entry. The new entries wait on disk (`Spool`): in memory
there are only some numbers of each, enough to find those that may meet another.
"""

from __future__ import annotations

import io
import tempfile
from array import array
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from enum import IntEnum
from itertools import accumulate, islice
from typing import IO, TYPE_CHECKING, Any, Self

from aiplus_cli.errors import Fault, no_room_for_a_while
from aiplus_cli.intake.facts import PLAIN
from aiplus_cli.intake.files.cells import BadCell, Cell
from aiplus_cli.intake.grammar import Context
from aiplus_cli.ledger.entries import TEXTS, Entry, Figure, Withdrawal
from aiplus_cli.ledger.lines import decode, encode_all, ids_of, with_id
from aiplus_cli.ledger.soundness import conflict_key
from aiplus_cli.ledger.vintages import Key, period_end, referring
from aiplus_cli.plan.records import Indicator

if TYPE_CHECKING:
    from aiplus_cli.intake.layout import Layout

_MOST = 100_000
FACTS = ("indicator", "region", "period", "published", "status", "told", *TEXTS)
"""What a figure says besides its value; `told` is its bound."""


class Memo(dict[Any, Any]):
    """Results by argument, as tables repeat themselves; `good` are those that can be used.

    `blank`, where it is given, is what an empty cell stands for.
    """

    def __init__(self, function: Callable[[Any], Any], *blank: Any) -> None:
        super().__init__()
        self._function, self._blank = function, blank
        self.good: dict[Any, Any] = dict.fromkeys([""] * len(blank), *blank)

    def __missing__(self, key: Any) -> Any:
        if len(self) > _MOST:
            self.clear()
            self.good.clear()
            self.good |= dict.fromkeys([""] * len(self._blank), *self._blank)
        value = self[key] = key.fault if isinstance(key, BadCell) else self._function(key)
        if type(value) is not Fault and key != "":
            self.good[key] = value
        return value


Known = Mapping[str, tuple[int, dict[Any, Any]]]
"""By fact, the column that says it, and what is known by the text of a cell."""


def quick_reader(
    layout: Layout, known: Known, constants: Mapping[str, Any], context: Context
) -> Callable[[list[Cell]], Figure | None] | None:
    """A short way for rows of a long table whose labels were all met before and whose value is a bare number.

    It gives the figure of a row's cells, or None where the row must be read the long way; there is no such way for a
    table with more to it. `constants` are the facts that no column says. Of 100,000 rows the import takes 2.3 s of
    processor time with it and 4.6 s without, for about 60 lines, all of them here.
    """
    roles = any(layout.role(name) for name in ("unit", "part", "action"))
    if layout.own or not layout.long or layout.unit or roles:
        return None
    figure = layout.figures[0]
    if figure.unit or figure.status:
        return None
    at, width, told = figure.index, len(layout.columns), {**constants, "told": ""}
    places = [known.get(name) or (width, {"": told.get(name)}) for name in FACTS]
    (i, indicators), (r, regions), (p, periods), (d, days), (s, statuses), (b, bounds) = places[:6]
    (f, sources), (u, urls), (n, notes) = places[6:]
    recorded_at, recorded_by = context.recorded_at, context.recorded_by

    def read(cells: list[Cell]) -> Figure | None:
        text = cells[at] if len(cells) == width else None
        if type(text) is not str or not PLAIN.match(text):
            return None
        try:
            cells = [*cells, ""]
            indicator, unit = indicators[cells[i]]
            period, published = periods[cells[p]], days[cells[d]]
            value = Decimal(text)
            if unit or period.start > published or not _is_ordinary(value, indicator):
                return None
            return Figure(
                id="",
                indicator=indicator.id,
                region=regions[cells[r]],
                period=period.text,
                value=value,
                bound=bounds[cells[b]],
                status=statuses[cells[s]],
                published=published,
                source=sources[cells[f]],
                url=urls[cells[u]],
                note=notes[cells[n]],
                recorded_at=recorded_at,
                recorded_by=recorded_by,
            )
        except KeyError:
            return None

    return read


def _is_ordinary(value: Decimal, indicator: Indicator) -> bool:
    """Whether nothing needs to be asked of a number: no share of 1, no rating, nothing out of range."""
    bounds = indicator.range
    if bounds is not None and not bounds[0] <= value <= bounds[1]:
        return False
    return indicator.measure == "number" and not -1 <= value <= 1


class Dated(IntEnum):
    """What is known of when a figure was published."""

    BY_US = 0
    """Nothing: it is the day of recording."""
    TOLD = 1
    AGAIN = 2
    """It is said that it was published then, whatever was published before."""


NO_NUMBER = float("nan")


def _temporary() -> IO[bytes]:
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise no_room_for_a_while(error) from None


class Spool:
    """New entries, on disk until it is decided which of them are appended; nothing is left when it is closed.

    Of each, by its number (the count of those before it): `keys`, a hash of what may be published once only; the
    number of its series, the days on which its period ends and it was published, and its value as a float, which is
    NaN for what is no figure; and what is known of its publication, a `Dated`.
    """

    def __init__(self, *, in_memory: bool = False) -> None:
        self._stream: IO[bytes] = io.BytesIO() if in_memory else _temporary()
        self._places = array("Q", [0])
        self.keys, self.values = array("q"), array("d")
        self.series, self.ends, self.days = array("L"), array("l"), array("l")
        self.numbers: dict[Key, int] = {}
        self.dated = array("b")
        self.forecasts: set[int] = set()
        self.references: list[Entry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what a full disk did not take is not wanted any more
            self._stream.close()

    def __len__(self) -> int:
        return len(self._places) - 1

    def add(self, entries: Sequence[Entry], dated: Iterable[Dated]) -> None:
        """Keep entries, at least one, under the ids of their content; together they take less time than one by one."""
        ids, count = ids_of(entries), len(self)
        lines = encode_all(entries, ids)
        self._write(b"".join(lines))
        self._places.extend(islice(accumulate(map(len, lines), initial=self._places[-1]), 1, None))
        keys, series, ends, days, values = zip(*map(_numbers, entries, ids), strict=True)
        self.keys.extend(keys)
        self.series.extend([self.numbers.setdefault(each, len(self.numbers)) for each in series])
        self.ends.extend(ends)
        self.days.extend(days)
        self.values.extend(values)
        self.dated.extend(dated)
        self.forecasts.update(count + at for at, entry in enumerate(entries) if getattr(entry, "status", "") == "F")
        self.references += map(with_id, referring(entries))

    def _write(self, lines: bytes) -> None:
        try:
            self._stream.write(lines)
        except OSError as error:
            raise no_room_for_a_while(error) from None

    def meeting(self, keys: Collection[int], slots: Collection[tuple[int, int]]) -> Iterator[int]:
        """The numbers of the entries that may meet one of those keys or slots (series and end), or each other."""
        repeated = _repeated(self.keys)
        if not (repeated or keys or slots):
            return
        places = zip(self.series, self.ends, strict=True)
        for number, (key, slot) in enumerate(zip(self.keys, places, strict=True)):
            if key in repeated or key in keys or slot in slots:
                yield number

    def get(self, number: int) -> Entry:
        """The entry of that number."""
        start, stop = self._places[number : number + 2]
        self._go_to(start)
        return decode(self._stream.read(stop - start))

    def _go_to(self, place: int) -> None:
        """What was written before goes to the disk first, which may be full."""
        try:
            self._stream.seek(place)
        except OSError as error:
            raise no_room_for_a_while(error) from None

    def lines(self, left_out: Container[int]) -> Iterator[bytes]:
        """The encoded entries in their order, without those of the given numbers."""
        self._go_to(0)
        for number, line in enumerate(self._stream):
            if number not in left_out:
                yield line


def _numbers(entry: Entry, id_: str) -> tuple[int, Key, int, int, float]:
    """What a spool knows of an entry: its key, series, the days of its period's end and publication, and its value."""
    day = entry.published.toordinal()
    if isinstance(entry, Withdrawal):
        return hash(("withdrawal", id_)), ("", ""), 0, day, NO_NUMBER
    value = float(entry.value) if type(entry) is Figure else NO_NUMBER
    return hash(conflict_key(entry)), (entry.indicator, entry.region), period_end(entry).toordinal(), day, value


def _repeated(keys: Sequence[int]) -> set[int]:
    seen: set[int] = set()
    if len(set(keys)) == len(keys):
        return seen
    again: set[int] = set()
    for key in keys:
        (again if key in seen else seen).add(key)
    return again
