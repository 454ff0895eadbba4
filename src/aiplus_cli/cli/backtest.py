"""`aiplus backtest`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.disk import write_file
from aiplus_cli.errors import InputProblem, Message, Problem, UsageProblem, missing_extra, unreadable

if TYPE_CHECKING:
    from types import ModuleType

    from aiplus_cli.judge.backtest import Episode
    from aiplus_cli.judge.past import History


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
    from aiplus_cli.cli.status import need_choice
    from aiplus_cli.judge.backtest import backtest as score
    from aiplus_cli.render.backtest import table_json
    from aiplus_cli.render.formats import FORMATS, is_for_programs, renderer
    from aiplus_cli.render.progress import progress

    need_choice("--format", format, FORMATS["backtest"])
    past, judged = _read(file)
    tables = None
    if folds is not None:
        if not 2 <= folds <= len(past):
            what = Message.plural(
                "{n} fold cannot be made of {series} series",
                "{n} folds cannot be made of {series} series",
                n=folds,
                series=len(past),
            )
            raise UsageProblem(Problem("--folds", what, Message("use 2 up to the number of series")))
        tables = _fitting().cross_validate(past, folds)
    if calibrate is not None:
        fitting = _fitting()
        write_file(calibrate, table_json(fitting.fit(fitting.episodes(past, fitting.FIT_HORIZONS))))
    with progress(sys.stderr, "backtest", len(judged)) as advance:
        result = score(past, judged, tables, folds=folds, advance=advance)
    text = renderer("backtest", format)(result, file.name, voice.manner(lang))
    voice.write_output(text, output, utf8=is_for_programs(format))


def _read(file: Path) -> tuple[History, list[Episode]]:
    from aiplus_cli.judge.backtest import episodes
    from aiplus_cli.judge.past import read_past

    try:
        content = file.read_bytes()
    except OSError as error:
        raise unreadable(file, error) from None
    past = read_past(content, str(file))
    judged = [episode for episode in episodes(past) if any(episode.targets())]
    if not judged:
        raise InputProblem(
            Problem(
                str(file),
                Message("no series has four consecutive annual values and a later one to judge by"),
                Message("the latest of the four must lie from 3 to 85, the first above 0; see docs/methods.md"),
            )
        )
    return past, judged


def _fitting() -> ModuleType:
    try:
        from aiplus_cli.judge import fit as calibrate
    except ModuleNotFoundError as missing:
        problem = missing_extra("backtest", str(missing.name), "fit")
        raise problem from None
    return calibrate
