"""kill -9 at any moment of a program that writes: what it acknowledged is there, and what it was doing is whole or not.

A moment is a call of a function, Python's or C's, and so are the two sides of every system call: the program counts
them and kills itself, so that a trial repeats itself on any machine. It is loaded once and forked for each trial.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import aiplus_cli
from aiplus_cli import cli, disk
from aiplus_cli.ledger import jsonl
from campaign.workspace import dice_of, harmed, ids_in, need, need_whole
from conftest import run_aiplus, write_workspace

ROWS = 40
OURS = {"targets.yaml", "progress.jsonl", "figures.csv", "out.csv", "runs", "new"}
WRITING = (disk.__file__, jsonl.__file__)
"""Where files are written: every second kill falls into a call from there."""
NEVER = 1 << 60
WORK = {
    "record": [
        ["record", "users", str(each), "--period", "2025-12", "--published", "2026-02-01", "--source", f"s{each}"]
        for each in range(1, 6)
    ],
    "import": [["import", "figures.csv"]],
    "withdraw": [["withdraw", "8cf55276addbb022", "--reason", "a slip"]],
    "snapshot": [["snapshot"]],
    "export": [["export", "-o", "out.csv"], ["export", "-o", "out.csv"]],
    "init": [["init", "new"]],
}
"""What is done, one command after another, by its name."""
ADDED = {"record": range(6), "import": (0, ROWS), "withdraw": (0, 1)}
"""How many lines may have been added when it was killed: a file that is imported is whole or not at all."""
TABLE = "indicator,period,value,source\n" + "".join(
    f"gen,{2016 + row % 8},{row + 2},source {row}\n" for row in range(ROWS)
)


class Ended(NamedTuple):
    """What a program said, how many moments it had, and whether it came to its end."""

    said: str
    moments: int
    whole: bool


def trial(number: int) -> str:
    """One program killed at one moment; gives back what it was doing."""
    dice = dice_of(number)
    name, files = dice.choice(sorted(WORK)), dice.choice(((), WRITING))
    moment = dice.randrange(_moments(name, files))
    with harmed() as folder:
        before = ids_in(folder)
        ended = _run(folder, name, files, moment)
        need(not ended.whole, "it was not killed", name, moment)
        need_whole(folder, before, _acknowledged(name, ended.said))
        added = len(ids_in(folder)) - len(before)
        need(added in ADDED.get(name, (0,)), f"{name} left {added} new lines")
        _need_next_run(folder)
    return f"{name}, {'where files are written' if files else 'anywhere'}"


@cache
def _moments(name: str, files: tuple[str, ...]) -> int:
    """How many moments the work has, if nobody kills it."""
    for module in pkgutil.walk_packages(aiplus_cli.__path__, "aiplus_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    with harmed() as folder:
        _run(folder, name, files, NEVER)  # so that whatever is loaded late is there for all that follow
    with harmed() as folder:
        ended = _run(folder, name, files, NEVER)
    need(ended.whole, "it does not work at all", name, ended)
    return ended.moments


def _run(folder: Path, name: str, files: tuple[str, ...], moment: int) -> Ended:
    write_workspace(folder, {"figures.csv": TABLE})
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work(folder, WORK[name], writer, _Killer(moment, files))
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        said, _, moments = pipe.read().partition("\0")
    _, status = os.waitpid(child, 0)
    return Ended(said, int(moments or 0), os.WIFEXITED(status) and not os.WEXITSTATUS(status))


class _Killer:
    """Counts the calls, those from some files or all, and kills this program at one of them."""

    def __init__(self, moment: int, files: tuple[str, ...]) -> None:
        self.seen, self._moment, self._files = 0, moment, files

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        """What sys.setprofile calls, before and after each call."""
        del event, argument
        if self._files and frame.f_code.co_filename not in self._files:
            return
        if self.seen == self._moment:
            os.kill(os.getpid(), signal.SIGKILL)
        self.seen += 1


def _work(folder: Path, commands: list[list[str]], writer: int, killer: _Killer) -> None:
    """Run the commands, their standard output in the pipe; never comes back."""
    os.chdir(folder)
    os.environ.update({"AIPLUS_TODAY": "2026-11-24", "AIPLUS_RECORDED_BY": "campaign"})
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.dup2(writer, 1)
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - until the process ends
    code = 0
    for words in commands:
        sys.argv = ["aiplus", *words]
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the same
        code = code or _ended(killer)
    os.write(writer, f"\0{killer.seen}".encode())
    os._exit(code)


def _ended(profile: Callable[[FrameType, str, Any], None]) -> int:
    sys.setprofile(profile)
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.setprofile(None)
    return 0


def _acknowledged(name: str, said: str) -> list[str]:
    """The ids that `record` and `withdraw` printed whole."""
    if name not in {"record", "withdraw"}:
        return []
    return [line.strip() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def _need_next_run(folder: Path) -> None:
    """One draft is left at most; the same work can be done again, and then none is left."""
    left = {path.name for path in folder.iterdir()} - OURS
    need(len(left) <= 1, "more than one draft", left)
    done = [run_aiplus(words, folder) for name in ("import", "export", "snapshot") for words in WORK[name]]
    if not (folder / "new" / "targets.yaml").exists():
        done += [run_aiplus(words, folder) for words in WORK["init"]]
    done.append(run_aiplus(["status"], folder / "new"))
    need(all(each.code == 0 for each in done), "the next run fails", done)
    drafts = list(folder.rglob(".aiplus-*"))
    need(not drafts, "a draft is left for good", drafts)
