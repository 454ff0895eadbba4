"""`aiplus backtest`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def backtest(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV with the columns series, year, value.")],
    folds: Annotated[
        int | None,
        typer.Option(metavar="K", help="Cross-validate calibrated: K fits, each without a part of the series."),
    ] = None,
    calibrate: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Fit calibrated to the file and write its table as JSON.")
    ] = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or json.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.render.backtest import table_json
    from aiplus_cli.render.progress import progress
    from aiplus_cli.workspace.past import PastSeries

    voice.need_format("backtest", format)
    past = PastSeries(file, folds=folds)
    if calibrate is not None:
        voice.write_output(table_json(past.fitted()), calibrate, keep=[file])
    with progress(sys.stderr, "backtest", len(past)) as advance:
        found = past.backtest(advance)
    voice.write("backtest", format, found, output=output, lang=lang, keep=[file])
