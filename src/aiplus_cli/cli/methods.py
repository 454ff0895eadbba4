"""`aiplus methods`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def methods(
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or json.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_choice
    from aiplus_cli.render.formats import FORMATS, is_for_programs, renderer

    need_choice("--format", format, FORMATS["methods"])
    text = renderer("methods", format)(voice.manner(lang))
    voice.write_output(text, output, utf8=is_for_programs(format))
