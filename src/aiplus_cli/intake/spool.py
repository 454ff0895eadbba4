"""New entries on disk until it is decided which of them are appended, and their ids, made quickly."""

from __future__ import annotations

import hashlib
import json
import tempfile
from array import array
from collections.abc import Container, Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Any, Self

import msgspec

from aiplus_cli.ledger.entries import Entry, Figure
from aiplus_cli.ledger.lines import decode, encode, id_of


def figure_id(figure: Figure) -> str:
    """As `id_of`, several times as fast: a long file has a million of them."""
    f = figure
    number = f"{f.value.normalize():f}"
    text = (
        f"{{{_fields_before(f.bound, f.indicator, f.note, f.period)}{_fields_after(f.published, f.region, f.replaces)}"
    )
    text += f'{_last_fields(f.source, f.status, f.url)}"value": "{number}"}}'
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _content(**texts: str) -> str:
    quote = json.encoder.encode_basestring
    return "".join(f'"{key}": {quote(text)}, ' for key, text in texts.items() if text)


@lru_cache(maxsize=65536)
def _fields_before(bound: str, indicator: str, note: str, period: str) -> str:
    return _content(bound=bound, indicator=indicator, note=note, period=period)


@lru_cache(maxsize=65536)
def _fields_after(published: date, region: str, replaces: str) -> str:
    return _content(published=published.isoformat(), region=region, replaces=replaces)


@lru_cache(maxsize=65536)
def _last_fields(source: str, status: str, url: str) -> str:
    return _content(source=source, status=status, url=url)


class Spool:
    """Encoded entries on disk until it is decided which of them are appended; nothing is left when it is closed."""

    def __init__(self) -> None:
        self._stream: Any = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._ends = array("Q")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what a full disk did not take is not wanted any more
            self._stream.close()

    def __len__(self) -> int:
        return len(self._ends)

    def add(self, entry: Entry) -> None:
        """Keep an entry under the id of its content; its number is the count of those before it."""
        made = figure_id(entry) if type(entry) is Figure else id_of(entry)
        line = encode(msgspec.structs.replace(entry, id=made))
        self._stream.write(line)
        self._ends.append((self._ends[-1] if self._ends else 0) + len(line))

    def get(self, number: int) -> Entry:
        """The entry of that number."""
        return decode(self._line(number))

    def _line(self, number: int) -> bytes:
        start = self._ends[number - 1] if number else 0
        self._stream.seek(start)
        line: bytes = self._stream.read(self._ends[number] - start)
        return line

    def lines(self, left_out: Container[int]) -> Iterator[bytes]:
        """The encoded entries in their order, without those of the given numbers."""
        self._stream.seek(0)
        for number, line in enumerate(self._stream):
            if number not in left_out:
                yield line
