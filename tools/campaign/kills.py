"""kill -9 at any moment of a program that writes: what it acknowledged is there, and what it was doing is whole or not.

A moment is a call of a function, Python's or C's, and so are the two sides of every system call: the program counts
them and kills itself, so that a trial repeats itself on any machine.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
from functools import cache
from pathlib import Path
from types import FrameType

from aiplus_cli import disk
from aiplus_cli.ledger import jsonl
from campaign.program import KILLED, ROWS, TABLE, WORK, Program
from campaign.workspace import dice_of, harmed, ids_in, need, need_calm, need_whole
from conftest import Result, run_aiplus, write_workspace

OURS = {"targets.yaml", "progress.jsonl", "figures.csv", "out.csv", "runs", "new"}
WRITING = (disk.__file__, jsonl.__file__)
"""Where files are written: every second kill falls into a call from there."""
NEVER = 1 << 60
ADDED = {"record": range(4), "import": (0, ROWS), "withdraw": (0, 1)}
"""How many lines may have been added when it was killed: a file that is imported is whole or not at all."""


def trial(number: int) -> str:
    """One program killed at one moment; gives back what it was doing."""
    dice = dice_of(number)
    name, files = dice.choice(sorted(WORK)), dice.choice(((), WRITING))
    moment = dice.randrange(_moments(name, files))
    with harmed() as folder:
        before = ids_in(folder)
        ended, _ = _run(folder, name, files, moment)
        need_calm(ended, {KILLED})
        need_whole(folder, before, _acknowledged(name, ended.out))
        added = len(ids_in(folder)) - len(before)
        need(added in ADDED.get(name, (0,)), f"{name} left {added} new lines")
        _need_next_run(folder, name)
    return f"{name}, {'where files are written' if files else 'anywhere'}"


@cache
def _moments(name: str, files: tuple[str, ...]) -> int:
    """How many moments the work has, if nobody kills it."""
    with harmed() as folder:
        ended, moments = _run(folder, name, files, NEVER)
    need(ended.code == 0, "it does not work at all", name, ended)
    return moments


def _run(folder: Path, name: str, files: tuple[str, ...], moment: int) -> tuple[Result, int]:
    """How the work ended, and how many moments it had, unless it was killed."""
    write_workspace(folder, {"figures.csv": TABLE})
    with mmap.mmap(-1, 8) as counted:  # the program's memory and ours
        ended = Program(folder, WORK[name], _Killer(moment, files, counted)).end()
        return ended, int.from_bytes(counted[:], "big")


class _Killer:
    """Counts the calls, those from some files or all, and kills this program at one of them."""

    def __init__(self, moment: int, files: tuple[str, ...], counted: mmap.mmap) -> None:
        self._seen, self._moment, self._files, self._counted = 0, moment, files, counted

    def __enter__(self) -> None:
        sys.setprofile(self._count)

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        self._counted[:] = self._seen.to_bytes(8, "big")

    def _count(self, frame: FrameType, event: str, argument: object) -> None:
        """What Python calls before and after each call."""
        del event, argument
        if self._files and frame.f_code.co_filename not in self._files:
            return
        if self._seen == self._moment:
            os.kill(os.getpid(), signal.SIGKILL)
        self._seen += 1


def _acknowledged(name: str, said: str) -> list[str]:
    """The ids that `record` and `withdraw` printed whole."""
    if name not in {"record", "withdraw"}:
        return []
    return [line.strip() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def _need_next_run(folder: Path, name: str) -> None:
    """One draft is left at most; the same work can be done again, and then none is left."""
    left = {path.name for path in folder.iterdir()} - OURS
    need(len(left) <= 1, "more than one draft", left)
    done_already = {"withdraw": {0, 3}, "init": {0, 4}}
    for words in WORK[name]:
        need_calm(run_aiplus(words, folder), done_already.get(name, {0}))
    if name == "init":
        need_calm(run_aiplus(["status", "--format", "json"], folder / "new"), {0})
    drafts = list(folder.rglob(".aiplus-*"))
    need(not drafts, "a draft is left for good", drafts)
