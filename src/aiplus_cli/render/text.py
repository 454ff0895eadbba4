"""User text made safe for a terminal line and for the log of a CI job."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\u200b\u200c\u200e\u200f\u2060-\u2064\ud800-\udfff]"
)
"""All but the joiner of emoji, which a terminal needs to draw them."""
_COMMAND = re.compile(r"^([ \t]*)(?=::)", re.MULTILINE)
_OLD_COMMAND = re.compile(r"##(?=(?:vso)?\[)")


def visible(text: str) -> str:
    """The text with control and direction-changing characters written out, so that none reaches the terminal."""
    return _UNSAFE.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def uncommanded(text: str) -> str:
    """The text with a mark where a CI job would take a line for a command: `::` first in it, `##[` anywhere."""
    return _OLD_COMMAND.sub("## ", _COMMAND.sub(r"\1| ", text))
