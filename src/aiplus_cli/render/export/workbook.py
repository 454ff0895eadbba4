"""An Excel workbook by xlsxwriter: the status for people, the ledger for `aiplus import`, and its sources."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from aiplus_cli.contract.columns import columns
from aiplus_cli.contract.export import Content
from aiplus_cli.contract.figures import FigureRow
from aiplus_cli.contract.numbers import plain, rounded, signed
from aiplus_cli.contract.phrases import bounded
from aiplus_cli.contract.status import SILENT_REASONS, ContextRow, ResultRow, StatusDocument
from aiplus_cli.contract.values import Derived
from aiplus_cli.errors import InputProblem, Message, Problem, missing_extra
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.plan.records import Indicator
from aiplus_cli.render import Options
from aiplus_cli.render.data import FORMULA_STARTS, moment
from aiplus_cli.render.table import TONES
from aiplus_cli.render.text import visible
from aiplus_cli.render.view import View, ranked
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import listed
from aiplus_cli.words.width import cells

FIRST_DAY = date(1900, 3, 1)
"""The first day that every spreadsheet counts alike: Excel has a 29 February 1900."""
MAX_TEXT, MAX_ROWS, MAX_DIGITS = 32_767, 1_048_576, 15
_WIDTHS = (6, 48)
_FILLS: dict[str, dict[str, Any]] = {
    "green": {"bg_color": "#DDF3E0", "font_color": "#14532D"},
    "yellow": {"bg_color": "#FFF1C7", "font_color": "#713F12"},
    "red": {"bg_color": "#FBD5D5", "font_color": "#7F1D1D"},
    "bold red": {"bg_color": "#B91C1C", "font_color": "#FFFFFF", "bold": True},
    "dim": {"bg_color": "#EEEEEE", "font_color": "#444444"},
}


@dataclass(frozen=True)
class SheetCell:
    """A cell: a value, its number format, the word that decides its colour, and its text as a reader sees it."""

    value: str | Decimal | date | None
    shape: str = ""
    tone: str = ""
    text: str = ""

    @property
    def width(self) -> int:
        """How many columns of a terminal its text takes; a hanzi takes two."""
        return cells(self.text or str(self.value if self.value is not None else ""))


BLANK = SheetCell(None)
Table = tuple[list[str], list[list[SheetCell]]]


def render_status(content: Content, options: Options) -> bytes:
    """The workbook, opened at the status."""
    return _workbook(content, options, "status")


def render_figures(content: Content, options: Options) -> bytes:
    """The workbook, opened at the figures."""
    return _workbook(content, options, "figures")


def _workbook(content: Content, options: Options, front: str) -> bytes:
    status = content.assess()
    view = View(status, content.plan, options.lang)
    tables = {
        "status": status_table(status, view),
        "figures": figures_table(content.figures.figures),
        "sources": sources_table(content.figures.figures, view),
    }
    _refuse_what_does_not_fit(tables)
    stream = io.BytesIO()
    book = _open(stream)
    title, dates = view.head()
    book.set_properties({"title": visible(title), "comments": visible(dates), "created": _midnight(status.today)})
    writer = _Writer(book)
    for name, table in tables.items():
        sheet = writer.add(name, table)
        if name == "status":
            writer.close_with(sheet, len(table[1]) + 2, [title, dates])
        if name == front:
            sheet.activate()
    book.close()
    return stream.getvalue()


def _open(stream: io.BytesIO) -> Any:
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        problem = missing_extra("--format", "xlsxwriter", "excel")
        raise problem from None
    plain_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(stream, {"in_memory": True, **plain_text})


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)


def _refuse_what_does_not_fit(tables: dict[str, Table]) -> None:
    problems = []
    fix = Message("use --format csv, json or jsonl, which have no such limit")
    for name, (_, rows) in tables.items():
        if len(rows) >= MAX_ROWS:
            what = Message("{rows} rows; a sheet of Excel has {limit}", rows=len(rows) + 1, limit=MAX_ROWS)
            problems.append(Problem(name, what, fix))
        for number, row in enumerate(rows, start=2):
            longest = max((len(cell.value) for cell in row if isinstance(cell.value, str)), default=0)
            if longest > MAX_TEXT:
                what = Message("a text of {n} characters; a cell of Excel holds {limit}", n=longest, limit=MAX_TEXT)
                problems.append(Problem(f"{name}:{number}", what, fix))
    if problems:
        raise InputProblem(*problems)


class _Writer:
    """Writes tables as sheets; a format is made once for each look."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[str, str, bool], Any] = {}
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})

    def add(self, name: str, table: Table) -> Any:
        """A sheet with a frozen header, filters, and columns as wide as what they show."""
        titles, rows = table
        sheet = self._book.add_worksheet(name)
        sheet.write_row(0, 0, titles, self._head)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(titles) - 1)
        for column, title in enumerate(titles):
            sheet.set_column(column, column, _width(title, [row[column] for row in rows]))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def close_with(self, sheet: Any, row: int, lines: Sequence[str]) -> None:
        """Sentences under a table."""
        for offset, line in enumerate(lines):
            self._write(sheet, row + offset, 0, SheetCell(line))

    def _write(self, sheet: Any, row: int, column: int, cell: SheetCell) -> None:
        value = cell.value
        if value is None or value == "":
            return
        if isinstance(value, date):
            sheet.write_datetime(row, column, _midnight(value), self._format(cell))
        elif isinstance(value, Decimal):
            sheet.write_number(row, column, float(value), self._format(cell))
        else:
            text = visible(value)
            sheet.write_string(row, column, text, self._format(cell, quoted=text.startswith(FORMULA_STARTS)))

    def _format(self, cell: SheetCell, *, quoted: bool = False) -> Any:
        """`quoted` is Excel's own mark of text that must stay text, also when somebody edits the cell."""
        key = cell.shape, cell.tone, quoted
        if key not in self._formats:
            look: dict[str, Any] = dict(_FILLS.get(TONES.get(cell.tone, ""), {}))
            if cell.shape:
                look["num_format"] = cell.shape
            self._formats[key] = self._book.add_format(look | ({"quote_prefix": True} if quoted else {}))
        return self._formats[key]


def _width(title: str, column: Iterable[SheetCell]) -> int:
    """Wide enough for the widest text and for the filter's arrow, within reason."""
    least, most = _WIDTHS
    widest = max((cell.width for cell in column), default=0)
    return min(max(widest, cells(title) + 2, least), most) + 1


# --- cells ------------------------------------------------------------------------------------------------------


def day_cell(day: date | None) -> SheetCell:
    """A real date, or its text where spreadsheets disagree about the day."""
    if day is None:
        return BLANK
    return SheetCell(day if day >= FIRST_DAY else day.isoformat(), "yyyy-mm-dd", text=day.isoformat())


def number_shape(places: int, *, percent: bool = False, after: str = "", signs: bool = False) -> str:
    """The number format with that many decimals."""
    digits = "0" + ("." + "0" * places if places else "") + ("%" if percent else "")
    digits += f'"{after}"' if after else ""
    return f"+{digits};-{digits};{digits}" if signs else digits


def exact_cell(value: Decimal) -> SheetCell:
    """A number that a spreadsheet gives back digit by digit, or else its text."""
    text = plain(value)
    places = _places(text)
    if not fits_a_double(value) or places > MAX_DIGITS:
        return SheetCell(text)
    return SheetCell(value, number_shape(places), text=text)


def fits_a_double(value: Decimal) -> bool:
    """Whether a spreadsheet's number keeps it: at most 15 digits, and no sign on a zero."""
    _, digits, exponent = value.normalize().as_tuple()
    if not isinstance(exponent, int) or (value == 0 and value.is_signed()):
        return False
    return len(digits) + max(exponent, 0) <= MAX_DIGITS


def _places(text: str) -> int:
    return len(text.partition(".")[2])


def signed_cell(cell: SheetCell, bound: Bound | None) -> SheetCell:
    """A number that follows from bounds with their sign before it; it stays a number that can be reckoned with."""
    sign = bounded(bound, "")
    if cell.value is None or not sign:
        return cell
    if isinstance(cell.value, str):
        return replace(cell, value=f"{sign}{cell.value}")
    parts = cell.shape.split(";") if ";" in cell.shape else [cell.shape, f"-{cell.shape}"]
    return replace(cell, shape=";".join(f'"{sign}"{part}' for part in parts), text=f"{sign}{cell.text}")


class _Cells:
    """The cells of one indicator, in its unit."""

    def __init__(self, view: View, indicator: Indicator) -> None:
        self._unit = view.unit(indicator)
        self._points = view.say("pp")
        self._percent = self._unit == "%"

    def amount(self, value: Decimal | None, shown: str | None = None) -> SheetCell:
        """A level: a share becomes a real percentage. `shown` decides the decimals; default as published."""
        if value is None:
            return BLANK
        text = shown or plain(value)
        if not self._percent:
            return exact_cell(value) if shown is None else SheetCell(value, number_shape(_places(text)), text=text)
        share = value.scaleb(-2)
        if not fits_a_double(share) or _places(text) > MAX_DIGITS:
            return SheetCell(f"{text}%")
        return SheetCell(share, number_shape(_places(text), percent=True), text=f"{text}%")

    def change(self, value: Decimal | None) -> SheetCell:
        """A difference: percentage points for a share, never a percentage."""
        if value is None:
            return BLANK
        after = f" {self._points}" if self._percent else ""
        text = signed(value, 1)
        return SheetCell(value, number_shape(_places(text), after=after, signs=True), text=text + after)


# --- sheets -----------------------------------------------------------------------------------------------------


def status_table(status: StatusDocument, view: View) -> Table:
    """The results, worst first, then the series that have no target."""
    titles = [
        view.say("Indicator"), "id", view.say("Region"), view.say("By"), view.say("Stands in for"),
        view.say("Verdict"), view.say("Bound"), view.say("Latest"), view.say("Unit"), view.say("Period"),
        view.say("Published"), view.say("Operator"), view.say("Target"), view.say("Expected"), view.say("Against path"),
        view.say("Position"),
        view.say("Buffer, months"), view.say("Needed a year"), view.say("A year"), view.say("Probability"),
        view.say("Evidence"), view.say("Next figure due"), view.say("Source"), view.say("Clause"),
        view.say("Reason"),
    ]  # fmt: skip
    rows = [_result_row(row, view) for row in ranked(status.results)]
    return titles, rows + [_context_row(row, view) for row in status.context]


def _result_row(row: ResultRow, view: View) -> list[SheetCell]:
    indicator = view.indicator(row)
    made = _Cells(view, indicator)
    stands_for = view.plan.indicator(row.stands_for or "")
    return [
        *_who(indicator, row.region, view),
        day_cell(row.due),
        SheetCell(view.name(stands_for.name) if stands_for else None),
        SheetCell(view.verdict(row).text, tone=row.verdict),
        *_figure_cells(row, indicator, view),
        SheetCell(row.op),
        made.amount(row.target),
        signed_cell(made.amount(_written(row.expected), _expected_text(row)), row.expected_bound),
        signed_cell(made.change(_written(row.gap)), row.gap_bound),
        _word(row.position, view) if row.position else BLANK,
        signed_cell(_months(_written(row.buffer_months)), row.buffer_bound),
        signed_cell(made.change(_written(row.required_per_year)), row.required_bound),
        signed_cell(made.change(_written(row.observed_per_year)), row.observed_bound),
        signed_cell(_probability(row.probability), row.probability_bound),
        _word(row.freshness, view),
        day_cell(row.next_due),
        SheetCell(row.source),
        SheetCell(row.clause),
        SheetCell(
            None if row.reason is None or row.reason in SILENT_REASONS else i18n.translate(row.reason, view.lang)
        ),
    ]


def _context_row(row: ContextRow, view: View) -> list[SheetCell]:
    indicator = view.indicator(row)
    return [
        *_who(indicator, row.region, view),
        *[BLANK] * 3,
        *_figure_cells(row, indicator, view),
        *[BLANK] * 7,
        signed_cell(_Cells(view, indicator).change(_written(row.observed_per_year)), row.observed_bound),
        BLANK,
        _word(row.freshness, view),
        day_cell(row.next_due),
        SheetCell(row.source),
        BLANK,
        BLANK,
    ]


def _written(value: Derived | None) -> Decimal | None:
    """A number that was worked out, as JSON and CSV have it."""
    return value.written() if value is not None else None


def _who(indicator: Indicator, region: str, view: View) -> list[SheetCell]:
    return [SheetCell(view.name(indicator.name)), SheetCell(indicator.id), SheetCell(view.region(region))]


def _word(name: str, view: View) -> SheetCell:
    return SheetCell(i18n.word(name, view.lang), tone=name)


def _figure_cells(row: ResultRow | ContextRow, indicator: Indicator, view: View) -> list[SheetCell]:
    """Bound, value, unit, period, day of publication."""
    unit = SheetCell(view.unit(indicator))
    if row.value is None:
        return [BLANK, BLANK, unit, BLANK, BLANK]
    value = _word(row.value, view) if isinstance(row.value, str) else _Cells(view, indicator).amount(row.value)
    return [SheetCell(row.bound), value, unit, SheetCell(row.period), day_cell(row.published)]


def _expected_text(row: ResultRow) -> str | None:
    if row.expected is None:
        return None
    latest = [row.value] if isinstance(row.value, Decimal) else []
    return rounded(row.expected, 1, apart_from=latest)


def _months(value: Decimal | None) -> SheetCell:
    return BLANK if value is None else SheetCell(value, number_shape(1, signs=True), text=signed(value, 1))


def _probability(value: Decimal | None) -> SheetCell:
    return BLANK if value is None else SheetCell(value, number_shape(0, percent=True), text="100%")


def figures_table(rows: Iterable[FigureRow]) -> Table:
    """Every entry of the ledger under the names that `aiplus import` knows."""
    shown = columns(FigureRow)
    titles = [column.title for column in shown]
    return titles, [[_ledger_cell(column.value(row)) for column in shown] for row in rows]


def _ledger_cell(value: Any) -> SheetCell:
    if isinstance(value, Decimal):
        return exact_cell(value)
    if isinstance(value, datetime):
        return SheetCell(moment(value))
    return day_cell(value) if isinstance(value, date) else SheetCell(value)


def sources_table(rows: Iterable[FigureRow], view: View) -> Table:
    """Each source and address once: how many entries rest on it, from when to when, for which indicators."""
    found: dict[tuple[str, str], list[FigureRow]] = {}
    for row in rows:
        if row.withdraws is None:
            found.setdefault((row.source or "", row.url or ""), []).append(row)
    titles = [
        view.say("Source"), "url", view.say("Entries"), view.say("First published"), view.say("Last published"),
        view.say("Indicators"),
    ]  # fmt: skip
    return titles, [list(_source_row(*key, figures, view.lang)) for key, figures in sorted(found.items())]


def _source_row(source: str, url: str, figures: Sequence[FigureRow], lang: str) -> Iterator[SheetCell]:
    days = [figure.published for figure in figures]
    yield from (SheetCell(source), SheetCell(url), SheetCell(Decimal(len(figures)), "0"))
    yield from (day_cell(min(days)), day_cell(max(days)))
    yield SheetCell(listed(sorted({figure.indicator for figure in figures if figure.indicator}), lang)[:MAX_TEXT])
