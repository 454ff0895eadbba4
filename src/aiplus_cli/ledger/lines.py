"""One line of the ledger: its bytes, the entry that they give, the id of its content, or what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from aiplus_cli.errors import Message, Problem
from aiplus_cli.ledger.entries import RECORDING, Entry, Figure, Rating, Withdrawal

MAX_LINE = 64 * 1024
_FIGURE: msgspec.json.Decoder[Figure] = msgspec.json.Decoder(Figure)
_KINDS: dict[str, msgspec.json.Decoder[Any]] = {
    "figure": _FIGURE,
    "rating": msgspec.json.Decoder(Rating),
    "withdrawal": msgspec.json.Decoder(Withdrawal),
}
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_NO_REPLACES = b'"replaces":"",'
"""Cannot stand inside a JSON string, whose quotes are escaped."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
EntryT = TypeVar("EntryT", bound=Entry)
_ABSURD = 1000
_APART = ("id", "value", "published", *RECORDING)
_TEXTS = {kind: sorted({*kind.__struct_fields__}.difference(_APART)) for kind in (Figure, Rating, Withdrawal)}
_texts_of = {kind: attrgetter(*names) for kind, names in _TEXTS.items()}


def id_of(entry: Entry) -> str:
    """The id of an entry: a hash of what it says, not of when and by whom it was recorded.

    It is that of the content as JSON with sorted keys, without what is empty. Numbers are compared by value: 50 and
    50.0 are the same content. The text is put together here, as a file may have a million entries.
    """
    kind = type(entry)
    before, after = _around_date(kind, _texts_of[kind](entry))
    value = ""
    if not isinstance(entry, Withdrawal):
        number = entry.value if isinstance(entry.value, str) else _digits(entry.value)
        value = f', "value": "{number}"'
    text = f'{{{before}"published": "{entry.published.isoformat()}"{after}{value}}}'
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _digits(value: Decimal) -> str:
    """All digits of a number, without zeros that say nothing; one of absurd size is left as it is."""
    if not -_ABSURD < value.adjusted() < _ABSURD:
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1 << 14)
def _around_date(kind: type[Entry], texts: tuple[str, ...]) -> tuple[str, str]:
    """The texts of an entry as JSON, those whose keys stand before `published` in the alphabet and those after."""
    quoted = json.encoder.encode_basestring
    said = [(name, f'"{name}": {quoted(text)}') for name, text in zip(_TEXTS[kind], texts, strict=True) if text]
    before = "".join(f"{text}, " for name, text in said if name < "published")
    return before, "".join(f", {text}" for name, text in said if name > "published")


def with_id(entry: EntryT) -> EntryT:
    """The entry with the id of its content."""
    return msgspec.structs.replace(entry, id=id_of(entry))


def encode(entry: Entry) -> bytes:
    """One line of the ledger, numbers digit by digit as recorded; an empty `replaces` is not written."""
    return _ENCODER.encode(entry).replace(_NO_REPLACES, b"", 1) + b"\n"


def decode(raw: bytes) -> Entry:
    """The entry of a line; raises ValueError or RecursionError where it is none."""
    try:
        entry: Entry = _FIGURE.decode(raw)
    except (ValueError, RecursionError):
        entry = _KINDS[_kind(msgspec.json.decode(raw))].decode(raw)
    if type(entry) is Figure:
        _need_number(entry, raw)
    return entry


def _need_number(entry: Figure, raw: bytes) -> None:
    """Raise ValueError for a value that JSON does not have: infinite, or a text, which may have any script's digits."""
    if not entry.value.is_finite():
        message = "the value is not a finite number"
        raise ValueError(message)
    if b'"value":"' in raw or b'"value": "' in raw:
        message = "the value is a text; a number stands without quotes"
        raise ValueError(message)


def _kind(fields: Any) -> str:
    if isinstance(fields, dict) and "withdraws" in fields:
        return "withdrawal"
    value = fields.get("value") if isinstance(fields, dict) else None
    return "rating" if isinstance(value, str) and re.match(r"[a-z_]+\Z", value) else "figure"


def line_problem(where: str, raw: bytes, error: Exception) -> Problem:
    """What is wrong with a line that is no entry."""
    if len(raw) > MAX_LINE:
        size = Message("the line has {size} bytes", size=len(raw))
        return Problem(where, size, Message("an entry is at most 64 KiB; cut this line out of the file"))
    excerpt = _CONTROL.sub("·", raw[:120].decode("utf-8", "replace").strip())
    if raw.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        fix = Message("remove the marks and keep the entries of both sides; repeated lines count once")
        return Problem(where, Message("a merge left its mark here"), fix, excerpt)
    if isinstance(error, UnicodeDecodeError):
        return Problem(where, Message("not UTF-8"), Message("write the ledger with 'aiplus record' only"))
    if not raw.endswith(b"\n") and isinstance(error, msgspec.DecodeError):
        return Problem(
            where,
            Message("the last line is torn: it was cut off while being written and was never acknowledged"),
            Message("cut this line out of the file into another one, then record its figure again"),
            excerpt,
        )
    return Problem(
        where,
        Message("not an entry of the ledger: {why}", why=str(error) or type(error).__name__),
        Message("restore the line as it was recorded; docs/ledger.md describes the fields"),
        excerpt,
    )
