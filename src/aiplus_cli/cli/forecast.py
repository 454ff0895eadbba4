"""`aiplus forecast`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def forecast(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=options.complete_indicator)
    ],
    region: Annotated[
        str,
        typer.Option(
            metavar="REGION", help="A region by code or name; default CN.", autocompletion=options.complete_region
        ),
    ] = "CN",
    milestone: options.Milestones = None,
    level: Annotated[
        str, typer.Option(metavar="P", help="The probability of the interval, above 0 and below 1.")
    ] = "0.8",
    as_of: options.AsOf = None,
    today: options.Today = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json or csv.")] = "table",
    ascii: options.Ascii = False,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter

    voice.need_format("forecast", format)
    house = enter(lang)
    found = house.forecast(indicator, region=region, milestones=milestone, level=level, as_of=as_of, today=today)
    voice.write("forecast", format, found, house.plan, output=output, ascii=ascii, lang=lang)
