"""`aiplus backtest`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.errors import Message, Problem, UsageProblem


def backtest(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV with the columns series, year, value.")],
    folds: Annotated[
        str | None,
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
    from aiplus_cli.render.formats import is_for_programs, renderer
    from aiplus_cli.render.progress import progress
    from aiplus_cli.workspace.past import PastSeries

    voice.need_format("backtest", format)
    _need_two_places(calibrate, output)
    voice.need_free([calibrate, output], [file, *voice.own_files()])
    past = PastSeries(file, folds=folds)
    fitted = [table_json(past.fitted())] if calibrate else []
    with progress(sys.stderr, "backtest", len(past)) as advance:
        found = past.backtest(advance)
    tables = [voice.Outgoing(text, options.file_or_stdout(calibrate), utf8=True) for text in fitted]
    scores = voice.Outgoing(renderer("backtest", format)(found, voice.manner(lang)), output, is_for_programs(format))
    voice.write_outputs([*tables, scores])


def _need_two_places(table: Path | None, scores: Path | None) -> None:
    """Raise UsageProblem where the table and the scores would go to the same place."""
    if table is not None and options.file_or_stdout(table) == scores:
        fix = Message("name another file, or one for the scores: --output FILE")
        raise UsageProblem(Problem("--calibrate", Message("the scores go there too"), fix))
