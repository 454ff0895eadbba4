"""`aiplus schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.errors import need_choice


def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="targets, status, show, forecast, backtest, methods, plan, log, validate, check, diff, due or run.",
        ),
    ],
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.contract.schemas import NAMES, schema_text

    del lang
    need_choice("NAME", name, NAMES)
    voice.write_output(schema_text(name), output, utf8=True)
