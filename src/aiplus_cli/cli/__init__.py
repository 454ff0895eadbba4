"""The command line, a voice: options come in, the workspace is asked, words and an exit code go out.

A command is a file with one short function: it hands its options to `Workspace` and writes the answer. No rule stands
here. Whatever ends the program is turned into an exit code by this file; everything is imported inside `main`, so that
an interruption meets its handler as soon as Python runs. Nobody may call in but the console script.

| file | change it to |
| --- | --- |
| `status.py`, `show.py`, `check.py`, `forecast.py` | change the options of the question of that name |
| `diff.py`, `due.py`, `log.py`, `plan.py`, `validate.py` | the same |
| `record.py`, `withdraw.py`, `import_.py`, `init.py`, `snapshot.py`, `export.py` | the same, of one that writes |
| `methods.py`, `backtest.py`, `schema.py` | change those of a command that needs no workspace |
| `app.py` | add a command to the list, or change where errors are shown |
| `options.py` | change an option that commands share, or what completion offers |
| `door.py`, `clock.py` | change the clock, the author and the listener of a workspace |
| `refusals.py` | change what a program reads of what stopped `record`, `withdraw` or `import` |
| `voice.py` | change what goes to which stream, in which colour and encoding |
| `checkout.py` | change what a file is called in annotations and reports of a CI job |
| `reports.py` | change which reports are written where nothing was assessed |
| `language.py` | change how the language is found |
| `usage.py`, `help.py` | change what is said of wrong options, and the Chinese help |
"""

from __future__ import annotations

import gc
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from aiplus_cli.errors import Message

MANY = 100_000
"""New objects before Python looks for circles among all: figures hold none, and there may be a million of them."""
_SIZE = re.compile(r"[0-9]{1,4}")
"""How many columns or lines a terminal may have."""


def main() -> None:
    """Run `aiplus` on the command line's arguments; leaves through SystemExit."""
    try:
        _run()
    except KeyboardInterrupt:
        from aiplus_cli.errors import ExitCode, Message

        _cry(f"\n{_in_words(Message('interrupted'))}\n")
        sys.exit(ExitCode.INTERRUPTED)
    except Exception:  # noqa: BLE001 - the last line of defence: whatever is left is a bug
        from aiplus_cli.errors import ExitCode

        _report_bug()
        sys.exit(ExitCode.BUG)
    finally:
        _empty_streams()


def drop(stream: TextIO) -> None:
    """What is still buffered would be written, and fail again, when the program ends: let it go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _empty_streams() -> None:
    """Python ends with a code of its own where a stream cannot be emptied."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            drop(stream)


def _cry(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _forget_odd_sizes() -> None:
    """A COLUMNS or LINES that is no number of columns is as good as none; libraries stumble over it."""
    for name in ("COLUMNS", "LINES"):
        text = os.environ.get(name, "0")
        if not _SIZE.fullmatch(text):
            del os.environ[name]


def _run() -> None:
    gc.set_threshold(MANY)
    _forget_odd_sizes()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program: what goes there is dropped
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - for as long as we run
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")  # we have none, and looking for some takes a while
    from aiplus_cli.cli.app import app

    app(prog_name="aiplus")


def _report_bug() -> None:
    import traceback

    from aiplus_cli import __version__
    from aiplus_cli.errors import Message

    what = Message(
        "This is a bug in aiplus {version}; no verdict was given. "
        "Please report the lines above with the command you ran.",
        version=__version__,
    )
    _cry(f"{traceback.format_exc()}\n{_in_words(what)}\n")
    with suppress(Exception):  # what failed may fail again here
        _report_to_jobs(what)


def _report_to_jobs(what: Message) -> None:
    """A bug of `check` leaves no report of an earlier run behind either."""
    from aiplus_cli.cli.language import asked_language, language_without_options
    from aiplus_cli.cli.reports import report_failure
    from aiplus_cli.errors import AiplusError, Problem

    lang = asked_language(sys.argv[1:]) or language_without_options()
    report_failure(AiplusError(Problem("aiplus", what)), sys.argv[1:], lang)


def _in_words(message: Message) -> str:
    """The sentence in the language of the command line; in English where the words themselves are what failed."""
    from aiplus_cli.cli.language import asked_language, language_without_options

    try:
        from aiplus_cli.words.i18n import translate

        return translate(message, asked_language(sys.argv[1:]) or language_without_options())
    except Exception:  # noqa: BLE001 - the bug that is being reported must not be hidden by a second one
        return str(message)
