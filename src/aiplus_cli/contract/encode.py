"""A document as JSON text; a run is kept in the same bytes as a page is printed in."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from aiplus_cli.contract.values import Derived, Part, keys

_OBEYED = re.compile(
    r"[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]|#(?=#(?:vso)?\[)"
)


def _written(value: object) -> object:
    """What JSON has for the types of our own: a number of the right length, the English sentence."""
    return value.written() if isinstance(value, Derived) else as_text(str(value))


def as_text(name: str) -> str:
    """A name that the system or the command line gave, the bytes that are no text written out."""
    return name.encode(errors="backslashreplace").decode()


_ENCODER = msgspec.json.Encoder(decimal_format="number", enc_hook=_written)


def encode_json(content: Any) -> str:
    """JSON text with exact numbers, two spaces of indent and a closing newline."""
    known = keys(content) if isinstance(content, Part) else content
    return harmless(msgspec.json.format(_ENCODER.encode(known), indent=2).decode()) + "\n"


def encode_line(content: Any) -> str:
    """One line of JSON Lines."""
    return harmless(_ENCODER.encode(content).decode()) + "\n"


def harmless(text: str) -> str:
    """JSON text in which what a terminal or a job's log may obey, or hide, is escaped: it comes out as it was."""
    return _OBEYED.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
