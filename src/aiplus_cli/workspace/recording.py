"""Entries on their way into the ledger: read, decided on while it is locked, and appended."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path

from aiplus_cli.contract.recording import RecordDocument, record_document
from aiplus_cli.disk import absent
from aiplus_cli.errors import EnvironmentProblem, Message, Problem, UsageProblem
from aiplus_cli.intake.grammar import Context, read_author
from aiplus_cli.intake.mapping import FileMapping
from aiplus_cli.intake.record import Recorded
from aiplus_cli.intake.session import NamedFile, Wanted
from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.jsonl import Ledger
from aiplus_cli.workspace.dates import Clock, DateLike
from aiplus_cli.workspace.notes import Listener, Note
from aiplus_cli.workspace.several import IdsAsked, several

__all__ = ["NamedFile", "append", "day_text", "named_files", "new_context", "wanted_part"]


def new_context(clock: Clock, author: str, *, again: bool = False, publisher_stands: bool = False) -> Context:
    """The day, the time and the name under which entries are recorded now, and what is known of them beforehand."""
    today = clock.today()
    name = read_author(author or _user())
    return Context(
        today,
        today,
        dated=False,
        recorded_at=clock.now(),
        recorded_by=name,
        again=again,
        publisher_stands=publisher_stands,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def wanted_part(
    rules: FileMapping, encoding: str | None, sheets: IdsAsked, area: str | None, *, skip_hidden: bool
) -> Wanted:
    """Which part of the files is read: as asked for, else as the mapping says."""
    return Wanted(encoding, several(sheets) or several(rules.sheet), area or rules.range, skip_hidden)


def day_text(day: DateLike | None) -> str | None:
    """A day as the grammar reads it; None where there is none."""
    return day if day is None or isinstance(day, str) else day.isoformat()


def append(path: Path, decide: Callable[[Ledger], Recorded], tell: Listener, *, dry_run: bool) -> RecordDocument:
    """Decide on the ledger as it is, locked unless nothing is to be written, and tell what became of it."""
    if dry_run:
        done = decide(jsonl.read(path))
    else:
        with jsonl.writing(path) as writer:
            done = decide(writer.ledger)
            known = writer.ledger.ids()
            done = done._replace(entries=[entry for entry in done.entries if entry.id not in known])
            writer.append(done.entries)
    for said in (*done.said, *([Message("dry run: nothing was written")] if dry_run else [])):
        tell(Note(said))
    return record_document(done, dry_run=dry_run)


def named_files(files: list[Path | str | NamedFile]) -> list[NamedFile]:
    """Each file with the name to call it by.

    Raises UsageProblem where there is none, EnvironmentProblem for those that are no file.
    """
    if not files:
        raise UsageProblem(Problem("FILE", Message("missing"), Message("give a file")))
    named = [file if isinstance(file, NamedFile) else NamedFile(Path(file), Path(file).name) for file in files]
    missing = [_no_file(file.path) for file in named if not file.path.is_file()]
    if missing:
        raise EnvironmentProblem(*missing)
    return named


def _no_file(path: Path) -> Problem:
    if not path.exists():
        return absent(path)
    what = Message("it is a folder") if path.is_dir() else Message("it is a pipe or a device, and no file")
    return Problem(str(path), what, Message("give a file"))
