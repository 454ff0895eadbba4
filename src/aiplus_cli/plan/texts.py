"""Texts as people see them: what nobody sees must not make two sources, names or regions out of one."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST = 2000
"""As many characters as a text may have."""
# Unicode's Default_Ignorable_Code_Point and format characters: zero-width, bidi, soft hyphen, fillers, selectors, tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]")
"""What looks like a plain blank; the wide one of Chinese (U+3000) does not."""


def clean(text: str) -> str:
    """The text without what nobody sees: no such characters, plain blanks, none at the ends, accents in one form."""
    return normalize("NFC", _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip())


def unseen(text: str) -> list[str]:
    """The characters that `clean` takes out or exchanges, by their codes, such as U+200B; none of a clean text."""
    plain = clean(text)
    if plain == text:
        return []
    gone = [char for char in text if char not in plain] or [char for char in text[:1] + text[-1:] if char.isspace()]
    return [f"U+{ord(char):04X}" for char in dict.fromkeys(gone or filter(combining, text))]
