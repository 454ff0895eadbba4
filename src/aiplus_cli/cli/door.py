"""The workspace as commands enter it: with their clock, their author, and a listener that speaks their language."""

from __future__ import annotations

import os

from aiplus_cli.cli import voice
from aiplus_cli.cli.clock import CommandClock
from aiplus_cli.workspace.api import Workspace


def enter(lang: str | None) -> Workspace:
    """The workspace of the current folder; what it tells goes to standard error."""
    author = os.environ.get("AIPLUS_RECORDED_BY", "")
    return Workspace.open(clock=CommandClock(), author=author, tell=lambda note: voice.tell(note, lang))
