"""`aiplus record` and `aiplus withdraw`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options
from aiplus_cli.cli.recording import append, new_context
from aiplus_cli.workspace.files import find_files
from aiplus_cli.workspace.loading import load_workspace


def record(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=options.complete_indicator)
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE", help="42.8, 42.8%, 超50%, '>50%', 5.15亿; or a rating: met, on_track, at_risk, lagging."
        ),
    ],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2025, 2025-H1, 2025-Q3, 2025-06, 2025-06-30.")],
    region: Annotated[
        str, typer.Option(metavar="REGION", help="Code or name.", autocompletion=options.complete_region)
    ] = "CN",
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When the world knew; default today.")] = None,
    source: Annotated[
        str, typer.Option(metavar="TEXT", help="Who published it, and where; default the indicator's publisher.")
    ] = "",
    url: Annotated[str, typer.Option(metavar="URL", help="Where to read it.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="What a reader should know.")] = "",
    status: Annotated[
        str, typer.Option(metavar="CODE", help="A normal, P provisional, E estimated, F forecast, B break.")
    ] = "A",
    replaces: Annotated[str, typer.Option(metavar="ID", help="The id of the wrong entry that this one corrects.")] = "",
    dates: Annotated[
        str,
        typer.Option(metavar="GRAIN", help="What a date on the first of a month stands for: day, month or year."),
    ] = "",
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.intake import record as door

    workspace = find_files()
    plan, _ = load_workspace(workspace)
    texts = {"indicator": indicator, "value": value, "period": period, "region": region, "published": published or ""}
    texts |= {"source": source, "url": url, "note": note, "status": status, "replaces": replaces}
    told = door.read_entry(plan, texts, new_context(), dates=dates)
    append(workspace, lambda ledger: door.record(plan, ledger, told, dry_run=dry_run), dry_run=dry_run, lang=lang)


def withdraw(
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or its first characters, as `aiplus log` shows.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is taken back.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="From when on; default today.")] = None,
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
) -> None:
    from dataclasses import replace

    from aiplus_cli.intake import record as door

    workspace, context = find_files(), new_context()
    load_workspace(workspace)
    why, day = door.read_reason(reason), door.read_published(published, context.today)
    at = replace(context, published=day)
    append(
        workspace, lambda ledger: door.withdraw(ledger, entry_id, why, at, dry_run=dry_run), dry_run=dry_run, lang=lang
    )
