"""`aiplus snapshot`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def snapshot(
    folder: options.Runs = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write the month's run anew if its inputs changed.")
    ] = False,
    as_of: options.AsOf = None,
    today: options.Today = None,
    method: options.MethodOption = "default",
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter
    from aiplus_cli.render.text import visible

    taken = enter(lang).snapshot(runs=folder, replace=replace, as_of=as_of, today=today, method=method)
    voice.write_output(f"{visible(taken.name)}\n")
