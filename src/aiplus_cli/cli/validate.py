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
    from aiplus_cli.contract.validate import validate_document
    from aiplus_cli.render.formats import FORMATS

    need_choice("--format", format, ("text", *FORMATS["validate"]))
    problems = enter(lang).validate()
    if format == "text" and problems:
        raise InputProblem(*problems)
    if format != "text":
        voice.write("validate", format, validate_document(problems), output=output, lang=lang)
    raise typer.Exit(ExitCode.INPUT if problems else ExitCode.OK)
