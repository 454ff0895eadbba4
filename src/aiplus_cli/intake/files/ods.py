"""ODS: its content.xml, read as a stream by the standard library, so that nothing is to be installed.

A percentage cell holds 0.428 and shows 42.8 %; its type says so, and 0.428 never passes for 42.8 or the other way.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any

from aiplus_cli.errors import InputProblem
from aiplus_cli.intake.files.archive import check_length, open_archive, parse_xml
from aiplus_cli.intake.files.cells import (
    EPOCH,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Box,
    Cell,
    DayCell,
    Hidden,
    NumberCell,
    Row,
    Sheet,
    SheetKind,
    raised,
    too_large,
)
from aiplus_cli.intake.files.excel import never_calculated
from aiplus_cli.intake.files.formats import MEANT, shown_otherwise, too_precise
from aiplus_cli.plan.numbers import read_number, read_whole

_SKIPPED = {"office:annotation", "table:shapes", "draw:frame", "table:tracked-changes", "text:tracked-changes"}
_DIGITS = re.compile(r"[0-9](?:[0-9.,'\u2019\s]*[0-9])?(?:E[+-]?[0-9]+|\s*/\s*[0-9]+)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[.,'\u2019\s]")
_OTHERWISE = re.compile(r"[E/]", re.IGNORECASE)
_ROUND = Context(prec=60, rounding=ROUND_HALF_UP)
_GROUPS = {"table:table-row-group", "table:table-column-group"}


def read_ods(path: Path, name: str, encoding: str | None = None) -> list[Sheet]:
    """Every sheet of an OpenDocument spreadsheet."""
    del encoding
    with open_archive(path, name) as archive:
        content = _Content(name)
        parse_xml(archive, "content.xml", name, content.start, content.end, content.text)
    return content.sheets


class _Content:
    """Collects rows from the events of content.xml."""

    def __init__(self, name: str) -> None:
        self.file, self.sheets = name, list[Sheet]()
        self._rows: list[Row] = []
        self._merges: list[Box] = []
        self._cells: list[Cell] = []
        self._row = self._repeat_row = 1
        self._column = self._width = self._count = self._skip = self._length = 0
        self._is_unseen, self._base = False, EPOCH
        self._attributes: dict[str, str] | None = None
        self._text: list[str] = []
        self._style, self._spans = "", list[bool]()
        self._raised, self._hidden = set[str](), set[str]()
        self._folded: list[bool] = []
        self._unseen_rows, self._unseen_columns = set[int](), set[int]()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skip or tag in _SKIPPED:
            self._skip += 1
        elif tag.startswith("style:"):
            self._note_style(tag, attributes)
        elif tag == "text:span":
            self._spans.append(attributes.get("text:style-name", "") in self._raised)
        elif tag == "table:table":
            self._start_table(attributes)
        elif tag in _GROUPS:
            self._folded.append(attributes.get("table:display") == "false")
        elif tag == "table:table-column":
            self._add_columns(attributes)
        elif tag == "table:table-row":
            self._start_row(attributes)
        elif tag == "table:null-date":
            self._base = _date(attributes.get("table:date-value", "")) or EPOCH
        else:
            self._start_cell(tag, attributes)

    def _start_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._attributes, self._text, self._length = attributes, [], 0
        elif tag in ("text:p", "text:line-break", "text:s", "text:tab"):
            self._text.append(" " if self._text else "")

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._cells, self._column = [], 0
        self._repeat_row = self._number_of(attributes, "table:number-rows-repeated")
        self._is_unseen = self._is_hidden(attributes)

    def text(self, data: str) -> None:
        if self._attributes is not None and not self._skip:
            self._length += len(data)
            check_length(self._length)
            self._text.append(raised(data) if any(self._spans) else data)

    def end(self, tag: str) -> None:
        if self._skip:
            self._skip -= 1
        elif tag == "text:span" and self._spans:
            self._spans.pop()
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell(covered=tag == "table:covered-table-cell")
        elif tag == "table:table-row":
            self._end_row()
        elif tag in _GROUPS and self._folded:
            self._folded.pop()
        elif tag == "table:table" and self.sheets:
            self.sheets[-1].merges = tuple(self._merges)
            self.sheets[-1].hidden = Hidden(frozenset(self._unseen_rows), frozenset(self._unseen_columns))

    def _note_style(self, tag: str, attributes: dict[str, str]) -> None:
        """Remember which styles raise their text, and which hide their table."""
        if tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif not attributes.get("style:text-position", "0%").startswith("0%"):
            self._raised.add(self._style)
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._rows, self._merges, self._row, self._width = [], [], 1, 0
        self._unseen_rows, self._unseen_columns = set(), set()
        kind: SheetKind = "hidden" if attributes.get("table:style-name", "") in self._hidden else "table"
        self.sheets.append(Sheet(self.file, self._rows, name=attributes.get("table:name", ""), kind=kind))

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        """Whether a row or column is hidden: by itself, by a filter, or in a folded group."""
        return attributes.get("table:visibility") in ("collapse", "filter") or any(self._folded)

    def _add_columns(self, attributes: dict[str, str]) -> None:
        after = self._width + self._number_of(attributes, "table:number-columns-repeated")
        if self._is_hidden(attributes):
            self._unseen_columns.update(range(self._width, min(after, MAX_COLUMNS)))
        self._width = after

    def _end_cell(self, *, covered: bool) -> None:
        attributes = self._attributes or {}
        self._attributes = None
        repeat = self._number_of(attributes, "table:number-columns-repeated")
        cell: Cell = "" if covered else _cell(attributes, self._shown(), self._base)
        wide = self._number_of(attributes, "table:number-columns-spanned")
        high = self._number_of(attributes, "table:number-rows-spanned")
        if wide > 1 or high > 1:
            self._merges.append(Box(self._row, self._column, self._row + high - 1, self._column + wide - 1))
        if cell != "":
            self._count += repeat
            if self._column + repeat > MAX_COLUMNS:
                raise too_large(self.file)
            self._cells += [""] * (self._column - len(self._cells)) + [cell] * repeat
        self._column += repeat

    def _shown(self) -> str | None:
        """The text that a cell shows; None where the file does not say."""
        return "".join(self._text).strip() if self._text else None

    def _number_of(self, attributes: dict[str, str], name: str) -> int:
        """How many rows or columns something takes; one where the file does not say."""
        count = read_whole(attributes.get(name) or "1")
        if count is None:
            raise too_large(self.file)
        return max(count, 1)

    def _end_row(self) -> None:
        if self._cells:
            self._count += len(self._cells) * (self._repeat_row - 1)
            if self._count > MAX_CELLS or self._row + self._repeat_row > MAX_ROWS + 1:
                raise too_large(self.file)
            numbers = range(self._row, self._row + self._repeat_row)
            self._rows += [(number, self._cells) for number in numbers]
            if self._is_unseen:
                self._unseen_rows.update(numbers)
        self._row += self._repeat_row


def _cell(attributes: dict[str, str], shown: str | None, base: date) -> Cell:
    kind, text = attributes.get("office:value-type", ""), shown or ""
    if not kind and "table:formula" in attributes:
        return never_calculated(attributes["table:formula"])
    if kind in ("float", "percentage", "currency"):
        return _number(attributes.get("office:value", ""), shown, base, percent=kind == "percentage")
    if kind == "date":
        return _day(attributes.get("office:date-value", ""), text)
    if kind == "boolean":
        return attributes.get("office:boolean-value", text).upper()
    return text or attributes.get("office:string-value", "")


def _number(value: str, shown: str | None, base: date, *, percent: bool) -> Cell:
    """A number as people see it: its text says whether it is shown in per cent, and with which unit or bound."""
    held = read_number(value)
    if held is None:
        return shown or ""
    number = Decimal(f"{held:.15g}")
    text = shown or ""
    digits = _DIGITS.search(text)
    found = too_precise(held)
    if found or shown is None or not (held or digits):
        return found or NumberCell(number, held, percent, base=base)
    before, behind = (text[: digits.start()], text[digits.end() :].strip()) if digits else ("", "")
    shares = (percent, not percent) if behind.startswith("%") else (False,)
    is_share = next((share for share in shares if digits and _is_shown(number, digits[0], share=share)), None)
    if digits is None or is_share is None:
        return shown_otherwise(held)
    if MEANT.search(before + (behind.removeprefix("%") if is_share else behind)):
        return f"{before.strip('-')}{number.scaleb(2) if is_share else number:f}{behind}"
    return NumberCell(number, held, is_share, _decimals(digits[0]), base)


def _is_shown(number: Decimal, digits: str, *, share: bool) -> bool:
    """Whether these digits are the number, or a hundred times it; powers and fractions are taken as they are."""
    if _OTHERWISE.search(digits):
        return True
    shown, said = number.scaleb(2) if share else number, _SEPARATORS.sub("", digits).lstrip("0")
    behind = (
        len(re.split("[.,]", digits)[-1]) if re.search("[.,]", digits) else 0
    )  # a comma may group or begin decimals
    return any(_rounded(shown, places).replace(".", "").lstrip("0") == said for places in {0, behind})


def _rounded(number: Decimal, places: int) -> str:
    return f"{_ROUND.quantize(abs(number), Decimal(1).scaleb(-places)):f}"


def _decimals(digits: str) -> int | None:
    """How many decimals a number is shown with."""
    return len(digits.rpartition(".")[2]) if "." in digits else None


def _day(value: str, text: str) -> Cell:
    """A date; the text it shows tells whether the day is meant."""
    from aiplus_cli.intake.times import parse_time

    moment = _moment(value)
    if moment is None:
        return text
    try:
        shown = parse_time(text, where="").text
    except InputProblem:
        return DayCell(moment, "day")
    grains: dict[int, Any] = {4: "year", 7: "month"}
    return DayCell(moment, grains.get(len(shown), "day"))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text[:19])
    except ValueError:
        return None


def _date(text: str) -> date | None:
    found = _moment(text)
    return found.date() if found else None
