"""Machine formats: aiplus.status/1 as JSON, and the same rows as CSV. A contract: later versions only add keys."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from aiplus_cli.contract.columns import columns
from aiplus_cli.contract.status import ResultRow, StatusDocument
from aiplus_cli.contract.values import Derived, Part, keys

_OBEYED = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""


def _written(value: object) -> object:
    """What JSON has for the types of our own: a number of the right length, the English sentence."""
    return value.written() if isinstance(value, Derived) else str(value)


_ENCODER = msgspec.json.Encoder(decimal_format="number", enc_hook=_written)


def encode_json(content: Any) -> str:
    """JSON text with exact numbers, two spaces of indent and a closing newline.

    Characters that a terminal may obey, which JSON itself allows, are escaped: they come out as they were.
    """
    known = keys(content) if isinstance(content, Part) else content
    text = msgspec.json.format(_ENCODER.encode(known), indent=2).decode() + "\n"
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def encode_line(content: Any) -> str:
    """One line of JSON Lines."""
    return _ENCODER.encode(content).decode() + "\n"


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


def cell(value: object) -> str:
    """One CSV cell: numbers and dates as they are, text that starts a formula made harmless by a leading '.

    Text that already has such a ' gets another, so that a reader who takes one away has the text itself.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.written() if isinstance(value, Derived) else value:f}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | int):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text
