"""`aiplus withdraw`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.cli.refusals import refusals


def withdraw(
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or its first characters, as `aiplus log` shows.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is taken back.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="From when on; default today.")] = None,
    dry_run: options.DryRun = False,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text (the id) or json.")] = "text",
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter

    with refusals("withdraw", format, lang, dry_run=dry_run):
        done = enter(lang).withdraw(entry_id, reason=reason, published=published, dry_run=dry_run)
    voice.write("withdraw", format, done, lang=lang)
