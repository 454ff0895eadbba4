"""What a job is given beside the errors of `check` where nothing was assessed, and what its step's page is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.cli import voice
from aiplus_cli.errors import AiplusError, Message, OutputProblem, reason_of

if TYPE_CHECKING:
    from aiplus_cli.contract.failure import FailureDocument


def report_failure(error: AiplusError, args: Sequence[str], lang: str) -> None:
    """The problems, in every format and file that a command line of `check` asks for: none of an earlier run stays.

    A report that cannot be written is told; the code is that of the error all the same.
    """
    from aiplus_cli.cli.usage import language_behind

    if language_behind(list(args), ())[:1] != ["check"] or isinstance(error, OutputProblem):
        return
    from aiplus_cli.cli.checkout import places
    from aiplus_cli.contract.failure import failure_document
    from aiplus_cli.render.ci.destinations import usable_destinations
    from aiplus_cli.render.ci.failure import render_summary

    formats = list(_values(args, "--format"))
    failure = failure_document(error.exit_code, error.problems, places())
    destinations = usable_destinations(formats[-1] if formats else "text", list(_values(args, "--output", "-o")))
    kept = [path for folder in (None, *map(Path, _values(args, "--dir"))) for path in voice.own_files(folder)]
    for name, path in destinations:
        if (name, path) != ("text", None):  # standard error has said it
            _write(failure, name, path, lang, kept)
    add_summary({name for name, _ in destinations}, lambda room: render_summary(failure, lang, room), lang)


def _values(args: Sequence[str], *names: str) -> Iterator[str]:
    """What follows an option, in a command line that may be wrong elsewhere."""
    for index, arg in enumerate(args):
        if arg == "--":
            return
        name, mark, value = arg.partition("=")
        if arg in names:
            yield from args[index + 1 : index + 2]
        elif mark and name.startswith("--") and name in names:
            yield value
        elif arg[:2] in names:
            yield arg[2:]


def _write(failure: FailureDocument, name: str, path: Path | None, lang: str, kept: list[Path]) -> None:
    from aiplus_cli.render.formats import is_for_programs, renderer

    try:
        text = renderer("failure", name)(failure, voice.manner(lang))
        voice.write_output(text, path, utf8=is_for_programs(name), keep=kept)
    except AiplusError as refused:
        if not {problem.where for problem in refused.problems} <= {row.where for row in failure.problems}:
            voice.show_error(refused, lang)


def add_summary(formats: Collection[str], page: Callable[[int], str], lang: str | None) -> None:
    """Where annotations are asked for: add to what the step has written; a page that cannot be changes no verdict."""
    from aiplus_cli.render.ci.markdown import LARGEST_SUMMARY

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if not summary or "github" not in formats:
        return
    path = Path(summary)
    try:
        size = path.stat().st_size if path.exists() else 0
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(page(LARGEST_SUMMARY - size))
    except OSError as error:
        why = reason_of(error)
        voice.say(Message("the step summary cannot be written: {why}", why=why), lang, kind="warning")
