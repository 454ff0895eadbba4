"""What the commands that write entries share: the clock, who records, and how entries reach the ledger."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from aiplus_cli.cli import clock, voice
from aiplus_cli.errors import Message
from aiplus_cli.workspace.files import Files

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiplus_cli.intake.grammar import Context
    from aiplus_cli.intake.record import Recorded
    from aiplus_cli.ledger.jsonl import Ledger


def new_context() -> Context:
    """The day, the time and the name under which entries are recorded now."""
    from aiplus_cli.intake.grammar import Context

    _, today = clock.days(None, None)
    return Context(
        today, published=today, dated=False, recorded_at=clock.now_utc(), recorded_by=who_records(), source=""
    )


def who_records() -> str:
    """AIPLUS_RECORDED_BY, else the name of the user, else unknown."""
    import getpass

    try:
        return os.environ.get("AIPLUS_RECORDED_BY") or getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def append(workspace: Files, decide: Callable[[Ledger], Recorded], *, dry_run: bool, lang: str | None) -> None:
    """Decide on the ledger as it is, locked unless nothing is to be written; say so, and print the new ids."""
    from aiplus_cli.ledger import jsonl

    if dry_run:
        entries, said = decide(jsonl.read(workspace.ledger))
    else:
        with jsonl.writing(workspace.ledger) as writer:
            entries, said = decide(writer.ledger)
            known = writer.ledger.ids()
            entries = [entry for entry in entries if entry.id not in known]
            writer.append(entries)
    for message in said:
        voice.say(message, lang)
    if dry_run:
        voice.say(Message("dry run: nothing was written"), lang)
    for entry in entries:
        voice.write_output(f"{entry.id}\n")
