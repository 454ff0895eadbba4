"""`aiplus init`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.disk import write_file
from aiplus_cli.errors import EnvironmentProblem, Message, Problem, unwritable
from aiplus_cli.workspace.files import LEDGER, TARGETS

UNION_MERGE = "progress.jsonl merge=union\n"


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Default: the current folder.")] = Path(),
    empty: Annotated[bool, typer.Option("--empty", help="The plan without its figures.")] = False,
    lang: options.Lang = None,
) -> None:
    template = files("aiplus_cli") / "template"
    names = [TARGETS] if empty else [TARGETS, LEDGER]
    _refuse_existing(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from None
    attributes = folder / ".gitattributes"
    known = attributes.read_text(encoding="utf-8") if attributes.is_file() else ""
    if UNION_MERGE not in known:
        write_file(attributes, known + ("\n" if known and not known.endswith("\n") else "") + UNION_MERGE)
    for name in reversed(names):
        write_file(folder / name, (template / name).read_text(encoding="utf-8"))
    voice.say(Message("wrote {names} to {folder}; try 'aiplus status' there", names=list(names), folder=folder), lang)


def _refuse_existing(folder: Path) -> None:
    there = [name for name in (TARGETS, LEDGER) if (folder / name).exists()]
    if there:
        raise EnvironmentProblem(
            *(
                Problem(
                    str(folder / name), Message("already there; nothing was written"), Message("choose another folder")
                )
                for name in there
            )
        )
