"""Which format of a check goes where: what `--format` and `--output` ask for together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from aiplus_cli.errors import Message, Problem, UsageProblem, need_choice
from aiplus_cli.render.formats import FORMATS

Destination = tuple[str, Path | None]
"""A format, and the file it goes to; None is standard output."""

STDOUT = Path("-")
"""What standard output is called where a file could be named."""
WITH_LIST = ("text", "json")
"""Formats that can show every gate and every waiver."""


def read_destinations(format_name: str, outputs: Sequence[str] | None, *, needs_list: bool) -> list[Destination]:
    """The format asked for to standard output or a plain FILE, and FORMAT=FILE besides it; raises UsageProblem."""
    need_choice("--format", format_name, FORMATS["check"])
    if needs_list and format_name not in WITH_LIST:
        what = Message("--list and --explain-waivers cannot be written as {format}", format=format_name)
        fix = Message("use one of: {allowed}", allowed=list(WITH_LIST))
        raise UsageProblem(Problem("--format", what, fix))
    read = [_destination(format_name, text) for text in outputs or ()]
    own = [to for to, is_own in read if is_own] or [(format_name, None)]
    found = [*own, *(to for to, is_own in read if not is_own)]
    _need_different([_name(to) for to in found], [_name(to) for to in own])
    return found


def usable_destinations(format_name: str, outputs: Sequence[str]) -> list[Destination]:
    """The same of a command line that may be wrong: whatever of it names a format and a file of its own."""
    read: list[tuple[Destination, bool]] = []
    for text in outputs:
        with suppress(UsageProblem):
            read.append(_destination(format_name, text))
    own = [to for to, is_own in read if is_own] or [(format_name, None)]
    found = [*own, *(to for to, is_own in read if not is_own)]
    files = {path: name for name, path in reversed(found) if name in FORMATS["check"]}
    return [(name, path) for path, name in files.items()]


def _destination(format_name: str, text: str) -> tuple[Destination, bool]:
    """Where to write what, and whether it is the format of `--format`."""
    name, mark, file = text.partition("=")
    if not mark:
        return (format_name, _file(text, text)), True
    need_choice("--output", name, FORMATS["check"])
    return (name, _file(file, text)), False


def _name(destination: Destination) -> Path:
    return destination[1] or STDOUT


def _need_different(paths: list[Path], own: list[Path]) -> None:
    """Raise UsageProblem where one output would take the place of another."""
    twice = [path for path in dict.fromkeys(paths) if paths.count(path) > 1]
    twice += [path for path in own[1:] if path not in twice]
    if twice:
        what = [Message("'{text}' is one output too many", text=path) for path in twice]
        fix = Message("write each format to a file of its own: --output junit=report.xml")
        raise UsageProblem(*(Problem("--output", each, fix) for each in what))


def _file(name: str, text: str) -> Path | None:
    if not name:
        what, fix = Message("'{text}' names no file", text=text), Message("write FORMAT=FILE, or FILE")
        raise UsageProblem(Problem("--output", what, fix))
    return None if Path(name) == STDOUT else Path(name)
