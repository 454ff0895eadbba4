"""`aiplus backtest`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.errors import Message, Problem, UsageProblem

if TYPE_CHECKING:
    from aiplus_cli.contract.backtest import BacktestDocument
    from aiplus_cli.workspace.past import PastSeries


def backtest(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A CSV with the columns series, year, value, and where known technology and group."
        ),
    ],
    leave_out: Annotated[
        str | None,
        typer.Option(metavar="WHAT", help="Fit calibrated without what it is judged on: group, technology or series."),
    ] = None,
    folds: Annotated[
        str | None,
        typer.Option(metavar="K", help="In how many fits technologies or series are left out; default 8."),
    ] = None,
    calibrate: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Fit calibrated to the file and write its table as JSON.")
    ] = None,
    diagram: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Draw what the chances of calibrated came to, as SVG.")
    ] = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json or markdown.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.render.formats import is_for_programs, renderer
    from aiplus_cli.workspace.past import PastSeries

    voice.need_format("backtest", format)
    _need_places({"--calibrate": calibrate, "--diagram": diagram, "--output": output})
    voice.need_free([calibrate, diagram, output], [file, *voice.own_files()])
    past = PastSeries(file, leave_out=leave_out, folds=folds)
    tables = _fitted(past, calibrate)
    found = _scored(past)
    drawn = _drawn(found, diagram, lang)
    text = renderer("backtest", format)(found, voice.manner(lang))
    voice.write_outputs([*tables, *drawn, voice.Outgoing(text, output, is_for_programs(format))])


def _need_places(asked: dict[str, Path | None]) -> None:
    """Raise UsageProblem where two of the outputs would go to the same place; scores go to standard output else."""
    known: dict[Path | None, str] = {}
    for option in ("--output", "--calibrate", "--diagram"):
        path = asked[option]
        if path is None and option != "--output":
            continue
        place = options.file_or_stdout(path)
        if place in known and known[place] == "--output":
            fix = Message("name another file, or one for the scores: --output FILE")
            raise UsageProblem(Problem(option, Message("the scores go there too"), fix))
        if place in known:
            what = Message("{option} goes there too", option=known[place])
            raise UsageProblem(Problem(option, what, Message("name another file")))
        known[place] = option


def _scored(past: PastSeries) -> BacktestDocument:
    """The scores; a bar on a terminal while calibrated is fitted, and one while all are judged."""
    from aiplus_cli.render.progress import progress

    with progress(sys.stderr, "calibrated", past.folds) as advance:
        tables = past.fit(advance)
    with progress(sys.stderr, "backtest", len(past)) as advance:
        return past.backtest(tables, advance)


def _fitted(past: PastSeries, path: Path | None) -> list[voice.Outgoing]:
    """The table fitted to the file, where it is asked for."""
    from aiplus_cli.render.backtest import table_json

    return [voice.Outgoing(table_json(past.fitted()), options.file_or_stdout(path), utf8=True)] if path else []


def _drawn(found: BacktestDocument, path: Path | None, lang: str | None) -> list[voice.Outgoing]:
    """The diagram, where it is asked for."""
    from aiplus_cli.render.diagram import render_svg

    text = render_svg(found, voice.language(lang)) if path else ""
    return [voice.Outgoing(text, options.file_or_stdout(path), utf8=True)] if path else []
