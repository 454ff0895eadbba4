"""What a file holds, whatever its kind: sheets of rows of typed cells, each with its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from aiplus_cli.errors import Fault, InputProblem, Message, Problem
from aiplus_cli.foreign import in_our_words

Grain = Literal["day", "month", "year"]
EPOCH = date(1899, 12, 30)
"""From here spreadsheets count days, unless a workbook says otherwise: some count from 1904-01-01."""
FOOT = 30
MAX_COLUMNS = 2_000
MAX_CELLS = 300_000
MAX_ROWS = 1_048_576


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A numeric cell: `value` to the 15 digits a spreadsheet shows, `raw` to all it holds.

    A `percent` cell holds 0.428 and shows 42.8%; `decimals` is what its number format shows, where it is plain.
    Were it a day, it would be so many after `base`.
    """

    value: Decimal
    raw: Decimal
    percent: bool = False
    decimals: int | None = None
    base: date = EPOCH


@dataclass(frozen=True, slots=True)
class DayCell:
    """A date cell; `grain` is the smallest part that its format shows."""

    moment: datetime
    grain: Grain


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that must not be read as it stands, such as a formula that was never calculated."""

    text: str
    fault: Fault


Cell = str | NumberCell | DayCell | BadCell
Row = tuple[int, list[Cell]]
"""The number of a row (its line, in a text file), and its cells."""


class Box(NamedTuple):
    """A rectangle of cells, such as merged ones, by its first and last row and column; rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Hidden(NamedTuple):
    """What people do not see of a sheet: rows and columns, filtered away, folded up or hidden; and sheets beside it."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    sheets: tuple[str, ...] = ()
    left_out: bool = False
    """Whether the rows and columns are left out, and not read like the others."""


NOTHING_HIDDEN = Hidden()
SheetKind = Literal["table", "hidden", "chart"]


@dataclass
class Sheet:
    """One table of a file; `name` is empty where the file has no sheets.

    `keys` name the columns of JSON objects; `column` is the place of the first cell of each row.
    `position` and `size` tell how far a long file has been read, in bytes. A `chart` has no cells. `last_rows` gives
    the last rows of a file that is read row by row.
    """

    file: str
    rows: Iterable[Row]
    name: str = ""
    merges: tuple[Box, ...] = ()
    column: int = 0
    keys: tuple[str, ...] = ()
    size: int = 0
    position: Callable[[], int] = field(default=int)
    last_rows: Callable[[], list[Row]] = field(default=list)
    kind: SheetKind = "table"
    hidden: Hidden = NOTHING_HIDDEN

    def foot(self) -> list[Row]:
        """The last rows, where notes stand."""
        return self.rows[-FOOT:] if isinstance(self.rows, list) else self.last_rows()

    def where(self, row: int, column: int | None = None) -> str:
        """The address of a row or of a cell of it, as its program would call it."""
        if self.keys:
            place = f"{self.file}:{row}"
            return place if column is None else f"{place} {self.keys[column]}"
        at = "" if column is None else letters(column + self.column)
        if self.name:
            return f"{self.file} {self.name}!{at}{row}"
        return f"{self.file}:{row}" + (f" {at}" if at else "")


def letters(column: int) -> str:
    """The letters of a column, A for 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def text_of(cell: Cell) -> str:
    """A cell as the text that a person would type."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, NumberCell):
        shown = cell.value.scaleb(2) if cell.percent else cell.value
        return f"{shown.normalize():f}" + ("%" if cell.percent else "")
    if isinstance(cell, DayCell):
        return cell.moment.strftime({"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[cell.grain])
    return cell.text


_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Raised or lowered characters as text: digits as superscripts, which are no digits; others as a mark, `*`.

    The letters of a status stay what they are: a raised p says that a figure is provisional.
    """
    if any(char in "0123456789" for char in text):
        return text.translate(_SUPERSCRIPTS)
    if text.strip() in tuple("perf"):
        return f"^{text.strip()}"
    return "*" if text.strip() else ""


def number_cell(value: float, *, percent: bool = False, decimals: int | None = None, base: date = EPOCH) -> NumberCell:
    """A cell of a binary number, its value to 15 digits as spreadsheets show it."""
    return NumberCell(Decimal(f"{value:.15g}"), Decimal(repr(value)), percent, decimals, base)


def too_large(where: str) -> InputProblem:
    """A sheet with more cells, rows or columns than a table of figures has."""
    return InputProblem(
        Problem(
            where,
            Message(
                "more than {cells} cells, {rows} rows or {columns} columns",
                cells=MAX_CELLS,
                rows=MAX_ROWS,
                columns=MAX_COLUMNS,
            ),
            Message("save the table alone, as CSV or in a workbook of its own"),
        )
    )


def unreadable(where: str, why: Message | Exception) -> InputProblem:
    """A file that is not what it seems, or is broken."""
    return InputProblem(
        Problem(
            where,
            Message("cannot be read as a table: {why}", why=why if isinstance(why, Message) else in_our_words(why)),
            Message("open it in its own program and save it again, or save it as CSV"),
        )
    )
