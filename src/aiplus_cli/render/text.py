"""User text made safe for a terminal line."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text with control and direction-changing characters written out, so that none reaches the terminal."""
    return _UNSAFE.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
