"""A document as JSON text; a run is kept in the same bytes as a page is printed in."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from aiplus_cli.contract.values import Derived, Part, keys

_OBEYED = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _written(value: object) -> object:
    """What JSON has for the types of our own: a number of the right length, the English sentence."""
    return value.written() if isinstance(value, Derived) else as_text(str(value))


def as_text(name: str) -> str:
    """A name that the system or the command line gave, the bytes that are no text written out."""
    return name.encode(errors="backslashreplace").decode()


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
