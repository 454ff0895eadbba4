"""Signs that a terminal may not have, or may show two cells wide, and what stands for them.

Unicode calls the width of `≥`, `×`, `─` and `●` ambiguous: a terminal set up for Chinese gives each two cells, any
other one. Frames are drawn of none of them, and where only plain signs are wanted, tables have none either.
"""

from __future__ import annotations

import codecs
from unicodedata import east_asian_width

_SIGNS = {"→": "->", "≥": ">=", "≤": "<=", "≈": "~", "×": "x", "–": "-", "—": "-", "·": ".", "…": "..."}
_MARKS = dict(zip("╎╌◉◌▴▾✕⠐⠶", "|-*o^vx.:", strict=True))
_QUOTES = {"“": '"', "”": '"', "《": "<", "》": ">", "（": "(", "）": ")"}
_PLAIN = str.maketrans(_SIGNS | _MARKS)
_ASCII = str.maketrans(_SIGNS | _MARKS | _QUOTES)


def plain(text: str) -> str:
    """The text without the program's own signs that are not ASCII's; the words of a language stay."""
    return text if text.isascii() else text.translate(_PLAIN)


def in_ascii(text: str) -> str:
    """The text for a stream that has nothing but ASCII: its quotes and brackets are plain too."""
    return text.translate(_ASCII)


def has_signs(encoding: str) -> bool:
    """Whether a stream has all signs, one cell wide each.

    Only those of Unicode do: others lack some, and where they are those of East Asia, show the rest two cells wide.
    """
    try:
        return codecs.lookup(encoding).name.startswith("utf")
    except LookupError:
        return False


def is_ambiguous(text: str) -> bool:
    """Whether a text has a character that takes one cell in one terminal, and two in another."""
    return any(east_asian_width(char) == "A" for char in text)
