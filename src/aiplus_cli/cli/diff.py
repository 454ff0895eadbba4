"""`aiplus diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def diff(
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE|RUN",
            help="The earlier date or run (runs/2026-10.json); default the last month's run, else its end.",
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="The later date; default AIPLUS_TODAY, else now.")
    ] = None,
    from_targets: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The targets.yaml of the earlier date, as from git show.")
    ] = None,
    method: options.MethodOption = "default",
    from_method: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The method on the earlier date; default the run's, else --method."),
    ] = None,
    milestone: options.Milestones = None,
    area: options.Areas = None,
    region: options.Regions = None,
    indicator: options.Indicators = None,
    folder: options.Runs = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json or markdown.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter
    from aiplus_cli.render.formats import is_for_programs, renderer

    voice.need_format("diff", format)
    house = enter(lang)
    found = house.diff(
        since=since, until=until, from_targets=from_targets, method=method, from_method=from_method,
        milestones=milestone, areas=area, regions=region, indicators=indicator, runs=folder,
    )  # fmt: skip
    text = renderer("diff", format)(found, house.plan, voice.manner(lang), house.plan_of(from_targets))
    read = [Path(name) for name in (since, from_targets) if name and Path(name).exists()]
    voice.write_output(text, output, utf8=is_for_programs(format), keep=[*read, *voice.own_files(folder)])
