"""Machine formats: aiplus.status/1 as JSON, and the same rows as CSV. A contract: later versions only add keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import msgspec

from aiplus_cli.contract.columns import columns
from aiplus_cli.contract.encode import encode_json
from aiplus_cli.contract.status import ResultRow, StatusDocument
from aiplus_cli.contract.values import Derived, Part
from aiplus_cli.render.text import uncommanded, visible

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", *"＝＋－＠")
"""What a spreadsheet takes for the start of a formula, an East Asian one the full-width signs too."""


def render_json(document: object, *_: object) -> str:
    """Any document; never translated, and with no names of the plan."""
    return encode_json(document)


def render_csv(status: StatusDocument, *_: object) -> str:
    """The results, one a row, with the keys of the JSON."""
    return csv_text(ResultRow, status.results)


def csv_text(row_type: type, rows: Iterable[Part]) -> str:
    """A table of rows of one type; its header is there without a row too."""
    shown = columns(row_type)
    return csv_lines([column.title for column in shown], ([column.value(row) for column in shown] for row in rows))


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, text that a spreadsheet would run as a formula made harmless."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return stream.getvalue()


def moment(value: datetime) -> str:
    """A moment as JSON has it: 2026-11-23T08:00:00Z."""
    text: str = msgspec.to_builtins(value)
    return text


def cell(value: object) -> str:
    """One CSV cell: numbers and dates as they are, text that starts a formula made harmless by a leading '.

    What a terminal or a job's log would obey is written out, as CSV has no other way to say it.
    Text that already has such a ' gets another, so that a reader who takes one away has the text itself.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.written() if isinstance(value, Derived) else value:f}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | int):
        return str(value)
    text = uncommanded(visible(" ".join(map(str, value)) if isinstance(value, tuple) else str(value)))
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text
