"""`aiplus show`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def show(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=options.complete_indicator)
    ],
    region: Annotated[
        list[str] | None,
        typer.Option(metavar="REGION", help="Code or name; default CN.", autocompletion=options.complete_region),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Print the arithmetic with the numbers put in, and the nearest past cases."),
    ] = False,
    as_of: options.AsOf = None,
    today: options.Today = None,
    method: options.MethodOption = "default",
    compare: options.Compare = False,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or json.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter

    voice.need_format("show", format)
    house = enter(lang)
    named = explain or format == "json"
    found = house.show(indicator, regions=region, as_of=as_of, today=today, method=method, precedents=named)
    voice.write("show", format, found, house.plan, output=output, lang=lang, compare=compare, explain=explain)
