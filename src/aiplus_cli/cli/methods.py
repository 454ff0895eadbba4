"""`aiplus methods`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import common


def methods(
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or json.")] = "table",
    output: common.Output = None,
    lang: common.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_choice
    from aiplus_cli.render.methods import FORMATS

    need_choice("--format", format, FORMATS)
    common.write_output(FORMATS[format](common.options(lang)), output, utf8=format == "json")
