"""How many columns of a terminal a text takes, and lines that fit: one measure for tables, charts, sheets and help."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

_OPENING, _CLOSING = r"（《“‘「【", r"，。；：、？！）》”’」】…),.;:\]"
_MARKS = r"\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"  # they belong to what they follow
_HANZI = r"\u2e80-\u3098\u309b-\ufdff\ufe10-\uffef"
_DOCUMENT = r"\(?[\u4e00-\u9fff]{1,4}〔[0-9]+〕[0-9]+号"  # 国发〔2025〕11号 stays in one piece
_UNIT = r"(?:\s(?:[A-Za-z%‰]{1,12}(?![\w-])|[\u4e00-\u9fff]{1,4})|[\u4e00-\u9fff]{1,2})"  # % EFLOPS 亿人 个百分点
_TIMES = r"(?:\s×\s[0-9]+(?:\s[a-z]+illion)?)?"  # 7 × 100 million people
_AMOUNT = rf"(?:[<>~≥≤=]{{1,2}}\s?)?[+-]?[0-9]+(?:[.,][0-9]+)*{_TIMES}{_UNIT}"  # > 70 %, 5.15 亿人, 2027年
PLAIN = r" -~·×–—‘’“”…→≤≥\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e"
"""Characters that stand alone and take one column, or two from U+3000 on: nearly all that is ever shown."""


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(f"[{PLAIN}]*")


@cache
def _words() -> re.Pattern[str]:
    """What may not be broken, and blanks; compiled when first needed, as such wide ranges take milliseconds."""
    return re.compile(
        rf"\s+|\[[^\s\]]*\]"
        rf"|[{_OPENING}]*(?:{_DOCUMENT}|{_AMOUNT}|[{_HANZI}][{_MARKS}]*|[^\s{_HANZI}{_OPENING}]+)[{_CLOSING}]*"
        rf"|[{_OPENING}]+"
    )


def cells(text: str) -> int:
    """The columns that a text takes: a combining mark none, hanzi and an emoji of several parts two.

    Rich decides, for it lays out the tables; it is loaded only for what is not plain.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    if _plain().fullmatch(text):
        return len(text) + sum(char >= "\u3000" for char in text)
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most that many columns, a longer word apart; broken at blanks and around hanzi.

    A mark that closes never begins a line, and one that opens never ends it. A number stays with its unit.
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


def wrap_cell(text: str, width: int) -> list[str]:
    """The lines of a cell, none wider: broken at blanks, and within what stands between two where it is too wide.

    A number stays with its unit, and marks with their words, wherever a line has room for both.
    """
    lines, line = [], ""
    for part in ("".join(words) for _, words in groupby(_words().findall(text), key=str.isspace)):
        if cells((line + part).rstrip()) <= width:
            line += part
            continue
        lines += [line.rstrip()] if line.strip() else []
        *full, line = ("",) if part.isspace() else _folded(part, width)
        lines += full
    return [*lines, line.rstrip()]


def _folded(text: str, width: int) -> list[str]:
    """Lines of at most that many columns, a word that is wider broken anywhere."""
    from rich.cells import chop_cells

    return [piece for line in wrap(text, width) for piece in chop_cells(line, width)]


def centred(text: str, width: int) -> str:
    """The text with blanks before it, so that it stands in the middle."""
    return " " * ((width - cells(text) + 1) // 2) + text
