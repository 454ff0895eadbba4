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
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter
    from aiplus_cli.render.log import render_log

    house = enter(lang)
    found = house.log(indicator, since=since)
    voice.write_output(render_log(house.plan, found.entries, found.indicator, found.since, voice.manner(lang)), output)
