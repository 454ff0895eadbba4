"""Past series for `aiplus backtest`: a CSV with the columns series, year, value."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.foreign import in_our_words
from aiplus_cli.plan.numbers import narrow, read_number

COLUMNS = ("series", "year", "value")
_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
History = Mapping[str, Mapping[Decimal, Decimal]]
"""For each series its values by year, in the order of time."""


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
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        what = Message("the header has no column {names}", names=list(missing))
        raise InputProblem(Problem(f"{name}:1", what, Message("the first line must be: series,year,value")))
    return _Reader(name, len(header), [header.index(column) for column in COLUMNS]).read(rows)


def _header(rows: Any, name: str) -> list[str]:
    try:
        return [title.strip() for title in next(rows, [])]
    except csv.Error as error:
        raise InputProblem(Problem(f"{name}:{rows.line_num}", *_not_csv(error))) from None


def _not_csv(error: csv.Error) -> tuple[Message, Message]:
    return Message("not CSV: {why}", why=in_our_words(error)), Message("check the quotes near this line")


class _Reader:
    def __init__(self, name: str, width: int, places: list[int]) -> None:
        self.name, self.width, self.places = name, width, places
        self.problems: list[Problem] = []
        self.found: dict[str, dict[Decimal, Decimal]] = defaultdict(dict)

    def read(self, rows: Any) -> History:
        try:
            for row in rows:
                if any(cell.strip() for cell in row):
                    self.take(row, rows.line_num)
        except csv.Error as error:
            self.refuse(rows.line_num, *_not_csv(error))
        if self.problems:
            raise InputProblem(*self.problems)
        return {name: dict(sorted(values.items())) for name, values in sorted(self.found.items())}

    def take(self, row: list[str], line: int) -> None:
        if len(row) <= max(self.places):
            self.refuse(line, Message("the line is too short"), Message("give series, year and value"))
            return
        if len(row) > self.width:
            self.refuse(
                line, Message("the line has more cells than the header"), Message("check its commas and quotes")
            )
            return
        series, year, value = (row[place].strip() for place in self.places)
        if not series:
            self.refuse(line, Message("the series has no name"), Message("give series, year and value"))
            return
        at, share = read_number(narrow(year)), read_number(narrow(value))
        if at is None or not 1 <= at <= 9999:
            self.refuse(line, Message("'{text}' is no year", text=year[:80]), Message("write 2025 or 2025.5"))
        elif share is None or not 0 <= share <= 100:
            what = Message("'{text}' is no share", text=value[:80])
            self.refuse(line, what, Message("write a number of per cent from 0 to 100"))
        elif at in self.found[series]:
            what = Message("{series} has {year} twice", series=series, year=year)
            self.refuse(line, what, Message("keep one of the lines"))
        else:
            self.found[series][at] = share

    def refuse(self, line: int, what: Message, fix: Message) -> None:
        self.problems.append(Problem(f"{self.name}:{line}", what, fix))
