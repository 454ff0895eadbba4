"""A YAML text read event by event, and its problems in words, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from aiplus_cli.errors import Message, Problem, did_you_mean, other_word
from aiplus_cli.plan.numbers import MOST_DIGITS
from aiplus_cli.plan.records import TOO_LONG, UNSEEN, ZONE
from aiplus_cli.plan.slips import (
    MAX_DEPTH,
    SECOND,
    TOO_DEEP,
    bad_key,
    glued_colon,
    syntax_problem,
    unreadable_character,
)
from aiplus_cli.plan.texts import clean, unseen

_WITHOUT = Message("take it out; values are read as they stand")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """A YAML text read event by event, so that every value keeps its line and nothing is guessed.

    Scalars stay text (pydantic converts them); aliases, tags, duplicate keys, deep nesting and a second document are
    refused.
    """

    name: str
    source: list[str]
    problems: list[Problem] = field(default_factory=list)
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def problem(self, line: int, what: Message, fix: Message | None) -> Problem:
        excerpt = self.source[line - 1].strip()[:200] if 0 < line <= len(self.source) else ""
        return Problem(f"{self.name}:{line}", what, fix, excerpt)

    def refuse(self, line: int, what: Message, fix: Message | None = None) -> None:
        self.problems.append(self.problem(line, what, fix))

    def parse(self, text: str) -> Any:
        """The document as dicts, lists, text and None; problems are collected in `problems`."""
        events = yaml.parse(text, Loader=_LOADER)
        try:
            return self._document(events)
        except yaml.reader.ReaderError as error:
            self.refuse(*unreadable_character(error, text))
        except yaml.YAMLError as error:
            self.refuse(*syntax_problem(error, self.source))
        except _GiveUpError:
            pass
        return None

    def _document(self, events: Iterator[yaml.Event]) -> Any:
        """The only document; what follows it would be ignored, so it is refused."""
        found: Any = None
        starts = 0
        for event in events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            starts += 1
            if starts > 1:
                self.refuse(_line(event), *SECOND)
                raise _GiveUpError
            if event.version or event.tags:
                self.refuse(_line(event), Message("directives (%YAML, %TAG) are not read here"), _WITHOUT)
                raise _GiveUpError
            found = self._node(next(events), events, ())
        return found

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> Any:
        line = _line(event)
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(
                line,
                Message("anchors and aliases (&name, *name) are not read here"),
                Message("write the value out in full"),
            )
            raise _GiveUpError
        if getattr(event, "tag", None):
            self.refuse(line, Message("tags such as {tag} are not read here", tag=_short(event)), _WITHOUT)
            raise _GiveUpError
        if len(path) > MAX_DEPTH:
            self.refuse(line, *TOO_DEEP)
            raise _GiveUpError
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(line, events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return _scalar(event)

    def _sequence(self, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, line: int, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {"@line": line}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key_line = _line(event)
            key = self._key(event)
            if key in found:
                self.refuse(
                    key_line,
                    Message("duplicate key '{key}'", key=key),
                    Message(
                        "keep one of the two; the first is at line {line}", line=self.lines.get((*path, key), line)
                    ),
                )
            value = self._node(next(events), events, (*path, key))
            self.lines[*path, key] = key_line
            found[key] = value
        return found

    def _key(self, event: yaml.Event) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.value.startswith("@") and not event.tag:
            slip = bad_key(event.value) if event.style in (None, "") else None
            if slip is None:
                return str(event.value)
            self.refuse(_line(event), *slip)
            raise _GiveUpError
        self.refuse(_line(event), Message("a key must be plain text"))
        raise _GiveUpError

    def schema_problem(self, error: Any) -> Problem:
        """A pydantic error in our words, at the line of the value or, for a missing key, of its parent."""
        path = tuple(part for part in error["loc"] if part not in ("Names", "constrained-str"))
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        given = error.get("input")
        glued = glued_colon(given) if isinstance(given, str) and error["type"].startswith(("model", "dict")) else None
        if glued:
            line = self.lines.get(known, 1)
            return self.problem(next((n for n in (line, line + 1) if given in self._text(n)), line), *glued)
        what, fix = explain(error, next((part for part in reversed(path) if isinstance(part, str)), ""))
        return self.problem(self.lines.get(known, 1), what, fix)

    def _text(self, line: int) -> str:
        return self.source[line - 1] if 0 < line <= len(self.source) else ""


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _GiveUpError(Exception):
    """The text cannot be read any further; the reason is already among the problems."""


def _scalar(event: yaml.Event) -> str | None:
    value = str(event.value)  # type: ignore[attr-defined]
    plain = event.style in (None, "")  # type: ignore[attr-defined]
    return None if plain and value in ("", "~", "null") else value


def _short(event: yaml.Event) -> str:
    """A tag as people write it: !!str, !mine."""
    return str(event.tag).replace("tag:yaml.org,2002:", "!!")[:40]  # type: ignore[attr-defined]


_CHOICES = re.compile(r"'([^']*)'")


def explain(error: Any, key: str) -> tuple[Message, Message | None]:
    kind, given = error["type"], error.get("input")
    if kind == "missing":
        return Message("'{key}' is missing", key=key), Message("add it; docs/targets.md describes every key")
    if kind == "extra_forbidden":
        return Message("unknown key '{key}'", key=key), Message("remove or correct it; docs/targets.md lists the keys")
    if kind == "literal_error":
        allowed = _CHOICES.findall(error["ctx"]["expected"])
        return Message("{key}: '{given}' is not allowed", key=key, given=given), other_word(str(given), allowed)
    if kind == TOO_LONG:
        what = Message("{key}: '{given}' has more than {most} digits", key=key, given=str(given)[:80], most=MOST_DIGITS)
        return what, Message("write fewer digits, or use a larger unit")
    return _explain_value(kind, key, given)


_EXPECTED: dict[str, Message] = {
    "decimal": Message("a number such as 70 or 0.5"),
    "finite": Message("a finite number"),
    "date": Message("a date such as 2027-12-31"),
    "int": Message("a whole number"),
    "bool": Message("true or false"),
    "greater": Message("a whole number from 0 to 3660"),
    "less": Message("a whole number from 0 to 3660"),
    "tuple": Message("a list"),
    "too": Message("a list of the right length"),
    "list": Message("a list"),
    "model": Message("a mapping of keys and values"),
    "dict": Message("a mapping of keys and values"),
}


def _explain_value(kind: str, key: str, given: object) -> tuple[Message, Message | None]:
    refused = Message("{key}: '{given}' cannot be used", key=key, given=_shown(given))
    for start, expected in _EXPECTED.items():
        if kind.startswith(start):
            return refused, Message("write {expected}", expected=expected)
    if kind == "string_pattern_mismatch":
        return (
            Message("{key}: '{given}' has characters that are not allowed", key=key, given=str(given)[:80]),
            Message("ids take letters, digits, '.', '_' and '-'; texts take one line without control characters"),
        )
    if kind == ZONE:
        return Message("{key}: '{given}' is no time zone", key=key, given=str(given)[:80]), _zone_fix(str(given))
    if kind == UNSEEN:
        text = str(given)
        values = {"key": key, "given": clean(text)[:80], "codes": unseen(text)}
        return (
            Message("{key}: '{given}' has characters that nobody sees, or a blank at an end: {codes}", **values),
            Message("take them out"),
        )
    return refused, None


def _shown(given: object) -> str:
    return "…" if isinstance(given, dict | list) else str(given)[:80]


def _zone_fix(given: str) -> Message:
    """The names that are like it; where the computer knows none, as Windows does, the package that brings them."""
    from zoneinfo import available_timezones

    known = available_timezones()
    if not known:
        return Message("this computer knows no time zones: install the package tzdata")
    return did_you_mean(given, sorted(known), Message("write a name such as Asia/Shanghai"))
