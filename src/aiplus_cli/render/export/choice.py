"""Which format an export is written in, and which options it has a use for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aiplus_cli.errors import Message, Problem, UsageProblem, need_choice
from aiplus_cli.render.export import NEED_A_NAME, SUFFIXES, WHAT, formats_of, shows_status


def choose_format(what: str, asked: str | None, output: Path | None) -> str:
    """The format asked for, else the one that the output's name asks for, else csv; raises UsageProblem."""
    need_choice("--what", what, WHAT)
    possible = list(formats_of(what))
    if asked is None and output is not None and output.suffix.lower() not in SUFFIXES:
        unknown = Message("the name '{name}' does not tell the format", name=str(output))
        fix = Message("add --format, one of: {allowed}", allowed=possible)
        raise UsageProblem(Problem("--output", unknown, fix))
    chosen = asked or (SUFFIXES[output.suffix.lower()] if output else "csv")
    need_choice("--format", chosen, dict.fromkeys(name for each in WHAT for name in formats_of(each)))
    if chosen not in possible:
        impossible = Message("{what} is not written as {format}", what=what, format=chosen)
        fix = Message("use one of: {allowed}", allowed=possible)
        raise UsageProblem(Problem("--format", impossible, fix))
    if output is None and chosen in NEED_A_NAME:
        nameless = Message("{format} is not written to standard output", format=chosen)
        raise UsageProblem(Problem("--output", nameless, Message("add --output {name}", name=NEED_A_NAME[chosen])))
    return chosen


def refuse_unused(what: str, format_name: str, given: Mapping[str, object], *, bom: bool) -> None:
    """Raise UsageProblem for options that would change nothing: silence would look like obedience."""
    fix = Message("add --what status, or leave it out: the whole ledger or plan is exported")
    unused = () if shows_status(what, format_name) else given.items()
    problems = [Problem(option, Message("only a status depends on it"), fix) for option, value in unused if value]
    if bom and format_name != "csv":
        fix = Message("add --format csv, or leave it out")
        problems.append(Problem("--bom", Message("only CSV can begin with it"), fix))
    if problems:
        raise UsageProblem(*problems)
