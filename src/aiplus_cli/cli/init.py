"""`aiplus init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiplus_cli.cli import options, voice


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Default: the current folder.")] = Path(),
    empty: Annotated[bool, typer.Option("--empty", help="The plan without its figures.")] = False,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.workspace.api import Workspace

    Workspace.create(folder, empty=empty, tell=lambda note: voice.tell(note, lang))
