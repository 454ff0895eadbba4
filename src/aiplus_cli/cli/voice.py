"""The voice: what goes to standard output and standard error, in which language, colour and encoding."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from aiplus_cli.cli import drop
from aiplus_cli.cli.language import language_without_options
from aiplus_cli.errors import AiplusError, EnvironmentProblem, Message, OutputProblem, Problem, need_choice, unwritable

if TYPE_CHECKING:
    from aiplus_cli.render import Options
    from aiplus_cli.workspace.notes import Note


def language(asked: str | None) -> str:
    """Zh or en: --lang, AIPLUS_LANG, then the locale."""
    return asked or language_without_options()


def manner(lang: str | None, *, compare: bool = False, explain: bool = False, ascii: bool = False) -> Options:
    """How to render for standard output as it is now; `ascii` or AIPLUS_ASCII asks for plain signs."""
    from aiplus_cli.render import Options

    is_terminal = sys.stdout.isatty()
    color = not os.environ.get("NO_COLOR") and (is_terminal or bool(os.environ.get("FORCE_COLOR")))
    width = None
    if is_terminal or os.environ.get("COLUMNS"):
        import shutil

        width = max(shutil.get_terminal_size().columns, 20)
    plain = ascii or bool(os.environ.get("AIPLUS_ASCII")) or os.environ.get("TERM") == "dumb"
    return Options(language(lang), width, color, sys.stdout.encoding or "utf-8", compare, explain, plain)


FIRST_PROBLEMS = 20


def write_output(text: str, output: Path | None = None, *, utf8: bool = False, keep: Iterable[Path] = ()) -> None:
    """Write to a file, whole or not at all, or to standard output; a closed pipe drops the rest in silence.

    Neither the workspace's own files nor those of `keep`, which the command has read too, are written over.
    """
    if output is not None:
        from aiplus_cli.disk import write_file

        write_file(output, text if utf8 else _for_people(text), keep=[*own_files(), *keep])
        return
    try:
        if utf8 and hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
        else:
            sys.stdout.write(for_encoding(_for_people(text), sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        drop(sys.stdout)
    except OSError as error:
        drop(sys.stdout)
        raise unwritable(Path("stdout"), error) from None


class Outgoing(NamedTuple):
    """A text, and the file that it goes to; None is standard output. `utf8` whatever the encoding of that is."""

    text: str
    path: Path | None
    utf8: bool


def need_free(paths: Iterable[Path | None], keep: Iterable[Path]) -> None:
    """Raise UsageProblem, before anything is written, for outputs that would take the place of a file to be kept."""
    from aiplus_cli.disk import refuse_kept

    refuse_kept([path for path in paths if path], keep)


def write_outputs(outputs: Iterable[Outgoing]) -> None:
    """Files first, so that a closed pipe leaves none of them out; nor does one that cannot be written.

    Raises OutputProblem at the end, for every one that could not.
    """
    problems: list[Problem] = []
    for output in sorted(outputs, key=lambda output: output.path is None):
        try:
            write_output(output.text, output.path, utf8=output.utf8)
        except EnvironmentProblem as error:
            problems += error.problems
    if problems:
        raise OutputProblem(*problems)


def own_files(runs: Path | None = None) -> list[Path]:
    """Plan, ledger and recorded runs of the workspace that one is in, if in any; the runs in a folder `runs` too."""
    from aiplus_cli.workspace.files import find_files

    try:
        return find_files().kept(runs)
    except EnvironmentProblem:
        return []


def whisper(text: str) -> None:
    """A line to standard error; where that is full or closed nobody can be told, and nothing else changes."""
    try:
        sys.stderr.write(f"{for_encoding(_for_people(text), sys.stderr.encoding)}\n")
        sys.stderr.flush()
    except OSError:
        drop(sys.stderr)


def _for_people(text: str) -> str:
    """The text as it may stand in the log of a job, where names of the plan must give no commands."""
    if ":" not in text and "##" not in text:
        return text
    from aiplus_cli.render.text import uncommanded

    return uncommanded(text)


def for_encoding(text: str, encoding: str | None) -> str:
    """The text with plain stand-ins where the stream has no sign for it."""
    name = (encoding or "ascii").lower()
    if name not in ("ascii", "us-ascii", "ansi_x3.4-1968", "latin-1", "iso8859-1", "cp1252"):
        return text
    from aiplus_cli.words.signs import in_ascii

    return in_ascii(text)


def need_format(document: str, name: str) -> None:
    """Raise UsageProblem, before anything is read, for a format that the document does not have."""
    from aiplus_cli.render.formats import FORMATS

    need_choice("--format", name, FORMATS[document])


def write(
    document: str,
    name: str,
    *content: Any,
    lang: str | None,
    output: Path | None = None,
    compare: bool = False,
    explain: bool = False,
    ascii: bool = False,
    keep: Iterable[Path] = (),
) -> None:
    """The content in a format of the document, in the language asked for."""
    from aiplus_cli.render.formats import is_for_programs, renderer

    text = renderer(document, name)(*content, manner(lang, compare=compare, explain=explain, ascii=ascii))
    write_output(text, output, utf8=is_for_programs(name), keep=keep)


def tell(note: Note, lang: str | None) -> None:
    """A note beside a result, to standard error."""
    say(note.text, lang, kind="warning" if note.is_warning else "")


def say(message: Message, lang: str | None, *, kind: str = "") -> None:
    """A sentence to standard error."""
    from aiplus_cli.render.text import visible
    from aiplus_cli.words.i18n import translate

    said = Message("warning: {text}", text=message) if kind == "warning" else message
    whisper(visible(translate(said.short, language(lang))))


def show_error(error: AiplusError, lang: str) -> None:
    """The first problems in one to three lines each on standard error, and how many more there are."""
    from aiplus_cli.render.problems import problem_text

    for problem in error.problems[:FIRST_PROBLEMS]:
        whisper(problem_text(problem, lang))
    more = len(error.problems) - FIRST_PROBLEMS
    if more > 0:
        say(Message.plural("and {n} more problem", "and {n} more problems", n=more), lang)
