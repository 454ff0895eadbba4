"""`aiplus due`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def due(
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Only indicators of this owner.")] = None,
    within: Annotated[
        str | None, typer.Option(metavar="DAYS", help="Only what is overdue or due in so many days, as 30d.")
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REGION", help="A region by code or name; default all.", autocompletion=options.complete_region
        ),
    ] = None,
    as_of: options.AsOf = None,
    today: options.Today = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json, csv or markdown.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter

    voice.need_format("due", format)
    house = enter(lang)
    found = house.due(owner=owner, within=within, regions=region, as_of=as_of, today=today)
    voice.write("due", format, found, house.plan, output=output, lang=lang)
