"""What libraries say of a text that they cannot read, in sentences of ours: theirs are English, and not for people."""

from __future__ import annotations

import re

from aiplus_cli.errors import Message, reason_of

_TYPES = {
    "str": Message("a text"),
    "int": Message("a number"),
    "float": Message("a number"),
    "decimal": Message("a number"),
    "bool": Message("true or false"),
    "null": Message("nothing (null)"),
    "array": Message("a list"),
    "object": Message("an object"),
    "date": Message("a date"),
    "datetime": Message("a date and a time"),
}
"""Kinds of values as msgspec calls them."""

_KINDS: tuple[tuple[str, Message], ...] = (
    # msgspec
    (r"Object missing required field `(?P<key>.*)`", Message("'{key}' is missing")),
    (r"Object contains unknown field `(?P<key>.*)`", Message("unknown key '{key}'")),
    (
        r"Expected `(?P<wanted>\w+)`, got `(?P<found>\w+)` - at `\$\.(?P<key>.*)`",
        Message("{key}: {found} stands where {wanted} belongs"),
    ),
    (r"Expected `(?P<wanted>\w+)`, got `(?P<found>\w+)`", Message("{found} stands where {wanted} belongs")),
    (r"Expected `datetime` with a timezone .*`\$\.(?P<key>.*)`", Message("{key}: the time has no time zone")),
    (r"Invalid enum value '(?P<given>.*)' - at `\$\.(?P<key>.*)`", Message("{key}: '{given}' is not allowed")),
    (r"Invalid RFC3339 encoded datetime - at `\$\.(?P<key>.*)`", Message("{key}: no date and time")),
    (r"Invalid RFC3339 encoded date - at `\$\.(?P<key>.*)`", Message("{key}: no date")),
    (r"Invalid decimal string - at `\$\.(?P<key>.*)`", Message("{key}: no number")),
    (r"Input data was truncated", Message("the text breaks off")),
    (r"JSON is malformed: .*\(byte (?P<byte>[0-9]+)\)", Message("no JSON from byte {byte} on")),
    (r".*Out of range.*|.*out of range.*", Message("a number is too large")),
    # json
    (
        r".*: line (?P<line>[0-9]+) column (?P<column>[0-9]+) \(char [0-9]+\)",
        Message("no JSON from line {line}, column {column} on"),
    ),
    # yaml, in C and in Python
    (r".*expected ',' or '[\]}]'.*", Message("a comma or a closing bracket is missing")),
    (r".*expected (key|'-' indicator).*|.*expected <block end>.*", Message("the indentation does not fit")),
    (r"found character .*cannot start any token", Message("a value begins with a sign that needs quotes: @, ` or %")),
    (r"found unknown escape character.*", Message("a backslash in double quotes stands before the wrong character")),
    (r"block sequence entries are not allowed.*", Message("a list begins where none can stand")),
    (r".*control characters are not allowed|.*special characters are not allowed.*", Message("a control character")),
    # expat and zipfile
    (
        r"not well-formed .*: line (?P<line>[0-9]+), column (?P<column>[0-9]+)",
        Message("no XML from line {line}, column {column} on"),
    ),
    (r"File is not a zip file|.*[Bb]ad (?:CRC|magic|zip).*", Message("the file is damaged, or of another kind")),
    # csv
    (r"unexpected end of data", Message("a quote that begins here has no end")),
    (r"'.' expected after '.'", Message("something stands behind the closing quote of a cell")),
    (r"field larger than field limit \((?P<limit>[0-9]+)\)", Message("a cell has more than {limit} characters")),
    (r"line contains NUL|new-line character seen.*", Message("a character stands here that no table has")),
    # ours, from within a library that calls us
    (r"(?P<text>-?\w+) is no number", Message("{text} is no number")),
    (r"a key stands twice in one object", Message("a key stands twice in one object")),
    (r"the value is not a finite number", Message("the value is not a finite number")),
    (
        r"the value is a text; a number stands without quotes",
        Message("the value is a text; a number stands without quotes"),
    ),
)  # fmt: skip
"""Their sentences, and ours with the same values."""

_OF_DAMAGE = ("CompDocError", "error", "ZeroDivisionError", "IndexError", "OverflowError", "AssertionError")
"""Errors by name, since a command may do without xlrd: the parts of a file do not fit together, or are of no size."""


def in_our_words(error: Exception, text: str | None = None) -> Message:
    """What is wrong, as far as it is a kind that people meet; for any other the name of the error, and no more.

    `text` is what the library says, where that is not the whole of the error.
    """
    if isinstance(error, RecursionError):
        return Message("it is nested too deeply")
    if isinstance(error, OSError) and error.errno and isinstance(why := reason_of(error), Message):
        return why
    for pattern, said in _KINDS:
        match = re.fullmatch(pattern, str(error) if text is None else text, re.DOTALL)
        if match:
            return Message(said.template, **{name: _TYPES.get(text, text) for name, text in match.groupdict().items()})
    if type(error).__name__ in _OF_DAMAGE:
        return Message("the file is damaged, or of another kind")
    return Message("it cannot be understood ({name})", name=type(error).__name__)
