"""`aiplus plan`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def plan(
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table or json.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter
    from aiplus_cli.contract.plan import plan_outline

    voice.need_format("plan", format)
    found = enter(lang).plan
    voice.write("plan", format, plan_outline(found), found, output=output, lang=lang)
