"""How wide a text is in a terminal, and lines that fit: hanzi take two columns, and break anywhere."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_OPENING, _CLOSING = r"（《“‘「【", r"，。；：、？！）》”’」】…),.;:\]"
_HANZI = r"\u2e80-\uffef"
_DOCUMENT = r"\(?[\u4e00-\u9fff]{1,4}〔\d+〕\d+号"  # 国发〔2025〕11号 stays in one piece


@cache
def _words() -> re.Pattern[str]:
    """What may not be broken, and blanks; compiled when first needed, as such wide ranges take milliseconds."""
    return re.compile(
        rf"\s+|\[[^\s\]]*\]"
        rf"|[{_OPENING}]*(?:{_DOCUMENT}|[{_HANZI}]|[^\s{_HANZI}{_OPENING}]+)[{_CLOSING}]*"
        rf"|[{_OPENING}]+"
    )


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most that many columns, a longer word apart; broken at blanks and around hanzi.

    A mark that closes never begins a line, and one that opens never ends it.
    """
    lines, line, used = [], "", 0
    for word in _words().findall(text):
        wide = cells(word)
        if used + wide > width and line.strip() and not word.isspace():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not word.isspace():
            line += word
            used += wide
    return [*lines, line.rstrip()]
