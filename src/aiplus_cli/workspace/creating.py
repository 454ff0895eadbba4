"""A new workspace from the packaged plan."""

from __future__ import annotations

import os
from importlib.resources import files as packaged
from pathlib import Path

from aiplus_cli.disk import make_folder, write_inside
from aiplus_cli.errors import EnvironmentProblem, Message, Problem
from aiplus_cli.workspace.files import LEDGER, TARGETS
from aiplus_cli.workspace.notes import Note

ATTRIBUTES = ".gitattributes"
RULES = ("progress.jsonl merge=union", "progress.jsonl text eol=lf", "targets.yaml text eol=lf")
"""What git must know: ledgers are joined line by line, and a checkout on Windows changes no line end."""


def create_files(folder: Path, *, empty: bool) -> Note:
    """Write the plan, its figures unless `empty`, and git's rule for the ledger; what was written.

    Raises EnvironmentProblem where one of them is there already, or the folder cannot be written to.
    """
    template = packaged("aiplus_cli") / "template"
    names = [TARGETS] if empty else [TARGETS, LEDGER]
    contents = {name: (template / name).read_text(encoding="utf-8") for name in names}
    _refuse_existing(folder, contents)
    make_folder(folder)
    _tell_git(folder / ATTRIBUTES)
    for name in reversed(names):  # the plan last: a folder is a workspace once it has one
        write_inside(folder / name, contents[name])
    return Note(Message("wrote {names} to {folder}; try 'aiplus status' there", names=names, folder=folder))


def _tell_git(attributes: Path) -> None:
    known = attributes.read_bytes() if attributes.is_file() else b""
    missing = b"".join(b"%s\n" % rule.encode() for rule in RULES if rule.encode() not in known.splitlines())
    if missing:
        write_inside(attributes, known + (b"\n" if known and not known.endswith(b"\n") else b"") + missing)


def _refuse_existing(folder: Path, contents: dict[str, str]) -> None:
    """A ledger as it would be written is what an earlier `init` left that was killed: it may be there."""
    what, fix = Message("already there; nothing was written"), Message("choose another folder")
    plan, ledger = folder / TARGETS, folder / LEDGER
    there = [plan] if os.path.lexists(plan) else []
    if os.path.lexists(ledger) and not (ledger.is_file() and ledger.read_bytes() == contents.get(LEDGER, "").encode()):
        there.append(ledger)
    if there:
        raise EnvironmentProblem(*(Problem(str(path), what, fix) for path in there))
