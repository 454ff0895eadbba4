"""`aiplus validate`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.errors import ExitCode, InputProblem, need_choice


def validate(
    format: Annotated[
        str, typer.Option(metavar="FORMAT", help="text: the problems as errors; json: as a document.")
    ] = "text",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter
    from aiplus_cli.render.formats import FORMATS
    from aiplus_cli.workspace.notes import Note

    need_choice("--format", format, ("text", *FORMATS["validate"]))
    found = enter(lang).validate()
    for row in found.warnings if format == "text" else ():
        voice.tell(Note.about(row.problem), lang)
    if format == "text" and found.problems:
        raise InputProblem(*(row.problem for row in found.problems))
    if format != "text":
        voice.write("validate", format, found, output=output, lang=lang)
    raise typer.Exit(ExitCode.INPUT if found.problems else ExitCode.OK)
