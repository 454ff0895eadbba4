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
    explain: Annotated[bool, typer.Option("--explain", help="Print the arithmetic with the numbers put in.")] = False,
    as_of: options.AsOf = None,
    today: options.Today = None,
    method: options.MethodOption = "default",
    compare: options.Compare = False,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter
    from aiplus_cli.render.show import render_show

    found = enter(lang).show(indicator, regions=region, as_of=as_of, today=today, method=method)
    page = render_show(*found, voice.manner(lang, compare=compare), explain=explain)
    voice.write_output(page, output)
