"""User text made safe for a terminal line and for the log of a CI job."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""All but the joiner of emoji, which a terminal needs to draw them."""
_COMMAND = re.compile(r"^([^\S\n]*)(?=::)", re.MULTILINE)
_OLD_COMMAND = re.compile(r"##(?=(?:vso)?\[)")


def visible(text: str) -> str:
    """The text with control and direction-changing characters written out, so that none reaches the terminal."""
    return _UNSAFE.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def uncommanded(text: str) -> str:
    """The text with a mark where a CI job would take a line for a command: `::` first in it, `##[` anywhere."""
    return _OLD_COMMAND.sub("## ", _COMMAND.sub(r"\1| ", text))
