"""One line of the ledger: its bytes, the entry that they give, the id of its content, or what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from aiplus_cli.errors import Fault, Message, Problem
from aiplus_cli.foreign import in_our_words
from aiplus_cli.ledger.entries import RECORDING, Entry, Figure, Published, Rating, Withdrawal

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
_PUBLISHED = sorted({*Figure.__struct_fields__}.difference(("id", "value", "published", *RECORDING)))
_BEFORE = tuple(name for name in _PUBLISHED if name < "published")
_AFTER = tuple(name for name in _PUBLISHED if name > "published")
_first_texts, _last_texts = attrgetter(*_BEFORE), attrgetter(*_AFTER)
_published, _value = attrgetter("published"), attrgetter("value")
_quoted = json.encoder.encode_basestring
_BYTES = "utf-8", "surrogatepass"


def id_of(entry: Entry) -> str:
    """The id of an entry: a hash of what it says, not of when and by whom it was recorded.

    It is that of the content as JSON with sorted keys, without what is empty. Numbers are compared by value: 50 and
    50.0 are the same content. The text is put together here from parts that many lines share: every command looks at
    the id of every line, and a file may have a million.
    """
    if isinstance(entry, Withdrawal):
        content = {"published": str(entry.published), "reason": entry.reason, "withdraws": entry.withdraws}
        said = json.dumps({name: text for name, text in content.items() if text}, ensure_ascii=False).encode(*_BYTES)
    else:
        first, last = _before(_first_texts(entry)), _after(_last_texts(entry))
        said = b"".join((first, _day(entry.published), last, _end(str(entry.value))))
    return sha256(said).hexdigest()[:16]


def ids_of(entries: Sequence[Entry]) -> list[str]:
    """The `id_of` each, in less time where all of them are published entries."""
    return list(map(id_of, entries)) if Withdrawal in set(map(type, entries)) else _ids(entries)  # type: ignore[arg-type]


def _ids(entries: Sequence[Published]) -> list[str]:
    """A part of all of them, then the next one, so that no function of ours is called for each."""
    firsts = list(map(_before, map(_first_texts, entries)))
    days = list(map(_day, map(_published, entries)))
    lasts = list(map(_after, map(_last_texts, entries)))
    ends = list(map(_end, map(str, map(_value, entries))))
    said = map(b"".join, zip(firsts, days, lasts, ends, strict=True))
    return [digest.hexdigest()[:16] for digest in map(sha256, said)]


@lru_cache(maxsize=1 << 14)
def _before(texts: tuple[str, ...]) -> bytes:
    """The content of a published entry up to its day."""
    said = "".join(f'"{name}": {_quoted(text)}, ' for name, text in zip(_BEFORE, texts, strict=True) if text)
    return f'{{{said}"published": "'.encode(*_BYTES)


@lru_cache(maxsize=1 << 14)
def _after(texts: tuple[str, ...]) -> bytes:
    """What a published entry says between its day and its value."""
    said = "".join(f', "{name}": {_quoted(text)}' for name, text in zip(_AFTER, texts, strict=True) if text)
    return f'"{said}, "value": "'.encode(*_BYTES)


@lru_cache(maxsize=1 << 14)
def _day(day: date) -> bytes:
    return day.isoformat().encode()


@lru_cache(maxsize=1 << 14)
def _end(value: str) -> bytes:
    """What a published entry says last: a rating, or a number without zeros that say nothing."""
    if value == "-0":
        value = "0"  # as it is read back
    elif "E" in value:
        value = _written_out(value)
    digits = value.rstrip("0").rstrip(".") if "." in value else value
    return f'{digits}"}}'.encode()


def _written_out(number: str) -> str:
    """All digits of a number with an exponent; one of absurd size is left as it is."""
    value = Decimal(number)
    return f"{value:f}" if -_ABSURD < value.adjusted() < _ABSURD else number


def with_id(entry: EntryT) -> EntryT:
    """The entry with the id of its content."""
    return msgspec.structs.replace(entry, id=id_of(entry))


def encode(entry: Entry) -> bytes:
    """One line of the ledger, numbers digit by digit as recorded; an empty `replaces` is not written."""
    return _ENCODER.encode(entry).replace(_NO_REPLACES, b"", 1) + b"\n"


def encode_all(entries: Sequence[Entry], ids: Sequence[str]) -> list[bytes]:
    """The lines of entries under these ids, which take the place of theirs: empty ones, or hashes."""
    lines = _ENCODER.encode_lines(entries).replace(_NO_REPLACES, b"").splitlines(keepends=True)
    return [b'{"id":"%b%b' % (id_.encode(), line[line.index(b'","') :]) for id_, line in zip(ids, lines, strict=True)]


def decode(raw: bytes) -> Entry:
    """The entry of a line; raises ValueError or RecursionError where it is none."""
    try:
        entry: Entry = _FIGURE.decode(raw)
    except (ValueError, RecursionError):
        entry = _KINDS[_kind(msgspec.json.decode(raw))].decode(raw)
    if type(entry) is Figure:
        _need_number(entry, raw)
    return entry


def decode_figures(lines: Sequence[bytes]) -> list[Figure] | None:
    """The figures of lines all of which are figures under the id of what they say; else None: look at each of them.

    It accepts no line that `decode` and `id_of` do not, and gives what they give, in less time.
    """
    if len(max(lines, key=len)) > MAX_LINE or _has_text_value(b"".join(lines)):
        return None
    try:
        figures = list(map(_FIGURE.decode, lines))
    except (ValueError, RecursionError):
        return None
    return figures if _ids(figures) == [figure.id for figure in figures] else None


def _need_number(entry: Figure, raw: bytes) -> None:
    """Raise ValueError for a value that JSON does not have: infinite, or a text, which may have any script's digits."""
    if not entry.value.is_finite():
        message = "the value is not a finite number"
        raise ValueError(message)
    if _has_text_value(raw):
        message = "the value is a text; a number stands without quotes"
        raise ValueError(message)


def _has_text_value(raw: bytes) -> bool:
    return b'"value":"' in raw or b'"value": "' in raw


def _kind(fields: Any) -> str:
    if isinstance(fields, dict) and "withdraws" in fields:
        return "withdrawal"
    value = fields.get("value") if isinstance(fields, dict) else None
    return "rating" if isinstance(value, str) and re.match(r"[a-z_]+\Z", value) else "figure"


def line_problem(where: str, raw: bytes, error: Exception, *, rest: int = 0) -> Problem:
    """What is wrong with a line that is no entry; `rest` are the bytes of a long one that nobody kept."""
    if rest or len(raw) > MAX_LINE:
        size = Message("the line has {size} bytes", size=len(raw) + rest)
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
        Message("not an entry of the ledger: {why}", why=in_our_words(error)),
        Message("restore the line as it was recorded; docs/ledger.md describes the fields"),
        excerpt,
    )


def edited_fault(entry: Entry, line: int | None) -> Fault:
    """What to say of an entry whose content does not give its id: edited by hand, or copied from `line` and changed."""
    if line is not None:
        return Fault(
            Message("the line has the id of line {line} and says something else", line=line),
            Message("cut this line out of the file into another one, then record its figure with 'aiplus record'"),
        )
    return Fault(
        Message("the line was edited: its content no longer gives the id {id}", id=entry.id),
        Message("restore the line, then correct it with 'aiplus record … --replaces {id}'", id=entry.id),
    )
