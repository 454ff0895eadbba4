"""`aiplus export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiplus_cli.cli import options, voice

if TYPE_CHECKING:
    from aiplus_cli.render.export import Exported


def export(
    what: Annotated[
        str, typer.Option(metavar="WHAT", help="figures (the whole ledger), status or targets.")
    ] = "figures",
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="csv, xlsx, json, jsonl, sdmx-csv or datapackage; default by the name of the output, or csv.",
        ),
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.")] = False,
    region: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REGION",
            help="For the status: code or name, or all; default CN.",
            autocompletion=options.complete_region,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="For the status: only figures published on or before this date."),
    ] = None,
    today: options.Today = None,
    method: Annotated[
        str | None, typer.Option(metavar="NAME", help="For the status: judge all by this method.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Write to this file, for datapackage this folder; default, and -, standard output.",
            callback=options.file_or_stdout,
        ),
    ] = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter
    from aiplus_cli.render.export import render_export
    from aiplus_cli.render.export.choice import choose_format, refuse_unused

    chosen = choose_format(what, format, output)
    given = {"--region": region, "--as-of": as_of, "--today": today, "--method": method}
    refuse_unused(what, chosen, given, bom=bom)
    content = enter(lang).export(regions=region, as_of=as_of, today=today, method=method or "default")
    _write(render_export(what, chosen, content, voice.manner(lang)), output, bom=bom)


def _write(exported: Exported, output: Path | None, *, bom: bool) -> None:
    """Text to standard output or a file, bytes to a file, several files to a folder."""
    from aiplus_cli.disk import write_file, write_folder

    if isinstance(exported, dict):
        from aiplus_cli.render.export.package import DESCRIPTOR

        write_folder(_named(output), exported, mark=DESCRIPTOR, keep=voice.own_files())
    elif isinstance(exported, bytes):
        write_file(_named(output), exported, keep=voice.own_files())
    else:
        voice.write_output("\ufeff" * bom + exported, output, utf8=True)


def _named(output: Path | None) -> Path:
    if output is None:
        message = "choose_format asks for a name"
        raise ValueError(message)
    return output
