"""`aiplus record`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.cli.refusals import refusals


def record(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=options.complete_indicator)
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help="42.8, 42.8%, 超50%, '>50%', 5.15亿, 52.3%（初步）; or a rating: met, on_track, at_risk, off_track.",
        ),
    ],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2025, 2025-H1, 2025-Q3, 2025-06, 2025-06-30.")],
    region: Annotated[
        str, typer.Option(metavar="REGION", help="Code or name.", autocompletion=options.complete_region)
    ] = "CN",
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When the world knew; default today.")] = None,
    source: Annotated[
        str, typer.Option(metavar="TEXT", help="Who published it, and where; default for CN the indicator's publisher.")
    ] = "",
    url: Annotated[str, typer.Option(metavar="URL", help="Where to read it.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="What a reader should know.")] = "",
    status: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="A normal, P provisional, E estimated, F forecast, B break; or the word: 初步, provisional.",
        ),
    ] = "A",
    replaces: Annotated[str, typer.Option(metavar="ID", help="The id of the wrong entry that this one corrects.")] = "",
    republished: options.Republished = False,
    dates: Annotated[
        str,
        typer.Option(metavar="GRAIN", help="What a date on the first of a month stands for: day, month or year."),
    ] = "",
    dry_run: options.DryRun = False,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text (the id) or json.")] = "text",
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter

    with refusals("record", format, lang, dry_run=dry_run):
        done = enter(lang).record(
            indicator, value, period=period, region=region, published=published, source=source, url=url, note=note,
            status=status, replaces=replaces, dates=dates, republished=republished, dry_run=dry_run,
        )  # fmt: skip
    voice.write("record", format, done, lang=lang)
