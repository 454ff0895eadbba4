"""`aiplus status`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def status(
    milestone: options.Milestones = None,
    area: options.Areas = None,
    region: options.Regions = None,
    indicator: options.Indicators = None,
    as_of: options.AsOf = None,
    today: options.Today = None,
    method: options.MethodOption = "default",
    compare: options.Compare = False,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json, csv or markdown.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter

    voice.need_format("status", format)
    house = enter(lang)
    found = house.status(
        milestones=milestone,
        areas=area,
        regions=region,
        indicators=indicator,
        as_of=as_of,
        today=today,
        method=method,
    )
    voice.write("status", format, found, house.plan, output=output, lang=lang, compare=compare)
