"""XLSX by openpyxl and XLS by xlrd, both of the extra `excel`."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from aiplus_cli.errors import AiplusError, Fault, Message, missing_extra
from aiplus_cli.intake.files.archive import check_length, open_archive, parse_xml
from aiplus_cli.intake.files.cells import (
    EPOCH,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    BadCell,
    Box,
    Cell,
    DayCell,
    Grain,
    Hidden,
    Row,
    Sheet,
    SheetKind,
    raised,
    too_large,
    unreadable,
)
from aiplus_cli.intake.files.formats import shown_day, shown_number
from aiplus_cli.intake.files.strict import transitional

MAX_XLS = 64 << 20
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?\Z")
_CHINESE_DATES: dict[int, Grain] = {
    27: "month", 28: "day", 29: "day", 30: "day", 31: "day", 36: "month", 50: "month", 51: "day", 52: "month",
    53: "day", 54: "day", 57: "month", 58: "day",
}  # fmt: skip
"""Formats that East Asian versions of Excel know by number alone."""
_SHIFTED = ("superscript", "subscript")
_1904 = date(1904, 1, 1)


def never_calculated(formula: str) -> BadCell:
    """A formula whose result the file does not hold."""
    text = formula if formula.startswith("=") else f"={formula}"
    what = Message("the formula '{text}' was never calculated", text=text[:80])
    return BadCell(text, Fault(what, Message("open the file in Excel or WPS, let it calculate, and save it")))


def read_xlsx(path: Path, name: str, encoding: str | None = None) -> list[Sheet]:
    """Every sheet of a workbook, as last calculated; macros, links and pictures are not looked at."""
    del encoding
    try:
        import openpyxl
    except ImportError:
        raise missing_extra(name, "openpyxl", "excel") from None
    with open_archive(path, name) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with transitional(archive) or path.open("rb") as stream:
                book: Any = openpyxl.load_workbook(
                    stream, read_only=True, data_only=True, keep_links=False, rich_text=True
                )
                book._date_formats = set()  # noqa: SLF001 - what a format shows is for `formats` to say
                fresh = bool(book.calculation and book.calculation.fullCalcOnLoad)
                found = [_read_worksheet(sheet, archive, name, fresh=fresh) for sheet in book.worksheets]
                found += [Sheet(name, [], sheet.title, kind="chart") for sheet in book.chartsheets]
                book.close()
        except AiplusError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a broken file does to the library is the file's fault
            raise unreadable(name, error) from None
    return found


def _read_worksheet(sheet: Any, archive: Any, name: str, *, fresh: bool) -> Sheet:
    look = _Look(f"{name} {sheet.title}", fresh=fresh)
    part = sheet._worksheet_path  # noqa: SLF001 - read-only sheets do not tell their merged cells
    parse_xml(archive, part, name, look.start, look.end, look.text)
    sheet.reset_dimensions()  # a file may claim any size
    rows: list[Row] = []
    for cells in sheet.iter_rows():
        read = [_xlsx_cell(cell, sheet.parent.epoch.date()) for cell in cells]
        number = next((cell.row for cell in cells if hasattr(cell, "row")), 0)
        for column, text in look.shifted.get(number, {}).items():
            read[column] = text
        for column in look.empty_formulas.get(number, ()):
            read += [""] * (column + 1 - len(read))
            read[column] = never_calculated(look.formula(number, column))
        _add_row(rows, number, read)
        if len(read) > MAX_COLUMNS:
            raise too_large(f"{name} {sheet.title}")  # noqa: EM102 - a place, no message
    kind: SheetKind = "table" if sheet.sheet_state == "visible" else "hidden"
    unseen = Hidden(frozenset(look.hidden_rows), frozenset(look.hidden_columns))
    return Sheet(name, rows, name=sheet.title, merges=tuple(look.merges), kind=kind, hidden=unseen)


def _add_row(rows: list[Row], number: int, cells: list[Cell]) -> None:
    while cells and cells[-1] == "":
        cells.pop()
    if cells:
        rows.append((number, cells))


class _Look:
    """What openpyxl's streaming mode does not tell: merged cells, hidden ones, formulas without a result, raised text.

    It also counts, before anything is built in memory.
    """

    def __init__(self, where: str, *, fresh: bool) -> None:
        self.where, self.fresh = where, fresh
        self.merges: list[Box] = []
        self.hidden_rows, self.hidden_columns = set[int](), set[int]()
        self.empty_formulas: dict[int, list[int]] = {}
        self._formulas: dict[tuple[int, int], str] = {}
        self._cells = self._in_row = self._row = 0
        self._at = 0, -1
        self._formula, self._value = None, ""  # type: tuple[str | None, str]
        self.shifted: dict[int, dict[int, str]] = {}
        self._is_text = self._is_shifted = self._has_shifted = False
        self._inside = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rsplit(":", 1)[-1]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "f":
            self._formula, self._inside = "", "f"
        elif tag in ("v", "t"):
            self._inside = "v"
        elif tag == "r":
            self._is_shifted = False
        elif tag == "vertAlign":
            self._is_shifted = attributes.get("val") in _SHIFTED
            self._has_shifted |= self._is_shifted
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "col" and _is_hidden(attributes, "width"):
            first, last = (int(attributes.get(name, "1")) for name in ("min", "max"))
            self.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._count()
        self._place(attributes.get("r", ""))
        self._formula, self._value, self._is_text = None, "", attributes.get("t") == "str"
        self._is_shifted = self._has_shifted = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._in_row, self._at = 0, (int(attributes.get("r", self._at[0] + 1)), -1)
        if self._at[0] > MAX_ROWS:
            raise too_large(self.where)
        if _is_hidden(attributes, "ht"):
            self.hidden_rows.add(self._at[0])

    def text(self, data: str) -> None:
        check_length(len(self._value) + len(self._formula or "") + len(data))
        if self._inside == "v":
            self._value += raised(data) if self._is_shifted else data
        elif self._inside == "f" and self._formula is not None:
            self._formula += data

    def end(self, tag: str) -> None:
        tag = tag.rsplit(":", 1)[-1]
        if tag in ("v", "t", "f"):
            self._inside = ""
        elif tag == "c" and self._has_shifted:
            self.shifted.setdefault(self._at[0], {})[self._at[1]] = self._value
        elif tag == "c" and self._formula is not None:
            if not (self._value or self._is_text) or (self.fresh and self._value == "0"):
                self._note_formula()
            self._formula = None

    def _count(self) -> None:
        self._cells += 1
        self._in_row += 1
        if self._cells > MAX_CELLS or self._in_row > 16_384:
            raise too_large(self.where)

    def _note_formula(self) -> None:
        row, column = self._at
        self.empty_formulas.setdefault(row, []).append(column)
        self._formulas[row, column] = self._formula or ""

    def _place(self, reference: str) -> None:
        """Where a cell is: it may leave out its address, and then follows the one before."""
        match = _REFERENCE.match(reference)
        self._at = (int(match[2]), _column(match[1])) if match else (self._at[0], self._at[1] + 1)

    def formula(self, row: int, column: int) -> str:
        return self._formulas[row, column]

    def _merge(self, reference: str) -> None:
        match = _REFERENCE.match(reference)
        if match and match[3]:
            self.merges.append(Box(int(match[2]), _column(match[1]), int(match[4]), _column(match[3])))


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or column is hidden: by itself, by a filter, in a folded group, or as nothing is left of it."""
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) in ("0", "0.0")


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _xlsx_cell(cell: Any, base: date) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, list):
        return _rich_text(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        shape = cell.number_format or ""
        grain = _CHINESE_DATES.get(cell.style_array.numFmtId) if shape == "General" else None
        return shown_day(value, grain, base) if grain else shown_number(value, shape, base)
    return DayCell(value, "day") if isinstance(value, datetime) else str(value)


def _rich_text(parts: list[Any]) -> str:
    """The text of a cell with formats of its own; what is raised or lowered is no digit, and stays recognisable."""
    text = ""
    for part in parts:
        font = getattr(part, "font", None)
        is_shifted = font is not None and font.vertAlign in _SHIFTED
        text += raised(part.text) if is_shifted else getattr(part, "text", part)
    return text


def read_xls(path: Path, name: str, encoding: str | None = None) -> list[Sheet]:
    """Every sheet of an Excel 97 workbook. Whether a formula was calculated, the reader cannot tell."""
    del encoding
    try:
        import xlrd
    except ImportError:
        raise missing_extra(name, "xlrd", "excel") from None
    if path.stat().st_size > MAX_XLS:
        raise too_large(name)
    import io

    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, on_demand=True, logfile=io.StringIO())
        return [_read_xls_sheet(book, sheet, name, xlrd) for sheet in map(book.sheet_by_index, range(book.nsheets))]
    except AiplusError:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        raise unreadable(name, error) from None


def _read_xls_sheet(book: Any, sheet: Any, name: str, xlrd: Any) -> Sheet:
    if sheet.nrows * max(sheet.ncols, 1) > MAX_CELLS or sheet.ncols > MAX_COLUMNS:
        raise too_large(name)
    rows: list[Row] = []
    for index in range(sheet.nrows):
        _add_row(rows, index + 1, list(_xls_row(book, sheet, index, xlrd)))
    merges = tuple(Box(r1 + 1, c1, r2, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells)
    unseen = Hidden(_hidden_in(sheet.rowinfo_map, "height", 1), _hidden_in(sheet.colinfo_map, "width", 0))
    kind: SheetKind = "hidden" if sheet.visibility else "table"
    return Sheet(name, rows, name=sheet.name, merges=merges, kind=kind, hidden=unseen)


def _hidden_in(known: dict[int, Any], size: str, first: int) -> frozenset[int]:
    """The rows or columns that people do not see, counted from `first`."""
    return frozenset(at + first for at, info in known.items() if info.hidden or not getattr(info, size))


def _xls_row(book: Any, sheet: Any, row: int, xlrd: Any) -> Iterator[Cell]:
    base = _1904 if book.datemode else EPOCH
    for column, cell in enumerate(sheet.row(row)):
        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
            grain = _CHINESE_DATES.get(known.format_key) if known and known.format_str is None else None
            shape = known.format_str if known and known.format_str else "General"
            yield shown_day(cell.value, grain, base) if grain else shown_number(cell.value, shape, base)
        elif cell.ctype == xlrd.XL_CELL_ERROR:
            yield xlrd.error_text_from_code.get(cell.value, "#ERR")
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            yield "TRUE" if cell.value else "FALSE"
        else:
            runs = sheet.rich_text_runlist_map.get((row, column), ())
            yield _with_runs(str(cell.value), [(at, book.font_list[font].escapement) for at, font in runs])


def _with_runs(text: str, runs: list[tuple[int, int]]) -> str:
    """A text of runs, each from where it starts on; what is raised or lowered stays recognisable."""
    starts = [0, *(at for at, _ in runs)]
    parts = [text[start:stop] for start, stop in pairwise([*starts, len(text)])]
    return "".join(
        raised(part) if shift else part for part, shift in zip(parts, [0, *(s for _, s in runs)], strict=True)
    )
