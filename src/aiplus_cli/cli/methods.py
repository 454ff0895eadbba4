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
    from aiplus_cli.contract.methods import methods_document

    voice.need_format("methods", format)
    voice.write("methods", format, methods_document(), output=output, lang=lang)
