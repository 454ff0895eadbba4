"""Past series for `aiplus backtest`: a CSV with the columns series, year, value, and where known technology and group.

Without a column series a line belongs to the series that its group, technology, place, population and frequency name.
Without a column technology each series is one of its own; without a column group all are of one group, which has no
name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.foreign import in_our_words
from aiplus_cli.plan.numbers import narrow, read_number

COLUMNS = ("series", "year", "value")
NAMING = ("group", "technology", "place", "population", "frequency")
"""The columns that name a series together, where there is no column series."""
READ = (*COLUMNS, *NAMING)
_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


@dataclass(frozen=True, slots=True)
class Adoption:
    """One series: the share of a technology in one place, by year, in the order of time; `group` may be empty."""

    technology: str
    group: str
    values: Mapping[Decimal, Decimal]


History = Mapping[str, Adoption]
"""The series of a file by name."""


def read_past(content: bytes, name: str) -> History:
    """The series of a file in UTF-8; raises InputProblem with every line that cannot be used."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        where = f"{name}:{line}"
        raise InputProblem(Problem(where, Message("not UTF-8 text"), Message("save it as CSV in UTF-8"))) from None
    rows = csv.reader(_LINES.split(text), strict=True)
    header = _header(rows, name)
    problems = list(_header_problems(header, f"{name}:1"))
    if problems:
        raise InputProblem(*problems)
    return _Reader(name, header).read(rows)


def _header(rows: Any, name: str) -> list[str]:
    try:
        return [title.strip() for title in next(rows, [])]
    except csv.Error as error:
        raise InputProblem(Problem(f"{name}:{rows.line_num}", *_not_csv(error))) from None


def _header_problems(header: list[str], where: str) -> Iterator[Problem]:
    named = "series" in header or "technology" in header
    missing = [column for column in COLUMNS if column not in header and not (column == "series" and named)]
    if missing:
        what = Message("the header has no column {names}", names=missing)
        yield Problem(where, what, Message("the first line must be: series,year,value or technology,place,year,value"))
    for column in READ:
        if header.count(column) > 1:
            yield Problem(where, Message("the column {name} is there twice", name=column), Message("keep one of them"))


def _not_csv(error: csv.Error) -> tuple[Message, Message]:
    return Message("not CSV: {why}", why=in_our_words(error)), Message("check the quotes near this line")


@dataclass(slots=True)
class _Growing:
    """A series while it is read."""

    technology: str
    group: str
    values: dict[Decimal, Decimal] = field(default_factory=dict)

    def done(self) -> Adoption:
        return Adoption(self.technology, self.group, dict(sorted(self.values.items())))


class _Reader:
    def __init__(self, name: str, header: list[str]) -> None:
        self.name, self.width = name, len(header)
        self.places = {column: header.index(column) for column in READ if column in header}
        self.naming = ("series",) if "series" in header else tuple(one for one in NAMING if one in header)
        self.needed = [one for one in ("technology", "group") if one in header]
        self.problems: list[Problem] = []
        self.found: dict[str, _Growing] = {}

    def read(self, rows: Any) -> History:
        try:
            for row in rows:
                if any(cell.strip() for cell in row):
                    self.take(row, rows.line_num)
        except csv.Error as error:
            self.refuse(rows.line_num, *_not_csv(error))
        if self.problems:
            raise InputProblem(*self.problems)
        return {name: one.done() for name, one in sorted(self.found.items())}

    def take(self, row: list[str], line: int) -> None:
        if len(row) <= max(self.places.values()):
            self.refuse(line, Message("the line is too short"), self.give())
        elif len(row) > self.width:
            fix = Message("check its commas and quotes")
            self.refuse(line, Message("the line has more cells than the header"), fix)
        else:
            cells = {column: row[place].strip() for column, place in self.places.items()}
            series = self.series(cells, line)
            if series is not None:
                self.add(series, cells, line)

    def series(self, cells: Mapping[str, str], line: int) -> str | None:
        """The name of the line's series; None where it cannot be told, which is said."""
        name = " / ".join(filter(None, (cells[column] for column in self.naming)))
        empty = [column for column in self.needed if not cells[column]]
        if not name:
            self.refuse(line, Message("the series has no name"), self.give())
        elif empty:
            what = Message("{series} has no {columns} here", series=name, columns=empty)
            self.refuse(line, what, Message("fill the cell in every line, or leave the column out"))
        else:
            return name
        return None

    def add(self, name: str, cells: Mapping[str, str], line: int) -> None:
        year, value = cells["year"], cells["value"]
        at, share = read_number(narrow(year)), read_number(narrow(value))
        if at is None or not 1 <= at <= 9999:
            self.refuse(line, Message("'{text}' is no year", text=year[:80]), Message("write 2025 or 2025.5"))
        elif share is None or not 0 <= share <= 100:
            what = Message("'{text}' is no share", text=value[:80])
            self.refuse(line, what, Message("write a number of per cent from 0 to 100"))
        else:
            self.put(name, cells, at, share, line)

    def put(self, name: str, cells: Mapping[str, str], at: Decimal, share: Decimal, line: int) -> None:
        technology, group = cells.get("technology", name), cells.get("group", "")
        one = self.found.setdefault(name, _Growing(technology, group))
        for known, told in ((one.technology, technology), (one.group, group)):
            if known != told:
                what = Message("{series} is of {told} here, and of {known} above", series=name, told=told, known=known)
                fix = Message("a series has one technology and one group: give it another name, or mend the line")
                self.refuse(line, what, fix)
        if at in one.values:
            what = Message("{series} has {year} twice", series=name, year=cells["year"])
            self.refuse(line, what, Message("keep one of the lines"))
        one.values.setdefault(at, share)

    def give(self) -> Message:
        """Which cells a line must have."""
        return Message("give {names}", names=sorted(self.places, key=self.places.__getitem__))

    def refuse(self, line: int, what: Message, fix: Message) -> None:
        self.problems.append(Problem(f"{self.name}:{line}", what, fix))
