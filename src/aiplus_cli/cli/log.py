"""`aiplus log`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def log(
    indicator: Annotated[
        str | None,
        typer.Argument(metavar="[INDICATOR]", help="Only this indicator.", autocompletion=options.complete_indicator),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only entries recorded on or after this date.")
    ] = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or json.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter

    voice.need_format("log", format)
    house = enter(lang)
    found = house.log(indicator, since=since)
    voice.write("log", format, found, house.plan, output=output, lang=lang)
