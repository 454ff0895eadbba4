"""Slips in YAML that the parser calls by other names, or notices lines later: in words, at the line of the slip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aiplus_cli.errors import Fault, Message
from aiplus_cli.foreign import in_our_words

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 20
TOO_DEEP = Fault(Message("nested more than {limit} levels deep", limit=MAX_DEPTH), Message("flatten the file"))
_BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000\ufeff"
_GLUED = re.compile(rf"([a-z_]+)(:(?!//)|：)([ {_BLANKS}]*)(.*)\Z", re.DOTALL)
_FULL_WIDTH = re.compile(rf"([^\s:：,\[\]{{}}]+)(：)([ {_BLANKS}]*)(.*)\Z", re.DOTALL)
_PLAIN_KEY = re.compile(r"\s*[a-z_]+\Z")
_INDENTED = re.compile(rf"[ \t{_BLANKS}]*")
_SIGNS = re.compile("[，：；｛｝［］“”]")
_SPACED = Message("write an ASCII colon and a blank behind the key")
SECOND = Fault(
    Message("a second document begins here, which would not be read"),
    Message("take the line '---' out, or move what follows into a file of its own"),
)


def glued_colon(text: str) -> Fault | None:
    """What to say of `id:p` and `id：p`, which YAML reads as one word; None for any other text."""
    match = _GLUED.match(text)
    return _of_colon(match) if match else None


def _of_colon(match: re.Match[str]) -> Fault:
    key, colon, blanks, rest = match.groups()
    better = Message("write '{key}: {rest}'", key=key, rest=rest) if 0 < len(rest) < 40 and "{" not in rest else _SPACED
    if colon == "：":
        return Fault(Message("the colon behind '{key}' is full-width (：), which YAML does not know", key=key), better)
    if blanks.strip(" "):
        return Fault(Message("the blank behind the colon of '{key}' is none that YAML knows", key=key), better)
    return Fault(Message("a blank is missing behind the colon of '{key}'", key=key), better)


def bad_key(text: str) -> Fault | None:
    """What to say of a plain key that holds a slip; None for any other."""
    if text == "<<":
        what = Message("keys that take over others (<<) are not read here")
        return Fault(what, Message("write the values out in full"))
    return (_odd_indent(text) if _PLAIN_KEY.match(text) else None) or glued_colon(text)


def _odd_indent(text: str) -> Fault | None:
    """A line that is indented with what only looks like spaces."""
    blanks = _INDENTED.match(text)
    if blanks is None or not blanks[0].strip(" "):
        return None
    if "\t" in blanks[0]:
        return Fault(Message("a tab stands where YAML wants spaces"), Message("indent with spaces"))
    codes = [f"U+{ord(char):04X}" for char in dict.fromkeys(blanks[0].replace(" ", ""))]
    return Fault(Message("the line is indented with what are no spaces: {codes}", codes=codes), Message("use spaces"))


def unreadable_character(error: yaml.reader.ReaderError, text: str) -> tuple[int, Message, Message | None]:
    """A control character, which the parser places by its position alone."""
    char = chr(error.character) if isinstance(error.character, int) else str(error.character)
    line = text.count("\n", 0, max(text.find(char), 0)) + 1
    return (
        line,
        Message("a control character stands here: {codes}", codes=[f"U+{ord(char):04X}"]),
        Message("take it out"),
    )


def syntax_problem(error: yaml.YAMLError, source: list[str]) -> tuple[int, Message, Message | None]:
    """What the parser stumbled over, at the line where the slip is rather than where it was noticed."""
    why = str(getattr(error, "problem", None) or error)
    line = _line(getattr(error, "problem_mark", None), 1)
    if "nesting depth" in why:  # newer versions of libyaml have a limit of their own, which may be met first
        return line, *TOO_DEEP
    start = _line(getattr(error, "context_mark", None), line)
    found = _nearby_slip(why, line, source) or _known_slip(why, start, line, source)
    if found:
        return found
    fix = Message("check the indentation and quotes near this line")
    if _SIGNS.search(_text(source, line)):
        fix = Message("write the commas, colons, brackets and quotes of this line in ASCII")
    return line, Message("not YAML: {why}", why=in_our_words(error, why)), fix


def _line(mark: yaml.Mark | None, otherwise: int) -> int:
    return mark.line + 1 if mark else otherwise


def _text(source: list[str], line: int) -> str:
    return source[line - 1] if 0 < line <= len(source) else ""


def _nearby_slip(why: str, line: int, source: list[str]) -> tuple[int, Message, Message | None] | None:
    """A slip of the line, or of the one before it where that seems to go on in this one."""
    for number in (line, line - 1) if "mapping values" in why else (line,):
        text = _text(source, number)
        words = re.sub(r"^(- +)+", "", text.strip())
        glued = glued_colon(words) if not re.match(r"[a-z_]+: ", words) else None
        found = _odd_indent(text) or _glued_hyphen(words) or glued
        if found:
            return number, *found
    return None


def _glued_hyphen(text: str) -> Fault | None:
    if re.match(r"-[a-z_]+ *[:：]", text) is None:
        return None
    return Fault(Message("a blank is missing behind the hyphen"), Message("write '- {rest}'", rest=text[1:60]))


def _known_slip(why: str, start: int, line: int, source: list[str]) -> tuple[int, Message, Message | None] | None:
    """The slips that people make; `start` is the line where what could not be finished begins."""
    text = _text(source, start).strip()
    if "could not find expected ':'" in why:
        word = re.sub(r"^(- +)+", "", text)
        match = _GLUED.match(word) or _FULL_WIDTH.match(word)
        slip = _of_colon(match) if match else Fault(Message("'{text}' is no 'key: value'", text=text[:80]))
        return start, *slip
    if "document start" in why:
        return line, *SECOND
    if "mapping values are not allowed" in why:
        return (
            start,
            Message("a value has a colon and a blank in it, which begin another value"),
            Message("put the text into quotes; check the indentation of this line"),
        )
    if "comment or line break" in why:
        return start, Message("> and | begin a text of several lines"), Message("put the value into quotes: '>'")
    if "end of stream" in why:
        return start, Message("a quote that begins here has no end"), Message("close it on the same line")
    return None
